"""A text for an audience, and how far it has come."""

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

    Following = Callable[[str, str, datetime], datetime | None]
    """By a cron expression in a zone, the first time after a moment (None: it never comes)."""

KEPT: Final = timedelta(days=90)
WAITING: Final = frozenset({State.PENDING, State.SENDING, State.HELD})


@dataclass(frozen=True, slots=True)
class Announcement:
    """A text for an audience, under an id of its own."""

    id: str
    text: str
    audience: Audience

    @property
    def name(self) -> str:
        """The key of its notice, what its notice is about, and the note in which it is kept."""
        return f"announcement:{self.id}"

    @property
    def notice(self) -> Notice:
        """What is told of it, at most once to a chat."""
        return Notice(
            self.name, "announcement", {"text": self.text}, once=True, about=self.name, audience=self.audience
        )


class Tally(NamedTuple):
    """How far an announcement has come: how many deliveries stand how on each platform."""

    rows: tuple[tuple[str, State, int], ...]

    @property
    def counts(self) -> Mapping[State, int]:
        """How many deliveries stand how."""
        counts: Counter[State] = Counter()
        for _, state, number in self.rows:
            counts[state] += number
        return counts

    @property
    def all(self) -> int:
        """How many deliveries there are."""
        return sum(number for _, _, number in self.rows)

    @property
    def open(self) -> Mapping[str, int]:
        """How many are still to be sent on each platform."""
        counts: Counter[str] = Counter()
        for platform, state, number in self.rows:
            if state in WAITING:
                counts[platform] += number
        return counts

    @property
    def waiting(self) -> int:
        """How many are still to be sent."""
        return sum(self.open.values())


class Course(NamedTuple):
    """What became of an announcement: where it goes, how each delivery stands and why it came no further."""

    deliveries: tuple[tuple[Target, State, str], ...]


LATEST: Final = timedelta(hours=1)
"""How late an occurrence may be told, as after a machine slept; a later one is left out."""


class Series(NamedTuple):
    """An announcement that comes again by a cron expression of five fields, by the clocks of a zone."""

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
        """Under which it falls due."""
        return f"series:{self.id}"

    @property
    def either_day(self) -> bool:
        """Whether it comes on days of the month and on days of the week as well, as cron has it where both are named.

        Before that was so here, it came only on days on which both fitted.
        """
        _, _, day, _, weekday = self.cron.split()
        return not day.startswith("*") and not weekday.startswith("*")

    def occurrence(self, at: datetime) -> str:
        """The id of the announcement that it makes at a time, the same whoever makes it and however often."""
        return f"series-{self.id}-{at:%Y%m%d%H%M}"


def latest(series: Series, following: Following, now: datetime) -> datetime | None:
    """The latest occurrence that may still be told now; None where there was none or it is too late for it."""
    found, at = None, following(series.cron, series.zone, now - LATEST)
    while at is not None and at <= now:
        found, at = at, following(series.cron, series.zone, at)
    return found
