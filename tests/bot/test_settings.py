"""Settings in conversations."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.options.times.places import ONLY, SEVERAL, ZONE_OF_CITY
from bot.options.times.zone import FOR_HALF_A_YEAR, UNEVEN, zone_name
from core.wallets.people import Identity
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.mark.parametrize(
    ("zone", "shown", "hours"),
    [("GMT+2", "UTC+2", 2), ("UTC+3", "UTC+3", 3), ("-05:00", "UTC-5", -5), ("UTC+05:30", "Asia/Kolkata", 5.5)],
)
async def test_a_zone_by_its_offset_has_the_sign_that_people_mean(
    ann: DeskPlayer, bot: Bot, zone: str, shown: str, hours: float
) -> None:
    assert f"Time zone: {shown}" in (await ann.say(f"/settings zone={zone}")).text
    wallet = await bot.books.wallet_of((await bot.books.person(Identity("desk", ann.name), ann.name)).id)
    assert wallet is not None
    distance = bot.clock.now().astimezone(ZoneInfo(wallet.settings.zone)).utcoffset()
    assert distance is not None
    assert distance.total_seconds() == hours * 3600


async def test_a_zone_may_have_several_words(ann: DeskPlayer) -> None:
    assert "Time zone: America/New_York" in (await ann.say("/settings zone=new york")).text


class TestLowBalance:
    async def test_a_threshold_above_the_balance_warns_at_once(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/settings low=60")
        assert "Running low: 20 Connects are left, below your warning level of 60." in heard.text
        assert "Running low" not in (await ann.say("/settings low=20")).text

    @pytest.mark.parametrize("line", ["/settings low=off", "/settings low none", "/alerts low=no", "/alerts low never"])
    async def test_words_switch_it_off(self, ann: DeskPlayer, line: str) -> None:
        await ann.say("/settings low=50")
        await ann.say(line)
        assert "Low-balance warning: off" in (await ann.say("/settings")).text

    async def test_every_spend_that_ends_below_it_warns(self, ann: DeskPlayer) -> None:
        await ann.say("/settings low=10")
        assert "Running low" not in (await ann.say("/spend 10")).text
        assert "Running low: 6 Connects are left" in (await ann.say("/spend 4")).text
        assert "Running low: 1 Connect is left" in (await ann.say("/spend 5")).text


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "UTC", "Etc/GMT", "Etc/GMT0", "Etc/GMT+0", "GMT"])
def test_other_zones_are_called_by_their_name(zone: str) -> None:
    assert zone_name(zone) == zone


async def test_two_simultaneous_changes_of_two_settings_both_hold(tmp_path: Path) -> None:
    async with a_bot(f"sqlite:///{tmp_path}/books.db") as bot:
        lead, other = [await DeskStage(bot).member(name, "Team", admin=True) for name in ("Lea", "Max")]
        await lead.say("/start")
        await asyncio.gather(lead.say("/alerts monthly=off"), other.say("/settings low=7"), lead.say("/snooze runway"))
        heard = (await lead.say("/alerts")).text
    assert "Low balance: below 7" in heard
    assert "Off: Budget, Monthly Connects" in heard
    assert "Runway: when they will last fewer than 7 days (snoozed until" in heard


@pytest.mark.parametrize(
    ("words", "places", "zone"),
    [
        ("EST", ("New York", "Panama", "Sydney"), "America/New_York"),
        ("est time", ("New York", "Panama", "Sydney"), "America/New_York"),
        ("CST", ("Chicago", "Costa Rica", "Shanghai", "Havana"), "America/Chicago"),
        ("ist", ("Kolkata", "Dublin", "Jerusalem"), "Asia/Kolkata"),
        ("PST", ("Los Angeles", "Manila"), "America/Los_Angeles"),
        ("BST", ("London", "Dhaka"), "Europe/London"),
        ("UTC-3:30", ("St Johns",), "America/St_Johns"),
        ("GMT +10:30", ("Lord Howe",), "Australia/Lord_Howe"),
        ("Indonesia", ("Jakarta", "Jayapura", "Makassar", "Pontianak"), "Asia/Jakarta"),
        ("M\u00e9xico", ("Mexico City", "Tijuana", "Cancun", "Hermosillo"), "America/Mexico_City"),
        ("USA", ("New York", "Chicago", "Denver", "Los Angeles", "Phoenix"), "America/New_York"),
        ("Espa\u00f1a", (), ""),
        ("Antarctica", (), ""),
    ],
)
async def test_a_time_of_several_places_is_asked_about(
    ann: DeskPlayer, words: str, places: tuple[str, ...], zone: str
) -> None:
    for line in (f"/settings zone={words}", f"/settings zone {words}"):
        heard = await ann.say(line)
        assert heard.buttons == places
        assert heard.text.endswith("Which time zone? A city will do.")
    if places:
        assert f"Time zone: {zone}" in (await ann.press(places[0])).text


def test_every_place_is_in_the_tz_database() -> None:
    offered = {zone for zones in SEVERAL.values() for zone in zones}
    assert {*ONLY.values(), *offered, *ZONE_OF_CITY.values(), *UNEVEN.values(), *FOR_HALF_A_YEAR.values()} <= (
        available_timezones()
    )


@pytest.mark.parametrize("distance", UNEVEN)
def test_an_uneven_distance_is_kept_all_year(distance: str) -> None:
    sign, hours, minutes = distance[0], *distance[1:].split(":")
    away = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    place = ZoneInfo(UNEVEN[distance])
    assert {datetime(2026, month, 1, tzinfo=place).utcoffset() for month in (1, 7)} == {away}
