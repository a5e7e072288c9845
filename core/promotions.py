"""Promotions and contests: what they give, who qualifies, what is due when, and a draw that anyone can check."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.audience import EVERYBODY, Audience
from core.errors import NotChangeable, NotNow, NotQualified, Refusal
from core.telling import Guard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.model import Account, PersonId, PromotionId, WalletId
    from core.people import ChatRef, Plan

REMINDED: Final = timedelta(days=1)
LAST_CALL: Final = timedelta(hours=2)
NEWS: Final = timedelta(days=30)
"""How long a start may be told late, as after a pause; less than what was told is remembered (core.retention.KEPT)."""


REVISABLE: Final = frozenset({"title", "text", "ends", "supply", "code"})
"""What can still be changed once it was launched."""


class Status(StrEnum):
    """How far a promotion has come. Whether a live one has begun or is over, its dates say."""

    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    ENDED = "ended"


class Moment(StrEnum):
    """What is due in the life of a promotion."""

    START = "start"
    REMINDER = "reminder"
    LAST_CALL = "last_call"
    END = "end"


class ClaimState(StrEnum):
    """How far a claim has come: a contest's entry is `entered` until the draw, `asked` waits for an operator's word.

    `won` is what was drawn and could not be given yet.
    """

    ASKED = "asked"
    ENTERED = "entered"
    WON = "won"
    GIVEN = "given"
    LOST = "lost"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Conditions:
    """Who qualifies: whose wallet is at most so many days old, who is on a plan, who has that much standing."""

    new_days: int | None = None
    plan: Plan | None = None
    feedback: int = 0
    assessments: int = 0
    interviews: int = 0

    @property
    def of_standing(self) -> bool:
        """Whether they ask for what was booked, which only a whole journal tells."""
        return bool(self.feedback or self.assessments or self.interviews)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a claimant: since when, on which plan, and how often each was booked and not undone."""

    since: datetime
    plan: Plan
    feedback: int = 0
    assessments: int = 0
    interviews: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a promotion says. `winners`: how many a contest draws (0: it is no contest).

    `supply` bounds what it gives in all, in Connects; `expires_days` is how long they last (None: by the rulebook).
    `code` must be said to claim (empty: a button will do). `approval`: who claims waits until an operator says yes.
    """

    title: str
    text: str
    gives: int
    starts: datetime
    ends: datetime
    zone: str = "UTC"
    conditions: Conditions = Conditions()
    supply: int | None = None
    code: str = ""
    expires_days: int | None = None
    winners: int = 0
    audience: Audience = EVERYBODY
    approval: bool = False

    @property
    def contest(self) -> bool:
        """Whether its Connects go to those who are drawn, and not to all who claim."""
        return self.winners > 0


class Promotion(NamedTuple):
    """A promotion as kept. `seed` decides a contest's draw; only its hash is told before the end.

    `version` grows with each change. `given` is what it gave so far, in Connects.
    """

    id: PromotionId
    status: Status
    terms: Terms
    by: PersonId
    seed: str
    made: datetime
    version: int = 1
    given: int = 0

    @property
    def about(self) -> str:
        """What its notices are about."""
        return f"promotion:{self.id}"

    @property
    def guard(self) -> Guard:
        """Itself as it was seen."""
        return Guard("promotion", self.id, self.version)


class Claim(NamedTuple):
    """What one person asked of one promotion; `number` counts from 1 within it, `entry` is the wallet's that gave.

    `chat` is the group in which they asked (None: in private, or it was not kept).
    """

    promotion: PromotionId
    number: int
    person: PersonId
    wallet: WalletId
    state: ClaimState
    at: datetime
    entry: int | None = None
    chat: ChatRef | None = None


def moments(terms: Terms) -> tuple[tuple[Moment, datetime], ...]:
    """What is due when: a reminder and a last call only where there is room for them."""
    length = terms.ends - terms.starts
    found = [(Moment.START, terms.starts)]
    if length >= 2 * REMINDED:
        found.append((Moment.REMINDER, terms.ends - REMINDED))
    if length >= 2 * LAST_CALL:
        found.append((Moment.LAST_CALL, terms.ends - LAST_CALL))
    return (*found, (Moment.END, terms.ends))


def mark_of_claim(supply: Account, person: PersonId | None) -> str:
    """The mark that lets a person claim once what comes out of a promotion's account."""
    return f"{supply}:{person}"


def overtaken(terms: Terms, moment: Moment, now: datetime) -> bool:
    """Whether a moment that was slept through no longer makes sense: a later one is due as well, or it is long ago."""
    times = dict(moments(terms))
    if moment is Moment.START:
        return now - times[moment] > NEWS
    return any(times[moment] < at <= now for other, at in times.items() if other is not Moment.START)


def fixed(seen: Promotion, terms: Terms, now: datetime) -> Refusal | None:
    """Why a promotion cannot be changed to these terms, if it cannot: what was published is relied upon.

    A draft can become anything; what was launched keeps what it promised, and its end can only come later.
    """
    if seen.status is Status.DRAFT:
        return None
    if seen.status not in {Status.LIVE, Status.PAUSED} or now >= seen.terms.ends:
        return NotChangeable("over")
    for name in (field.name for field in fields(Terms)):
        if name not in REVISABLE and getattr(terms, name) != getattr(seen.terms, name):
            return NotChangeable(name)
    if terms.ends < seen.terms.ends:
        return NotChangeable("ends")
    return NotChangeable("supply", seen.given) if terms.supply is not None and terms.supply < seen.given else None


def by_chat(claims: Iterable[Claim]) -> tuple[tuple[ChatRef | None, int, int], ...]:
    """Where claims came from: the group (None: private chats together), how many, and how many were given something.

    The busiest first.
    """
    made: Counter[ChatRef | None] = Counter()
    given: Counter[ChatRef | None] = Counter()
    for claim in claims:
        made[claim.chat] += 1
        given[claim.chat] += claim.state is ClaimState.GIVEN
    return tuple((chat, number, given[chat]) for chat, number in made.most_common())


def closed(promotion: Promotion, now: datetime) -> Refusal | None:
    """Why it cannot be claimed at this time, if it cannot."""
    terms = promotion.terms
    if promotion.status is not Status.LIVE:
        return NotNow("promotion", promotion.status.value, terms.ends)
    if now < terms.starts:
        return NotNow("promotion", "early", terms.starts)
    return NotNow("promotion", "late", terms.ends) if now >= terms.ends else None


def qualifies(conditions: Conditions, standing: Standing, now: datetime) -> NotQualified | None:
    """Why somebody may not claim, if they may not: the first condition that is not met."""
    if conditions.new_days is not None and now - standing.since > timedelta(days=conditions.new_days):
        return NotQualified("new", conditions.new_days, (now - standing.since).days)
    if conditions.plan is not None and standing.plan is not conditions.plan:
        return NotQualified(conditions.plan.value, 0, 0)
    for what in ("feedback", "assessments", "interviews"):
        needed, has = getattr(conditions, what), getattr(standing, what)
        if has < needed:
            return NotQualified(what, needed, has)
    return None


def commitment(seed: str) -> str:
    """What is published of a contest's seed before the draw: its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(seed.encode()).hexdigest()


def draw(seed: str, entries: Iterable[int], winners: int) -> tuple[int, ...]:
    """The numbers of the entries that win, the first winner first.

    An entry's lot is the SHA-256 of "SEED:NUMBER", and the smallest win: anyone who is told the seed can check it.
    """
    return tuple(sorted(entries, key=lambda number: (commitment(f"{seed}:{number}"), number))[:winners])
