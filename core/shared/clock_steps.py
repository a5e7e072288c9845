"""What to believe of times that were noted under a clock that has been set since.

A clock that was ahead leaves times behind that lie in the future: the end of a lease, of a pause, of what was cached.
Each of them is believed only as far ahead as it can lie if the clock is right. So once the clock is set right, nothing
waits for the wrong time to come (decision 0026). Entries of wallets are another matter: see decision 0010.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

SLACK: Final = timedelta(seconds=30)
"""How far in the future something may have been noted and still be believed: clocks of two machines differ a little."""


def was_ahead(noted: datetime, now: datetime) -> bool:
    """Whether the clock was ahead when something was noted at this time."""
    return noted > now + SLACK


def has_passed(span: timedelta, since: datetime, now: datetime) -> bool:
    """Whether a span is over since a time; a time that was noted by a clock that was ahead counts as long ago."""
    return now - since >= span or was_ahead(since, now)


def lasts(until: datetime, now: datetime, longest: timedelta) -> bool:
    """Whether something lasts until a time, given that it never lasts longer than `longest`."""
    return now < until <= now + longest
