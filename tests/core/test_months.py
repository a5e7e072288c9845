"""Monthly Connects: once in each calendar month of the wallet's zone.

Earlier versions took the month of UTC for the once-key. Those keys are in the books for good.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger import rulebook, rules
from core.ledger.earning import Award
from core.ledger.entry_builder import Intent
from core.ledger.model import Receipt, Source
from core.ledger.ports import Key, Scope
from core.shared.calendar import day_in, month_in
from core.shared.refusals import AlreadyDone
from core.wallets.settings import Settings
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import Freelancer, OpenBooks, booked, freelancer

if TYPE_CHECKING:
    from core.ledger.model import Change, Snapshot
    from core.shared.refusals import Refusal

ZONES = sorted(available_timezones() - {"localtime"})
EDGES = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3, 4, 10, 11)]


async def claim_by_utc(ann: Freelancer) -> Receipt | Refusal:
    """What an earlier version did: it took the key of the month of UTC, and looked at nothing else."""
    request = ann.new_request
    key = Key(request.key, "asked")
    intent = Intent(key, ann.clock.now(), ann.person)
    award = Award(100, f"monthly:{ann.wallet}:{ann.clock.now():%Y-%m}")

    def decide(before: Snapshot) -> Change | Refusal:
        return rules.grant(before, intent, Source.MONTHLY, award, ann.books.rulebook)

    return await ann.books.store.ledger.write(Scope(ann.wallet, once_keys=(award.once_key or "",)), key, decide)


async def in_zone(ann: Freelancer, zone: str) -> None:
    await ann.books.change_settings(ann.wallet, lambda _kept: Settings(zone))


class TestNearTheEndOfAMonth:
    async def test_east_of_utc_the_new_month_begins_earlier(self, ann: Freelancer, clock: TestClock) -> None:
        await in_zone(ann, "Europe/Kyiv")
        booked(await ann.earn(Source.MONTHLY))
        clock.at = datetime(2026, 1, 31, 23, tzinfo=UTC)  # the first of February there
        booked(await ann.earn(Source.MONTHLY))
        clock.at = datetime(2026, 2, 28, 21, tzinfo=UTC)
        assert await ann.earn(Source.MONTHLY) == AlreadyDone("monthly", 3)

    async def test_west_of_utc_it_begins_later(self, ann: Freelancer, clock: TestClock) -> None:
        await in_zone(ann, "America/New_York")
        booked(await ann.earn(Source.MONTHLY))
        clock.at = datetime(2026, 2, 1, 3, tzinfo=UTC)  # still January there
        assert await ann.earn(Source.MONTHLY) == AlreadyDone("monthly", 2)
        clock.at = datetime(2026, 2, 1, 6, tzinfo=UTC)
        booked(await ann.earn(Source.MONTHLY))

    async def test_an_old_key_of_the_month_before_does_not_allow_a_second(
        self, ann: Freelancer, clock: TestClock
    ) -> None:
        await in_zone(ann, "Europe/Kyiv")
        clock.at = datetime(2026, 1, 31, 23, tzinfo=UTC)
        assert booked(await claim_by_utc(ann)).entry.number == 2  # under January, though it is February there
        clock.at = datetime(2026, 2, 10, tzinfo=UTC)
        assert await ann.earn(Source.MONTHLY) == AlreadyDone("monthly", 2)
        clock.at = datetime(2026, 3, 1, tzinfo=UTC)
        booked(await ann.earn(Source.MONTHLY))

    async def test_an_old_key_of_the_month_after_does_not_block_it(self, ann: Freelancer, clock: TestClock) -> None:
        await in_zone(ann, "America/New_York")
        clock.at = datetime(2026, 2, 1, 3, tzinfo=UTC)
        booked(await claim_by_utc(ann))  # under February, though it is still January there
        assert await ann.earn(Source.MONTHLY) == AlreadyDone("monthly", 2)
        clock.at = datetime(2026, 2, 10, tzinfo=UTC)
        assert booked(await ann.earn(Source.MONTHLY)).entry.number == 3
        assert await ann.earn(Source.MONTHLY) == AlreadyDone("monthly", 3)
        booked(await ann.undo(3))
        booked(await ann.earn(Source.MONTHLY))
        booked(await ann.undo(2))

    async def test_an_undone_claim_can_be_made_again(self, ann: Freelancer) -> None:
        await in_zone(ann, "Asia/Tokyo")
        booked(await ann.earn(Source.MONTHLY))
        booked(await ann.undo())
        booked(await ann.earn(Source.MONTHLY))
        assert isinstance(await ann.earn(Source.MONTHLY), AlreadyDone)

    @pytest.mark.parametrize("spent", [20, 120])
    async def test_a_claim_that_is_all_spent_still_counts(self, ann: Freelancer, spent: int) -> None:
        booked(await ann.earn(Source.MONTHLY))
        booked(await ann.spend(spent))
        assert await ann.earn(Source.MONTHLY) == AlreadyDone("monthly", 2)


moments = st.builds(
    lambda edge, hours: edge + timedelta(minutes=hours), st.sampled_from(EDGES), st.integers(-30 * 60, 30 * 60)
) | st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - they get UTC


@given(st.sampled_from(ZONES), st.lists(moments, max_size=6), st.lists(moments, min_size=1, max_size=10), st.data())
def test_there_is_one_claim_in_each_local_month(
    zone: str, old: list[datetime], new: list[datetime], data: st.DataObject
) -> None:
    """Some claims were made by an earlier version. From then on one succeeds just if its local month has none yet."""
    upgrade = data.draw(st.sampled_from(sorted([*old, *new])))

    async def play() -> None:
        clock = TestClock(datetime(2025, 12, 1, tzinfo=UTC))
        async with open_store("memory://") as store:
            books = OpenBooks(store, rulebook.default(), clock)
            ann = await freelancer(books, clock)
            await in_zone(ann, zone)
            claimed: dict[str, int] = {}
            for moment in sorted({at for at in old if at <= upgrade} | {at for at in new if at > upgrade}):
                clock.at = moment
                month = month_in(zone, moment)
                if moment <= upgrade:
                    receipt = await claim_by_utc(ann)
                    if isinstance(receipt, Receipt):
                        claimed[month] = receipt.entry.number
                    continue
                given_back = await ann.earn(Source.MONTHLY)
                if month in claimed:
                    assert given_back == AlreadyDone("monthly", claimed[month]), (zone, moment)
                else:
                    claimed[month] = booked(given_back).entry.number
            verdict = await books.verify()
            assert verdict.fault is None, verdict.fault

    asyncio.run(play())


@given(st.lists(st.tuples(moments, st.sampled_from(ZONES), st.booleans()), min_size=1, max_size=10))
def test_whoever_moves_claims_once_in_a_month_of_where_they_are(story: list[tuple[datetime, str, bool]]) -> None:
    async def play() -> None:
        clock = TestClock(datetime(2025, 12, 1, tzinfo=UTC))
        async with open_store("memory://") as store:
            books = OpenBooks(store, rulebook.default(), clock)
            ann = await freelancer(books, clock)
            standing: list[datetime] = []
            for moment, zone, undo in sorted(story):
                clock.at = moment
                await in_zone(ann, zone)
                taken = any(month_in(zone, at) == month_in(zone, moment) for at in standing)
                given_back = await ann.earn(Source.MONTHLY)
                assert isinstance(given_back, AlreadyDone) == taken, (zone, moment)
                if isinstance(given_back, Receipt):
                    standing.append(moment)
                    if undo:
                        booked(await ann.undo())
                        standing.pop()
            verdict = await books.verify()
            assert verdict.fault is None, verdict.fault

    asyncio.run(play())


@given(st.sampled_from(ZONES), moments)
def test_a_month_is_named_as_the_day_in_it(zone: str, at: datetime) -> None:
    assert month_in(zone, at) == day_in(zone, at).isoformat()[:7]
