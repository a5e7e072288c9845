"""Text for Telegram: lines of styled spans, split into messages. Escaping happens here and nowhere else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from bot.reply.marks import is_marked, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_MESSAGE: Final = 4096
LONGEST_CAPTION: Final = 1024
LONGEST_ALERT: Final = 200
LATEST: Final = 2**31 - 1  # Telegram's times are numbers of 32 bits
TIME_FORMAT: Final = "wDt"  # the weekday, the date in full, and the hour and minute


class Span(NamedTuple):
    """Text in a style: plain, bold (`b`), italic (`i`) or both; a link, a moment, or a mention of a person by id."""

    text: str
    style: str = ""
    person: str = ""
    url: str = ""
    unix: int | None = None


Line: TypeAlias = tuple[Span, ...]


def lines_of(text: str, style: str = "") -> list[Line]:
    """The lines of a text with marks. No style continues over a line break, so it is safe to split between lines."""
    if not is_marked(text):
        return [(Span(line, style),) for line in text.split("\n")]
    lines: list[list[Span]] = [[]]
    for run in runs_of(text):
        shown = "b" * (run.bold or "b" in style) + "i" * (run.italic or "i" in style)
        for number, piece in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            lines[-1] += [Span(piece, shown, url=run.url, unix=run.unix)] if piece else []
    return [tuple(line) or (Span("", style),) for line in lines]


def length(line: Line) -> int:
    """The length as Telegram counts it: UTF-16 units of the visible text, without markup."""
    return sum(units(span.text) for span in line)


def html(lines: Iterable[Line]) -> str:
    """Lines as Telegram's HTML."""
    return "\n".join("".join(map(_marked, line)) for line in lines)


def plain(lines: Iterable[Line]) -> str:
    """Lines without their styles."""
    return "\n".join("".join(span.text for span in line) for line in lines)


def _marked(span: Span) -> str:
    """A span with its tags. A time shows its text only where a client cannot show it in its reader's own time zone."""
    text = escape(span.text, quote=False)
    if not text:
        return text
    if span.person:
        return f'<a href="tg://user?id={span.person}">{text}</a>'
    if span.unix is not None and 0 < span.unix <= LATEST:
        text = f'<tg-time unix="{span.unix}" format="{TIME_FORMAT}">{text}</tg-time>'
    elif span.url:
        text = f'<a href="{escape(span.url)}">{text}</a>'
    for tag in reversed(span.style):
        text = f"<{tag}>{text}</{tag}>"
    return text


def cut(lines: Iterable[Line], most: int) -> list[list[Line]]:
    """Lines in portions of at most `most` UTF-16 units; a line that is too long by itself is cut."""
    portions: list[list[Line]] = [[]]
    used = 0
    for line in _short(lines, most):
        wide = length(line) + 1  # the line and the break before it
        if portions[-1] and used + wide > most + 1:
            portions.append([])
            used = 0
        portions[-1].append(line)
        used += wide
    return [trimmed for portion in portions if (trimmed := _trimmed(portion))]


def _trimmed(portion: list[Line]) -> list[Line]:
    """A portion without empty lines at either end: Telegram drops those, and a message must not be empty."""
    full = [index for index, line in enumerate(portion) if any(span.text.strip() for span in line)]
    return portion[full[0] : full[-1] + 1] if full else []


def _short(lines: Iterable[Line], most: int) -> Iterator[Line]:
    for line in lines:
        if length(line) <= most:
            yield line
        else:
            yield from ((piece,) for span in line for piece in _pieces(span, most))


def _pieces(span: Span, most: int) -> Iterator[Span]:
    """A span in pieces of at most `most` units; a character of two units is never split."""
    start, used = 0, 0
    for index, character in enumerate(span.text):
        wide = units(character)
        if used + wide > most:
            yield span._replace(text=span.text[start:index])
            start, used = index, 0
        used += wide
    yield span._replace(text=span.text[start:])


def units(text: str) -> int:
    """The UTF-16 units of a text."""
    return len(text) + sum(character > "\uffff" for character in text)


def clip(text: str, most: int) -> str:
    """A text on one line of at most `most` units; a longer one ends in an ellipsis."""
    flat = " ".join(text.split())
    if units(flat) <= most:
        return flat
    return next(_pieces(Span(flat), most - 1)).text.rstrip() + "…"
