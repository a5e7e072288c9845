"""Text as Discord wants it: escaped, shortened, cut at lines. Markdown is escaped here and nowhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

ELLIPSIS: Final = "\u2026"
LINK: Final = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?'\")\]]")
SPECIAL: Final = re.compile(r"[\\*_~`|<>\[\]@]|:(?=[\w+~-]+:)")
AT_LINE_START: Final = re.compile(r"^([ \t]*)(#{1,3}|-#|[-+])(?=\s)", re.MULTILINE)
NUMBERED: Final = re.compile(r"^([ \t]*\d+)\.(?=\s)", re.MULTILINE)


def escape(text: str) -> str:
    """Text that Discord shows literally: no markup, no mention, no emoji. A link stays one, without a preview."""
    shown, done = "", 0
    for link in LINK.finditer(text):
        shown += _literal(text[done : link.start()]) + f"<{link[0]}>"
        done = link.end()
    return shown + _literal(text[done:])


def _literal(text: str) -> str:
    """Discord drops a backslash before any ASCII punctuation and shows the sign as it is."""
    marked = SPECIAL.sub(r"\\\g<0>", text)
    return NUMBERED.sub(r"\1\\.", AT_LINE_START.sub(r"\1\\\2", marked))


def shorten(text: str, most: int) -> str:
    """Text of at most `most` characters; never ends in half an escape."""
    if len(text) <= most:
        return text
    kept = text[: most - 1].rstrip()
    backslashes = len(kept) - len(kept.rstrip("\\"))
    return (kept[:-1] if backslashes % 2 else kept) + ELLIPSIS


def chunks(lines: Iterable[str], most: int) -> list[str]:
    """Lines joined to as few texts as fit; a line is cut only where it alone is too long."""
    found: list[str] = []
    for line in lines:
        fitting = shorten(line, most)
        if found and len(found[-1]) + 1 + len(fitting) <= most:
            found[-1] += f"\n{fitting}"
        else:
            found.append(fitting)
    return found
