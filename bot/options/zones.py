"""Time zones as people write them: by name, by a city, or by their distance from UTC."""

from __future__ import annotations

import re
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

OFFSET: Final = re.compile(r"(?:utc|gmt)?\s*([+\u2212-])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
FIXED: Final = "Etc/GMT"  # their sign is the other way round: Etc/GMT-3 is three hours ahead of UTC
UNEVEN: Final = {
    "+3:30": "Asia/Tehran",
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+9:30": "Australia/Darwin",
}


def zone_of(words: str) -> str | None:
    """The zone that is meant by "Europe/Kyiv", "kyiv", "new york" or "UTC+3"; None where none is known."""
    offset = OFFSET.fullmatch(words.strip())
    if offset is not None:
        return _at(offset[1].replace("\u2212", "-"), int(offset[2]), int(offset[3] or 0))
    wanted = _plain(words.strip())
    names = {name: _plain(name) for name in available_timezones()}
    exact = [name for name, plain in names.items() if plain == wanted]
    cities = exact or [name for name, plain in names.items() if "/" in plain and plain.rpartition("/")[2] == wanted]
    if not wanted or not cities:
        return None
    return ZoneInfo(min(cities, key=lambda name: (name.count("/"), name))).key


def _at(sign: str, hours: int, minutes: int) -> str | None:
    """The zone this far from UTC the whole year round."""
    if minutes:
        return UNEVEN.get(f"{sign}{hours}:{minutes}")
    if not hours:
        return "UTC"
    zone = f"{FIXED}{'-' if sign == '+' else '+'}{hours}"
    return zone if zone in available_timezones() else None


def zone_name(zone: str) -> str:
    """What a zone is called: those at a fixed distance by it, with the sign that people expect."""
    distance = zone.removeprefix(FIXED)
    if distance == zone or distance[:1] not in {"+", "-"} or distance.endswith("0"):
        return zone
    return f"UTC{'-' if distance[0] == '+' else '+'}{distance[1:]}"


def _plain(name: str) -> str:
    return name.casefold().replace(" ", "_").replace("-", "_")
