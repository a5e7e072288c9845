"""The expected no: a closed family of values, each with a stable code and the facts that explain it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.money import Price


@dataclass(frozen=True, slots=True)
class Refusal:
    """An expected no. `code` is stable and names the sentence that explains it; the fields are its facts."""

    code: ClassVar[str]

    def facts(self) -> dict[str, object]:
        """The facts by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class NotEnough(Refusal):
    """Fewer Connects can be spent than were asked for; `cover` is a purchase that would do, at `price`."""

    code: ClassVar[str] = "not_enough"
    needed: int
    available: int
    shortfall: int
    cover: int
    price: Price


@dataclass(frozen=True, slots=True)
class Unknown(Refusal):
    """There is no such thing: `what` is entry, wallet, assessment or the like."""

    code: ClassVar[str] = "unknown"
    what: str
    name: str


@dataclass(frozen=True, slots=True)
class AlreadyDone(Refusal):
    """It can happen once and has: `what` names it, `number` is the entry that did it (0: one of another wallet)."""

    code: ClassVar[str] = "already_done"
    what: str
    number: int


@dataclass(frozen=True, slots=True)
class OutOfRange(Refusal):
    """A figure is not between `low` and `high`; `what` names it. With a `currency` it is money, in minor units."""

    code: ClassVar[str] = "out_of_range"
    what: str
    value: int
    low: int
    high: int
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Expired(Refusal):
    """The Connects of lot `number` expired at `at`, so they can no longer be taken back."""

    code: ClassVar[str] = "expired"
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LimitReached(Refusal):
    """A cap over a span of days is used up; `again` is when the next is possible."""

    code: ClassVar[str] = "limit_reached"
    what: str
    cap: int
    days: int
    again: datetime


@dataclass(frozen=True, slots=True)
class LotUsed(Refusal):
    """Undoing the entry would leave a lot negative: `used` of its Connects are gone."""

    code: ClassVar[str] = "lot_used"
    number: int
    used: int


@dataclass(frozen=True, slots=True)
class NotUndoable(Refusal):
    """The entry cannot be undone or returned; `why`: it is an `undo`, an `expiry`, `returned` or `not_spend`."""

    code: ClassVar[str] = "not_undoable"
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class TooLate(Refusal):
    """It is only possible at the beginning, and `entries` entries were booked since."""

    code: ClassVar[str] = "too_late"
    what: str
    entries: int


@dataclass(frozen=True, slots=True)
class KeyReused(Refusal):
    """The same key came with another body: not the same fact."""

    code: ClassVar[str] = "key_reused"
    key: str


@dataclass(frozen=True, slots=True)
class ClockBehind(Refusal):
    """The clock stands far before the wallet's last entry, which is dated `at`: one of the two is wrong."""

    code: ClassVar[str] = "clock_behind"
    at: datetime


@dataclass(frozen=True, slots=True)
class NotNow(Refusal):
    """It is not the time for it; `why`: early, late, or the state it is in. `at` is when it begins, or ended."""

    code: ClassVar[str] = "not_now"
    what: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotChangeable(Refusal):
    """A promotion cannot be changed so: `what` is over, or what of it stays; `given` is what it gave already."""

    code: ClassVar[str] = "not_changeable"
    what: str
    given: int = 0


@dataclass(frozen=True, slots=True)
class NotQualified(Refusal):
    """The promotion is for others: `what` is new (`needed` days at most), a plan, or standing (`needed` at least)."""

    code: ClassVar[str] = "not_qualified"
    what: str
    needed: int
    has: int


@dataclass(frozen=True, slots=True)
class SoldOut(Refusal):
    """A promotion has nothing left to give, or less than it gives at once."""

    code: ClassVar[str] = "sold_out"
    promotion: int
    left: int


@dataclass(frozen=True, slots=True)
class CodeTaken(Refusal):
    """Another live promotion is claimed by that code, so that nobody could tell which of the two is meant."""

    code: ClassVar[str] = "code_taken"
    promotion: int
    title: str


@dataclass(frozen=True, slots=True)
class NotOpen(Refusal):
    """There is no wallet here yet."""

    code: ClassVar[str] = "not_open"
    group: bool


class RefusedError(Exception):
    """Carries a Refusal out of Books, to be turned into words in one place."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep the refusal; the text of the error is its code, never its facts."""
        super().__init__(refusal.code)
        self.refusal = refusal


class Outage(StrEnum):
    """Why a store cannot do its work."""

    LOST = "lost"
    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read-only"
    BROKEN = "broken"


class UnavailableError(Exception):
    """The store cannot do its work right now. Whatever was asked may be asked again under the same key.

    `maybe`: it went out of reach while it was booking, so that what was asked may be booked or not.
    """

    def __init__(self, why: Outage, *, maybe: bool = False) -> None:
        """Keep the reason, which is all that the text of the error says."""
        super().__init__(why.value)
        self.why, self.maybe = why, maybe
