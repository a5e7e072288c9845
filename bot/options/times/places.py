"""What people call time zones: abbreviations, countries, and cities that the tz database does not list."""

from __future__ import annotations

from functools import cache
from typing import Final

from babel import Locale
from babel.core import get_global

ONLY: Final = {
    "uk": "Europe/London",
    "england": "Europe/London",
    "scotland": "Europe/London",
    "great_britain": "Europe/London",
    "germany": "Europe/Berlin",
    "ukraine": "Europe/Kyiv",
    "china": "Asia/Shanghai",
    "argentina": "America/Argentina/Buenos_Aires",
    "kazakhstan": "Asia/Almaty",
    "nyc": "America/New_York",
    "washington_dc": "America/New_York",
    "la": "America/Los_Angeles",
    "bombay": "Asia/Kolkata",
    "et": "America/New_York",
    "pt": "America/Los_Angeles",
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "edt": "America/New_York",
    "mdt": "America/Denver",
    "pdt": "America/Los_Angeles",
    "akst": "America/Anchorage",
    "akdt": "America/Anchorage",
    "hst": "Pacific/Honolulu",
    "brt": "America/Sao_Paulo",
    "art": "America/Argentina/Buenos_Aires",
    "cest": "CET",
    "eest": "EET",
    "msk": "Europe/Moscow",
    "trt": "Europe/Istanbul",
    "sast": "Africa/Johannesburg",
    "wat": "Africa/Lagos",
    "eat": "Africa/Nairobi",
    "pkt": "Asia/Karachi",
    "npt": "Asia/Kathmandu",
    "wib": "Asia/Jakarta",
    "ict": "Asia/Bangkok",
    "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore",
    "pht": "Asia/Manila",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
}
SEVERAL: Final = {
    "est": ("America/New_York", "America/Panama", "Australia/Sydney"),
    "cst": ("America/Chicago", "America/Costa_Rica", "Asia/Shanghai", "America/Havana"),
    "cdt": ("America/Chicago", "America/Havana"),
    "mst": ("America/Denver", "America/Phoenix"),
    "pst": ("America/Los_Angeles", "Asia/Manila"),
    "ast": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "adt": ("America/Halifax",),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "gst": ("Asia/Dubai", "Asia/Tbilisi"),
    "amt": ("America/Manaus", "Asia/Yerevan"),
    "cat": ("Africa/Harare", "Africa/Maputo", "Africa/Lusaka"),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "aedt": ("Australia/Sydney", "Australia/Melbourne"),
    "acst": ("Australia/Adelaide", "Australia/Darwin"),
    "sst": ("Asia/Singapore", "Pacific/Pago_Pago"),
    "wst": ("Australia/Perth", "Pacific/Apia"),
    "bdt": ("Asia/Dhaka", "Asia/Brunei"),
    "usa": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix"),
    "us": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix"),
    "canada": ("America/Toronto", "America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Halifax"),
    "mexico": ("America/Mexico_City", "America/Tijuana", "America/Cancun", "America/Hermosillo"),
    "brazil": ("America/Sao_Paulo", "America/Manaus", "America/Rio_Branco"),
    "russia": ("Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Vladivostok"),
    "australia": (
        "Australia/Sydney",
        "Australia/Brisbane",
        "Australia/Adelaide",
        "Australia/Darwin",
        "Australia/Perth",
    ),
}
"""What may be the time in several places, or in one that does not keep it all year. The likeliest comes first."""

CITIES: Final = {
    "America/New_York": "boston miami washington atlanta philadelphia charlotte baltimore",
    "America/Chicago": "houston dallas austin san_antonio minneapolis",
    "America/Los_Angeles": "san_francisco seattle san_diego las_vegas portland sacramento",
    "America/Toronto": "montreal ottawa",
    "America/Sao_Paulo": "rio rio_de_janeiro brasilia curitiba belo_horizonte",
    "Europe/Kyiv": "lviv kharkiv odesa odessa dnipro",
    "Europe/Berlin": "munich frankfurt hamburg cologne stuttgart",
    "Europe/Madrid": "barcelona valencia seville",
    "Europe/Rome": "milan naples turin",
    "Europe/Warsaw": "krakow wroclaw gdansk poznan",
    "Europe/London": "manchester birmingham glasgow edinburgh liverpool",
    "Europe/Moscow": "saint_petersburg st_petersburg",
    "Europe/Zurich": "geneva basel bern",
    "Europe/Istanbul": "ankara izmir",
    "Africa/Lagos": "abuja",
    "Africa/Johannesburg": "cape_town pretoria durban",
    "Asia/Dubai": "abu_dhabi sharjah",
    "Asia/Jerusalem": "haifa",
    "Asia/Karachi": "islamabad lahore rawalpindi",
    "Asia/Kolkata": "mumbai delhi new_delhi bangalore bengaluru chennai pune ahmedabad",
    "Asia/Dhaka": "chittagong",
    "Asia/Jakarta": "bandung surabaya",
    "Asia/Manila": "cebu davao quezon_city",
    "Asia/Ho_Chi_Minh": "hanoi da_nang",
    "Asia/Shanghai": "beijing shenzhen guangzhou",
}
ZONE_OF_CITY: Final = {city: zone for zone, cities in CITIES.items() for city in cities.split()}


@cache
def zones_of_countries() -> dict[str, tuple[str, ...]]:
    """The zones of each country, by its English name."""
    found: dict[str, tuple[str, ...]] = {}
    names = Locale("en").territories
    for zone, territory in sorted(get_global("zone_territories").items()):
        if territory.isalpha() and zone.partition("/")[0] != "Etc":
            name = names[territory]
            found[name] = (*found.get(name, ()), zone)
    return found
