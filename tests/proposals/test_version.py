"""Stored cards are derived again where VERSION has counted up. So a rule that gives other cards needs another one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages import read_text
from core.ledger.sightings import Batch, BatchKind, ProposalSighting, ProposalState, Sighting
from core.proposals.deriving import Facts, derive
from core.proposals.deriving.pieces import PieceKind, piece_kind
from core.proposals.my_proposals import MyProposals, MyProposalsAnswers
from core.proposals.ports import VERSION
from tests.imports.conftest import ann
from tests.imports.keeper import NOW
from tests.imports.sample_truth import SAVED, WIDE, content, copied, sample

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ledger.ports import Record
    from tests.imports.keeper import Keeper

__all__ = ["ann"]
NAME: Final = "freelancer-1"
STATES: Final = tuple(ProposalState)


class Derived(NamedTuple):
    """Digests of what is known, and of the cards that follow from it by a version of the rules."""

    version: int
    facts: str
    cards: str


KNOWN: Final = Derived(4, "67c3127f70b088de", "59e0bb9d55d03aec")
"""If this test fails because the facts are others, only the digests are written anew."""


async def test_other_cards_of_the_same_facts_have_another_version(ann: Keeper) -> None:
    await ann.take(sample(NAME, WIDE))
    page = read_text(content(NAME, "proposals.txt").decode(), copied(NAME).date())
    assert isinstance(page, MyProposals)
    shown = await ann.imports.my_proposals.preview(ann.wallet, page, MyProposalsAnswers(), ann.person)
    await ann.imports.my_proposals.book(ann.request, page, MyProposalsAnswers(), shown.stamp)
    as_text = _facts(await ann.record())
    await ann.take(sample(NAME, SAVED))
    every = (as_text, _facts(await ann.record()))
    found = Derived(VERSION, _digest(map(_said, every)), _digest(map(derive, every)))
    if found.facts == KNOWN.facts and found.cards != KNOWN.cards:
        assert KNOWN.version < VERSION, "count VERSION up in core/proposals/ports.py"
    assert found == KNOWN, f"write down {found}"


def _facts(record: Record) -> Facts:
    """What is known, and what somebody said of every third bid."""
    bids = [entry.number for entry in record.entries if piece_kind(entry) is PieceKind.BID][::3]
    said = [
        ProposalSighting(line, STATES[line % len(STATES)], number=number, afresh=not line % 7)
        for line, number in enumerate(bids)
    ]
    told = Batch(record.head.wallet, len(record.batches) + 1, NOW, "told", kind=BatchKind.TOLD, proposals=tuple(said))
    return Facts(record.entries, (*record.batches, told))


def _said(facts: Facts) -> object:
    """Facts without their seals."""
    entries = [(one.number, one.kind, one.when, one.postings, one.of, one.memo, one.job) for one in facts.entries]
    seen = [(one.number, one.kind, one.at, one.last, *one.sightings, *one.proposals) for one in facts.batches]
    return entries, [tuple(_bare(part) for part in some) for some in seen]


def _bare(part: object) -> object:
    return part._replace(salt="", digest="", seal="") if isinstance(part, Sighting | ProposalSighting) else part


def _digest(values: Iterable[object]) -> str:
    return hashlib.blake2b(repr([*values]).encode(), digest_size=8).hexdigest()
