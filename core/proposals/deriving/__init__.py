"""A stand-in until the rules are merged: each bid is a proposal, and so is each line that fits none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.ledger.model import Entry, Kind, Purpose, expense_on
from core.ledger.sightings import BatchKind, ProposalSighting, ProposalState, Sighting, standing
from core.proposals.model import ENDS, STAGES, NetCost, Proposal, ProposalKind
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from core.ledger.sightings import Batch

BASE = expense_on(Purpose.PROPOSAL)


class Facts(NamedTuple):
    """What proposals are derived from."""

    entries: Sequence[Entry]
    batches: Sequence[Batch]
    unknown_lots: AbstractSet[int] = frozenset()


def keys_of(one: Entry | Sighting | ProposalSighting) -> frozenset[str]:
    """The job and the title of something."""
    title = folded(one.memo if isinstance(one, Entry) else one.title)
    return frozenset(key for key in (one.job, title and f"title:{title}") if key)


def derive(facts: Facts) -> tuple[Proposal, ...]:
    """The proposals, newest first."""
    undone = {entry.of for entry in facts.entries if entry.kind is Kind.UNDO}
    cards: list[Proposal] = []
    for entry in facts.entries:
        if entry.kind is Kind.SPEND and entry.number not in undone and entry.counterpart == BASE:
            back = [one for one in facts.entries if one.kind is Kind.RETURN and one.of == entry.number]
            back = [one for one in back if one.number not in undone]
            numbers = (entry.number, *(one.number for one in back))
            cards.append(
                Proposal(
                    str(entry.number),
                    ProposalKind.BID,
                    entry.memo,
                    entry.job,
                    "",
                    entry.by,
                    "",
                    entry.when,
                    True,
                    None,
                    -entry.delta,
                    0,
                    sum(one.delta for one in back),
                    NetCost(),
                    False,
                    False,
                    ProposalState.SENT,
                    None,
                    entry.when,
                    False,
                    None,
                    None,
                    numbers,
                    (),
                )  # fmt: skip
            )
    for batch in standing(tuple(facts.batches), BatchKind.TOLD, BatchKind.PROPOSALS):
        for told in batch.proposals:
            _add(cards, batch, told)
    return tuple(sorted(cards, key=lambda card: (card.sent, card.ref), reverse=True))


def _add(cards: list[Proposal], batch: Batch, told: ProposalSighting) -> None:
    name = (batch.number, told.line)
    for at, card in enumerate(cards):
        named = told.number in card.entries or told.seen in card.seen
        if named or (told.title and folded(card.title) == folded(told.title)):
            stage = told.state if told.state in STAGES else card.stage
            end = told.state if told.state in ENDS else None
            cards[at] = card._replace(stage=stage, end=end, since=batch.at, seen=(*card.seen, name))
            return
    if told.title:
        cards.append(
            Proposal(
                f"{name[0]}-{name[1]}",
                ProposalKind.BID,
                told.title,
                told.job,
                told.proposal,
                None,
                "",
                batch.at,
                False,
                None,
                0,
                0,
                0,
                NetCost(),
                False,
                False,
                told.state,
                None,
                batch.at,
                told.viewed,
                None,
                None,
                (),
                (name,),
            )  # fmt: skip
        )
