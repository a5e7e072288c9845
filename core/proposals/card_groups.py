"""What figures need of the cards of proposals, and no more: thousands of them are read for one answer.

Many of them are alike in what figures divide them by. Those are read as one, with the sum of their costs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.proposals.model import NetCost
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.ledger.sightings import ProposalState
    from core.proposals.model import Proposal, ProposalKind
    from core.shared.ids import PersonId

AGES: Final = (timedelta(0), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
"""The least of each age of jobs that figures tell apart."""
BANDS: Final = (0, 1, 9, 17)
"""The least of each price in Connects that figures tell apart; 0 is one that is not known."""


class CardGroup(NamedTuple):
    """Cards that are alike in all but their costs; the fields are those of `core.proposals.model.Proposal`.

    `age` is one of AGES (None: not known), and `base` one of BANDS. `net` is what all of them cost together; if any of
    it is unknown, some is of each of them. `booked`: they have entries, so that their price in Connects is known.
    `unclear`: they have pieces that may be another's. `sent` is the moment from which on cards are counted together,
    and `number` is how many there are.
    """

    kind: ProposalKind
    profile: str
    member: str
    by: PersonId | None
    tags: tuple[str, ...]
    base: int
    boosted: bool
    stage: ProposalState
    end: ProposalState | None
    viewed: bool
    age: timedelta | None
    heard: bool
    booked: bool
    unclear: bool
    net: NetCost
    sent: datetime
    number: int = 1


def group_of(card: Proposal) -> CardGroup:
    """What figures need of a card by itself."""
    return CardGroup(
        card.kind,
        card.profile,
        card.member,
        card.by,
        card.tags,
        BANDS[max(bisect_right(BANDS, card.base), 1) - 1],
        card.boosted,
        card.stage,
        card.end,
        card.viewed,
        None if card.age is None else AGES[max(bisect_right(AGES, card.age), 1) - 1],
        card.heard,
        bool(card.entries),
        bool(card.unclear),
        card.net,
        card.sent,
    )


def grouped(cards: Iterable[CardGroup], edges: Sequence[datetime]) -> tuple[CardGroup, ...]:
    """Cards in spans between two edges, the first of which is included in it. Alike ones of a span are one."""
    alike: defaultdict[tuple[CardGroup, bool], list[NetCost]] = defaultdict(list)
    for card in cards:
        if 0 < (span := bisect_right(edges, card.sent)) < len(edges):
            rest = card._replace(net=NetCost(), sent=edges[span - 1])
            alike[rest, card.net.unknown > 0].append(card.net)
    return tuple(
        card._replace(net=total_of([(net, 1) for net in nets]), number=len(nets)) for (card, _), nets in alike.items()
    )


def total_of(costs: Sequence[tuple[NetCost, int]]) -> NetCost:
    """The sum of costs, each of which so many proposals have."""
    if len(costs) == 1 and costs[0][1] == 1:
        return costs[0][0]
    free = paid = unknown = 0
    money: dict[str, tuple[int, int]] = {}
    for cost, number in costs:
        free, paid, unknown = free + number * cost.free, paid + number * cost.paid, unknown + number * cost.unknown
        for net, tax, currency in cost.money:
            nets, taxes = money.get(currency, (0, 0))
            money[currency] = nets + number * net, taxes + number * tax
    return NetCost(free, paid, unknown, tuple([Price(*total, currency) for currency, total in sorted(money.items())]))
