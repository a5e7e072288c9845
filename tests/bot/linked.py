"""Links people of the desk, as two presses on two platforms do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from core.links.model import Accounts
from core.links.preview import UNANSWERED
from core.links.service import LinkService
from core.wallets.people import Identity

if TYPE_CHECKING:
    from core.links.model import Link
    from core.shared.ids import PersonId
    from tests.bot.stage import Bot

_keys = count(1)


async def person_of(bot: Bot, name: str) -> PersonId:
    """Whoever writes under a name at the desk."""
    return (await bot.store.people.person(Identity("desk", name), name)).id


@dataclass
class Linking:
    """`first` opened their wallet earlier than `second`."""

    bot: Bot
    first: str
    second: str

    @property
    def service(self) -> LinkService:
        return LinkService(self.bot.store, self.bot.books.rulebook, self.bot.clock)

    async def link(self, accounts: Accounts = Accounts.TWO) -> Link:
        self.bot.clock.pass_(minutes=1)
        both = await person_of(self.bot, self.second), await person_of(self.bot, self.first)
        stamp = (await self.service.preview(*both, accounts)).stamp
        done = await self.service.link(*both, accounts, stamp=stamp, key=f"press {next(_keys)}", answers=UNANSWERED)
        self.bot.clock.pass_(minutes=1)
        return done.link

    async def unlink(self, link: Link) -> None:
        self.bot.clock.pass_(minutes=1)
        await self.service.unlink(await person_of(self.bot, self.first), link.id, f"press {next(_keys)}")
        self.bot.clock.pass_(minutes=1)
