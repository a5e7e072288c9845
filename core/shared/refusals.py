"""Refusals, the expected "no": a closed family of values, each with a stable code and the facts that explain it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.money import Price


@dataclass(frozen=True, slots=True)
class Refusal:
    """An expected "no". `code` is stable and names the sentence that explains it; the fields are its facts."""

    code: ClassVar[str]

    def facts(self) -> dict[str, object]:
        """The facts by name, as arguments of the sentence."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class NotEnough(Refusal):
    """Fewer Connects are available than needed; a purchase of `cover`, at `price`, would be enough."""

    code: ClassVar[str] = "not_enough"
    needed: int
    available: int
    shortfall: int
    cover: int
    price: Price


@dataclass(frozen=True, slots=True)
class NotEnoughThen(Refusal):
    """On the day of `at` there were only `available` Connects for what takes `needed`.

    With a `number`, that would be so for an entry which stands already.
    """

    code: ClassVar[str] = "not_enough_then"
    at: datetime
    needed: int
    available: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class NotThatDay(Refusal):
    """It cannot have happened on that day; `why` is future, before (the books began at `at`) or return.

    The latter is of the spend `number`, which was later, at `at`.
    """

    code: ClassVar[str] = "not_that_day"
    why: str
    at: datetime
    number: int = 0


@dataclass(frozen=True, slots=True)
class Unknown(Refusal):
    """There is no such thing; `what` is its kind, such as entry or wallet."""

    code: ClassVar[str] = "unknown"
    what: str
    name: str


@dataclass(frozen=True, slots=True)
class AlreadyDone(Refusal):
    """It can happen only once, and has; `number` is the entry that did it (0: it is in another wallet)."""

    code: ClassVar[str] = "already_done"
    what: str
    number: int


@dataclass(frozen=True, slots=True)
class AlreadyBid(Refusal):
    """There is a bid on this job already, the entry `number`; a second one must be meant."""

    code: ClassVar[str] = "already_bid"
    number: int


@dataclass(frozen=True, slots=True)
class OutOfRange(Refusal):
    """A figure is not between `low` and `high`. With a `currency` it is money, in minor units."""

    code: ClassVar[str] = "out_of_range"
    what: str
    value: int
    low: int
    high: int
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Expired(Refusal):
    """The Connects of lot `number` expired at `at`, so that they can no longer be taken back."""

    code: ClassVar[str] = "expired"
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LimitReached(Refusal):
    """A cap of Connects within a number of days is used up; the next is possible at `possible_at`."""

    code: ClassVar[str] = "limit_reached"
    what: str
    cap: int
    days: int
    possible_at: datetime


@dataclass(frozen=True, slots=True)
class OverLimit(Refusal):
    """A spend would pass a limit that blocks, the tightest if it would pass several.

    `limit` is its id, `person` whose spends count (None: those of all together), `each`: it is one for each member.
    `amount` may be spent in the `period` (day, week or month) from `since` until `whole`, when all of it can be spent
    again; `lifted` of it was allowed beyond the limit. `spent` was spent, `left` is left (below 0: it was passed
    before), and `asked` is what would count now. All are in Connects, or with a `currency` in minor units of money,
    tax included. `boosts`: only boosts count. A spend of an earlier day has the period of that day.

    It is booked if somebody says that it was spent already (`Request.over_limits`).
    """

    code: ClassVar[str] = "over_limit"
    limit: int
    person: int | None
    each: bool
    amount: int
    currency: str
    period: str
    boosts: bool
    spent: int
    lifted: int
    left: int
    asked: int
    since: datetime
    whole: datetime


@dataclass(frozen=True, slots=True)
class LotUsed(Refusal):
    """Undoing the entry would leave a lot negative: `used` of its Connects are gone.

    With an `entry`, it is that one which would lack them.
    """

    code: ClassVar[str] = "lot_used"
    number: int
    used: int
    entry: int = 0


@dataclass(frozen=True, slots=True)
class NotUndoable(Refusal):
    """The entry cannot be undone or returned; `why` is undo, expiry, promotion, returned, not_spend or nothing."""

    code: ClassVar[str] = "not_undoable"
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class CostUnstated(Refusal):
    """Nobody has said yet what these Connects cost."""

    code: ClassVar[str] = "cost_unstated"
    connects: int


@dataclass(frozen=True, slots=True)
class CostKnown(Refusal):
    """A cost can only be stated for Connects of unknown cost, of which there are `unknown`."""

    code: ClassVar[str] = "cost_known"
    unknown: int


@dataclass(frozen=True, slots=True)
class NotAmendable(Refusal):
    """The price of what the entry issued cannot be corrected; `why` is kind, lifted, same or unknown.

    It issued nothing that can cost something; its Connects are in another opening by now; that is its price already;
    or no price was given.
    """

    code: ClassVar[str] = "not_amendable"
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class BalanceMoved(Refusal):
    """A correction was meant for a balance of `was`, which is `now` by now."""

    code: ClassVar[str] = "balance_moved"
    was: int
    now: int


@dataclass(frozen=True, slots=True)
class BeforePin(Refusal):
    """It would change the balance of `at`, when Upwork's was confirmed to be `balance` (by the import `number`).

    It is booked if somebody says so all the same (`Request.past_pins`).
    """

    code: ClassVar[str] = "before_pin"
    at: datetime
    balance: int
    number: int


@dataclass(frozen=True, slots=True)
class BooksMoved(Refusal):
    """An import was shown and the books have changed since, so that another one would be booked now."""

    code: ClassVar[str] = "books_moved"


@dataclass(frozen=True, slots=True)
class TooLate(Refusal):
    """It is only possible at the beginning, but `entries` entries have been booked."""

    code: ClassVar[str] = "too_late"
    what: str
    entries: int


@dataclass(frozen=True, slots=True)
class KeyReused(Refusal):
    """A known key came with another request, so it is not a retry."""

    code: ClassVar[str] = "key_reused"
    key: str


@dataclass(frozen=True, slots=True)
class ClockBehind(Refusal):
    """The clock is far behind the wallet's last entry, which is dated `at`: one of the two is wrong."""

    code: ClassVar[str] = "clock_behind"
    at: datetime


@dataclass(frozen=True, slots=True)
class NotNow(Refusal):
    """It is not possible now; `why` is early, late, changed or a status. `at` is when it begins or ends."""

    code: ClassVar[str] = "not_now"
    what: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotChangeable(Refusal):
    """A promotion cannot be changed like this; `what` is the fixed field, or over. `given` is what it has given."""

    code: ClassVar[str] = "not_changeable"
    what: str
    given: int = 0


@dataclass(frozen=True, slots=True)
class NotQualified(Refusal):
    """The first condition that is not met; `what` is new (`needed` days at most), a plan, or what must be booked.

    The latter is feedback, assessments or interviews, `needed` of them at least.
    """

    code: ClassVar[str] = "not_qualified"
    what: str
    needed: int
    has: int


@dataclass(frozen=True, slots=True)
class SoldOut(Refusal):
    """A promotion has only `left` Connects left, which is less than one claim gives."""

    code: ClassVar[str] = "sold_out"
    promotion: int
    left: int


@dataclass(frozen=True, slots=True)
class CodeTaken(Refusal):
    """Another live promotion uses the same code, so that a claim would be ambiguous."""

    code: ClassVar[str] = "code_taken"
    promotion: int
    title: str


@dataclass(frozen=True, slots=True)
class NotOpen(Refusal):
    """There is no wallet yet; `group`: in a group, rather than for a person."""

    code: ClassVar[str] = "not_open"
    group: bool


@dataclass(frozen=True, slots=True)
class SamePerson(Refusal):
    """Somebody would be linked to themselves: the code was said where it was given."""

    code: ClassVar[str] = "same_person"


@dataclass(frozen=True, slots=True)
class LinkedAlready(Refusal):
    """Two persons are one already."""

    code: ClassVar[str] = "linked_already"


@dataclass(frozen=True, slots=True)
class TwoAccountsAlready(Refusal):
    """One of two wallets holds two accounts already, so no third one can be put beside them."""

    code: ClassVar[str] = "two_accounts_already"


@dataclass(frozen=True, slots=True)
class BalanceOfTwo(Refusal):
    """A wallet has the books of two accounts, so the balance that Upwork shows, which is of one, proves nothing."""

    code: ClassVar[str] = "balance_of_two"


@dataclass(frozen=True, slots=True)
class LinkBuiltOn(Refusal):
    """A link cannot be undone, because of what was booked, imported or linked since."""

    code: ClassVar[str] = "link_built_on"
    entries: int
    imports: int
    links: int


@dataclass(frozen=True, slots=True)
class CameWithLink(Refusal):
    """The import `number` is one of those that a link brought, and is undone with it."""

    code: ClassVar[str] = "came_with_link"
    number: int


class RefusedError(Exception):
    """Carries a refusal to the one place that puts it into words."""

    def __init__(self, refusal: Refusal) -> None:
        """The error's text is the refusal's code only: its facts are private and must not reach a log."""
        super().__init__(refusal.code)
        self.refusal = refusal


class Outage(StrEnum):
    """Why a store is unavailable."""

    LOST = "lost"
    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read-only"
    BROKEN = "broken"


class UnavailableError(Exception):
    """The store is unavailable for now. The request can be retried under the same key.

    `maybe`: it failed during a commit, so that the request may or may not be carried out.
    """

    def __init__(self, why: Outage, *, maybe: bool = False) -> None:
        """The error's text is the reason only."""
        super().__init__(why.value)
        self.why, self.maybe = why, maybe
