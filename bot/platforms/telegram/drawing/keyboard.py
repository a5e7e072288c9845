"""Buttons under a message, as many in a row as a phone can show without cutting their labels."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final, TypeAlias

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.platforms.telegram.drawing.text import clip
from bot.reply.parts import Button, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.reply.words import Voice

Row: TypeAlias = "Sequence[Button | Link]"

LONGEST_LABEL: Final = 48
LONGEST_PRESS: Final = 64
ROOM: Final = ((8, 4), (11, 3), (18, 2))  # (longest label in characters, buttons in a row)


class LongPressError(ValueError):
    """A button carries more bytes than Telegram accepts. This is a bug in the program."""


def keyboard(rows: Iterable[Row], voice: Voice, home: str = "") -> InlineKeyboardMarkup | None:
    """The rows as an inline keyboard; None if there is no button. `home` is the address of the bot itself."""
    drawn = [[_drawn(button, voice, home) for button in row] for row in rows]
    fitted = [shown for row in drawn for shown in _fitted(row)]
    return InlineKeyboardMarkup(fitted) if fitted else None


def _drawn(button: Button | Link, voice: Voice, home: str) -> InlineKeyboardButton:
    label = clip(voice.say(button.label), LONGEST_LABEL)
    if isinstance(button, Link):
        address = home + button.to if button.to.startswith("?") else button.to
        return _copying(label, address) if button.copied else InlineKeyboardButton(label, url=address)
    if button.copy:
        return _copying(label, button.copy)
    if not 1 <= len(button.press.encode()) <= LONGEST_PRESS:
        raise LongPressError(f"a button carries {len(button.press.encode())} bytes")
    return InlineKeyboardButton(label, callback_data=button.press)


def _copying(label: str, text: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, copy_text=CopyTextButton(text))


def _fitted(row: list[InlineKeyboardButton]) -> Iterator[list[InlineKeyboardButton]]:
    longest = max((len(button.text) for button in row), default=0)
    most = next((count for bound, count in ROOM if longest <= bound), 1)
    rows = ceil(len(row) / most)
    each = ceil(len(row) / max(rows, 1))  # four buttons of which three fit are shown two by two
    yield from (row[start : start + each] for start in range(0, len(row), max(each, 1)))
