"""Announcements, one-off and recurring, and how far their delivery has come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.delivery.notice import CORRECTION, WITHDRAWAL, Audience, Notice
from core.delivery.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from core.delivery.notice import Target
    from core.shared.ids import PersonId
    from core.shared.lifecycle import Status

    NextOccurrence = Callable[[str, str, datetime], datetime | None]
    """(cron expression, time zone, moment) -> the first occurrence after that moment (None: there is none)."""

KEPT: Final = timedelta(days=90)
"""How long the results of a series are kept."""
SOON: Final = timedelta(minutes=1)
"""What is due within this time waits for a rate limit at most; what is due later waits for the end of quiet hours."""
WAITING: Final = frozenset({State.PENDING, State.SENDING, State.HELD})


class Stage(StrEnum):
    """What was decided about an announcement. How far its delivery has come is in its `Tally`."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    SCHEDULED = "scheduled"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


UNSENT: Final = frozenset({Stage.DRAFT, Stage.SCHEDULED})


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text for an audience. `zone` is that of its writer, who follows its progress.

    `id` names it in the store, `number` is short enough to be typed (0: it is not stored yet). `at` is when it was sent
    or will be, when it should have been, or, for a draft, is meant to be (None: nobody has decided that). `version`
    grows with each change, `mends` with each that is made after it was sent.
    """

    id: str
    text: str
    audience: Audience
    zone: str = ""
    by: PersonId | None = None
    number: int = 0
    stage: Stage = Stage.DRAFT
    made: datetime | None = None
    at: datetime | None = None
    version: int = 1
    mends: int = 0

    @property
    def name(self) -> str:
        """The key and the topic of its notice, and the name of its task."""
        return f"announcement:{self.id}"

    @property
    def facts(self) -> dict[str, str | int]:
        """What its notice says."""
        return {"text": self.text}

    @property
    def notice(self) -> Notice:
        """The notice that announces it, at most once to each chat."""
        return Notice(self.name, "announcement", self.facts, at_most_once=True, topic=self.name, audience=self.audience)

    @property
    def mending(self) -> Notice:
        """The notice that changes, or deletes, the messages that were sent. A later one takes its place."""
        code = WITHDRAWAL if self.stage is Stage.WITHDRAWN else CORRECTION
        facts = {**self.facts, "of": self.name, "mend": self.mends}
        return Notice(f"{self.name}:mend:{self.mends}", code, facts, topic=f"{self.name}:mend", supersedes=True)


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of messages for each platform and state."""

    rows: tuple[tuple[str, State, int], ...]

    @property
    def counts(self) -> Mapping[State, int]:
        """The number of messages in each state."""
        found: Counter[State] = Counter()
        for _, state, number in self.rows:
            found[state] += number
        return found

    @property
    def all(self) -> int:
        """The number of messages."""
        return sum(number for _, _, number in self.rows)

    @property
    def open(self) -> Mapping[str, int]:
        """The number of messages to which something is still to be done, for each platform."""
        found: Counter[str] = Counter()
        for platform, state, number in self.rows:
            if state in WAITING:
                found[platform] += number
        return found

    @property
    def waiting(self) -> int:
        """The number of messages to which something is still to be done."""
        return sum(self.open.values())


@dataclass(frozen=True, slots=True)
class MendingTally(Counts):
    """How far a correction or a withdrawal has come: its messages are still to be changed or deleted, or were.

    Cancelled is what was not sent after all, or has waited for too long.
    """

    withdrawn: bool = False

    @property
    def done(self) -> int:
        """The number of messages that were changed or deleted."""
        return self.counts[State.SENT]


@dataclass(frozen=True, slots=True)
class Tally(Counts):
    """How far an announcement has come: its messages are still to be sent, or were.

    `asleep`: nothing is sent before then, because those who have not yet got it have their quiet hours. `mending`: how
    far its correction or withdrawal has come (None: there is none).
    """

    asleep: datetime | None = None
    mending: MendingTally | None = None

    @property
    def busy(self) -> bool:
        """Whether something is still to be sent, changed or deleted."""
        return bool(self.waiting or (self.mending is not None and self.mending.waiting))


class Course(NamedTuple):
    """An announcement's deliveries: for each its target, its state and the reason of that state."""

    deliveries: tuple[tuple[Target, State, str], ...]


MAX_LATENESS: Final = timedelta(hours=1)
"""How late an occurrence may be announced, for instance after the machine was off; a later one is skipped."""


class Series(NamedTuple):
    """A recurring announcement. `cron` is an expression of five fields, read in the time zone `zone`."""

    id: int
    status: Status
    cron: str
    zone: str
    text: str
    audience: Audience
    by: PersonId
    made: datetime
    version: int = 1

    @property
    def name(self) -> str:
        """The name of its task."""
        return f"series:{self.id}"

    @property
    def either_day(self) -> bool:
        """Whether it names days of the month and days of the week. As in cron, it then comes if either of them fits.

        Earlier versions required both to fit.
        """
        _, _, day, _, weekday = self.cron.split()
        return not day.startswith("*") and not weekday.startswith("*")

    def occurrence(self, at: datetime) -> str:
        """The id of the announcement made for the occurrence at a time: always the same, so that it is sent once."""
        return f"series-{self.id}-{at:%Y%m%d%H%M}"


def latest(series: Series, next_occurrence: NextOccurrence, now: datetime) -> datetime | None:
    """The latest occurrence that may still be announced now (None: there is none, or it is too late for it)."""
    found, at = None, next_occurrence(series.cron, series.zone, now - MAX_LATENESS)
    while at is not None and at <= now:
        found, at = at, next_occurrence(series.cron, series.zone, at)
    return found
