"""What became of a proposal, from what pages show and people say, in whatever order it becomes known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from core.ledger.sightings import Batch, BatchKind, ProposalSighting, ProposalState
from core.proposals.deriving import Facts, derive
from core.proposals.model import ProposalKind
from core.shared.ids import WalletId
from core.shared.money import Price
from tests.imports.conftest import ann
from tests.imports.keeper import APPLIED, CANCELLED, day, page, row
from tests.proposals.deriving import cards_of

if TYPE_CHECKING:
    from core.ledger.ports import Record
    from core.proposals.model import Proposal
    from tests.imports.keeper import Keeper

__all__ = ["ann"]
WALLET = WalletId(1)
S = ProposalState
FIFTH = datetime(2026, 1, 5, 10, tzinfo=UTC)


class Sayings:
    """Imports of pages and of what people said, which are numbered from 101."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []

    def page(self, on: int, *lines: ProposalSighting) -> None:
        """A page of "My proposals", copied on a day of January and imported at the end of the month."""
        self._add(BatchKind.PROPOSALS, datetime(2026, 1, 30, tzinfo=UTC), lines, last=day(on))

    def told(self, on: int, line: ProposalSighting, hour: int = 12) -> None:
        self._add(BatchKind.TOLD, datetime(2026, 1, on, hour, tzinfo=UTC), (line,))

    def _add(self, kind: BatchKind, at: datetime, lines: tuple[ProposalSighting, ...], **more: Any) -> None:
        number = 101 + len(self.batches)
        numbered = tuple(one._replace(line=at) for at, one in enumerate(lines, 1))
        self.batches.append(Batch(WALLET, number, at, f"key{number}", kind=kind, proposals=numbered, **more))

    def orders(self) -> list[tuple[Batch, ...]]:
        """The same imports in any order; what somebody said keeps its time."""
        return [
            tuple(one._replace(number=101 + at) for at, one in enumerate(some)) for some in permutations(self.batches)
        ]


@pytest.fixture
def said() -> Sayings:
    return Sayings()


def line(state: ProposalState, title: str = "Logo", on: int | None = 5, **more: Any) -> ProposalSighting:
    return ProposalSighting(1, state, None if on is None else day(on), title, **more)


async def booked(ann: Keeper, *titles: str) -> Record:
    """Bids of the fifth of January."""
    await ann.take(page(*(row(5, APPLIED, -16 - at, title) for at, title in enumerate(titles))))
    return await ann.record()


async def only(ann: Keeper, said: Sayings) -> Proposal:
    """The card of the only bid, which is the same in whatever order it became known."""
    record = await booked(ann, "Logo")
    found = {cards_of(record, *order)[0]._replace(seen=()) for order in said.orders()}
    assert all(len(cards_of(record, *order)) == 1 for order in said.orders())
    (card,) = found
    return card


async def test_stages_only_go_up(ann: Keeper, said: Sayings) -> None:
    said.page(12, line(S.REPLIED))
    said.page(8, line(S.SENT, viewed=True))
    said.page(14, line(S.SENT))
    card = await only(ann, said)
    assert (card.stage, card.end, card.viewed) == (S.REPLIED, None, True)
    assert card.answered == datetime(2026, 1, 12, 10, tzinfo=UTC)


async def test_an_older_page_does_not_take_an_end_back(ann: Keeper, said: Sayings) -> None:
    said.page(12, line(S.DECLINED))
    said.page(8, line(S.SENT))
    assert (await only(ann, said)).end is S.DECLINED


async def test_a_newer_page_that_shows_it_open_takes_an_end_back(ann: Keeper, said: Sayings) -> None:
    said.told(8, line(S.DECLINED))
    said.page(12, line(S.SENT))
    card = await only(ann, said)
    assert (card.stage, card.end) == (S.SENT, None)


async def test_a_page_of_the_same_day_does_not_take_back_what_was_said(ann: Keeper, said: Sayings) -> None:
    said.told(12, line(S.DECLINED))
    said.page(12, line(S.SENT))
    assert (await only(ann, said)).end is S.DECLINED


async def test_a_reason_is_better_than_none(ann: Keeper, said: Sayings) -> None:
    said.told(12, line(S.WITHDRAWN))
    said.page(14, line(S.ARCHIVED))
    assert (await only(ann, said)).end is S.WITHDRAWN


async def test_who_was_hired_has_not_ended(ann: Keeper, said: Sayings) -> None:
    said.told(12, line(S.HIRED, worth=Price(50_000, 0, "USD")))
    said.page(14, line(S.ARCHIVED))
    card = await only(ann, said)
    assert (card.stage, card.end, card.worth) == (S.HIRED, None, Price(50_000, 0, "USD"))


async def test_a_mistake_is_corrected_downwards(ann: Keeper, said: Sayings) -> None:
    said.page(8, line(S.VIEWED))
    said.told(12, line(S.HIRED), hour=12)
    said.told(12, line(S.SENT, afresh=True), hour=13)
    card = await only(ann, said)
    assert (card.stage, card.viewed, card.answered) == (S.SENT, False, None)


async def test_what_somebody_says_is_of_the_bid_that_they_name(ann: Keeper, said: Sayings) -> None:
    record = await booked(ann, "Logo", "Logo")
    said.told(12, line(S.REPLIED, on=None, number=3))
    by_base = {card.base: card.stage for card in cards_of(record, *said.batches)}
    number = {card.base: card.entries for card in cards_of(record)}
    assert by_base == {base: S.REPLIED if entries == (3,) else S.SENT for base, entries in number.items()}


async def test_a_line_that_fits_two_bids_is_asked_about_until_somebody_says_which(ann: Keeper, said: Sayings) -> None:
    record = await booked(ann, "Logo", "Logo")
    said.page(8, line(S.REPLIED))
    first, second = cards_of(record, *said.batches)
    assert (first.stage, second.stage) == (S.SENT, S.SENT)
    (doubt,) = first.unclear
    assert (doubt.seen, doubt.state, set(doubt.refs)) == ((101, 1), S.REPLIED, {first.ref, second.ref})
    said.told(9, line(S.REPLIED, on=None, title="", number=first.entries[0], seen=(101, 1)))
    first, second = cards_of(record, *said.batches)
    assert (first.stage, second.stage, first.unclear, second.unclear) == (S.REPLIED, S.SENT, (), ())


async def test_two_equal_lines_of_two_equal_bids_leave_no_doubt(ann: Keeper, said: Sayings) -> None:
    record = await booked(ann, "Logo", "Logo")
    said.page(8, line(S.VIEWED), line(S.VIEWED))
    assert [(card.stage, card.unclear) for card in cards_of(record, *said.batches)] == [(S.VIEWED, ())] * 2


async def test_a_day_may_differ_by_one_and_the_exact_one_wins(ann: Keeper, said: Sayings) -> None:
    await ann.take(page(row(6, APPLIED, -4, "Logo"), row(5, APPLIED, -16, "Logo")))
    said.page(8, line(S.REPLIED, on=5), line(S.VIEWED, on=7))
    assert {card.base: card.stage for card in cards_of(await ann.record(), *said.batches)} == {
        4: S.VIEWED,
        16: S.REPLIED,
    }


async def test_what_was_closed_before_is_not_what_a_page_shows_as_open(ann: Keeper, said: Sayings) -> None:
    await ann.take(page(row(7, CANCELLED, 16, "Logo"), row(5, APPLIED, -16, "Logo"), row(5, APPLIED, -4, "Logo")))
    said.page(9, line(S.REPLIED))
    assert {card.base: (card.stage, card.end) for card in cards_of(await ann.record(), *said.batches)} == {
        16: (S.SENT, S.CLOSED),
        4: (S.REPLIED, None),
    }


async def test_an_invitation_is_of_its_own_kind_until_its_bid_comes(ann: Keeper, said: Sayings) -> None:
    said.page(7, line(S.INVITED))
    said.page(9, line(S.REPLIED))
    (card,) = derive(Facts((), said.batches))
    assert (card.kind, card.stage, card.net.connects, card.ref) == (ProposalKind.INVITATION, S.REPLIED, 0, "101-1")
    assert (card.sent, card.exact) == (FIFTH, False)
    (card,) = cards_of(await booked(ann, "Logo"), *said.batches)
    assert (card.kind, card.stage, card.base) == (ProposalKind.BID, S.REPLIED, 16)


def test_what_a_page_alone_shows_has_a_card_without_a_cost(said: Sayings) -> None:
    said.page(7, line(S.SENT), line(S.SENT), line(S.VIEWED, "Flyer"))
    said.page(9, line(S.REPLIED, "Flyer"), line(S.SENT), line(S.SENT))
    found = derive(Facts((), said.batches))
    assert sorted((card.title, card.stage, card.base) for card in found) == [
        ("Flyer", S.REPLIED, 0),
        ("Logo", S.SENT, 0),
        ("Logo", S.SENT, 0),
    ]
    said.told(10, line(S.HIRED, "", on=None, seen=(101, 3)))
    flyer = next(card for card in derive(Facts((), said.batches)) if card.title == "Flyer")
    assert flyer.stage is S.HIRED


async def test_upworks_ids_give_the_second_and_keep_proposals_apart(ann: Keeper, said: Sayings) -> None:
    job, sent = "~022009100925934339468", datetime(2026, 1, 9, 9, 30, tzinfo=UTC)
    proposal = str(((int(sent.timestamp() * 1000) - 1_288_834_974_657) << 22) + 7)
    await ann.take(page(row(9, APPLIED, -16, "Logo", job=job), row(9, APPLIED, -4, "Flyer")))
    said.page(10, line(S.VIEWED, on=9, proposal=proposal))
    said.page(11, line(S.REPLIED, "Another title", on=9, proposal=proposal))
    logo = next(card for card in cards_of(await ann.record(), *said.batches) if card.title == "Logo")
    assert (logo.stage, logo.proposal, logo.sent, logo.exact) == (S.REPLIED, proposal, sent, True)
    assert logo.age is not None
    assert timedelta() < logo.age < timedelta(days=2)


async def test_what_is_undone_is_no_longer_known(ann: Keeper, said: Sayings) -> None:
    record = await booked(ann, "Logo")
    said.told(12, line(S.HIRED))
    undo = Batch(WALLET, 102, datetime(2026, 1, 13, tzinfo=UTC), "undo", of=101, kind=BatchKind.TOLD)
    assert cards_of(record, *said.batches, undo) == cards_of(record)


def test_two_lines_of_one_page_are_two_proposals(said: Sayings) -> None:
    said.page(8, line(S.SENT, on=6), line(S.VIEWED, on=5), line(S.REPLIED, on=5))
    assert len(derive(Facts((), said.batches))) == 3
    said.page(9, line(S.SENT, on=6), line(S.REPLIED, on=5), line(S.REPLIED, on=5))
    assert sorted(card.stage for card in derive(Facts((), said.batches))) == [S.REPLIED, S.REPLIED, S.SENT]


def test_what_is_said_of_a_job_without_a_bid_is_one_card(said: Sayings) -> None:
    job = "~022009100925934339468"
    said.told(8, line(S.INVITED, "", on=None, job=job))
    said.told(9, line(S.REPLIED, "", on=None, job=job))
    (card,) = derive(Facts((), said.batches))
    assert (card.kind, card.stage, card.job, card.seen) == (
        ProposalKind.INVITATION,
        S.REPLIED,
        job,
        ((101, 1), (102, 1)),
    )


async def test_what_is_said_of_one_job_is_not_of_another_with_its_title(ann: Keeper, said: Sayings) -> None:
    job, other = "~022009100925934339468", "~022009509004387751189"
    await ann.take(page(row(5, APPLIED, -16, "Logo", job=job)))
    said.told(8, line(S.REPLIED, on=None, job=other))
    found = {card.job: card.stage for card in cards_of(await ann.record(), *said.batches)}
    assert found == {job: S.SENT, other: S.REPLIED}
