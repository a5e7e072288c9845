"""Time zones as people write them: by name, by a city, or by their distance from UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.reply.parts import say

OFFSET: Final = re.compile(r"(?:utc|gmt)?\s*([+\u2212-])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
FIXED: Final = "Etc/GMT"  # the tz database turns the sign around: Etc/GMT-3 is three hours ahead of UTC
UNEVEN: Final = {
    "+3:30": "Asia/Tehran",
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+9:30": "Australia/Darwin",
}


@dataclass(frozen=True, slots=True)
class Zone(Kind):
    """A time zone by its name, a city of it, or its distance from UTC: "Europe/Kyiv", "new york", "UTC+3"."""

    @override
    def read(self, words: str) -> str:
        zone = zone_of(words)
        if zone is None:
            raise UnfitError(say("unfit-zone", words=words[:40]))
        return zone

    @override
    def find(self, tokens: list[str]) -> slice | None:
        spans = (slice(0, count) for count in (3, 2, 1) if count <= len(tokens))
        return next((span for span in spans if zone_of(" ".join(tokens[span]))), None)


def zone_of(words: str) -> str | None:
    """The zone meant by "Europe/Kyiv", "kyiv", "new york" or "UTC+3"; None if no zone is known by these words."""
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
    """A zone that is this far from UTC all year round."""
    if minutes:
        return UNEVEN.get(f"{sign}{hours}:{minutes}")
    if not hours:
        return "UTC"
    zone = f"{FIXED}{'-' if sign == '+' else '+'}{hours}"
    return zone if zone in available_timezones() else None


def zone_name(zone: str) -> str:
    """The name to show for a zone; one at a fixed distance is called by it, with the sign that people expect."""
    distance = zone.removeprefix(FIXED)
    if distance == zone or distance[:1] not in {"+", "-"} or distance.endswith("0"):
        return zone
    return f"UTC{'-' if distance[0] == '+' else '+'}{distance[1:]}"


def _plain(name: str) -> str:
    return name.casefold().replace(" ", "_").replace("-", "_")
