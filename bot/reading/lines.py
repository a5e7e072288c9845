"""Lines as the bot prints them: a command and named values, which read back to the same values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

QUOTES: Final = '"\u201c\u201d\u201e\u00ab\u00bb'  # phones replace typed quotes by typographic ones
TYPOGRAPHIC: Final = "[\u201c\u201e\u00ab][^\u201c\u201d\u201e\u00ab\u00bb]*[\u201c\u201d\u00bb]"
QUOTED: Final = rf'"(?:[^"]|"")*"|{TYPOGRAPHIC}'
PAIR: Final = re.compile(rf"(?<!\S)(\w+)=({QUOTED}|\S+)")
PLAIN: Final = re.compile(rf"[^\s;{QUOTES}]+")
COUNTED: Final = re.compile(r"[0-9]+")
AMOUNT: Final = "connects"
SEPARATOR: Final = ";"
PIECES: Final = re.compile(rf"(?:{QUOTED}|[^;\n])+")


def line_of(command: str, words: Mapping[str, str]) -> str:
    """A command with the words of its options, as a button carries them: `spend 16 title="Logo 2"`.

    The amount of Connects in the first place stands for itself; everything else is named.
    """
    return " ".join((command, *_printed(words)))


def _printed(words: Mapping[str, str]) -> Iterator[str]:
    for place, (name, value) in enumerate(words.items()):
        bare = place == 0 and name == AMOUNT and COUNTED.fullmatch(value) is not None
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
