"""Notes who acts in a group with a wallet, so that they can be named there: they may get a role or a limit."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.base.cache import Cache
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.command.incoming import Incoming

NOTED: Final = timedelta(days=30)
"""How long a process need not look whether somebody is noted."""
MOST: Final = 50_000


class Roster:
    """Remembers, in this process, whom it has noted."""

    def __init__(self) -> None:
        self._noted: Cache[bool] = Cache(MOST)

    async def note(self, call: Call, incoming: Incoming) -> None:
        """Somebody acts in a group. Nothing else depends on that, so that the store may be out of reach."""
        if call.wallet is None or not call.group or incoming.channel or call.speaks_as_chat:
            return
        name = f"{call.wallet.id} {call.person.id}"
        if self._noted.get(name, call.at):
            return
        with suppress(UnavailableError):
            await call.store.people.note_member(call.wallet.id, call.person.id, call.at)
            self._noted.put(name, True, call.at + NOTED)  # noqa: FBT003 - a set with an end for each
