"""How a wallet's holder wants to be spoken to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ids import PersonId


class Plan(StrEnum):
    """A freelancer's plan on Upwork; it decides the monthly lot."""

    BASIC = "basic"
    PLUS = "plus"
    AGENCY = "agency"


class Where(StrEnum):
    """Where a group's alerts are told: in the group, in the private chat of who asked for that, or in both."""

    GROUP = "group"
    PRIVATE = "private"
    BOTH = "both"


EXPIRY_MARKS: Final = (30, 14, 7, 1)
"""Days before a lot expires on which its holder is told, where they chose no others."""
FARTHEST_MARK: Final = 60
"""The most days before that somebody can choose."""


@dataclass(frozen=True, slots=True)
class Alerts:
    """What a wallet's holder wants to be told unasked, beside a low balance and a budget.

    `expiring`: on which days before lots expire (none: never). `runway`: when the Connects will last fewer days than
    this (None: never). `cycle`: the day of the month on which the plan's lot comes (None: as it last came).
    `promotions`: when what a promotion gave is about to expire, or a contest they entered is about to be drawn.
    `snoozed`: the alerts by their codes of which they want to hear nothing before a time. `person` is who hears a
    group's in private.
    """

    expiring: tuple[int, ...] = EXPIRY_MARKS
    runway: int | None = 7
    cycle: int | None = None
    monthly: bool = True
    promotions: bool = True
    digest: bool = True
    where: Where = Where.GROUP
    person: PersonId | None = None
    snoozed: tuple[tuple[str, datetime], ...] = ()

    def snoozed_until(self, code: str, now: datetime) -> datetime | None:
        """Until when nothing is told of an alert (None: it is told)."""
        return next((until for name, until in self.snoozed if name == code and until > now), None)

    def snooze_over(self, code: str, now: datetime) -> datetime | None:
        """When a time in which nothing was told of an alert ended, if one did."""
        return max((until for name, until in self.snoozed if name == code and until <= now), default=None)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a wallet wants to be spoken to.

    `threshold` is the low-balance mark in Connects (None: no warning), `budget` what may be spent in a calendar
    month of its zone (None: no bound). `quiet` are the hours in which nothing is told that can wait, such as "22-8"
    (empty: the night as it is for everybody, "off": none).
    """

    zone: str = "UTC"
    currency: str = "USD"
    plan: Plan = Plan.BASIC
    threshold: int | None = None
    budget: int | None = None
    quiet: str = ""
    alerts: Alerts = Alerts()


ENDED_KEPT: Final = timedelta(days=30)
"""How long a snooze that has ended is remembered, for whoever looks now and again whether one has."""


def snooze(alerts: Alerts, code: str, until: datetime, now: datetime) -> Alerts:
    """Tell nothing of an alert until a time; what ended long ago is forgotten."""
    others = tuple((name, end) for name, end in alerts.snoozed if name != code and end > now - ENDED_KEPT)
    return replace(alerts, snoozed=(*others, (code, until)))


def wake(alerts: Alerts, code: str) -> Alerts:
    """Tell of an alert again."""
    return replace(alerts, snoozed=tuple((name, end) for name, end in alerts.snoozed if name != code))
