"""Lines as the bot prints them: a command and named values, which read back to the same values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

QUOTES: Final = '"\u201c\u201d\u201e\u00ab\u00bb'  # phones replace typed quotes by typographic ones
TYPOGRAPHIC: Final = "[\u201c\u201e\u00ab][^\u201c\u201d\u201e\u00ab\u00bb]*[\u201c\u201d\u00bb]"
QUOTED: Final = rf'"(?:[^"]|"")*"|{TYPOGRAPHIC}'
PLAIN: Final = re.compile(rf"[^\s;=<>()`{QUOTES}]+")  # without any sign that means something in a line
COUNTED: Final = re.compile(r"[0-9]+")
AMOUNT: Final = "connects"
BEGIN_WITH_AMOUNT: Final = frozenset({"", "spend", "boosted", "number", "buy"})
SEPARATOR: Final = ";"
PIECES: Final = re.compile(rf"(?:{QUOTED}|[^;\n])+")
LONGEST_LABEL: Final = 60


def line_of(command: str, words: Mapping[str, str]) -> str:
    """A command with the words of its options, as a button carries them: `spend 16 title="Logo 2"`.

    Where a command begins with an amount of Connects it stands for itself; everything else is named.
    """
    return " ".join((command, *_printed(words, bare=command in BEGIN_WITH_AMOUNT)))


def as_label(words: str) -> str:
    """Words as a button shows them: on one line, and not too long."""
    return " ".join(words.split())[:LONGEST_LABEL]


def line_button(line: str, label: str = "") -> Button:
    """A button that runs a line, and shows it, or the `label`."""
    return Button(say("button-line", line=as_label(label or line)), line)


def _printed(words: Mapping[str, str], *, bare: bool) -> Iterator[str]:
    for name, value in words.items():
        bare = bare and name == AMOUNT and COUNTED.fullmatch(value) is not None
        yield value if bare else f"{name}={value if PLAIN.fullmatch(value) else quoted(value)}"


def quoted(words: str) -> str:
    """Words in quotes; a quote among them is doubled."""
    doubled = words.replace('"', '""')
    return f'"{doubled}"'


def plain_value(written: str) -> str:
    """The words of a named option as meant: without the quotes that only mark where they end."""
    text = written.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text.strip(QUOTES)


def pieces(lines: str) -> list[str]:
    """The lines in a text, one below the other or separated by `;`, which may also stand in quotes."""
    return [piece.strip() for piece in PIECES.findall(lines) if piece.strip()]
