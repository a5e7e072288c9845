"""Proposals that somebody typed, alone and together with what pages show later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.imports.model import Answers
from core.ledger.model import Purpose
from core.ledger.requests import Spend
from core.ledger.sightings import Batch, BatchKind, ProposalSighting, ProposalState
from core.proposals.deriving import Facts, derive
from core.proposals.model import NetCost
from core.shared.money import UNKNOWN, Price
from tests.imports.conftest import ann
from tests.imports.keeper import APPLIED, BOOST, CANCELLED, NOW, OUTBID, page, row
from tests.proposals.deriving import cards_of

if TYPE_CHECKING:
    from core.proposals.model import Proposal
    from tests.imports.keeper import Keeper

__all__ = ["ann"]
JOB, OTHER = "~022009509004387751189", "~022009100925934339468"
PARTLY = "Connects refunded"
BID, BOOSTED = Purpose.PROPOSAL, Purpose.BOOST


async def cards(ann: Keeper) -> tuple[Proposal, ...]:
    return cards_of(await ann.record())


async def test_a_bid_and_its_boost_are_one_proposal(ann: Keeper) -> None:
    await ann.books.buy(ann.request, 80)
    await ann.books.spend_all(ann.request, [Spend(16, BID, "Logo", JOB), Spend(13, BOOSTED, "Logo", JOB)])
    await ann.books.spend_all(ann.request, [Spend(8), Spend(6, BOOSTED)])
    await ann.books.spend_all(ann.request, [Spend(4)])
    small, plain, logo = await cards(ann)
    assert (logo.base, logo.boost, logo.net.connects, logo.job, logo.ref) == (16, 13, 29, JOB, "3")
    assert (plain.base, plain.boost, plain.entries) == (8, 6, (5, 6))
    assert (small.base, small.boost, small.stage) == (4, 0, ProposalState.SENT)


async def test_net_cost_is_free_paid_and_unknown_to_the_cent(ann: Keeper) -> None:
    await ann.books.opening(ann.request, 10, UNKNOWN)
    await ann.books.buy(ann.request, 7, Price(100, 21, "EUR"))
    await ann.books.buy(ann.request, 60, Price(900, 0, "USD"))
    await ann.books.spend(ann.request, 16, memo="Logo")
    await ann.books.spend(ann.request, 9, BOOSTED, memo="Logo")
    (logo,) = await cards(ann)
    assert logo.net == NetCost(0, 15, 10, (Price(100, 21, "EUR"), Price(120, 0, "USD")))
    await ann.books.give_back(ann.request, 5, 3)
    (logo,) = await cards(ann)
    assert (logo.net.connects, logo.back, logo.end) == (22, 3, None)
    await ann.books.undo(ann.request)
    (again,) = await cards(ann)
    assert again.net == NetCost(0, 15, 10, (Price(100, 21, "EUR"), Price(120, 0, "USD")))


async def test_a_base_that_came_back_whole_was_closed_until_that_is_undone(ann: Keeper) -> None:
    await ann.books.spend(ann.request, 16, memo="Logo", job=JOB)
    await ann.books.give_back(ann.request, 2)
    (logo,) = await cards(ann)
    assert (logo.end, logo.net.connects, logo.back) == (ProposalState.CLOSED, 0, 16)
    await ann.books.undo(ann.request)
    (logo,) = await cards(ann)
    assert (logo.end, logo.net.connects, logo.back) == (None, 16, 0)
    await ann.books.undo(ann.request)
    assert await cards(ann) == ()


async def test_a_title_from_a_link_is_the_same_without_its_punctuation(ann: Keeper) -> None:
    await ann.books.spend(ann.request, 16, memo="SEO audit report in 24 h", job=JOB)
    seen = ProposalSighting(1, ProposalState.REPLIED, NOW.date(), "SEO audit; report (in 24 h)")
    record = await ann.record()
    shown = Batch(ann.wallet, 1, NOW, "page", last=NOW.date(), kind=BatchKind.PROPOSALS, proposals=(seen,))
    (audit,) = cards_of(record, shown)
    assert (audit.job, audit.base, audit.stage) == (JOB, 16, ProposalState.REPLIED)


async def test_several_bids_on_one_job_stay_apart(ann: Keeper) -> None:
    ivo, mara = {"job": JOB, "member": "Ivo"}, {"job": JOB, "member": "Mara"}
    await ann.take(
        page(
            row(9, OUTBID, 6, "Logo", **mara),
            row(8, BOOST, -6, "Logo", **mara),
            row(8, APPLIED, -16, "Logo", **mara),
            row(7, BOOST, -6, "Logo", **ivo),
            row(7, APPLIED, -16, "Logo", **ivo),
        )
    )
    mara_s, ivo_s = await cards(ann)
    assert (mara_s.member, mara_s.net.connects, mara_s.outbid, mara_s.unclear) == ("Mara", 16, True, ())
    assert (ivo_s.member, ivo_s.net.connects, ivo_s.outbid) == ("Ivo", 22, False)


async def test_a_job_that_is_learnt_later_parts_what_was_taken_together(ann: Keeper) -> None:
    rows = [row(8, BOOST, -6, "Logo"), row(8, APPLIED, -12, "Logo"), row(8, APPLIED, -16, "Logo")]
    await ann.take(page(*rows))
    assert {(card.base, card.boost) for card in await cards(ann)} == {(16, 0), (12, 6)}
    await ann.take(page(*(one._replace(job=OTHER if one.connects == -12 else JOB) for one in rows)))
    assert {(card.job, card.base, card.boost) for card in await cards(ann)} == {(JOB, 16, 6), (OTHER, 12, 0)}
    await ann.undo()
    assert {(card.base, card.boost) for card in await cards(ann)} == {(16, 0), (12, 6)}


async def test_what_fits_two_bids_is_of_neither(ann: Keeper) -> None:
    rows = [row(8, APPLIED, -12, "Logo"), row(8, APPLIED, -16, "Logo")]
    await ann.take(page(row(10, PARTLY, 2, "Logo"), *rows))
    first, second = await cards(ann)
    assert {first.net.connects, second.net.connects} == {12, 16}
    (doubt,) = first.unclear
    assert second.unclear == (doubt,)
    assert set(doubt.refs) == {first.ref, second.ref}
    assert doubt.number not in {*first.entries, *second.entries}


async def test_a_typed_bid_is_completed_by_its_row(ann: Keeper) -> None:
    await ann.books.spend(ann.request, 16, memo="logo", job="")
    before = ann.clock.at
    (typed,) = await cards(ann)
    assert (typed.exact, typed.sent, typed.age) == (True, before, None)
    at = ann.clock.at - timedelta(minutes=2)
    await ann.take(page(row(12, APPLIED, -16, "Logo", job=JOB, row_id="1", at=at)), answers=Answers(same={1: 2}))
    (card,) = await cards(ann)
    assert (card.title, card.job, card.sent, card.exact, card.base) == ("Logo", JOB, at, True, 16)
    assert card.age is not None
    await ann.undo()
    assert await cards(ann) == (typed,)


async def test_what_is_older_than_the_books_has_a_card_without_a_base(ann: Keeper) -> None:
    await ann.take(page(row(9, CANCELLED, 16, "Logo"), row(7, BOOST, -6, "Poster")))
    logo, poster = await cards(ann)
    assert (logo.base, logo.back, logo.net.connects, logo.end) == (0, 16, 0, ProposalState.CLOSED)
    assert (poster.base, poster.boost, poster.net.connects) == (0, 6, 6)
    await ann.take(page(row(5, APPLIED, -16, "Logo"), row(5, APPLIED, -8, "Poster"), copied=6))
    logo, poster = sorted(await cards(ann), key=lambda card: card.title)
    assert (logo.base, logo.back, logo.net.connects) == (16, 16, 0)
    assert (poster.base, poster.boost, poster.net.connects) == (8, 6, 14)


def test_no_facts_make_no_proposals() -> None:
    assert derive(Facts((), ())) == ()


@pytest.mark.parametrize("legacy", [True, False])
async def test_lots_of_unknown_cost_may_be_named(ann: Keeper, *, legacy: bool) -> None:
    await ann.books.spend(ann.request, 16, memo="Logo")
    record = await ann.record()
    (card,) = derive(Facts(record.entries, record.batches, frozenset({1} if legacy else ())))
    assert (card.net.free, card.net.unknown) == ((0, 16) if legacy else (16, 0))
