"""What Upwork's page "My proposals" shows of an invented account at any moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.sightings import Batch, BatchKind, Boosted, ProposalSighting, ProposalState
from core.proposals.model import ENDS
from core.shared.job_links import EPOCH_MS, SNOWFLAKE_SHIFT
from tests.imports.accounts import APPLIED, BID, BOOST_CLOSED, CANCELLED, OUTBID

if TYPE_CHECKING:
    from core.shared.ids import WalletId
    from tests.imports.accounts import Account, Fact

INVITED, SENT, VIEWED, REPLIED = (
    ProposalState.INVITED, ProposalState.SENT, ProposalState.VIEWED, ProposalState.REPLIED,
)  # fmt: skip


class Fate(NamedTuple):
    """What becomes of a proposal: when it is sent, and each later state with its moment."""

    proposal: str
    job: str
    title: str
    sent: datetime
    turns: tuple[tuple[datetime, ProposalState], ...]
    boosts: tuple[tuple[datetime, Boosted], ...] = ()

    def state(self, at: datetime) -> ProposalState:
        """What the page shows at a moment: how it ended or, if it is open, how far it is."""
        return [state for moment, state in self.turns if moment <= at][-1]

    def boosted(self, at: datetime) -> Boosted | None:
        """What the page shows of its boost."""
        return next((boost for moment, boost in reversed(self.boosts) if moment <= at), None)


def fates(lived: Account) -> tuple[Fate, ...]:
    """What becomes of an account's proposals, and of some invitations that cost nothing."""
    rows: dict[str, list[Fact]] = {}
    for fact in lived.facts:
        if fact.job:
            rows.setdefault(fact.job, []).append(fact)
    dice = Random(lived.seed)  # noqa: S311 - the same fates for the same seed, no secret
    found = [_fate(some, dice) for some in rows.values() if some[0].wording == APPLIED]
    length = int((lived.last - lived.first).total_seconds())
    for number in range(3):
        at = lived.first + timedelta(seconds=dice.randrange(length))
        later = at + timedelta(days=dice.randrange(1, 9)), dice.choice((REPLIED, ProposalState.WITHDRAWN))
        found.append(Fate(_id(at, dice), "", f"Invitation {number}", at, ((at, INVITED), later)))
    return tuple(sorted(found, key=lambda fate: fate.sent, reverse=True))


def _fate(rows: list[Fact], dice: Random) -> Fate:
    sent = rows[0].at
    turns = [(sent, SENT)]
    closed = next((row.at for row in rows if row.wording == CANCELLED), None)
    at = sent
    for state, chance in ((VIEWED, 0.4), (REPLIED, 0.4), (ProposalState.INTERVIEW, 0.5)):
        if dice.random() > chance:
            break
        at += timedelta(hours=dice.randrange(5, 90))
        turns.append((at, state))
    if closed is None and dice.random() < 0.4:
        ends = (ProposalState.DECLINED, ProposalState.WITHDRAWN, ProposalState.HIRED)
        turns.append((at + timedelta(days=dice.randrange(1, 12)), dice.choice(ends)))
    if closed is not None:
        turns = [turn for turn in turns if turn[0] < closed] + [(closed, ProposalState.CLOSED)]
    boosts = [(row.at, Boosted.YES if row.wording == BID else Boosted.OUTBID) for row in rows if row.wording in BOOSTS]
    return Fate(_id(sent, dice), rows[0].job, rows[0].title, sent, tuple(turns), tuple(boosts))


BOOSTS = {BID, OUTBID, BOOST_CLOSED}


def _id(sent: datetime, dice: Random) -> str:
    """An id of Upwork's with the second in which the proposal was sent."""
    after = int(sent.timestamp() * 1000) - EPOCH_MS + dice.randrange(1000)
    return str((after << SNOWFLAKE_SHIFT) + dice.randrange(1 << SNOWFLAKE_SHIFT))


def shown(given: tuple[Fate, ...], at: datetime, *, saved: bool) -> tuple[ProposalSighting, ...]:
    """The lines of the page at a moment. Only a saved page has Upwork's ids."""
    line = count(1)
    return tuple(
        ProposalSighting(
            next(line),
            fate.state(at),
            fate.sent.date(),
            fate.title,
            proposal=fate.proposal if saved else "",
            boosted=None if fate.state(at) in ENDS else fate.boosted(at),
        )
        for fate in given
        if fate.sent <= at
    )


def batch(wallet: WalletId, number: int, at: datetime, seen: tuple[ProposalSighting, ...]) -> Batch:
    """The page as an import. It is booked an hour later."""
    booked = at + timedelta(hours=1)
    return Batch(wallet, number, booked, f"page{number}", last=at.date(), kind=BatchKind.PROPOSALS, proposals=seen)
