"""What a promotion or a contest is, and the moments of its life."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.delivery.notice import EVERYBODY, Audience
from core.scheduling.task import Guard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.shared.ids import PersonId, PromotionId, WalletId
    from core.shared.lifecycle import Status
    from core.wallets.people import ChatRef
    from core.wallets.settings import Plan

REMINDED: Final = timedelta(days=1)
LAST_CALL: Final = timedelta(hours=2)
NEWS: Final = timedelta(days=30)
"""How long a start may be told late, as after a pause; less than what was told is remembered (core.retention.KEPT)."""


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


def overtaken(terms: Terms, moment: Moment, now: datetime) -> bool:
    """Whether a moment that was slept through no longer makes sense: a later one is due as well, or it is long ago."""
    times = dict(moments(terms))
    if moment is Moment.START:
        return now - times[moment] > NEWS
    return any(times[moment] < at <= now for other, at in times.items() if other is not Moment.START)


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
