"""One invented account whose books are kept in two wallets, and what must hold once these are linked as the same.

What is done is done to a wallet of its own, too, in which all of it is done, in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from core.booking import fingerprint
from core.books import Books
from core.imports.service import Imports
from core.ledger.rulebook import default
from core.ledger.seal import new_secret
from core.links.carrying import Act
from core.links.model import Accounts, Link, LinkPlan, Moved, UnlinkPlan
from core.links.model import Books as LinkedBooks
from core.links.same import plan_same
from core.links.undoing import plan_undo
from core.shared.ids import LinkId
from core.wallets.people import Identity
from core.wallets.settings import Settings
from tests.clock import TestClock
from tests.imports.keeper import Keeper

if TYPE_CHECKING:
    from core.ledger.ports import Record
    from core.links.preview import LinkAnswers
    from core.links.same import SamePlan
    from core.store import Store
    from tests.imports.accounts import Account


@dataclass
class Halves:
    """Two wallets of one account, which may be linked, and one in which everything is done."""

    store: Store
    kept: Keeper
    merged: Keeper
    whole: Keeper
    keys: count[int] = field(default_factory=lambda: count(1))

    @property
    def clock(self) -> TestClock:
        return self.kept.clock

    async def plan(self, answers: LinkAnswers, key: str = "link") -> SamePlan:
        kept, merged = await self.kept.record(), await self.merged.record()
        return plan_same(kept, merged, answers, self.act(key), self.kept.books.rulebook)

    def act(self, key: str) -> Act:
        return Act(key, fingerprint("link", key), self.clock.at, self.kept.person, new_secret)

    async def link(self, answers: LinkAnswers, key: str = "") -> tuple[SamePlan, Link]:
        """Link, and prove everything that is stored."""
        key = key or f"link-{next(self.keys)}"
        plan = await self.plan(answers, key)
        kept, merged = await self.kept.record(), await self.merged.record()
        link = Link(
            LinkId(0),
            self.clock.at,
            key,
            Accounts.SAME,
            self.kept.person,
            self.merged.person,
            (self.merged.person,),
            LinkedBooks(kept.head.wallet, moved(kept), moved(plan.kept)),
            LinkedBooks(merged.head.wallet, moved(merged), moved(plan.merged)),
        )
        written = await self.store.links.link(LinkPlan(link, plan.steps))
        assert written is not None
        await self.kept.verify()
        return plan, written

    async def unlink(self, link: Link) -> None:
        """Undo a link, and prove everything that is stored."""
        kept, merged = await self.kept.record(), await self.merged.record()
        key = f"unlink-{next(self.keys)}"
        undone = plan_undo(kept, merged, link, self.act(key), self.kept.books.rulebook)
        written = await self.store.links.unlink(UnlinkPlan(link, self.clock.at, key, undone.steps))
        assert written is not None
        await self.kept.verify()


def moved(record: Record) -> Moved:
    return Moved(record.head.entries, len(record.batches), record.head.balance)


async def halves(store: Store, lived: Account) -> Halves:
    """Three wallets that are opened on the day on which the account was."""
    clock, book = TestClock(lived.first), default()
    books, imports = Books(store, book, clock), Imports(store, book, clock)
    keys, found = count(1), list[Keeper]()
    for name in ("ann", "other ann", "whole ann"):
        person = (await books.person(Identity("console", name), name)).id
        wallet = (await books.open(person, Settings(), f"0000000001:open:{name}", person)).wallet.id
        found.append(Keeper(store, clock, books, imports, wallet, person, keys))
    kept, merged, whole = found
    return Halves(store, kept, merged, whole)
