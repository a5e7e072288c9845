"""The whole answer of the statistics: how far proposals got, what that cost, and how certain it is.

Connects and money are net of what came back. Only proposals that are old enough to have an answer count (`answer` days,
a setting); the others wait.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.stats.intervals import Interval, wilson

if TYPE_CHECKING:
    from datetime import date

    from core.ledger.flows import Flows
    from core.shared.ids import PersonId
    from core.shared.money import Price

ENOUGH: Final = 20
"""Below so many proposals a rate is shown with its count and without a verdict."""


class Step(StrEnum):
    """How far a proposal got. A later step implies the earlier ones."""

    PROPOSAL = "proposal"
    VIEW = "view"
    """Known of some only, since a page hardly shows it: views are "at least"."""
    REPLY = "reply"
    INTERVIEW = "interview"
    """An interview or an offer."""
    HIRE = "hire"


class Rate(NamedTuple):
    """So many out of so many."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """The rate itself, from 0 to 1 (0 of none)."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> Interval:
        """What the true rate may be, 95 % certain."""
        return wilson(self.hits, self.of)

    @property
    def enough(self) -> bool:
        """Whether there are enough for a verdict."""
        return self.of >= ENOUGH


class Expense(NamedTuple):
    """What proposals cost in all. What is not known of a cost is counted apart, never as zero.

    `connects` are those of the proposals whose price in Connects is known, `money` that of the proposals of which it is
    wholly known, one price for each currency. `unpriced` proposals were only seen on a page, so that their price in
    Connects is not known either. `unknown` proposals (those included) have no place in `money`, because nobody has
    stated the cost of `unknown_connects` of their Connects, or they are unpriced. `about` proposals have pieces that
    may be another's, so that these figures are rough.
    """

    connects: int = 0
    money: tuple[Price, ...] = ()
    unpriced: int = 0
    unknown: int = 0
    unknown_connects: int = 0
    about: int = 0


class UnitCost(NamedTuple):
    """What one view, reply or hire cost: the cost of all proposals, divided by how many got that far.

    `tenths` are tenths of a Connect (None: not known, because none of these proposals has a known price). `money` is in
    minor units, to the cent, one price for each currency (None: not known; empty: all was free).
    """

    tenths: int | None
    money: tuple[Price, ...] | None


class Verdict(StrEnum):
    """How a rate compares with a yardstick. It says something only if the interval does not contain the yardstick."""

    BELOW = "below"
    INCONCLUSIVE = "inconclusive"
    ABOVE = "above"


class Comparison(NamedTuple):
    """A rate beside the yardstick of this name ("hand", "volume"), which is so many percent."""

    yardstick: str
    percent: int
    verdict: Verdict


class FunnelStep(NamedTuple):
    """How many proposals got this far, and what each of these cost.

    `unit_cost` is None if there are none. `comparisons` are with the yardsticks (empty: there are too few proposals for
    a verdict, or there is no yardstick for this step).
    """

    step: Step
    rate: Rate
    unit_cost: UnitCost | None
    comparisons: tuple[Comparison, ...] = ()


class Funnel(NamedTuple):
    """How far proposals got, by those that are old enough to have an answer.

    `steps` are all of `Step`, in their order; the first has all proposals. `waiting` are too recent to count, and
    `early` of them have a reply already. `unreported` count, though nobody has said and no page shows what became of
    them.
    """

    proposals: int
    waiting: int
    early: int
    unreported: int
    steps: tuple[FunnelStep, ...]
    expense: Expense

    def at(self, step: Step) -> FunnelStep:
        """How many proposals got to a step."""
        return self.steps[tuple(Step).index(step)]


class Invitations(NamedTuple):
    """Invitations, which cost nothing: how many came, and how far they got. One with a bid counts as a proposal."""

    received: int = 0
    accepted: int = 0
    replied: int = 0
    hired: int = 0


class Facet(StrEnum):
    """What divides proposals into segments."""

    PROFILE = "profile"
    MEMBER = "member"
    TAG = "tag"
    """A proposal with several tags is in several segments."""
    PRICE = "price"
    AGE = "age"
    BOOST = "boost"


class PriceBand(StrEnum):
    """What a proposal cost in Connects without its boost: up to 8, 9 to 16, 17 and more."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    UNKNOWN = "unknown"


class JobAge(StrEnum):
    """How old the job was when the proposal was sent: under 1 hour, under 6, under 24, a day or more."""

    HOUR = "hour"
    HOURS = "hours"
    DAY = "day"
    DAYS = "days"
    UNKNOWN = "unknown"


class Boost(StrEnum):
    """Whether a boost was bid for."""

    BOOSTED = "boosted"
    PLAIN = "plain"


class Selection(NamedTuple):
    """Which proposals the answer is about, and what divides them into segments. None selects all.

    An empty text selects the proposals of which it is not known: no profile, no member, no tag. `by` is a person here,
    `member` the name that pages give one; either is enough if both are given.
    """

    profile: str | None = None
    member: str | None = None
    by: PersonId | None = None
    tag: str | None = None
    price: PriceBand | None = None
    age: JobAge | None = None
    boost: Boost | None = None
    facet: Facet | None = None


class Segment(NamedTuple):
    """Proposals that have something in common.

    `name` is a profile, a member's name, a tag, or a value of PriceBand, JobAge or Boost (empty: it is not known). Of
    members of whom no page gives a name, `by` is the person here.
    """

    facet: Facet
    name: str
    funnel: Funnel
    by: PersonId | None = None


class Contrast(NamedTuple):
    """Two groups of proposals beside each other: the replies of boosted and of plain ones.

    `difference` is the first less the second. `more` is how many more of each would tell them apart, of one of them
    perhaps none (None: they can be told apart, or nothing says how many it would take).
    """

    boosted: Rate
    plain: Rate
    difference: Interval
    more: tuple[int, int] | None

    @property
    def significant(self) -> bool:
        """Whether the difference is one: there are enough of both, and its interval does not contain 0."""
        return self.boosted.enough and self.plain.enough and 0.0 not in self.difference


class MonthlyReplies(NamedTuple):
    """The proposals that were sent in a month, as far as they are old enough. `open`: some of them may not be yet.

    `unit_cost` is what a reply cost (None: there was none).
    """

    first: date
    replies: Rate
    unit_cost: UnitCost | None
    open: bool = False


class Names(NamedTuple):
    """What the proposals of the period can be selected by, the most frequent first."""

    profiles: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    people: tuple[PersonId, ...] = ()
    tags: tuple[str, ...] = ()


class Statistics(NamedTuple):
    """All figures of a period.

    `first` is its first day (None: from the beginning), `last` its last, in the wallet's zone. `answer` is after how
    many days a proposal counts. `informed`: somebody has said, or a page shows, what became of some proposal of the
    wallet, ever. Otherwise the rates mean nothing. Whatever was selected, `flows` is what moved in the ledger in the
    period, and `every` is how many proposals and invitations the period has. `segments` are those by `selection.facet`
    (empty: by none), those with the most proposals first where they have no order of their own. `costly` are up to
    three segments that cost most without a hire.
    """

    first: date | None
    last: date
    selection: Selection
    answer: int
    informed: bool
    flows: Flows
    every: int
    funnel: Funnel
    invitations: Invitations
    segments: tuple[Segment, ...]
    costly: tuple[Segment, ...]
    boost: Contrast
    names: Names
