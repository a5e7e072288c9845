"""One invented account whose books are kept in two wallets, and what must hold once these are linked as the same.

What is done is done to a wallet of its own, too, in which all of it is done, in the same order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from core.booking import fingerprint
from core.books import Books
from core.imports.service import Imports
from core.ledger.model import Purpose
from core.ledger.past.standing import Standing
from core.ledger.requests import Spend
from core.ledger.rulebook import default
from core.ledger.seal import new_secret
from core.links.model import Accounts, BooksState, Link, LinkedBooks, LinkPlan, UnlinkPlan
from core.links.preview import LinkPreview, Side
from core.links.same_account.plan import plan_same_account
from core.links.steps import LinkAction
from core.links.undoing import plan_undo
from core.shared.ids import LinkId
from core.wallets.people import Identity
from core.wallets.settings import Settings
from tests.clock import TestClock
from tests.imports.accounts import APPLIED
from tests.imports.keeper import Keeper
from tests.imports.windows import FORMS, page, window

if TYPE_CHECKING:
    from random import Random

    from core.ledger.model import Account as LedgerAccount
    from core.ledger.past.standing import Legs
    from core.ledger.ports import Record
    from core.links.preview import LinkAnswers
    from core.links.steps import ShownPlan
    from core.store import Store
    from tests.imports.accounts import Account
    from tests.imports.keeper import State

BEGAN = datetime(2026, 1, 2, 8, tzinfo=UTC)


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

    async def plan(self, answers: LinkAnswers, key: str = "link") -> ShownPlan:
        kept, merged = await self.kept.record(), await self.merged.record()
        asked = LinkPreview(Side(self.kept.person), Side(self.merged.person), Accounts.SAME, "")
        return plan_same_account(kept, merged, answers, self.act(key), self.kept.books.rulebook, asked=asked)

    def act(self, key: str) -> LinkAction:
        return LinkAction(key, fingerprint("link", key), self.clock.at, self.kept.person, new_secret)

    async def link(self, answers: LinkAnswers, key: str = "") -> tuple[ShownPlan, Link]:
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

    async def state(self) -> tuple[State, State]:
        """What stands in the kept books, and in the others."""
        return await self.kept.state(), await self.merged.state()

    async def unlink(self, link: Link) -> None:
        """Undo a link, and prove everything that is stored."""
        kept, merged = await self.kept.record(), await self.merged.record()
        key = f"unlink-{next(self.keys)}"
        undone = plan_undo(kept, merged, link, self.act(key), self.kept.books.rulebook)
        written = await self.store.links.unlink(UnlinkPlan(link, self.clock.at, key, undone.steps))
        assert written is not None
        await self.kept.verify()


def moved(record: Record) -> BooksState:
    return BooksState(record.head.entries, len(record.batches), record.head.balance)


async def halves(store: Store, began: datetime = BEGAN) -> Halves:
    """Three wallets that are opened on the same day."""
    clock, book = TestClock(began), default()
    books, imports = Books(store, book, clock), Imports(store, book, clock)
    keys, found = count(1), list[Keeper]()
    for name in ("ann", "other ann", "whole ann"):
        person = (await books.person(Identity("console", name), name)).id
        wallet = (await books.open(person, Settings(), f"0000000001:open:{name}", person)).wallet.id
        found.append(Keeper(store, clock, books, imports, wallet, person, keys))
    kept, merged, whole = found
    return Halves(store, kept, merged, whole)


def of_days(record: Record) -> Counter[object]:
    """What happened on each day, whatever it cost.

    What is typed has an hour and a page has none, so that within a day one may draw before the other.
    """
    past = Standing(record.entries)
    return Counter(
        (entry.when.date(), entry.kind, account, connects)
        for number, entry in past.facts.items()
        for account, connects in _moved(past.legs[number]).items()
    )


def _moved(legs: Legs) -> Counter[LedgerAccount]:
    found: Counter[LedgerAccount] = Counter()
    for (_, account), amount in legs.items():
        found[account] += amount.connects
    return found


async def live(both: Halves, lived: Account, dice: Random, *, typed: float = 0.0) -> None:
    """Pages of an account come in here and there, and so do some of its spends, as people type them.

    Whatever is known in one of the halves is known in the whole, too, once.
    """
    at = lived.first
    while (at := at + timedelta(days=dice.choice([1, 2, 5, 9]))) <= lived.last:
        both.clock.at = at
        half = dice.choice([both.kept, both.merged])
        if dice.random() < typed:
            await _type(both, half, lived, dice)
            continue
        shown = page(window(lived, at, days=30), dice.choice(FORMS))
        if shown.rows:
            await half.take(shown)
            await both.whole.take(shown)


async def _type(both: Halves, half: Keeper, lived: Account, dice: Random) -> None:
    """Somebody types what was spent today, perhaps in both halves. What a half has too little for is not typed."""
    today = [one for one in lived.facts if one.at.date() == both.clock.at.date() and one.job and one.wording == APPLIED]
    for fact in today:
        there = {entry.job for entry in (await both.whole.record()).entries}
        spend = Spend(-fact.connects, Purpose.PROPOSAL, fact.title, fact.job)
        wallets = [*([both.kept, both.merged] if dice.random() < 0.3 else [half]), both.whole]
        if fact.job in there or min([(await one.books.balance(one.wallet)).available for one in wallets]) < 30:
            continue
        for one in wallets:
            await one.books.spend_all(one.request, [spend])
        both.clock.pass_(minutes=1)  # otherwise, only the order of booking would say what was spent first
