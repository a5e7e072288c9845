"""When something happened: the moment to book it at, and what the answer says of the day."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.command.declaration import DoubtError, UnfitError, UnfitOptionError
from bot.reading.dating import ON, keeping_day
from bot.reply.parts import say
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.command.declaration import Call
    from bot.options.times.past import PastDay
    from bot.reply.parts import Say

NOON: Final = time(12)
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def happened_on(call: Call, on: PastDay | None, command: str = "") -> datetime | None:
    """The moment to book something at that happened on a day: its noon; None if it is today.

    If there is no such day, it is asked for as an option of `command`, or refused if none is named.
    """
    if on is None:
        return None
    try:
        day = on.of(day_in(call.open_wallet.settings.zone, call.at))
    except UnfitError as error:
        if command:
            raise UnfitOptionError(call.commands[command].option(ON), error) from error
        raise
    return noon_of(call, day)


def noon_of(call: Call, day: date) -> datetime | None:
    """The noon of a day, where the wallet is; None if it is today."""
    zone = call.open_wallet.settings.zone
    return None if day == day_in(zone, call.at) else datetime.combine(day, NOON, ZoneInfo(zone)).astimezone(UTC)


@contextmanager
def keeping(on: PastDay | None) -> Iterator[None]:
    """Let the readings of a doubt book on this day too."""
    try:
        yield
    except DoubtError as doubt:
        raise (doubt if on is None else keeping_day(doubt, on.words)) from doubt.__cause__


def day_of(call: Call, on: PastDay) -> Say:
    """Names the day that is meant."""
    return named_day(on.of(day_in(call.open_wallet.settings.zone, call.at)))


def booked_on(call: Call, happened: datetime | None) -> Say | None:
    """Names the day on which something was booked, unless it is today."""
    return (
        None if happened is None else say("booked-on", day=named_day(day_in(call.open_wallet.settings.zone, happened)))
    )


def named_day(day: date) -> Say:
    """A day with its weekday, such as "Friday, Nov 27, 2026"."""
    return say("day-named", weekday=say(f"weekday-{WEEKDAYS[day.weekday()]}"), day=day)
