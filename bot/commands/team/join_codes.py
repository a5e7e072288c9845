"""The codes by which a group joins the books of another one: kept hashed, for ten minutes, and used once."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import structlog

from bot.options.team.joining import ALPHABET, CODE_LENGTH
from core.shared.ids import WalletId

if TYPE_CHECKING:
    from bot.command.declaration import Call

log = structlog.get_logger()
LIFE: Final = timedelta(minutes=10)
MOST_GUESSES: Final = 5
GUESSES_WITHIN: Final = timedelta(hours=1)


class Offer(NamedTuple):
    """What a code stands for: a wallet, and the part of its group in which the code was asked for."""

    wallet: WalletId
    place: str


async def new_code(call: Call) -> str:
    """A code for the wallet of this chat."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    kept = json.dumps([call.open_wallet.id, call.place])
    await call.store.notes.put_note(_name(code), kept, call.at + LIFE)
    return code


async def offer_of(call: Call, code: str) -> Offer | None:
    """What a code stands for; None if it is no code, or none any more. A wrong guess is counted, and logged."""
    kept = await call.store.notes.note(_name(code), call.at)
    if kept is None:
        await _note_guess(call)
    return _read(kept)


async def take(call: Call, code: str) -> Offer | None:
    """Use a code up: of several who do so at once, one gets what it stands for."""
    return _read(await call.store.notes.take_note(_name(code), call.at))


async def guessed_too_often(call: Call) -> bool:
    """Whether so many codes were wrong in this chat, or by this person, that nobody looks at another one for now."""
    return max([await _guesses(call, name) for name in _counts(call)]) >= MOST_GUESSES


async def _note_guess(call: Call) -> None:
    for name in _counts(call):
        number = await _guesses(call, name) + 1
        await call.store.notes.put_note(name, str(number), call.at + GUESSES_WITHIN)
    log.warning("join code refused", platform=call.chat.platform, guesses=number)


async def _guesses(call: Call, name: str) -> int:
    return int(await call.store.notes.note(name, call.at) or 0)


def _counts(call: Call) -> tuple[str, str]:
    return f"join-guesses:person:{call.person.id}", f"join-guesses:chat:{call.chat}"


def _read(kept: str | None) -> Offer | None:
    if kept is None:
        return None
    wallet, place = json.loads(kept)
    return Offer(WalletId(wallet), place)


def _name(code: str) -> str:
    return f"join:{hashlib.sha256(code.encode()).hexdigest()}"
