"""The profile and the tags of a proposal; tags say nothing of how it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from core.ledger.sightings import Batch, BatchKind, Boosted, ProposalSighting, ProposalState
from core.proposals.deriving import Facts, derive
from core.shared.ids import WalletId
from tests.imports.conftest import ann
from tests.imports.keeper import APPLIED, day, page, row
from tests.proposals.deriving import cards_of

if TYPE_CHECKING:
    from core.proposals.model import Proposal
    from tests.imports.keeper import Keeper

__all__ = ["ann"]
WALLET = WalletId(1)
S = ProposalState
BID: Final = 4
"""The number of the only bid."""


def tagging(
    number: int,
    *tags: str,
    entry: int | None = None,
    seen: tuple[int, int] | None = None,
    hour: int = 12,
    state: ProposalState = S.SENT,
) -> Batch:
    """Tags that somebody gave in an import with this number, on the 20th of January."""
    given = ProposalSighting(1, state, number=entry, seen=seen, tags=tags)
    at = datetime(2026, 1, 20, hour, tzinfo=UTC)
    return Batch(WALLET, number, at, f"key{number}", kind=BatchKind.TOLD, proposals=(given,))


def shown(number: int, on: int, line: ProposalSighting) -> Batch:
    """A page of "My proposals" that was copied on a day of January."""
    at = datetime(2026, 1, on, 20, tzinfo=UTC)
    return Batch(WALLET, number, at, f"key{number}", kind=BatchKind.PROPOSALS, last=day(on), proposals=(line,))


def told(number: int, state: ProposalState) -> Batch:
    said = ProposalSighting(1, state, number=BID)
    at = datetime(2026, 1, 15, tzinfo=UTC)
    return Batch(WALLET, number, at, f"key{number}", kind=BatchKind.TOLD, proposals=(said,))


async def bid_with(ann: Keeper, *more: Batch) -> Proposal:
    """The card of the only bid, which was sent on the fifth."""
    await ann.take(page(row(5, APPLIED, -16, "Logo")))
    (card,) = cards_of(await ann.record(), *more)
    return card


async def test_the_latest_tags_count(ann: Keeper) -> None:
    first, second = tagging(101, "design", entry=BID), tagging(102, "logo", "rush", hour=13, entry=BID)
    assert (await bid_with(ann, first, second)).tags == ("logo", "rush")


async def test_an_undo_takes_tags_back_to_those_before(ann: Keeper) -> None:
    first, second = tagging(101, "design", entry=BID), tagging(102, entry=BID, hour=13)
    undo = second._replace(number=103, key="key103", of=102, proposals=())
    assert (await bid_with(ann, first, second)).tags == ()
    record = await ann.record()
    assert cards_of(record, first, second, undo)[0].tags == ("design",)


@pytest.mark.parametrize("state", [S.SENT, S.REPLIED, S.DECLINED, S.HIRED])
async def test_tags_change_nothing_of_how_it_stands(ann: Keeper, state: ProposalState) -> None:
    said = told(101, state)
    before = await bid_with(ann, said)
    record = await ann.record()
    for claimed in S:
        (after,) = cards_of(record, said, tagging(102, "design", entry=BID, state=claimed))
        assert after == before._replace(tags=("design",), seen=after.seen)


async def test_tags_alone_are_no_news(ann: Keeper) -> None:
    card = await bid_with(ann, tagging(101, "design", entry=BID))
    assert (card.stage, card.heard) == (S.SENT, False)
    assert cards_of(await ann.record(), told(101, S.SENT))[0].heard


async def test_a_proposal_that_was_only_seen_has_tags() -> None:
    line = shown(1, 10, ProposalSighting(1, S.REPLIED, day(5), "Logo", profile="Web"))
    (card,) = derive(Facts((), (line, tagging(2, "design", seen=(1, 1)))))
    assert (card.ref, card.stage, card.tags, card.profile) == ("1-1", S.REPLIED, ("design",), "Web")


async def test_tags_of_a_line_that_was_taken_back_are_of_nothing() -> None:
    line = shown(1, 10, ProposalSighting(1, S.REPLIED, day(5), "Logo"))
    undo = line._replace(number=3, key="key3", of=1, proposals=())
    assert derive(Facts((), (line, tagging(2, "design", seen=(1, 1)), undo))) == ()


async def test_tags_of_a_bid_that_was_taken_back_are_of_nothing() -> None:
    assert derive(Facts((), (tagging(1, "design", entry=BID),))) == ()


async def test_the_newest_page_names_the_profile(ann: Keeper) -> None:
    older = shown(102, 8, ProposalSighting(1, S.SENT, day(5), "Logo", profile="Art"))
    newer = shown(101, 10, ProposalSighting(1, S.SENT, day(5), "Logo", profile="Web"))
    silent = shown(103, 12, ProposalSighting(1, S.SENT, day(5), "Logo"))
    assert (await bid_with(ann, older, newer, silent)).profile == "Web"


async def test_tags_do_not_hide_that_a_page_shows_it_outbid(ann: Keeper) -> None:
    line = shown(101, 10, ProposalSighting(1, S.SENT, day(5), "Logo", boosted=Boosted.OUTBID))
    assert (await bid_with(ann, line, tagging(102, "design", entry=BID))).outbid
