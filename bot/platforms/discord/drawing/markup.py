"""Text for Discord: escaped, shortened, and split at line breaks. Markdown is escaped here and nowhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ELLIPSIS: Final = "\u2026"
LINK: Final = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?'\")\]]")
SPECIAL: Final = re.compile(r"[\\*_~`|<>\[\]@]|:(?=[\w+~-]+:)")
AT_LINE_START: Final = re.compile(r"^([ \t]*)(#{1,3}|-#|[-+])(?=\s)", re.MULTILINE)
NUMBERED: Final = re.compile(r"^([ \t]*\d+)\.(?=\s)", re.MULTILINE)


def escape(text: str) -> str:
    """Text that Discord shows literally, without markup, mentions or emoji. Links still work, without a preview."""
    shown, done = "", 0
    for link in LINK.finditer(text):
        shown += _literal(text[done : link.start()]) + f"<{link[0]}>"
        done = link.end()
    return shown + _literal(text[done:])


def _literal(text: str) -> str:
    """Before ASCII punctuation Discord drops a backslash and shows the character itself."""
    return _plain_start(SPECIAL.sub(r"\\\g<0>", text))


def _plain_start(text: str) -> str:
    """Text in which no line begins like a list or a heading."""
    return NUMBERED.sub(r"\1\\.", AT_LINE_START.sub(r"\1\\\2", text))


def shorten(text: str, most: int) -> str:
    """Text of at most `most` characters, never cut within an escape."""
    if len(text) <= most:
        return text
    kept = text[: most - 1].rstrip()
    backslashes = len(kept) - len(kept.rstrip("\\"))
    return (kept[:-1] if backslashes % 2 else kept) + ELLIPSIS


def chunks(lines: Iterable[str], most: int) -> list[str]:
    """Lines joined into as few texts as possible; only a line that is too long by itself is cut, without loss."""
    found: list[str] = []
    for line in (piece for whole in lines for piece in _pieces(whole, most)):
        if found and len(found[-1]) + 1 + len(line) <= most:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found


def _pieces(line: str, most: int) -> Iterator[str]:
    """A line in pieces that fit, cut at spaces if there are any, and never within an escape."""
    while len(line) > most:
        blank = line.rfind(" ", 1, most + 1)
        end = most if blank < 0 else blank
        if blank < 0 and (end - len(line[:end].rstrip("\\"))) % 2:
            end -= 1
        yield line[:end]
        line = _plain_start(line[end:].lstrip(" "))
    yield line
