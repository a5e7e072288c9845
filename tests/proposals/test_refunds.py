"""What should have come back of proposals and did not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from core.imports.model import Answers, RowKind
from core.ledger.sightings import Batch, BatchKind, Boosted, ProposalSighting, ProposalState
from core.proposals.refunds import Moved, Reason, Refunds, Why, refunds, rows_of
from core.shared.ids import WalletId
from tests.imports.conftest import ann
from tests.imports.keeper import APPLIED, BOOST, CANCELLED, OUTBID, day, page, row
from tests.proposals.deriving import cards_of

if TYPE_CHECKING:
    from tests.imports.keeper import Keeper

__all__ = ["ann"]
NOW = datetime(2026, 1, 20, 12, tzinfo=UTC)
BID_BACK = "We accepted your bid to boost a proposal. This is a refund for your total bid."
CHARGE = "We accepted your bid to boost a proposal. This is the final bid charge."
BOOST_CLOSED = "You bid to boost a proposal, but the job was closed"


def shown(on: int, *lines: ProposalSighting) -> Batch:
    """A page of "My proposals", copied on a day of January."""
    at = datetime(2026, 1, on, 12, tzinfo=UTC)
    numbered = tuple(line._replace(line=number) for number, line in enumerate(lines, 1))
    return Batch(WalletId(1), 100 + on, at, f"key{on}", last=day(on), kind=BatchKind.PROPOSALS, proposals=numbered)


def seen(state: ProposalState, title: str, on: int = 5, boosted: Boosted | None = None) -> ProposalSighting:
    return ProposalSighting(1, state, day(on), title, boosted=boosted)


async def found(ann: Keeper, *more: Batch, now: datetime = NOW) -> Refunds:
    record = await ann.record()
    return refunds(cards_of(record, *more), (*record.batches, *more), now, timedelta(days=3))


async def test_a_closed_job_owes_what_has_not_come_back(ann: Keeper) -> None:
    await ann.take(
        page(
            row(9, BOOST_CLOSED, 28, "Logo"),
            row(5, BOOST, -28, "Logo"),
            row(5, APPLIED, -16, "Logo"),
            row(5, APPLIED, -8, "Flyer"),
        )
    )
    closed = shown(10, seen(ProposalState.CLOSED, "Flyer"))
    given = await found(ann, closed)
    assert [(one.proposal.title, one.why, one.bid, one.boost) for one in given.owed] == [
        ("Logo", Why.CLOSED, 16, 0),
        ("Flyer", Why.CLOSED, 8, 0),
    ]
    assert (given.connects, given.known_until, [one.title for one in given.came]) == (24, date(2026, 1, 12), ["Logo"])


async def test_nothing_is_owed_before_its_days_are_over(ann: Keeper) -> None:
    await ann.take(page(row(5, APPLIED, -16, "Logo")))
    given = await found(ann, shown(10, seen(ProposalState.CLOSED, "Logo")), now=datetime(2026, 1, 12, tzinfo=UTC))
    assert (given.owed, [one.connects for one in given.waiting]) == ((), [16])


async def test_what_came_back_is_not_owed(ann: Keeper) -> None:
    await ann.take(page(row(9, CANCELLED, 16, "Logo"), row(5, APPLIED, -16, "Logo")))
    given = await found(ann)
    assert (given.owed, given.waiting, given.kept) == ((), (), ())
    record = await ann.record()
    (logo,) = given.came
    rows = rows_of(entry for entry in record.entries if entry.number in logo.entries)
    assert [(row.what, row.connects) for row in rows] == [(Moved.BID, -16), (Moved.BID_BACK, 16)]


async def test_a_boost_that_was_outbid_is_owed_though_the_bid_is_open(ann: Keeper) -> None:
    await ann.take(page(row(5, BOOST, -28, "Logo"), row(5, APPLIED, -16, "Logo")))
    outbid = shown(10, seen(ProposalState.SENT, "Logo", boosted=Boosted.OUTBID))
    (one,) = (await found(ann, outbid)).owed
    assert (one.why, one.bid, one.boost) == (Why.OUTBID, 0, 28)
    await ann.take(page(row(11, OUTBID, 28, "Logo"), row(5, BOOST, -28, "Logo"), row(5, APPLIED, -16, "Logo")))
    assert (await found(ann, outbid)).owed == ()


async def test_a_boost_that_was_charged_is_kept(ann: Keeper) -> None:
    await ann.take(
        page(
            row(11, CANCELLED, 16, "Logo"),
            row(9, CHARGE, -20, "Logo"),
            row(9, BID_BACK, 28, "Logo"),
            row(5, BOOST, -28, "Logo"),
            row(5, APPLIED, -16, "Logo"),
        )
    )
    given = await found(ann)
    assert (given.owed, given.kept) == ((), ((Reason.CHARGED, 1, 20),))


async def test_what_is_not_returnable_is_counted_by_its_reason(ann: Keeper) -> None:
    await ann.take(page(*(row(5, APPLIED, -8 - number, title) for number, title in enumerate("ABCDE"))))
    states = (
        ProposalState.HIRED, ProposalState.DECLINED, ProposalState.WITHDRAWN, ProposalState.EXPIRED,
        ProposalState.ARCHIVED,
    )  # fmt: skip
    given = await found(ann, shown(10, *(seen(state, title) for state, title in zip(states, "ABCDE", strict=True))))
    assert [(one.reason.value, one.proposals, one.connects) for one in given.kept] == [
        (state.value, 1, 8 + number) for number, state in enumerate(states)
    ]


async def test_a_withdrawn_one_that_came_back_all_the_same_counts_as_the_page_says(ann: Keeper) -> None:
    wording = "Proposal withdrawn"
    answers = Answers(wordings={wording: RowKind.PROPOSAL_BACK})
    await ann.take(page(row(9, wording, 16, "Logo"), row(5, APPLIED, -16, "Logo")), answers=answers)
    given = await found(ann, shown(10, seen(ProposalState.WITHDRAWN, "Logo")))
    assert (given.owed, given.kept) == ((), ())


async def test_what_may_be_of_another_is_marked(ann: Keeper) -> None:
    await ann.take(
        page(row(9, "Connects refunded", 2, "Logo"), row(5, APPLIED, -16, "Logo"), row(5, APPLIED, -12, "Logo"))
    )
    closed = shown(10, seen(ProposalState.CLOSED, "Logo"), seen(ProposalState.CLOSED, "Logo"))
    assert [one.doubtful for one in (await found(ann, closed)).owed] == [True, True]


async def test_a_closed_job_without_a_bid_is_only_counted(ann: Keeper) -> None:
    given = await found(ann, shown(10, seen(ProposalState.CLOSED, "Logo")))
    assert (given.owed, given.uncosted, given.known_until) == ((), 1, None)
