"""Texts with bold, italics, links and times in them, which each platform draws in its own way.

A marked stretch stands between control characters that nobody can type, because `bot.base.cleaning` takes them out of
whatever comes in. So a text without marks is itself, with every asterisk and bracket that people wrote.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

BEGIN, APART, TEXT, END = "\x0e", "\x0f", "\x10", "\x11"
MARKS: Final = (BEGIN, APART, TEXT, END)
MARKED: Final = re.compile(f"{BEGIN}([bi]*){APART}([^{APART}]*){APART}(-?[0-9]*){TEXT}([^{BEGIN}{END}]*){END}")
WEB: Final = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)
ADDRESS: Final = re.compile(r"(?<!\]\()(?<!\]\(<)https?://[^\s<>\]]*[^\s<>.,;:!?'\")\]*_]", re.IGNORECASE)
"""An address that is no part of Markdown: what looks like a sign in it is none."""
SIGN: Final = re.compile(r"[\\*_\[\]]")
STAMP: Final = re.compile(r"<t:([0-9]{1,12})(?::[tTdDfFsSR])?>")
NEWLINE: Final = "\x0b"  # stands for a line break while Markdown is read, so that a mark may continue over one
BOLD_COST, ITALIC_COST, LINK_COST, TIME_COST = 4, 2, 6, 30
"""What marks add to a text as Discord counts it, where they are written into it."""


class Run(NamedTuple):
    """A stretch of text in one style: a link if it has a `url`, a moment in each reader's own time if it has `unix`."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""
    unix: int | None = None

    @property
    def plain(self) -> bool:
        """Whether it has no mark."""
        return not (self.bold or self.italic or self.url) and self.unix is None


def runs_of(text: str) -> list[Run]:
    """The stretches of a text, in order. What is no link to a page on the web is text, with the address behind it."""
    return [piece for run in _kept(text) for piece in _linked(run)]


def _kept(text: str) -> list[Run]:
    """The stretches of a text as they are kept."""
    if not is_marked(text):
        return [Run(text)] if text else []
    runs, at = [], 0
    for found in MARKED.finditer(text):
        style, url, unix, inside = found.groups()
        run = Run(inside, "b" in style, "i" in style, url, int(unix) if unix else None)
        runs += [Run(text[at : found.start()]), run]
        at = found.end()
    return [run for run in (*runs, Run(text[at:])) if run.text]


def _linked(run: Run) -> list[Run]:
    if not run.url or WEB.fullmatch(run.url):
        return [run]
    plain = run._replace(url="")
    return [plain] if run.url == run.text else [plain, Run(f" ({run.url})")]


def bare(text: str) -> str:
    """A text without its marks."""
    return MARKED.sub(r"\4", text) if is_marked(text) else text


def is_marked(text: str) -> bool:
    """Whether any of a text has a mark."""
    return BEGIN in text


def marked(runs: Iterable[Run]) -> str:
    """Stretches as one text. No mark continues over a line break, so that lines can be drawn one by one."""
    return "".join(_written(piece) for run in _joined(runs) for piece in _lines(run))


def _lines(run: Run) -> Iterator[Run]:
    """The lines and line breaks of a stretch, and the blanks at its edges: no platform draws those in a style."""
    for piece in re.split(r"(\n)", run.text):
        inner = piece.strip()
        if run.plain or not inner:
            yield Run(piece)
            continue
        before, _, after = piece.partition(inner)
        yield from (Run(before), run._replace(text=inner), Run(after))


def _written(run: Run) -> str:
    if run.plain or not run.text:
        return run.text
    style = "b" * run.bold + "i" * run.italic
    return f"{BEGIN}{style}{APART}{run.url}{APART}{'' if run.unix is None else run.unix}{TEXT}{run.text}{END}"


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """The stretches, with neighbours of the same style as one."""
    last: Run | None = None
    for run in runs:
        if last is not None and last[1:] == run[1:]:
            last = last._replace(text=last.text + run.text)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def weight(text: str) -> int:
    """The length of a text as Discord counts it, whose marks are written into it; the other platforms count less."""
    return sum(len(run.text) + _cost(run) for run in runs_of(text))


def _cost(run: Run) -> int:
    link = LINK_COST + len(run.url) if run.url else 0
    return BOLD_COST * run.bold + ITALIC_COST * run.italic + link + TIME_COST * (run.unix is not None)


@lru_cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero").enable(["escape", "emphasis", "link"])


def from_markdown(text: str) -> str:
    """A text with the marks that its Markdown stands for: bold, italics, links and Discord's times."""
    pieces: list[Run] = []
    for number, piece in enumerate(STAMP.split(text)):
        pieces += [_time_of(int(piece))] if number % 2 else _read(piece)
    return marked(pieces)


def _time_of(unix: int) -> Run:
    """A moment that was written as Discord writes it. Where it cannot be shown in the reader's time, it names UTC."""
    try:
        return Run(f"{datetime.fromtimestamp(unix, UTC):%Y-%m-%d %H:%M} UTC", unix=unix)
    except (OverflowError, ValueError, OSError):
        return Run(f"<t:{unix}>")


def _read(text: str) -> list[Run]:
    whole = ADDRESS.sub(lambda found: SIGN.sub(r"\\\g<0>", found[0]), text)
    tokens = _markdown().parseInline(whole.replace("\n", NEWLINE))
    children = tokens[0].children if tokens else None
    return [run._replace(text=run.text.replace(NEWLINE, "\n")) for run in _runs_in(children or ())]


def _runs_in(tokens: Iterable[Token]) -> Iterator[Run]:
    bold, italic, href = 0, 0, ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                href = str(token.attrGet("href") or "")
            case "link_close":
                href = ""
            case _:
                yield Run(token.content, bold > 0, italic > 0, href)


def taken_from(whole: str, words: str) -> str:
    """Words with the marks that they have in a whole line; the words themselves if they do not stand there.

    They may stand there in pieces, with options between.
    """
    letters = [run._replace(text=letter) for run in _kept(whole) for letter in run.text]
    line = "".join(run.text for run in letters)
    begin = _after_command(line)
    at = line.find(words, begin)
    if at >= 0:
        return marked(letters[at : at + len(words)])
    found: list[Run] = []
    for piece in re.split(r"(\s+)", words):
        if not piece or piece.isspace():
            found.append(Run(piece))
            continue
        token = re.compile(rf"(?<!\S){re.escape(piece)}(?!\S)").search(line, begin)
        if token is None:
            return words
        found += letters[token.start() : token.end()]
        begin = token.end()
    return marked(found)


def _after_command(line: str) -> int:
    """Where the words of a line begin: after the name of its command."""
    command = re.match(r"\s*/\S+", line)
    return 0 if command is None else command.end()
