"""Two accounts of one person at the desk, each of which also gets the notices that come to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.dispatch.desk import Answer
from bot.dispatch.dialog import Dialog
from bot.reply.words import FALLBACK_VOICE
from bot.views.notices import message_now
from core.wallets.people import Identity
from tests.bot.stages.desk import DeskPlayer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.delivery.notice import Target
    from storage.memory.store import MemoryStore
    from tests.bot.stage import Bot, Heard, Player


@dataclass
class Account(DeskPlayer):
    """Somebody on a platform."""

    told: set[str] = field(default_factory=set)

    async def read(self) -> Heard:
        """Read the latest notice, which must be new."""
        mine = [one for one in await self._deliveries() if one not in self.told]
        (key,) = mine[-1:]
        self.told.update(mine)
        store = self._store
        delivery = next(one for one in store.tables.deliveries.values() if self._is_mine(one.target, one.notice.key, key))
        given = await message_now(delivery, Dialog(store.notes), self.bot.books.rulebook, store, self.bot.clock)
        assert given is not None
        return self.hear(Answer(given, FALLBACK_VOICE))

    async def waits(self) -> bool:
        """Whether a notice has come that was not read."""
        return any(one not in self.told for one in await self._deliveries())

    async def _deliveries(self) -> list[str]:
        found = self._store.tables.deliveries.values()
        return [one.notice.key for one in found if one.target.ref.platform == self._who.platform
                and one.target.chat == self._who.user]

    def _is_mine(self, target: Target, key: str, wanted: str) -> bool:
        return key == wanted and (target.platform, target.chat) == (self._who.platform, self._who.user)

    @property
    def _who(self) -> Identity:
        return self.seat or Identity("desk", self.name)

    @property
    def _store(self) -> MemoryStore:
        store: MemoryStore = self.bot.store  # type: ignore[assignment]
        return store


def accounts_of(bot: Bot, on: Mapping[str, str]) -> tuple[Account, ...]:
    """Accounts by platform and name."""
    return tuple(Account(bot, name, seat=Identity(platform, name)) for platform, name in on.items())


async def code_from(giver: Player) -> str:
    found = re.search(r"/link (\w{4}-\w{4})", (await giver.say("/link")).text)
    assert found is not None
    return found[1]
