"""Promotions and contests: their terms, their claims, and the moments of their lifecycle."""

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

REMINDER: Final = timedelta(days=1)
LAST_CALL: Final = timedelta(hours=2)
"""How long before the end the reminder and the last call are due."""
NEWS: Final = timedelta(days=30)
"""How late a start may be announced, for instance after a pause. Must be less than `core.retention.KEPT`."""


class Moment(StrEnum):
    """The moments in a promotion's life at which a task is due."""

    START = "start"
    REMINDER = "reminder"
    LAST_CALL = "last_call"
    END = "end"


class ClaimState(StrEnum):
    """The state of a claim.

    `asked` waits for approval. A contest's entry is `entered` until the draw; `won` means that it was
    drawn but its Connects could not be booked yet. `forfeited`: it was drawn, and the next one got the prize, because
    its person cannot be reached. `merged`: its person was linked with somebody whose claim is kept instead.
    """

    ASKED = "asked"
    ENTERED = "entered"
    WON = "won"
    GIVEN = "given"
    LOST = "lost"
    REFUSED = "refused"
    FORFEITED = "forfeited"
    MERGED = "merged"


DRAWN: Final = frozenset({ClaimState.WON, ClaimState.GIVEN})
"""The states of entries that have won."""
OUT_OF_DRAW: Final = frozenset({ClaimState.FORFEITED, ClaimState.MERGED})
"""The states of entries among which nobody is drawn."""


def entry_label(number: int, name: str) -> str:
    """An entry of a contest as results show it, such as "#3 Ann"."""
    return f"#{number} {name}".strip()


@dataclass(frozen=True, slots=True)
class Conditions:
    """Who qualifies. None and 0 ask for nothing.

    `new_days`: the wallet is at most so many days old. The last three are the least numbers booked and not undone.
    """

    new_days: int | None = None
    plan: Plan | None = None
    feedback: int = 0
    assessments: int = 0
    interviews: int = 0

    @property
    def of_standing(self) -> bool:
        """Whether they depend on what was booked, so that the whole journal must be read."""
        return bool(self.feedback or self.assessments or self.interviews)


@dataclass(frozen=True, slots=True)
class Standing:
    """A claimant's side of `Conditions`; `since` is the date of the wallet's first entry."""

    since: datetime
    plan: Plan
    feedback: int = 0
    assessments: int = 0
    interviews: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a promotion; it is a contest if it draws `winners`.

    `gives` is what one claim gets, `supply` the total it can give (None: no limit), both in Connects. `expires_days` is
    how long they last (None: as the rulebook says). Claimants must enter `code` (empty: they press a button). With
    `approval`, each claim waits for an operator; with `moderators`, those of the claimant's group decide as well.
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
    moderators: bool = False

    @property
    def contest(self) -> bool:
        """Whether its Connects go to the winners of a draw, rather than to everybody who claims."""
        return self.winners > 0


class Promotion(NamedTuple):
    """A promotion as stored. `seed` decides a contest's draw; only its hash is published before the end.

    `version` grows with each change. `given` is what it has given so far, in Connects.
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
    def topic(self) -> str:
        """The topic of its notices, and the beginning of its tasks' names."""
        return f"promotion:{self.id}"

    @property
    def guard(self) -> Guard:
        """The guard of a task that has read this version."""
        return Guard("promotion", self.id, self.version)


class Claim(NamedTuple):
    """One person's claim on one promotion; `number` counts from 1 within it.

    `entry` is the number of the wallet's entry that booked it. `chat` is the group in which they claimed (None: in
    private, or it was not recorded).
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
    """When each moment is due. A short promotion has no reminder, a very short one no last call either."""
    length = terms.ends - terms.starts
    found = [(Moment.START, terms.starts)]
    if length >= 2 * REMINDER:
        found.append((Moment.REMINDER, terms.ends - REMINDER))
    if length >= 2 * LAST_CALL:
        found.append((Moment.LAST_CALL, terms.ends - LAST_CALL))
    return (*found, (Moment.END, terms.ends))


def overtaken(terms: Terms, moment: Moment, now: datetime) -> bool:
    """Whether it is too late to announce a moment: a later one is due too or, for the start, it is no longer news."""
    times = dict(moments(terms))
    if moment is Moment.START:
        return now - times[moment] > NEWS
    return any(times[moment] < at <= now for other, at in times.items() if other is not Moment.START)


def by_chat(claims: Iterable[Claim]) -> tuple[tuple[ChatRef | None, int, int], ...]:
    """Where claims came from: (group, number of claims, number of those given), the group with most claims first.

    All private chats together are None.
    """
    made: Counter[ChatRef | None] = Counter()
    given: Counter[ChatRef | None] = Counter()
    for claim in claims:
        made[claim.chat] += 1
        given[claim.chat] += claim.state is ClaimState.GIVEN
    return tuple((chat, number, given[chat]) for chat, number in made.most_common())
