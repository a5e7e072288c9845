"""Two accounts in one wallet: each keeps its own costs up to the link, and from then on all is drawn oldest first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.imports.model import Answers
from core.imports.service import Imports
from core.ledger.model import Kind, Source
from core.ledger.past.pools import beside_of
from core.ledger.past.proof import flaw_in_past
from core.ledger.requests import Spend
from core.ledger.sightings import BatchKind, standing
from core.links.model import Accounts
from core.links.preview import UNANSWERED
from core.links.service import LinkService
from core.reconciliation.service import Reconciliation
from core.shared.money import CostState
from core.shared.refusals import BalanceOfTwo, NotEnoughThen, RefusedError
from storage import open_store
from tests.core.freelancer import Freelancer, booked, dollars, freelancer, outcome
from tests.core.links.beside import linked, unlinked
from tests.core.links.two_walks import pair
from tests.imports.keeper import page, row

if TYPE_CHECKING:
    from core.ledger.model import Lot, Receipt
    from core.ledger.ports import Record
    from tests.clock import TestClock
    from tests.core.freelancer import OpenBooks


class Both:
    """Ann's own account, and the one that she kept as Bob, whose Connects are older and cost more."""

    def __init__(self, ann: Freelancer, bob: Freelancer) -> None:
        self.ann, self.bob, self.clock = ann, bob, ann.clock
        self.links = LinkService(ann.books.store, ann.books.rulebook, ann.clock)

    async def link(self) -> None:
        persons = self.ann.person, self.bob.person
        shown = await self.links.preview(*persons, Accounts.TWO)
        await self.links.link(*persons, Accounts.TWO, UNANSWERED, stamp=shown.stamp, key="together")

    async def record(self) -> Record:
        return await self.ann.books.store.ledger.record(self.ann.wallet)

    async def drawn(self, receipt: Receipt) -> list[tuple[Source, int]]:
        """From what a spend was drawn by now."""
        lots: dict[int, Lot] = {lot.number: lot for lot in await self.ann.books.store.ledger.lots(self.ann.wallet)}
        return [(lots[home.lot].source, -home.connects) for home, _ in receipt.entry.moves]


@pytest.fixture
async def both(ann: Freelancer, books: OpenBooks, clock: TestClock) -> Both:
    bob = await freelancer(books, clock, "bob")
    clock.pass_(days=1)
    booked(await bob.buy(60, dollars(1800)))
    booked(await bob.spend(30, "Shop"))
    clock.pass_(days=1)
    booked(await ann.buy(40, dollars(600)))
    booked(await ann.spend(25, "Logo"))
    clock.pass_(days=2)
    return Both(ann, bob)


async def test_the_balance_is_the_sum_and_what_is_spent_then_is_the_oldest_of_both(both: Both) -> None:
    await both.link()
    assert await both.ann.available() == 35 + 50
    assert await both.drawn(booked(await both.ann.spend(60))) == [(Source.PURCHASE, 50), (Source.PURCHASE, 10)]


async def test_a_fact_that_became_known_late_draws_on_the_first_account_only(both: Both) -> None:
    then = both.clock.at - timedelta(days=1)
    await both.link()
    known = await both.record()
    booked(await outcome(both.ann.books.spend_all(both.ann.new_request, [Spend(35)], on=then)))
    spent = (await both.record()).entries[known.head.entries :]
    assert [entry.kind for entry in spent] == [Kind.SPEND], "what the other account spent stays where it is"
    refused = await outcome(both.ann.books.spend_all(both.ann.new_request, [Spend(1)], on=then))
    assert isinstance(refused, NotEnoughThen)
    assert await both.ann.available() == 50


async def test_what_happened_on_the_day_of_the_link_draws_on_both(both: Both) -> None:
    await both.link()
    imports = Imports(both.ann.books.store, both.ann.books.rulebook, both.clock)
    today = both.clock.at.date()
    pages = [page(row(1, "Applied to job", -80, "Big")._replace(day=today))._replace(copied=today)]
    shown = await imports.preview(both.ann.wallet, pages, Answers(), both.ann.person)
    assert (shown.new, shown.gaps, shown.after) == (1, (), 5)


async def test_a_return_goes_back_where_its_spend_drew(both: Both) -> None:
    await both.link()
    record = await both.record()
    shop = next(entry for entry in record.entries if entry.memo == "Shop")
    assert [home.connects for home, _ in shop.moves] == [-20, -10], "the welcome, and the purchase of its own account"
    back = booked(await both.ann.give_back(shop.number)).entry
    assert [(home.lot, home.connects) for home, _ in back.moves] == [
        (home.lot, -home.connects) for home, _ in reversed(shop.moves)
    ]


async def test_the_other_welcome_is_a_free_opening(both: Both) -> None:
    await both.link()
    lots = await both.ann.books.store.ledger.lots(both.ann.wallet)
    assert [(lot.source, lot.cost_state) for lot in lots if lot.size == 20] == [
        (Source.WELCOME, CostState.FREE), (Source.OPENING, CostState.FREE),
    ]  # fmt: skip


async def test_what_is_not_as_each_account_had_it_is_found(both: Both) -> None:
    await both.link()
    record = await both.record()
    assert record.head.at is not None
    assert flaw_in_past(record, record.head.at) is None
    mixed = record._replace(batches=())
    assert "did not move the Connects" in (flaw_in_past(mixed, record.head.at) or "")
    last = record.batches[-1]
    turned = [one._replace(line=line) for line, one in enumerate(reversed(last.sightings), 1)]
    other = record._replace(batches=(*record.batches[:-1], last._replace(sightings=tuple(turned))))
    assert "were not there" in (flaw_in_past(other, record.head.at) or ""), "they came in another order"


async def test_no_balance_that_a_page_shows_is_compared(both: Both) -> None:
    await both.link()
    compared = Reconciliation(both.ann.books.store, both.ann.books.rulebook, both.clock)
    assert (await compared.agreed(both.ann.wallet)).of_two
    for deed in (compared.confirm(both.ann.new_request, 85), compared.compare(both.ann.wallet, 50)):
        with pytest.raises(RefusedError) as refused:
            await deed
        assert refused.value.refusal == BalanceOfTwo()


async def test_pages_of_both_accounts_are_recognised_and_undone() -> None:
    """The pages of each have no row in common, and the balance of one."""
    async with open_store("memory://") as store:
        ann, bob = (walker.ann for walker in await pair(store, 1))
        for one in (ann, bob):
            one.clock.at = ann.clock.at.replace(2026, 1, 12)
        first = page(row(10, "Applied to job", -8, "Logo"), row(8, "Applied to job", -4, "Icon"), balance=100)
        other = page(row(11, "Applied to job", -6, "Shop"), row(9, "Applied to job", -2, "Cart"), balance=40)
        await ann.take(first)
        await bob.take(other)
        links = LinkService(store, ann.books.rulebook, ann.clock)
        shown = await links.preview(ann.person, bob.person, Accounts.TWO)
        await links.link(ann.person, bob.person, Accounts.TWO, UNANSWERED, stamp=shown.stamp, key="together")
        assert shown.after == 140
        for known in (first, other):
            assert (await ann.preview(known)).known == 2
        before = await ann.state()
        more = page(row(11, "Job cancelled", 2, "Cart"), *other.rows, balance=7)
        taken = await ann.take(more)
        assert (taken.preview.new, taken.preview.other_account, taken.preview.parted) == (1, None, None)
        assert taken.preview.after == 142
        await ann.undo()
        assert await ann.state() == before
        await ann.verify()


@pytest.mark.parametrize("seed", [3, 5])
async def test_nothing_but_the_place_is_another_whatever_happened_in_both(seed: int) -> None:
    async with open_store("memory://") as store:
        ann, bob = await pair(store, seed)
        for _ in range(12):
            await ann.step()
            await bob.step()
        kept, merged = await ann.ann.record(), await bob.ann.record()
        at, book = ann.ann.clock.at, ann.ann.books.rulebook
        done = linked(kept, merged, at, book)
        unlinked(kept, merged, done, at + timedelta(days=200), book)
        assert beside_of(done.kept.batches) == standing(done.kept.batches, BatchKind.BESIDE)[-1]
