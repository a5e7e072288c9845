"""The settings of `/alerts`. Each is declared once, and its option, row and button are made from the declaration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bot.base.quiet_hours import hours_of
from bot.command.declaration import Kind, Option, UnfitError
from bot.commands.alerts.places import PLACE
from bot.commands.alerts.platforms import own_platforms
from bot.options.choice import Choice, Switch, choice
from bot.options.linking import OwnPlatform
from bot.options.times.time import DaysBefore, OrOff, QuietHours
from bot.reply.parts import Button, Hour, Say, say
from bot.views.team.joining import platform_name
from core.alerts.types.budget import BUDGET
from core.alerts.types.digest import DIGEST
from core.alerts.types.expiring import EXPIRED, EXPIRING
from core.alerts.types.limit import LIMIT
from core.alerts.types.low import LOW
from core.alerts.types.monthly import MISSING, MONTHLY
from core.alerts.types.promotions import PROMOTION_ENDING, PROMOTION_EVE
from core.alerts.types.runway import RUNWAY
from core.alerts.types.stale import STALE
from core.alerts.types.team_week import TEAM_WEEK
from core.alerts.types.unfed import UNFED
from core.ledger.budget import spent_at
from core.shared.calendar import SHORTEST_MONTH
from core.wallets.settings import EXPIRY_DAYS, Alerts, Settings, Where

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.alerts.alert_type import AlertType
    from core.ledger.model import Budget
    from core.shared.ids import PersonId

MOST: Final = 100_000
LONGEST_UNFED: Final = 60
ON, OFF = say("low-on"), say("low-off")
PLACE_GROUP: Final = say("place-group")


class Shown(NamedTuple):
    """The state that rows show.

    `name` is the person who gets a group's alerts in private (None: nobody). `place` is what the part of the group is
    called that they go to, with what is wrong with it. `group`: they are a group's. `platforms` are those on which
    somebody is, the one that they used last first; empty for a group.
    """

    settings: Settings
    budget: Budget | None
    at: datetime
    name: str | None = None
    place: Say = PLACE_GROUP
    group: bool = False
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting that `/alerts` shows and changes.

    `change` returns the settings with a value of the option; its last argument is the admin who changes a group's
    settings (None: the chat is private). `alerts` are the alerts that the setting switches on and off. The row shows
    the first of them, with `state` while it is enabled. `label` is the title of the row if it is not the alert's name;
    `button` is the label of the button that asks for a new value (None: on the card it is merely on or off). `usual`
    are the words that switch it on ("?": they have to be asked for). `detail` is a setting that only refines this one.
    `chosen` says whether somebody has changed a value that is shown only then. `concerns` says whether a wallet with
    these settings has what it is about; only then is it shown. What is `shared` is shown in groups only.
    """

    option: str
    kind: Kind
    change: Callable[[Settings, Any, PersonId | None], Settings]
    state: Callable[[Shown], Say] = lambda _: ON
    alerts: tuple[AlertType, ...] = ()
    label: Say | None = None
    button: Say | None = None
    usual: str = "on"
    detail: Setting | None = None
    chosen: Callable[[Shown], bool] = lambda _: False
    concerns: Callable[[Settings], bool] = lambda _: True
    shared: bool = False

    @property
    def title(self) -> Say:
        """The title of its row."""
        return self.label or choice(self.alerts[0].code)

    def is_on(self, shown: Shown) -> bool:
        """Whether its alert is switched on."""
        return self.alerts[0].enabled(shown.settings)

    def snoozed_until(self, shown: Shown) -> datetime | None:
        """When the snooze of its alert ends (None: it is not snoozed)."""
        return shown.settings.alerts.snoozed_until(self.alerts[0].code, shown.at)

    def row(self, shown: Shown) -> tuple[Say, Say]:
        """Its row: the title and the present state."""
        if not self.alerts:
            return self.title, self.state(shown)
        state, until = self.state(shown) if self.is_on(shown) else OFF, self.snoozed_until(shown)
        return self.title, state if until is None else say("silent-until", stands=state, until=Hour(until))

    def in_brief(self, shown: Shown) -> Say:
        """Its title in a list of what is on, with its value, or that of its detail, if somebody has chosen that."""
        changed = next((one for one in (self.detail, self) if one is not None and one.chosen(shown)), None)
        return self.title if changed is None else say("with-detail", what=self.title, detail=changed.state(shown))

    def change_button(self) -> Button | None:
        """The button that asks for a new value."""
        return None if self.button is None else Button(self.button, f"alerts {self.option}=?")

    def switch_button(self, shown: Shown) -> Button:
        """The button that switches it on or off; for a snoozed alert, the one that ends the snooze."""
        if self.snoozed_until(shown) is not None:
            return Button(say("button-wake-of", what=choice(self.alerts[0].code)), f"wake {self.alerts[0].code}")
        on = not self.is_on(shown)
        label = "button-switch-on" if on else "button-switch-off"
        return Button(say(label, what=self.title), f"alerts {self.switched(on=on)}")

    def switched(self, *, on: bool) -> str:
        """Its option with the words that switch it on or off."""
        return f"{self.option}={self.usual if on else 'off'}"


def _days(shown: Shown) -> Say:
    days = shown.settings.alerts.expiring
    return say("days-before", days=days[0] if len(days) == 1 else ", ".join(map(str, days)))


def _spent(shown: Shown) -> Say:
    budget = shown.budget
    if budget is None:
        return OFF
    spent = max(spent_at(budget, shown.at), 0)
    return say("budget-spent", spent=spent, limit=budget.limit, percent=spent * 100 // budget.limit)


def _cycle(shown: Shown) -> Say:
    day = shown.settings.alerts.cycle
    if day is None:
        return say("cycle-as-last")
    return say("cycle-on", day=day) if day <= SHORTEST_MONTH else say("cycle-on-first")


def _place(shown: Shown) -> Say:
    """Where a group's alerts are sent, and to whom if it is a private chat."""
    if shown.name is None:
        return shown.place
    if shown.settings.alerts.where is Where.BOTH:
        return say("told-to-both", name=shown.name, place=shown.place)
    return say("told-to", name=shown.name)


def _move(settings: Settings, where: Where, admin: PersonId | None) -> Settings:
    """The settings with another place for a group's alerts; a private chat is that of the admin who changes it."""
    if admin is None:
        raise UnfitError(say("alerts-private-already"))
    person = None if where is Where.GROUP else admin
    return replace(settings, alerts=replace(settings.alerts, where=where, person=person))


def _on_platform(shown: Shown) -> Say:
    """The platform on which somebody's own alerts come."""
    chosen = shown.settings.alerts.platform
    if chosen in shown.platforms:
        return platform_name(chosen)
    return say("platform-last", platform=platform_name(shown.platforms[0]))


def _summed_up(settings: Settings, admin: PersonId | None, *, on: bool) -> Settings:
    """The settings of a group with or without a summary on Fridays."""
    if on and admin is None:
        raise UnfitError(say("sharing-private"))
    return replace(settings, team=replace(settings.team, weekly=on))


def _quiet(shown: Shown) -> Say:
    hours = hours_of(shown.settings.quiet)
    if hours is None:
        return OFF
    return say("quiet-from", evening=f"{hours.evening:%H:%M}", morning=f"{hours.morning:%H:%M}")


CYCLE: Final = Setting(
    option="cycle",
    kind=OrOff(named=True, low=0, high=31),
    change=lambda settings, day, _: replace(settings, alerts=replace(settings.alerts, cycle=day or None)),
    state=_cycle,
    label=say("field-cycle"),
    button=say("button-cycle"),
    chosen=lambda shown: shown.settings.alerts.cycle is not None,
)
ALERT_SETTINGS: Final = (
    Setting(
        alerts=(LOW,),
        option="low",
        kind=OrOff(named=True, low=0, high=MOST),
        button=say("button-low"),
        usual="?",
        change=lambda settings, threshold, _: replace(settings, threshold=threshold or None),
        state=lambda shown: say("low-at", connects=shown.settings.threshold),
    ),
    Setting(
        alerts=(EXPIRING, EXPIRED),
        option="days",
        kind=DaysBefore(named=True),
        button=say("button-days"),
        usual=",".join(map(str, EXPIRY_DAYS)),
        change=lambda settings, days, _: replace(settings, alerts=replace(settings.alerts, expiring=days)),
        state=_days,
    ),
    Setting(
        alerts=(RUNWAY,),
        option="runway",
        kind=OrOff(named=True, low=0, high=365),
        button=say("button-runway"),
        usual=str(Alerts().runway),
        change=lambda settings, days, _: replace(settings, alerts=replace(settings.alerts, runway=days or None)),
        state=lambda shown: say("runway-under", days=shown.settings.alerts.runway),
    ),
    Setting(
        alerts=(BUDGET,),
        option="budget",
        kind=OrOff(named=True, low=0, high=MOST),
        button=say("button-budget"),
        usual="?",
        change=lambda settings, limit, _: replace(settings, budget=limit or None),
        state=_spent,
    ),
    Setting(
        alerts=(LIMIT,),
        option="limits",
        kind=Switch(named=True),
        change=lambda settings, on, _: replace(settings, alerts=replace(settings.alerts, limits=on)),
        concerns=lambda settings: bool(settings.team.limits),
    ),
    Setting(
        alerts=(MONTHLY, MISSING),
        option="monthly",
        kind=Switch(named=True),
        change=lambda settings, on, _: replace(settings, alerts=replace(settings.alerts, monthly=on)),
        detail=CYCLE,
    ),
    Setting(
        alerts=(PROMOTION_ENDING, PROMOTION_EVE),
        option="promotions",
        kind=Switch(named=True),
        change=lambda settings, on, _: replace(settings, alerts=replace(settings.alerts, promotions=on)),
        label=say("field-promotions"),
    ),
    Setting(
        alerts=(UNFED,),
        option="unfed",
        kind=OrOff(named=True, low=0, high=LONGEST_UNFED),
        usual=str(Alerts().unfed),
        chosen=lambda shown: shown.settings.alerts.unfed != Alerts().unfed,
        change=lambda settings, days, _: replace(settings, alerts=replace(settings.alerts, unfed=days or None)),
        state=lambda shown: say("unfed-after", days=shown.settings.alerts.unfed),
    ),
    Setting(
        alerts=(STALE,),
        option="stale",
        kind=Switch(named=True),
        change=lambda settings, on, _: replace(settings, alerts=replace(settings.alerts, stale=on)),
    ),
    Setting(
        alerts=(DIGEST,),
        option="digest",
        kind=Switch(named=True),
        change=lambda settings, on, _: replace(settings, alerts=replace(settings.alerts, digest=on)),
    ),
    Setting(
        alerts=(TEAM_WEEK,),
        option="weekly",
        kind=Switch(named=True),
        change=lambda settings, on, admin: _summed_up(settings, admin, on=on),
        shared=True,
    ),
)
WHERE: Final = Setting(
    option="where",
    kind=Choice(of=Where, named=True),
    change=_move,
    state=_place,
    label=say("field-where"),
)
PLATFORM: Final = Setting(
    option="platform",
    kind=OwnPlatform(named=True, suggest=own_platforms),
    change=lambda settings, platform, _: replace(settings, alerts=replace(settings.alerts, platform=platform)),
    state=_on_platform,
    label=say("field-platform"),
    button=say("button-where-alerts"),
)
QUIET: Final = Setting(
    option="quiet",
    kind=QuietHours(named=True),
    change=lambda settings, hours, _: replace(settings, quiet=hours),
    state=_quiet,
    label=say("field-quiet"),
    button=say("button-quiet"),
)
SETTINGS: Final = (
    *(option for setting in ALERT_SETTINGS for option in (setting.detail, setting) if option is not None),
    WHERE,
    PLATFORM,
    QUIET,
)
OPTIONS: Final = (
    *(Option(setting.option, setting.kind, required=False) for setting in SETTINGS),
    Option("place", PLACE, required=False),
)
