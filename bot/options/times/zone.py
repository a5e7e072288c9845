"""Time zones as people write them: by name, by a city, or by their distance from UTC."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Final
from zoneinfo import ZoneInfo, available_timezones

from typing_extensions import override

from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.options.figures import plain
from bot.options.times.places import ONLY, SEVERAL, ZONE_OF_CITY, zones_of_countries
from bot.reply.parts import say
from core.shared.names import folded

OFFSET: Final = re.compile(
    r"(?:(?:utc|gmt)?\s*(?P<sign>[+-])|(?:utc|gmt)\s*\u00b1?)\s*"
    r"(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d)|[.,](?P<part>25|50?|75))?",
    re.IGNORECASE,
)
FIXED: Final = "Etc/GMT"  # the tz database turns the sign around: Etc/GMT-3 is three hours ahead of UTC
OTHER_WAY: Final = str.maketrans("+-", "-+")
UNEVEN: Final = {
    "-9:30": "Pacific/Marquesas",
    "+3:30": "Asia/Tehran",
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+8:45": "Australia/Eucla",
    "+9:30": "Australia/Darwin",
}
FOR_HALF_A_YEAR: Final = {
    "-3:30": "America/St_Johns",
    "-2:30": "America/St_Johns",
    "+10:30": "Australia/Lord_Howe",
    "+12:45": "Pacific/Chatham",
    "+13:45": "Pacific/Chatham",
}
"""Distances that their only place keeps for a part of the year. A fixed one cannot be kept as a zone."""
MOST_OFFERED: Final = 5
MOST_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Zone(Kind):
    """A time zone by name, city, country, or distance from UTC: "Europe/Kyiv", "new york", "India", "UTC+3"."""

    longest: ClassVar[bool] = True

    @override
    def read(self, words: str) -> str:
        zones = zones_of(words)
        if len(zones) == 1 and _distance(words) not in FOR_HALF_A_YEAR:
            return zones[0]
        if not 0 < len(zones) <= MOST_OFFERED:
            raise UnfitError(say("unfit-zone", words=words[:40]))
        sentence = "unfit-zone-half" if _distance(words) in FOR_HALF_A_YEAR else "unfit-zone-which"
        raise UnfitError(
            say(sentence, words=words[:40]), *(Suggestion(zone, say("raw", text=_city(zone))) for zone in zones)
        )

    @override
    def find(self, tokens: list[str]) -> slice | None:
        spans = (slice(0, count) for count in range(min(MOST_WORDS, len(tokens)), 0, -1))
        return next((span for span in spans if zones_of(" ".join(tokens[span]))), None)


def zones_of(words: str) -> tuple[str, ...]:
    """The zones that may be meant by "Europe/Kyiv", "são paulo", "UTC-3:30", "EST" or "India", the likeliest first."""
    if (distance := _distance(words)) is not None:
        return _at(distance)
    wanted = _joined(words)
    for known in (wanted, wanted.removesuffix("_time").removesuffix("_standard")):
        if zones := SEVERAL.get(known) or _named(known):
            return zones
    return ()


def _named(wanted: str) -> tuple[str, ...]:
    """The zone of this name, or the zones of the abbreviation, city or country."""
    if wanted in ONLY:
        return (ONLY[wanted],)
    names = _names()
    exact = [name for name, known in names.items() if known == wanted]
    cities = exact or [name for name, known in names.items() if "/" in known and known.rpartition("/")[2] == wanted]
    if wanted and cities:
        return (ZoneInfo(min(cities, key=lambda name: (name.count("/"), name))).key,)
    if wanted in ZONE_OF_CITY:
        return (ZONE_OF_CITY[wanted],)
    return next((zones for country, zones in zones_of_countries().items() if _joined(country) == wanted), ())


@cache
def _names() -> dict[str, str]:
    """The names in the tz database, and how they are compared."""
    return {name: _joined(name) for name in available_timezones()}


def _distance(words: str) -> str | None:
    """The distance from UTC in "UTC+5:45", "gmt -3.5" or "UTC 2", as in UNEVEN; None if it is no distance."""
    found = OFFSET.fullmatch(plain(words))
    if found is None:
        return None
    minutes = found["minutes"] or f"{int((found['part'] or '0').ljust(2, '0')) * 60 // 100:02}"
    return f"{found['sign'] or '+'}{int(found['hours'])}{'' if minutes == '00' else f':{minutes}'}"


def _at(distance: str) -> tuple[str, ...]:
    """The zones that are this far from UTC: all year round if there are any."""
    if ":" in distance:
        uneven = UNEVEN.get(distance) or FOR_HALF_A_YEAR.get(distance)
        return () if uneven is None else (uneven,)
    if not int(distance):
        return ("UTC",)
    zone = f"{FIXED}{distance.translate(OTHER_WAY)}"
    return (zone,) if zone in _names() else ()


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def zone_name(zone: str) -> str:
    """The name to show for a zone; one at a fixed distance is called by it, with the sign that people expect."""
    distance = zone.removeprefix(FIXED)
    if distance == zone or distance[:1] not in {"+", "-"} or distance.endswith("0"):
        return zone
    return f"UTC{'-' if distance[0] == '+' else '+'}{distance[1:]}"


def _joined(name: str) -> str:
    """A name in the form of the tz database's, without accents."""
    letters = unicodedata.normalize("NFD", folded(name))
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return "_".join(
        re.split(r"[\s_,.-]+", re.sub("['\u2019]", "", bare).replace("\u0142", "l").replace("\u00f8", "o").strip(" .,"))
    )
