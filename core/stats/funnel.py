"""How far proposals got, and what each step cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.sightings import ProposalState
from core.proposals.model import STAGES, ProposalKind
from core.shared.money import Price
from core.stats.model import Comparison, Expense, Funnel, FunnelStep, Invitations, Rate, Step, UnitCost, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from core.proposals.card_groups import CardGroup

    Yardsticks = Mapping[str, Mapping[str, int]]

REACHED: Final[Mapping[ProposalState, int]] = {
    ProposalState.VIEWED: 1,
    ProposalState.REPLIED: 2,
    ProposalState.INTERVIEW: 3,
    ProposalState.OFFERED: 3,
    ProposalState.HIRED: 4,
}
"""The place of the last step that a stage implies; 0 of all others."""
STEPS: Final = tuple(Step)
VIEW, REPLY, HIRE = STEPS.index(Step.VIEW), STEPS.index(Step.REPLY), STEPS.index(Step.HIRE)
NONE: Final[Mapping[str, Mapping[str, int]]] = {}
PERCENT: Final = 100
TENTHS: Final = 10


class Traits(NamedTuple):
    """What is counted of a proposal: its furthest step, by its place, and what is known of it.

    `priced`: its price in Connects is known, which it is not of what only a page shows. `known`: that in money is, too.
    """

    reached: int
    priced: bool
    known: bool
    unreported: bool
    about: bool


class Case(NamedTuple):
    """Proposals that are alike, as they are counted. `connects` and `money` are none where they are not known."""

    card: CardGroup
    traits: Traits
    connects: int
    money: Sequence[Price]


class Sample(NamedTuple):
    """Proposals apart from invitations: those that are old enough to count, and those that wait."""

    counted: Sequence[Case]
    waiting: Sequence[Case]


def is_bid(card: CardGroup) -> bool:
    """Whether it is a proposal, and no invitation that was answered without one."""
    return card.kind is ProposalKind.BID


def sample_of(cards: Iterable[CardGroup], recent: datetime) -> Sample:
    """Part the proposals among cards: what was sent after `recent` waits."""
    counted: list[Case] = []
    waiting: list[Case] = []
    for card in filter(is_bid, cards):
        (counted if card.sent <= recent else waiting).append(_case(card))
    return Sample(counted, waiting)


def _case(card: CardGroup) -> Case:
    net = card.net
    priced = card.booked and card.base > 0
    known = priced and not net.unknown
    traits = Traits(_reached_by(card), priced, known, not card.heard and card.end is None, card.unclear)
    return Case(card, traits, net.connects if priced else 0, net.money if known else ())


def _reached_by(card: CardGroup) -> int:
    """The place of the furthest step of a proposal."""
    reached = REACHED.get(card.stage, 0)
    return VIEW if card.viewed and not reached else reached


def funnel_of(sample: Sample, yardsticks: Yardsticks = NONE) -> Funnel:
    """The funnel of some proposals, beside yardsticks by their names."""
    traits: Counter[Traits] = Counter()
    for case in sample.counted:
        traits[case.traits] += case.card.number
    hits, of_priced, of_known = _hits(traits), _hits(traits, "priced"), _hits(traits, "known")
    expense = Expense(
        connects=sum([case.connects for case in sample.counted]),
        money=_sum(sample.counted),
        unpriced=hits[0] - of_priced[0],
        unknown=hits[0] - of_known[0],
        unknown_connects=sum([case.card.net.unknown for case in sample.counted]),
        about=sum(number for one, number in traits.items() if one.about),
    )
    return Funnel(
        proposals=hits[0],
        waiting=number_of(case.card for case in sample.waiting),
        early=replies_in(sample.waiting).hits,
        unreported=sum(number for one, number in traits.items() if one.unreported),
        steps=tuple(
            _step(step, Rate(hits[at], hits[0]), _unit_cost(expense, of_priced[at], of_known[at]), yardsticks)
            for at, step in enumerate(STEPS)
        ),
        expense=expense,
    )


def replies_in(cases: Sequence[Case]) -> Rate:
    """How many of these got a reply."""
    replied = number_of(case.card for case in cases if case.traits.reached >= REPLY)
    return Rate(replied, number_of(case.card for case in cases))


def number_of(cards: Iterable[CardGroup]) -> int:
    """How many there are, those that are alike included."""
    return sum([card.number for card in cards])


def invitations_of(cards: Iterable[CardGroup]) -> Invitations:
    """How far invitations got that no bid was booked on."""
    invited = [card for card in cards if not is_bid(card)]
    accepted = [card for card in invited if card.stage in STAGES]
    replied, hired = ([card for card in invited if _reached_by(card) >= step] for step in (REPLY, HIRE))
    return Invitations(*map(number_of, (invited, accepted, replied, hired)))


def shared(total: int, among: int) -> int:
    """The share of each, rounded to the nearest; half is rounded up."""
    return (2 * total + among) // (2 * among)


def _hits(traits: Mapping[Traits, int], known: str = "") -> list[int]:
    """How many got to each step at least, of those of which this is known."""
    furthest = [0] * len(STEPS)
    for one, number in traits.items():
        if not known or getattr(one, known):
            furthest[one.reached] += number
    return [sum(furthest[at:]) for at in range(len(STEPS))]


def _sum(cases: Iterable[Case]) -> tuple[Price, ...]:
    """What proposals cost in money, one price for each currency."""
    nets: defaultdict[str, int] = defaultdict(int)
    taxes: defaultdict[str, int] = defaultdict(int)
    for case in cases:
        for net, tax, currency in case.money:
            nets[currency] += net
            taxes[currency] += tax
    prices = (Price(nets[currency], taxes[currency], currency) for currency in sorted(nets))
    return tuple(price for price in prices if price.total)


def _unit_cost(expense: Expense, of_priced: int, of_known: int) -> UnitCost:
    tenths = shared(expense.connects * TENTHS, of_priced) if of_priced else None
    told = of_known and (expense.money or not expense.unknown)  # beside an unknown cost, nothing was free in all
    return UnitCost(tenths, tuple(_share(price, of_known) for price in expense.money) if told else None)


def _share(price: Price, among: int) -> Price:
    """The share of each, of which the total is right to the cent."""
    total, tax = shared(price.total, among), shared(price.tax, among)
    return Price(total - tax, tax, price.currency)


def _step(step: Step, rate: Rate, each: UnitCost, yardsticks: Yardsticks) -> FunnelStep:
    beside = tuple(
        Comparison(name, percent, _verdict(step, rate, percent))
        for name, figures in yardsticks.items()
        if rate.enough and (percent := figures.get(step, 0))
    )
    return FunnelStep(step, rate, each if rate.hits else None, beside)


def _verdict(step: Step, rate: Rate, percent: int) -> Verdict:
    """How a rate compares. Views are known of some only, so that they are never too few."""
    low, high = rate.interval
    if low > percent / PERCENT:
        return Verdict.ABOVE
    return Verdict.BELOW if high < percent / PERCENT and step is not Step.VIEW else Verdict.INCONCLUSIVE
