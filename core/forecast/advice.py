"""The one thing worth doing next: the candidates, how certain each is, and how many Connects are at stake."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from core.forecast.budget_pace import budget_pace
from core.forecast.buying import LONGER, lacking
from core.forecast.freshness import end_of
from core.forecast.monthly_lots import MonthlyLots
from core.forecast.running_out import running_out
from core.forecast.unspent import unspent
from core.ledger.queries import available, ending
from core.ledger.rules import purchase_covering
from core.shared.calendar import DAY, day_in
from core.shared.money import CostState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from core.forecast.burn_rate import BurnRate
    from core.forecast.running_out import Means
    from core.ledger.model import Budget, Lot
    from core.shared.money import Price
    from core.wallets.settings import Settings

NoticeFacts: TypeAlias = dict[str, "str | int"]
SOON: Final = timedelta(days=30)
"""Within which time what expires is worth doing something about."""
SHORTLY: Final = timedelta(days=14)
"""Within which time running out is worth doing something about."""
MISSED_LATELY: Final = timedelta(days=35)
"""How long a monthly lot that was missed is worth looking for: about until the next one was missed."""
MONTHS: Final = 3
"""Over how many months the cost of boosts is known."""
PREFIX: Final = "next-"
ADVISED: Final = f"{PREFIX}topic"
"""The fact of a notice that says what it advises: nothing, if it is empty. Earlier versions did not have it."""


class Topic(StrEnum):
    """What is worth doing. Of two things that are worth as much, the first comes first."""

    IMPORT = "import"
    """The history was not imported for long."""
    BUY = "buy"
    """The Connects run out."""
    REFUNDS = "refunds"
    """Closed jobs have not given back."""
    MISSED = "missed"
    """A monthly lot did not come, or was not booked."""
    USE = "use"
    """Connects will expire unspent."""
    BUDGET = "budget"
    """The month's budget will be passed."""
    BOOST = "boost"
    """Boosts cost much and brought nothing."""
    NEWS = "news"
    """Nobody said what became of proposals."""
    COST = "cost"
    """The cost of Connects is unknown."""


class Certainty(StrEnum):
    """How far it is certain: from the books alone, at each pace of the last weeks, or at the usual pace."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


WEIGHT: Final[Mapping[Certainty, int]] = {Certainty.CERTAIN: 10, Certainty.LIKELY: 8, Certainty.POSSIBLE: 4}
ONLY_TOLD: Final = frozenset({Topic.NEWS, Topic.COST})
"""Where no Connects are lost, but only not accounted for. They count for a tenth."""
LEAST: Final = 100
"""What is worth less than one Connect for certain is not advised."""


class Advice(NamedTuple):
    """Something worth doing: how many Connects are at stake, and what is to be said of it."""

    topic: Topic
    sure: Certainty
    connects: int
    facts: Mapping[str, str | int]

    @property
    def worth(self) -> int:
        """By what the best advice is found."""
        return self.connects * WEIGHT[self.sure] * (1 if self.topic in ONLY_TOLD else 10)


class Boosts(NamedTuple):
    """What boosts cost in the last 90 days that brought nothing: of so many bids, so many were answered.

    `fewer`: those were fewer than of plain bids, beyond chance. Otherwise there were none.
    """

    bids: int
    replies: int
    cost: int
    fewer: bool = False


class LooseEnds(NamedTuple):
    """What proposals leave open: closed jobs that have not given back, and proposals without news.

    Both come with their Connects. `boosts` is what boosts cost, if they brought nothing.
    """

    overdue: int = 0
    owed: int = 0
    silent: int = 0
    bid: int = 0
    boosts: Boosts | None = None


class Grounds(NamedTuple):
    """What advice is found from.

    `known` is the last day that the books know of, if that is no longer recent. `idle`: it is known that nothing
    was spent in the last four weeks. `unwanted` is what nobody wants to hear of.
    """

    means: Means
    rate: BurnRate | None
    monthly: MonthlyLots = MonthlyLots()
    budget: Budget | None = None
    known: date | None = None
    idle: bool = False
    ends: LooseEnds = LooseEnds()
    unwanted: frozenset[Topic] = frozenset()

    @property
    def now(self) -> datetime:
        """The current time."""
        return self.means.now

    def day(self, at: datetime) -> str:
        """The date of a moment in the wallet's zone, as a fact."""
        return day_in(self.means.zone, at).isoformat()

    def sure(self, *, likely: bool) -> Certainty:
        """How certain something is that follows from the pace. Nothing is likely if the last days are not known."""
        return Certainty.LIKELY if likely and self.known is None else Certainty.POSSIBLE


def unwanted(settings: Settings) -> frozenset[Topic]:
    """What is not advised, because the alert about it is switched off."""
    alerts = settings.alerts
    wanted = {
        Topic.IMPORT: alerts.unfed is not None,
        Topic.BUY: alerts.runway is not None,
        Topic.MISSED: alerts.monthly,
        Topic.USE: bool(alerts.expiring),
        Topic.NEWS: alerts.stale,
    }
    return frozenset(topic for topic, wants in wanted.items() if not wants)


def advised(grounds: Grounds) -> tuple[Advice, ...]:
    """All that is worth doing, the most valuable first."""
    found = [advice for find in CANDIDATES if (advice := find(grounds)) is not None]
    wanted = [advice for advice in found if advice.topic not in grounds.unwanted and advice.worth >= LEAST]
    return tuple(sorted(wanted, key=lambda one: (-one.worth, list(Topic).index(one.topic))))


def import_again(grounds: Grounds) -> Advice | None:
    """Import the history: at stake is what may have moved since."""
    if grounds.known is None:
        return None
    rate, days = grounds.rate, (grounds.now - end_of(grounds.known)) / DAY
    at_stake = 1 if rate is None else max(rate.needed(days), 1)
    return Advice(Topic.IMPORT, Certainty.CERTAIN, at_stake, {"day": grounds.known.isoformat()})


def buy(grounds: Grounds) -> Advice | None:
    """Buy before the Connects run out: at stake is what will be wanted and not be there in the next two weeks."""
    if grounds.rate is None:
        return None
    found, soon = running_out(grounds.means, grounds.rate), grounds.now + SHORTLY
    out, slow = found.usual.out, found.slow.out
    if out is None or out >= soon:
        return None
    connects, _ = purchase_covering(lacking(grounds.means, grounds.rate, out, out + LONGER), grounds.means.rulebook)
    sure = grounds.sure(likely=slow is not None and slow < soon)
    left = available(grounds.means.lots, grounds.now)
    if not left and grounds.known is None:
        sure = Certainty.CERTAIN
    facts: NoticeFacts = {"buy": connects, "day": grounds.day(out), "left": left}
    return Advice(Topic.BUY, sure, lacking(grounds.means, grounds.rate, out, soon), facts)


def ask_for_refunds(grounds: Grounds) -> Advice | None:
    """Ask for what closed jobs have not given back."""
    overdue, owed = grounds.ends.overdue, grounds.ends.owed
    return Advice(Topic.REFUNDS, Certainty.CERTAIN, owed, {"jobs": overdue, "owed": owed}) if overdue else None


def look_for_monthly(grounds: Grounds) -> Advice | None:
    """Look for the plan's lot that was missed last: it did not come, or nobody booked it."""
    today = day_in(grounds.means.zone, grounds.now)
    missed = [due for due in grounds.monthly.missed if due.day > today - MISSED_LATELY]
    if not missed:
        return None
    last = missed[-1]
    return Advice(Topic.MISSED, Certainty.LIKELY, last.connects, {"due": last.day.isoformat(), "came": last.connects})


def use(grounds: Grounds) -> Advice | None:
    """Use what will expire unspent within a month. Whoever spends nothing will spend none of it."""
    lots = [lot for _, lot in ending(grounds.means.lots, grounds.now, SOON)]
    if grounds.idle:
        left, sure = {lot.number: lot.left for lot in lots}, grounds.sure(likely=True)
    else:
        found = unspent(grounds.means.lots, grounds.rate, grounds.now, grounds.means.rulebook)
        left = {} if found is None else {one.lot.number: one.connects.usual for one in found.lots}
        least = {} if found is None else {one.lot.number: one.connects.least for one in found.lots}
        sure = grounds.sure(likely=any(least.get(lot.number) for lot in lots))
    over = [(lot, left[lot.number]) for lot in lots if left.get(lot.number)]
    if not over:
        return None
    connects = sum(number for _, number in over)
    day = grounds.day(max(lot.expires for lot, _ in over if lot.expires is not None))
    facts: NoticeFacts = {"connects": connects, "day": day, "pace": "none" if grounds.idle else "usual", **_paid(over)}
    return Advice(Topic.USE, sure, connects, facts)


def _paid(over: Iterable[tuple[Lot, int]]) -> NoticeFacts:
    """What the paid ones of these Connects cost, if that is in one currency and all of it is known."""
    paid: dict[str, Price] = {}
    for lot, connects in over:
        if lot.cost_state is CostState.UNKNOWN:
            return {}
        cost = lot.cost_of(connects)
        if cost is not None and lot.cost_state is CostState.PAID:
            paid[cost.currency] = paid.get(cost.currency, cost.none) + cost
    if len(paid) != 1:
        return {}
    (price,) = paid.values()
    return {"net": price.net, "tax": price.tax, "currency": price.currency}


def mind_budget(grounds: Grounds) -> Advice | None:
    """Slow down, or raise the budget, before it is passed."""
    if grounds.budget is None:
        return None
    pace = budget_pace(grounds.budget, grounds.rate, grounds.now)
    if pace.expected is None or pace.passed is None:
        return None
    facts: NoticeFacts = {"limit": pace.limit, "expected": pace.expected.usual, "day": grounds.day(pace.passed)}
    return Advice(Topic.BUDGET, grounds.sure(likely=pace.expected.least > pace.limit), pace.over, facts)


def boost_less(grounds: Grounds) -> Advice | None:
    """Boost less: at stake is what boosts cost in a month."""
    boosts = grounds.ends.boosts
    if boosts is None:
        return None
    facts = {"bids": boosts.bids, "replies": boosts.replies, "boost": boosts.cost}
    return Advice(Topic.BOOST, Certainty.LIKELY if boosts.fewer else Certainty.POSSIBLE, boosts.cost // MONTHS, facts)


def tell_news(grounds: Grounds) -> Advice | None:
    """Say what became of proposals, which one page tells."""
    silent = grounds.ends.silent
    return Advice(Topic.NEWS, Certainty.CERTAIN, grounds.ends.bid, {"proposals": silent}) if silent else None


def tell_cost(grounds: Grounds) -> Advice | None:
    """Say what Connects cost whose cost nobody has stated."""
    lots = (lot for lot in grounds.means.lots if lot.cost_state is CostState.UNKNOWN and not lot.expired(grounds.now))
    unknown = sum(lot.left for lot in lots)
    return Advice(Topic.COST, Certainty.CERTAIN, unknown, {"unknown": unknown}) if unknown else None


CANDIDATES: Final[tuple[Callable[[Grounds], Advice | None], ...]] = (
    import_again,
    buy,
    ask_for_refunds,
    look_for_monthly,
    use,
    mind_budget,
    boost_less,
    tell_news,
    tell_cost,
)


def as_facts(advice: Advice | None) -> NoticeFacts:
    """Advice as facts of a notice; also that there is nothing to do."""
    if advice is None:
        return {ADVISED: ""}
    facts = {"topic": advice.topic.value, "sure": advice.sure.value, "stake": advice.connects, **advice.facts}
    return {f"{PREFIX}{name}": value for name, value in facts.items()}


def advice_in(facts: Mapping[str, str | int]) -> Advice | None:
    """The advice in the facts of a notice (None: it has none)."""
    found = {name.removeprefix(PREFIX): value for name, value in facts.items() if name.startswith(PREFIX)}
    if not found.get("topic"):
        return None
    topic, sure = Topic(str(found.pop("topic"))), Certainty(str(found.pop("sure")))
    return Advice(topic, sure, int(found.pop("stake")), found)


def without_advice(facts: Mapping[str, str | int]) -> NoticeFacts:
    """The facts of a notice, without any advice, and without that there is nothing to do."""
    return {name: value for name, value in facts.items() if not name.startswith(PREFIX)}
