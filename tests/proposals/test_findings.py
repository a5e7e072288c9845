"""What the two pages tell side by side."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from core.ledger.sightings import ProposalState
from core.proposals.findings import Overdue, month_before, open_entries, overdue, reply_cost
from tests.imports.conftest import ann
from tests.imports.keeper import APPLIED, BOOST, OUTBID, page, row
from tests.proposals.deriving import cards_of
from tests.proposals.test_refunds import found, seen, shown

if TYPE_CHECKING:
    from core.ledger.sightings import Batch
    from core.proposals.findings import ReplyCost
    from tests.imports.keeper import Keeper

__all__ = ["ann"]
REPLIED, CLOSED = ProposalState.REPLIED, ProposalState.CLOSED


async def cost(ann: Keeper, *pages: Batch, since: int = 1) -> ReplyCost | None:
    """What a reply to the bids cost that were sent from a day of January on."""
    record = await ann.record()
    bids = [card for card in cards_of(record, *pages) if card.sent >= datetime(2026, 1, since, tzinfo=UTC)]
    return reply_cost(bids, {number: record.entries[number - 1] for number in open_entries(bids)})


async def test_all_bids_pay_for_the_replies(ann: Keeper) -> None:
    await ann.take(
        page(
            row(8, OUTBID, 9, "Logo"),
            row(5, BOOST, -9, "Logo"),
            row(5, APPLIED, -16, "Logo"),
            row(4, APPLIED, -8, "Ad"),
        )
    )
    assert await cost(ann) is None
    known = await cost(ann, shown(10, seen(REPLIED, "Logo")))
    assert known is not None
    assert (known.connects, known.bids, known.replies, known.each, known.about) == (24, 2, 1, 24, False)


async def test_what_is_of_one_of_them_counts_and_what_may_be_of_another_leaves_a_range(ann: Keeper) -> None:
    await ann.take(
        page(
            row(9, BOOST, -2, "Logo"),
            row(7, APPLIED, -20, "Ad"),
            row(6, APPLIED, -16, "Logo"),
            row(4, APPLIED, -16, "Logo"),
        )
    )
    answered = shown(10, seen(REPLIED, "Ad", on=7))
    known = await cost(ann, answered)
    assert known is not None
    assert (known.connects, known.about) == (54, False)
    known = await cost(ann, answered, since=5)
    assert known is not None
    assert (known.connects, known.each, known.about) == (37, 37, True)
    assert await cost(ann, shown(10, seen(REPLIED, "Logo", on=6)), since=6) is not None


async def test_too_wide_a_range_and_a_bid_without_a_cost_tell_nothing(ann: Keeper) -> None:
    await ann.take(page(row(9, BOOST, -9, "Logo"), row(6, APPLIED, -16, "Logo"), row(4, APPLIED, -16, "Logo")))
    answered = shown(10, seen(REPLIED, "Logo", on=6))
    assert await cost(ann, answered) is not None
    assert await cost(ann, answered, since=5) is None
    assert await cost(ann, answered, shown(11, seen(REPLIED, "Never typed"))) is None


async def test_closed_jobs_are_overdue_once_the_history_covers_their_days(ann: Keeper) -> None:
    await ann.take(page(row(6, APPLIED, -16, "Logo"), row(5, APPLIED, -8, "Ad"), row(4, APPLIED, -4, "Card")))
    closed = shown(9, seen(CLOSED, "Logo", on=6)), shown(8, seen(CLOSED, "Ad"))
    late = shown(11, seen(CLOSED, "Card", on=4))
    days = timedelta(days=3)
    assert overdue(await found(ann, *closed, late), days) == Overdue(2, 24)
    assert overdue(await found(ann, late), days) is None


def test_the_month_before() -> None:
    assert month_before(date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))
    assert month_before(date(2026, 3, 1)) == (date(2026, 2, 1), date(2026, 2, 28))
