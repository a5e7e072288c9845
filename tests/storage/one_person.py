"""Somebody who wrote to the bot on two platforms, and has a wallet on each, for the tests of links."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from core.ledger import rulebook
from core.links.preview import UNANSWERED
from core.links.service import LinkService
from core.shared.refusals import RefusedError
from core.wallets.people import Identity
from tests.core.freelancer import OpenBooks, booked, freelancer

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from core.links.model import Accounts, Link
    from core.links.preview import LinkAnswers, Linked, LinkPreview, Unlinked
    from core.shared.refusals import Refusal
    from core.store import Store
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer

_keys = count(1)


@dataclass
class OnePerson:
    """`first` has the older wallet, on Telegram; `second` is the same person on Discord."""

    store: Store
    clock: TestClock
    links: LinkService
    first: Freelancer
    second: Freelancer

    async def preview(self, accounts: Accounts | None = None, answers: LinkAnswers = UNANSWERED) -> LinkPreview:
        return await self.links.preview(self.second.person, self.first.person, accounts, answers)

    async def link(self, accounts: Accounts, answers: LinkAnswers = UNANSWERED, *, key: str = "") -> Linked:
        """Link as the preview shows it, which the second of both confirms."""
        stamp = (await self.preview(accounts, answers)).stamp
        persons = self.second.person, self.first.person
        return await self.links.link(*persons, accounts, answers, stamp=stamp, key=key or f"press {next(_keys)}")

    async def unlink(self, link: Link) -> Unlinked:
        return await self.links.unlink(self.second.person, link.id, f"press {next(_keys)}")

    async def now(self) -> tuple[int, int]:
        """Who both of them are by now."""
        people = self.store.people
        one = await people.person(Identity("telegram", "ann"), "Ann")
        other = await people.person(Identity("discord", "ann"), "Ann")
        return one.id, other.id


async def one_person(store: Store, clock: TestClock) -> OnePerson:
    """Two wallets of one person, with 26 Connects of 60 spent on Telegram, and 8 of 40 on Discord."""
    books = OpenBooks(store, rulebook.default(), clock)
    first, second = [await freelancer(books, clock, "ann", platform) for platform in ("telegram", "discord")]
    booked(await first.buy(40))
    booked(await first.spend(26, "Logo"))
    clock.pass_(hours=1)
    booked(await second.buy(20))
    booked(await second.spend(8, "Shop"))
    clock.pass_(hours=1)
    return OnePerson(store, clock, LinkService(store, books.rulebook, clock), first, second)


async def refused(deed: Awaitable[object]) -> Refusal:
    """The refusal of something that must be refused."""
    try:
        await deed
    except RefusedError as error:
        return error.refusal
    raise AssertionError("it was not refused")
