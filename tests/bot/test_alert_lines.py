"""What people write after /alerts in words of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import UnfitError
from bot.commands import by_name
from bot.reading.alerting import CALLED, SWITCHED, alerts_line

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer

ALERTS = by_name()["alerts"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("off", "alerts off"),
        ("all off please", "alerts off"),
        ("stop everything", "alerts off"),
        ("mute", "alerts off"),
        ("turn them on", "alerts on"),
        ("off budget", "alerts budget=off"),
        ("turn off the low balance alert", "alerts low=off"),
        ("no weekly digest", "alerts digest=off"),
        ("Digest Off.", "alerts digest=off"),
        ("enable promotions", "alerts promotions=on"),
        ("turn on runway", "alerts runway=?"),
        ("quiet hours off", "alerts quiet=off"),
        ("budget", "alerts budget=?"),
        ("import reminders off", "alerts unfed=off"),
        ("turn on the import reminder", "alerts unfed=?"),
        ("stop the questions about proposals", "alerts stale=off"),
        ("where", "alerts place=?"),
        ("channel", "alerts place=?"),
        ("here", "alerts here"),
        ("send them here", "alerts here"),
        ("in this channel", "alerts here"),
        ("hier", "alerts here"),
        ("", "alerts"),
        ("test", "alerts do=test"),
        ("where private", "alerts where=private"),
        ("private", "alerts where=private"),
        ("send them to me", "alerts where=private"),
        ("to my DMs please", "alerts where=private"),
        ("both", "alerts where=both"),
        ("to the group", "alerts where=group"),
        ("low 20", "alerts low=20"),
        ("days=30,7 digest=off", "alerts days=30,7 digest=off"),
        ("#billing", "alerts place=#billing"),
        ("here low=20", "alerts low=20 do=here"),
    ],
)
def test_the_line_that_is_meant(typed: str, line: str) -> None:
    assert alerts_line(ALERTS, typed) == line


@pytest.mark.parametrize("typed", ["off tomorrow", "channel off", "20"])
def test_what_is_not_clear_is_not_guessed(typed: str) -> None:
    with pytest.raises(UnfitError):
        alerts_line(ALERTS, typed)


def test_every_name_is_that_of_an_option() -> None:
    names = {option.name for option in ALERTS.options}
    assert set(CALLED.values()) | SWITCHED <= names
    assert names - set(CALLED.values()) == {"do", "where"}


async def test_in_private_a_place_is_not_asked_for(ann: DeskPlayer) -> None:
    for line in ("/alerts where", "/alerts place=?"):
        assert (await ann.say(line)).text.startswith("Alerts here are private already.")


@pytest.mark.parametrize("line", ["/alerts on low=5", "/alerts off digest=on", "/alerts test low=5"])
async def test_no_setting_is_dropped_beside_a_word_that_changes_none(lead: DeskPlayer, line: str) -> None:
    """ "on" and "off" ask which alerts are meant, after which the setting would be lost."""
    before = (await lead.say("/alerts")).text
    assert (await lead.say(line)).text.startswith("Nothing was changed: ")
    assert (await lead.say("/alerts")).text == before
