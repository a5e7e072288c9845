"""What is true of proposals: of those of an invented account, and of those of the samples."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tests.imports.accounts import APPLIED, AWARD, BID, CANCELLED
from tests.imports.sample_truth import truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.proposals.model import Proposal
    from tests.imports.accounts import Account, Fact


class Truth(NamedTuple):
    """A proposal as it is. `boost` is what was bid for boosts, whatever became of that."""

    job: str
    title: str
    member: str
    day: date
    base: int
    boost: int
    net: int
    state: str

    @property
    def told(self) -> Truth:
        """What a form can know that has neither jobs nor members."""
        return self._replace(job="", member="")


def of_account(lived: Account) -> Counter[Truth]:
    """The proposals of an invented account. What came back for an award is not of the bid."""
    rows: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in lived.facts:
        if fact.job and fact.wording != AWARD:
            rows[fact.job].append(fact)
    return Counter(_truth(some) for some in rows.values())


def _truth(rows: list[Fact]) -> Truth:
    bid = rows[0]
    assert bid.wording == APPLIED
    return Truth(
        bid.job,
        bid.title,
        bid.member,
        bid.at.date(),
        -bid.connects,
        -sum(row.connects for row in rows if row.wording == BID),
        -sum(row.connects for row in rows),
        "closed" if any(row.wording == CANCELLED for row in rows) else "sent",
    )


def of_sample(name: str) -> Counter[Truth]:
    """The proposals of a sample."""
    return Counter(Truth(**{**one, "day": date.fromisoformat(one["day"])}) for one in truth(name)["proposals"])


def of_cards(cards: Iterable[Proposal]) -> Counter[Truth]:
    """What cards say of their proposals."""
    return Counter(
        Truth(
            card.job,
            card.title,
            card.member,
            card.sent.date(),
            card.base,
            card.boost,
            card.net.connects,
            str(card.end or card.stage),
        )
        for card in cards
    )


def as_text(some: Counter[Truth]) -> Counter[Truth]:
    """What a form can know that has neither jobs nor members."""
    found: Counter[Truth] = Counter()
    for one, times in some.items():
        found[one.told] += times
    return found
