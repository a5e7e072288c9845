"""Text for Telegram: lines of styled spans, split into messages. Escaping happens here and nowhere else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_MESSAGE: Final = 4096
LONGEST_CAPTION: Final = 1024
LONGEST_ALERT: Final = 200


class Span(NamedTuple):
    """Text in one style: plain, bold (`b`) or italic (`i`); or a mention of the person with this id."""

    text: str
    style: str = ""
    person: str = ""


Line: TypeAlias = tuple[Span, ...]


def lines_of(text: str, style: str = "") -> list[Line]:
    """The lines of a text. No style continues over a line break, so that it is safe to split between lines."""
    return [(Span(line, style),) for line in text.split("\n")]


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
    text = escape(span.text, quote=False)
    if span.person:
        return f'<a href="tg://user?id={span.person}">{text}</a>'
    return f"<{span.style}>{text}</{span.style}>" if span.style and text else text


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
