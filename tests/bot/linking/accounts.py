"""Two accounts of one person at the desk, each of which also gets the notices that come to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.dispatch.desk import Answer
from bot.dispatch.dialog import Dialog
from bot.reply.words import FALLBACK_VOICE
from bot.views.notices import message_now
from core.delivery.notice import Delivery
from core.wallets.people import Identity
from storage.memory.store import MemoryStore
from tests.bot.stages.desk import DeskPlayer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.memory.tables import StoredDelivery
    from tests.bot.stage import Bot, Heard, Player


@dataclass
class Account(DeskPlayer):
    """Somebody on a platform."""

    told: set[str] = field(default_factory=set)

    async def read(self) -> Heard:
        """Read the latest notice, which must be new."""
        due = [one for one in self._deliveries() if one.notice.key not in self.told]
        self.told.update(one.notice.key for one in due)
        last = due[-1]
        delivery = Delivery(last.id, last.notice, last.target, 0, "UTC", last.made)
        given = await message_now(
            delivery, Dialog(self.bot.store.notes), self.bot.books.rulebook, self.bot.store, self.bot.clock
        )
        assert given is not None
        return self.hear(Answer(given, FALLBACK_VOICE))

    @property
    def waits(self) -> bool:
        """Whether a notice has come that was not read."""
        return any(one.notice.key not in self.told for one in self._deliveries())

    @property
    def who(self) -> Identity:
        """Their identity."""
        return self.seat or Identity("desk", self.name)

    def _deliveries(self) -> list[StoredDelivery]:
        who = self.who
        assert isinstance(self.bot.store, MemoryStore)
        every = self.bot.store.tables.deliveries.values()
        return [one for one in every if (one.target.platform, one.target.chat) == (who.platform, who.user)]


def accounts_of(bot: Bot, on: Mapping[str, str]) -> tuple[Account, ...]:
    """Accounts by platform and name."""
    return tuple(Account(bot, name, seat=Identity(platform, name)) for platform, name in on.items())


async def code_from(giver: Player) -> str:
    found = re.search(r"/link (\w{4}-\w{4})", (await giver.say("/link")).text)
    assert found is not None
    return found[1]
