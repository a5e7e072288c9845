"""What came back, badges, prices and jobs of one account that two wallets know: none of it counts twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.imports.known import Known
from core.ledger.model import Kind, Source
from core.ledger.past.standing import Standing
from core.links.preview import BalanceChoice, LinkAnswers
from core.shared.money import Price
from core.wallets.settings import Plan
from storage import open_store
from tests.core.links.same_books import Halves, halves
from tests.core.links.test_same import JOB, SAME, bid, bids
from tests.imports.keeper import APPLIED, BADGE, BOUGHT, CANCELLED, page, row

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.ledger.ports import Record
    from tests.imports.keeper import Keeper

OTHER_JOB = f"{JOB[:-1]}{(int(JOB[-1]) + 1) % 10}"
OTHERS = LinkAnswers(BalanceChoice.TOGETHER, same=False)


@pytest.fixture
async def both() -> AsyncIterator[Halves]:
    """Two wallets with their welcomes, some days later."""
    async with open_store("memory://") as store:
        found = await halves(store)
        found.clock.pass_(days=4)
        yield found


async def give_back(who: Keeper, number: int, connects: int | None = None) -> None:
    await who.books.give_back(who.request, number, connects)


def came_back(record: Record) -> list[int]:
    facts = Standing(record.entries).facts.values()
    return sorted(entry.delta for entry in facts if entry.kind is Kind.RETURN)


async def linked(both: Halves, answers: LinkAnswers = SAME) -> Record:
    """The kept books after a link, of which the undo leaves no trace."""
    before = await both.state()
    _, link = await both.link(answers)
    found = await both.kept.record()
    await both.unlink(link)
    assert await both.state() == before
    return found


async def test_a_row_leaves_a_bid_to_the_one_of_the_same_job(both: Halves) -> None:
    for job in (JOB, OTHER_JOB):
        await bid(both.kept, 4, "Logo", job)
    await both.merged.take(page(row(both.clock.at.day, APPLIED, -4, "Logo")))
    await bid(both.merged, 4, "Logo", JOB)
    assert bids(await linked(both)) == [4, 4]


class TestReturns:
    async def test_one_that_both_know_is_one(self, both: Halves) -> None:
        for half in (both.kept, both.merged):
            await bid(half, 4, "Logo", JOB)
            await give_back(half, 2)
        record = await linked(both)
        assert (bids(record), came_back(record)) == ([4], [4])

    async def test_one_that_only_the_other_books_know_comes_over(self, both: Halves) -> None:
        for half in (both.kept, both.merged):
            await bid(half, 4, "Logo", JOB)
        await give_back(both.merged, 2)
        record = await linked(both)
        assert (bids(record), came_back(record)) == ([4], [4])

    async def test_of_one_that_came_back_in_part_only_the_rest_comes_back(self, both: Halves) -> None:
        for half, connects in ((both.kept, 3), (both.merged, 4)):
            await bid(half, 4, "Logo", JOB)
            await give_back(half, 2, connects)
        record = await linked(both)
        assert (bids(record), came_back(record)) == ([4], [1, 3])

    async def test_one_of_a_spend_that_comes_over_comes_with_it(self, both: Halves) -> None:
        await bid(both.merged, 4, "Logo", JOB)
        await give_back(both.merged, 2, 3)
        record = await linked(both)
        assert (bids(record), came_back(record)) == ([4], [3])

    async def test_one_that_a_page_shows_here_and_somebody_typed_there_is_one(self, both: Halves) -> None:
        rows = row(6, CANCELLED, 4, "Logo", job=JOB), row(5, APPLIED, -4, "Logo", job=JOB)
        await both.kept.take(page(*rows, balance=20, copied=6))
        await bid(both.merged, 4, "Logo", JOB)
        await give_back(both.merged, 2)
        record = await linked(both)
        assert (bids(record), came_back(record)) == ([4], [4])


class TestTakenOut:
    async def test_what_was_taken_out_here_is_asked_about(self, both: Halves) -> None:
        shown = page(row(5, APPLIED, -4, "Logo"), balance=16, copied=6)
        await both.kept.take(shown)
        await both.kept.books.undo(both.kept.request, (await both.kept.entry("Logo")).number)
        await both.merged.take(shown)
        asked = await both.plan(LinkAnswers(BalanceChoice.KEPT))
        assert [one.entry.memo for one in asked.shown.doubtful] == ["Logo"]
        assert not asked.shown.ready
        assert [bids(await linked(both, answers)) for answers in (SAME, OTHERS)] == [[], [4]]

    async def test_what_was_taken_out_there_does_not_come_over(self, both: Halves) -> None:
        await both.merged.take(page(row(5, APPLIED, -4, "Logo"), balance=16, copied=6))
        await both.merged.books.undo(both.merged.request, (await both.merged.entry("Logo")).number)
        assert bids(await linked(both)) == []


class TestBadges:
    async def test_of_a_day_that_both_have_seen_the_larger_sum_counts(self, both: Halves) -> None:
        await both.kept.take(page(row(5, BADGE, -1), balance=19, copied=5))
        await both.merged.take(page(row(5, BADGE, -3), balance=17, copied=6))
        record = await linked(both, LinkAnswers(BalanceChoice.MERGED, same=True))
        assert sum(bids(record)) == 3

    async def test_days_that_only_one_has_seen_are_booked_each(self, both: Halves) -> None:
        await both.kept.take(page(row(5, BADGE, -2), balance=18, copied=5))
        await both.merged.take(page(row(6, BADGE, -3), balance=15, copied=6))
        assert sum(bids(await linked(both))) == 5


class TestPricesAndJobs:
    async def test_a_price_that_only_the_other_books_were_told_is_learnt(self, both: Halves) -> None:
        shown = page(row(5, BOUGHT, 10), balance=30, copied=6)
        for half in (both.kept, both.merged):
            await half.take(shown)
        bought = next(entry for entry in (await both.merged.record()).entries if entry.kind is Kind.PURCHASE)
        await both.merged.books.amend(both.merged.request, {bought.number: Price(120, 0, "USD")})
        lots = (await linked(both)).head.lots
        assert [lot.price for lot in lots if lot.source is Source.PURCHASE and lot.size] == [Price(120, 0, "USD")]

    async def test_one_that_the_kept_books_were_told_stays(self, both: Halves) -> None:
        shown = page(row(5, BOUGHT, 10), balance=30, copied=6)
        for half, cents in ((both.kept, 110), (both.merged, 120)):
            await half.take(shown)
            bought = next(entry for entry in (await half.record()).entries if entry.kind is Kind.PURCHASE)
            await half.books.amend(half.request, {bought.number: Price(cents, 0, "USD")})
        lots = (await linked(both)).head.lots
        assert [lot.price for lot in lots if lot.source is Source.PURCHASE and lot.size] == [Price(110, 0, "USD")]

    async def test_a_job_that_only_the_other_books_know_is_learnt(self, both: Halves) -> None:
        await both.kept.take(page(row(5, APPLIED, -4, "Logo"), balance=16, copied=6))
        await both.merged.take(page(row(5, APPLIED, -4, "Logo", job=JOB), balance=16, copied=6))
        known = Known(await linked(both))
        (spend,) = [entry for entry in known.entries.values() if entry.kind is Kind.SPEND]
        assert JOB in {spend.job, *(seen.job for seen in known.seen(spend.number))}


async def test_what_can_be_earned_once_was_earned_once(both: Halves) -> None:
    for half in (both.kept, both.merged):
        await half.books.earn(half.request, Source.ASSESSMENT, plan=Plan.PLUS, name="Logo design")
    await both.merged.books.earn(both.merged.request, Source.ASSESSMENT, plan=Plan.PLUS, name="Web design")
    record = await linked(both)
    earned = [
        entry.memo for entry in Standing(record.entries).facts.values() if entry.kind is Kind.GRANT and entry.memo
    ]
    assert sorted(earned) == ["Logo design", "Web design"]
    assert {key.name.rpartition(":")[2] for key in record.head.once_keys} >= {"logo design", "web design"}
