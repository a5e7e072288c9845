"""Codes that one chat gives and another one takes: kept hashed, for ten minutes, and used once."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import structlog

from core.shared.names import folded

if TYPE_CHECKING:
    from bot.command.declaration import Call

log = structlog.get_logger()
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and figures that nobody takes for another one."""
CODE_LENGTH: Final = 8
LIFE: Final = timedelta(minutes=10)
REMEMBERED: Final = timedelta(hours=2)
"""How long it is known that a code was used, or was not used in time."""
MOST_GUESSES: Final = 5
GUESSES_WITHIN: Final = timedelta(hours=1)
ADDED: Final = re.compile(r"[\s\u2010-\u2015-]|^[\"'<(\[*\u201c\u201e\u2018`]+|[\"'>)\]*\u201d\u2019`.,;:!?]+$")
"""What people write between the letters of a code, and around it."""


class Fate(StrEnum):
    """Why a code is worth nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"


def code_in(words: str) -> str | None:
    """The code that somebody wrote, in whatever case, and with or without a hyphen; None if it is none."""
    code = ADDED.sub("", folded(words)).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def shown_code(code: str) -> str:
    """A code as it is easiest to read and type."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def digest(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


class Codes:
    """The codes for one purpose. Each stands for a text that whoever gave it has chosen."""

    def __init__(self, purpose: str) -> None:
        """Keep them apart from those for other purposes."""
        self._purpose = purpose

    async def new(self, call: Call, text: str) -> str:
        """A code that stands for a text."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        await call.store.notes.put_note(self._fate_name(code), Fate.EXPIRED, call.at + REMEMBERED)
        await call.store.notes.put_note(self._name(code), text, call.at + LIFE)
        return code

    async def text_of(self, call: Call, code: str) -> str | None:
        """What a code stands for; None if it is no code, or none any more. A wrong guess is counted, and logged."""
        text = await call.store.notes.note(self._name(code), call.at)
        if text is None and await self.fate(call, code) is Fate.UNKNOWN:
            await self._note_guess(call)
        return text

    async def take(self, call: Call, code: str) -> str | None:
        """Use a code up: of several who do so at once, one gets what it stands for."""
        text = await call.store.notes.take_note(self._name(code), call.at)
        if text is not None:
            await call.store.notes.put_note(self._fate_name(code), Fate.USED, call.at + REMEMBERED)
        return text

    async def fate(self, call: Call, code: str) -> Fate:
        """Why a code stands for nothing."""
        return Fate(await call.store.notes.note(self._fate_name(code), call.at) or Fate.UNKNOWN)

    async def guessed_too_often(self, call: Call) -> bool:
        """Whether so many codes were wrong in this chat, or by this person, that none is looked at for now."""
        return max([await _guesses(call, name) for name in self._counts(call)]) >= MOST_GUESSES

    async def _note_guess(self, call: Call) -> None:
        for name in self._counts(call):
            number = await _guesses(call, name) + 1
            await call.store.notes.put_note(name, str(number), call.at + GUESSES_WITHIN)
        log.warning("code refused", purpose=self._purpose, platform=call.chat.platform, guesses=number)

    def _counts(self, call: Call) -> tuple[str, str]:
        guesses = f"{self._purpose}-guesses"
        return f"{guesses}:person:{call.person.id}", f"{guesses}:chat:{call.chat}"

    def _name(self, code: str) -> str:
        return f"{self._purpose}:{digest(code)}"

    def _fate_name(self, code: str) -> str:
        return f"{self._purpose}-fate:{digest(code)}"


async def _guesses(call: Call, name: str) -> int:
    return int(await call.store.notes.note(name, call.at) or 0)
