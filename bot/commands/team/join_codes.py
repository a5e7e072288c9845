"""What a code stands for by which a group joins the books of another one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.codes import Codes
from core.shared.ids import WalletId

if TYPE_CHECKING:
    from bot.command.declaration import Call

JOIN_CODES: Final = Codes("join")


class Offer(NamedTuple):
    """What a code stands for: a wallet, and the part of its group in which the code was asked for."""

    wallet: WalletId
    place: str


async def new_code(call: Call) -> str:
    """A code for the wallet of this chat."""
    return await JOIN_CODES.new(call, json.dumps([call.open_wallet.id, call.place]))


async def offer_of(call: Call, code: str) -> Offer | None:
    """What a code stands for; None if it is no code, or none any more. A wrong guess is counted, and logged."""
    return _read(await JOIN_CODES.text_of(call, code))


async def take(call: Call, code: str) -> Offer | None:
    """Use a code up: of several who do so at once, one gets what it stands for."""
    return _read(await JOIN_CODES.take(call, code))


def _read(kept: str | None) -> Offer | None:
    if kept is None:
        return None
    wallet, place = json.loads(kept)
    return Offer(WalletId(wallet), place)
