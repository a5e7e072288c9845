"""Announcements, one-off and recurring, and how far their delivery has come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.delivery.notice import Audience, Notice
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
SOON: Final = timedelta(minutes=1)
"""What is due within this time waits for a rate limit at most; what is due later waits for the end of quiet hours."""
WAITING: Final = frozenset({State.PENDING, State.SENDING, State.HELD})


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text for an audience. `zone` is that of its writer, who follows its progress."""

    id: str
    text: str
    audience: Audience
    zone: str = ""

    @property
    def name(self) -> str:
        """The key and the topic of its notice, and the name of the note in which it is kept."""
        return f"announcement:{self.id}"

    @property
    def notice(self) -> Notice:
        """The notice that announces it, at most once to each chat."""
        return Notice(
            self.name, "announcement", {"text": self.text}, at_most_once=True, topic=self.name, audience=self.audience
        )


class Tally(NamedTuple):
    """How far an announcement has come: the number of deliveries for each platform and state.

    `asleep`: nothing is sent before then, because those who have not yet got it have their quiet hours.
    """

    rows: tuple[tuple[str, State, int], ...]
    asleep: datetime | None = None

    @property
    def counts(self) -> Mapping[State, int]:
        """The number of deliveries in each state."""
        counts: Counter[State] = Counter()
        for _, state, number in self.rows:
            counts[state] += number
        return counts

    @property
    def all(self) -> int:
        """The number of deliveries."""
        return sum(number for _, _, number in self.rows)

    @property
    def open(self) -> Mapping[str, int]:
        """The number of deliveries still to be sent, for each platform."""
        counts: Counter[str] = Counter()
        for platform, state, number in self.rows:
            if state in WAITING:
                counts[platform] += number
        return counts

    @property
    def waiting(self) -> int:
        """The number of deliveries still to be sent."""
        return sum(self.open.values())


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
