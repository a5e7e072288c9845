"""The settings of a wallet, including those of its alerts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from core.shared.bounds import MOST
from core.shared.clock_steps import lasts
from core.shared.refusals import OutOfRange
from core.wallets.team import UNSHARED, TeamSettings

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ids import PersonId


class Plan(StrEnum):
    """A freelancer's plan on Upwork; it decides the monthly lot."""

    BASIC = "basic"
    PLUS = "plus"
    AGENCY = "agency"


class Where(StrEnum):
    """Where a group's alerts go: to the group, to the private chat of the person who asked for it, or to both."""

    GROUP = "group"
    PRIVATE = "private"
    BOTH = "both"


LONGEST_SNOOZE: Final = timedelta(days=90)
EXPIRY_DAYS: Final = (30, 14, 7, 1)
"""The default days before a lot expires on which its holder is notified."""
FARTHEST_EXPIRY_DAY: Final = 60
"""The largest number of days before an expiry that a holder can choose."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Why (see `PlaceLost`) and since when a group's alerts cannot be sent to their place; `told`: an admin knows."""

    why: str
    at: datetime
    told: bool = False


@dataclass(frozen=True, slots=True)
class Alerts:
    """Which alerts a wallet's holder wants, apart from those of a low balance and a budget.

    `expiring`: how many days before lots expire (empty: never). `runway`: when the Connects will last fewer days than
    this (None: never). `cycle`: the day of the month on which the plan's lot comes (None: the day it last came).
    `promotions`: when Connects from a promotion are about to expire, or the draw of a contest they entered is near.
    `snoozed`: codes of alerts, each with the end of its snooze. `person` gets a group's alerts in private.
    `place`: the part of a group that its alerts go to, by the platform's id (empty: the chat itself, None: nobody has
    chosen one), and `lost` says that nothing can be written there. `stale`: when a proposal has been without news for
    long. `unfed`: when nothing was imported for so many days, by those who import (None: never). A proposal without an
    answer counts as unanswered after `answer` days. `limits`: when a limit is nearly used up, or passed.
    `platform`: where a person who is on several platforms gets their own alerts (empty: on the one they used last).
    """

    expiring: tuple[int, ...] = EXPIRY_DAYS
    runway: int | None = 7
    cycle: int | None = None
    monthly: bool = True
    promotions: bool = True
    digest: bool = True
    where: Where = Where.GROUP
    person: PersonId | None = None
    snoozed: tuple[tuple[str, datetime], ...] = ()
    place: str | None = None
    lost: Loss | None = None
    stale: bool = True
    unfed: int | None = 7
    answer: int = 14
    limits: bool = True
    platform: str = ""

    def snoozed_until(self, code: str, now: datetime) -> datetime | None:
        """When the snooze of an alert ends (None: it is not snoozed now)."""
        return next((until for name, until in self.snoozed if name == code and lasts(until, now, LONGEST_SNOOZE)), None)

    def snooze_over(self, code: str, now: datetime) -> datetime | None:
        """When the latest snooze of an alert ended (None: none has ended, as far as is remembered)."""
        return max((until for name, until in self.snoozed if name == code and until <= now), default=None)


@dataclass(frozen=True, slots=True)
class FigureSettings:
    """How a wallet's holder wants answers in figures and pictures.

    `dark`: pictures have a dark background. `incomes`: what the list of transactions says of incomes is kept, to answer
    what a client cost to win.
    """

    dark: bool = False
    incomes: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a wallet.

    `threshold` is the balance in Connects below which the holder is warned (None: never), `budget` the Connects that
    may be spent in a calendar month of its zone (None: no limit). `quiet` are the hours in which nothing is sent that
    can wait, such as "22-8" (empty: the default hours, "off": none). `team` is how a group's wallet is shared.
    """

    zone: str = "UTC"
    currency: str = "USD"
    plan: Plan = Plan.BASIC
    threshold: int | None = None
    budget: int | None = None
    quiet: str = ""
    alerts: Alerts = Alerts()
    figures: FigureSettings = FigureSettings()
    team: TeamSettings = UNSHARED


def back_in_group(settings: Settings, person: PersonId) -> Settings:
    """A group's settings with its alerts sent to the group again, if they go to this person in private."""
    if settings.alerts.person != person:
        return settings
    return replace(settings, alerts=replace(settings.alerts, where=Where.GROUP, person=None))


def placed(alerts: Alerts, place: str) -> Alerts:
    """A group's alerts sent to this part of it. They come to the group then, if they went to a private chat only."""
    private = alerts.where is Where.PRIVATE
    where, person = (Where.GROUP, None) if private else (alerts.where, alerts.person)
    return replace(alerts, place=place, lost=None, where=where, person=person)


def place_lost(settings: Settings, place: str, why: str, at: datetime) -> Settings:
    """A group's settings, once the part of it that its alerts go to can no longer be written to.

    Nothing changes if that is known, or if they go to another part by now.
    """
    if (settings.alerts.place or "") != place or settings.alerts.lost is not None:
        return settings
    return replace(settings, alerts=replace(settings.alerts, lost=Loss(why, at)))


def place_works(settings: Settings, place: str) -> Settings:
    """The settings, once something has arrived in the part of the group that its alerts go to."""
    if (settings.alerts.place or "") != place:
        return settings
    return replace(settings, alerts=replace(settings.alerts, lost=None))


def loss_told(settings: Settings) -> Settings:
    """The settings, once an admin knows that the place is lost."""
    lost = settings.alerts.lost
    return (
        settings if lost is None else replace(settings, alerts=replace(settings.alerts, lost=replace(lost, told=True)))
    )


ENDED_KEPT: Final = timedelta(days=30)
"""How long a snooze is remembered after its end, so that periodic checks can see that it has ended."""


def snooze(alerts: Alerts, code: str, until: datetime, now: datetime) -> Alerts:
    """Snooze an alert until a time; snoozes that ended long ago are dropped."""
    others = tuple((name, end) for name, end in alerts.snoozed if name != code and end > now - ENDED_KEPT)
    return replace(alerts, snoozed=(*others, (code, until)))


def wake(alerts: Alerts, code: str) -> Alerts:
    """End the snooze of an alert."""
    return replace(alerts, snoozed=tuple((name, end) for name, end in alerts.snoozed if name != code))


def beyond_bounds(settings: Settings) -> OutOfRange | None:
    """The refusal if a figure is larger than every database can store, or negative."""
    for what, figure in (("threshold", settings.threshold), ("budget", settings.budget)):
        if figure is not None and not 0 <= figure <= MOST:
            return OutOfRange(what, figure, 0, MOST)
    return None
