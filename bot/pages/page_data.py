"""The data that a saved page carries beside its table: one flat JSON array, in which values are places in the array."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple

from bot.pages.pieces import MONTHS, one_line
from core.shared.job_links import NO_JOB, job_in


class Item(NamedTuple):
    """A row of the data. It has no wording: `reason` is Upwork's number of one."""

    id: str
    reason: str
    at: datetime
    connects: int
    running: int | None
    title: str
    job: str
    member: str

    @property
    def day(self) -> date:
        """The day under which the page shows it."""
        return self.at.date()


def items_in(script: str) -> tuple[Item, ...]:
    """The rows in a page's data, in its order and each id once. Whatever has another shape is passed over."""
    try:
        array = json.loads(script)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(array, list):
        return ()
    people = _people(array)
    found: dict[str, Item] = {}
    for value in array:
        if isinstance(value, dict) and value.keys() >= FIELDS:
            item = _item({name: _at(array, place) for name, place in value.items()}, people)
            if item:
                found.setdefault(item.id, item)
    return tuple(found.values())


def _at(array: list[Any], place: object) -> object:
    """What stands at a place, through the wrapper that a reactive value has."""
    value = array[place] if isinstance(place, int) and 0 <= place < len(array) else None
    if isinstance(value, list) and len(value) == len(("Ref", 0)) and isinstance(value[0], str):
        inner = value[1]
        value = array[inner] if isinstance(inner, int) and 0 <= inner < len(array) else None
    return value


def _people(array: list[Any]) -> dict[str, str]:
    """The members' names, by their ids."""
    maps = (_at(array, value["personMap"]) for value in array if isinstance(value, dict) and "personMap" in value)
    people = next((found for found in maps if isinstance(found, dict)), {})
    named: dict[str, str] = {}
    for uid, place in people.items():
        person = _at(array, place)
        name = _at(array, person.get("name")) if isinstance(person, dict) else person
        if isinstance(name, str):
            named[uid] = one_line(name)[:LONGEST]
    return named


def _item(values: dict[str, object], people: dict[str, str]) -> Item | None:
    at, connects = _moment(values["timestamp"]), _whole(values["amount"])
    number = _word(values["id"])
    if not at or connects is None or not number:
        return None
    return Item(
        number,
        _word(values.get("reasonId")),
        at,
        connects,
        _whole(values.get("runningTotal")),
        one_line(str(values.get("jobName") or ""))[:LONGEST],
        (job_in(_word(values.get("jobOpeningKey"))) or NO_JOB).id,
        people.get(_word(values.get("applicantUid")), ""),
    )


def _word(value: object) -> str:
    said = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return said if WORD.fullmatch(said) else ""


def _whole(value: object) -> int | None:
    number = value if isinstance(value, int) and not isinstance(value, bool) else None
    return number if number is not None and abs(number) < MOST else None


def _moment(value: object) -> datetime | None:
    """A moment such as "Mon Jan 12 09:18:01 UTC 2026"."""
    found = MOMENT.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return None
    try:
        month = SHORT_MONTHS.index(found["month"].casefold()) + 1
        clock = timedelta(hours=int(found["hour"]), minutes=int(found["minute"]), seconds=int(found["second"]))
        return datetime(int(found["year"]), month, int(found["day"]), tzinfo=UTC) + clock
    except (ValueError, OverflowError):
        return None


FIELDS: Final = frozenset({"id", "timestamp", "amount"})
MOST: Final = 10_000_000
LONGEST: Final = 500
SHORT_MONTHS: Final = tuple(month[:3] for month in MONTHS)
WORD: Final = re.compile(r"[\w~.:-]{1,64}", re.ASCII)
MOMENT: Final = re.compile(
    r"\w{3} (?P<month>\w{3}) (?P<day>[0-9]{1,2}) "
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}) (?:UTC|GMT) (?P<year>20[0-9]{2})"
)
