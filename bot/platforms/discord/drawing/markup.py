"""Text for Discord: escaped, shortened, and split at line breaks. Markdown is written here and nowhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.reply.marks import bare, is_marked, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.reply.marks import Run

FENCE: Final = "```"
ELLIPSIS: Final = "\u2026"
LINK: Final = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?'\")\]]")
ADDRESS: Final = re.compile(r"://|\b[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)
IN_WORD: Final = re.compile(r"\w")
SPECIAL: Final = re.compile(r"[\\*_~`|<>\[\]@]|:(?=[\w+~-]+:)")
AT_LINE_START: Final = re.compile(r"^([ \t]*)(#{1,3}|-#|[-+])(?=\s)", re.MULTILINE)
NUMBERED: Final = re.compile(r"^([ \t]*\d+)\.(?=\s)", re.MULTILINE)


def drawn(text: str, most: int) -> str:
    """A text with marks as Discord's Markdown. A line that would not fit into a message has no marks: it is cut."""
    if not is_marked(text):
        return escape(text)
    lines = zip(_markdown(runs_of(text)).split("\n"), bare(text).split("\n"), strict=True)
    return "\n".join(line if len(line) <= most else escape(plain) for line, plain in lines)


def _markdown(runs: Sequence[Run]) -> str:
    shown = ""
    for number, run in enumerate(runs):
        after = runs[number + 1].text if number + 1 < len(runs) and runs[number + 1].plain else ""
        shown += _styled(run, shown, after)
    return shown


def _styled(run: Run, before: str, after: str) -> str:
    """A stretch in its style. Italics stand between underscores, except within a word, where those mean nothing."""
    text = escape(run.text) if run.unix is None else f"<t:{run.unix}:F> (<t:{run.unix}:R>)"
    if run.italic:
        sign = "*" if IN_WORD.match(before[-1:]) or IN_WORD.match(after[:1]) else "_"
        text = f"{sign}{text}{sign}"
    if run.bold:
        text = f"**{text}**"
    if not run.url:
        return text
    address = run.url.replace(">", "%3E")
    if ADDRESS.search(run.text):  # Discord shows no link whose text looks like another address
        return f"{text} (<{address}>)"
    return f"[{text}](<{address}>)"


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


def verbatim(text: str, most: int) -> list[str]:
    """A text as blocks in which nothing is markup, each of which fits. Three backticks in it would end a block."""
    room = most - 2 * len(f"{FENCE}\n")
    pieces = chunks(text.replace(FENCE, "'" * len(FENCE)).split("\n"), room)
    return [f"{FENCE}\n{piece}\n{FENCE}" for piece in pieces]


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
