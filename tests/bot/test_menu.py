"""The menu has a place for every command, fits a phone, and shows each person what they may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.command.permissions import permission_of
from bot.commands import by_name, declared
from bot.dispatch.labels import as_compared
from bot.options.choice import choice
from bot.reading.parser import words_of
from bot.reply.parts import say
from bot.reply.words import CATALOG, FALLBACK_VOICE
from bot.views.menu.contents import ITSELF, PLACES, MenuSubject
from bot.views.menu.pages import labelled_line
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer

ROWS = 5
LONGEST = 18
"""Two buttons with so many letters stand side by side on a phone."""


def test_every_command_has_its_place_in_the_menu() -> None:
    listed = {found.name for found in declared() if not found.hidden or permission_of(found).operators}
    placed = {item.command for items in PLACES.values() for item in items}
    assert placed == listed - ITSELF


@pytest.mark.parametrize("subject", MenuSubject)
def test_a_page_fits_a_phone_and_five_rows(subject: MenuSubject) -> None:
    labels = [FALLBACK_VOICE.say(say(f"item-{item.label}")) for item in PLACES[subject] if item.label]
    assert len(labels) <= 2 * (ROWS - 1)
    assert {label for label in (*labels, FALLBACK_VOICE.say(choice(subject))) if len(label) > LONGEST} == set()
    assert CATALOG.has(f"topic-{subject}")


@pytest.mark.parametrize("subject", MenuSubject)
def test_what_its_buttons_run_is_understood(subject: MenuSubject) -> None:
    for item in PLACES[subject]:
        name, _, rest = item.runs.partition(" ")
        assert words_of(by_name()[name], rest) is not None
        if item.label:
            label = FALLBACK_VOICE.say(say(f"item-{item.label}"))
            assert labelled_line(f" {label.upper()}. ") == item.runs


def test_no_two_buttons_have_the_same_label() -> None:
    labels = {item.label: item.runs for items in PLACES.values() for item in items if item.label}
    shown = [as_compared(FALLBACK_VOICE.say(say(f"item-{label}"))) for label in labels]
    assert len({*shown}) == len(shown)


async def test_words_of_its_buttons_are_presses(ann: DeskPlayer) -> None:
    await ann.say("/menu books")
    pressed = await ann.press("Balance")
    await ann.say("/menu books")
    assert await ann.say("balance") == pressed
    await ann.say("/whoami")  # its buttons are no longer shown
    assert "Figures, pictures" in (await ann.say("figures, pictures")).text
    assert "How many Connects did you buy?" in (await ann.say("Book a purchase")).text


async def test_on_every_platform_a_subject_opens_in_place_and_its_buttons_run(stage: CarryingStage) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    subjects = (await ann.say("/menu")).buttons
    assert {"Balance and books", "Lots and expiry", "Alerts, settings"} <= {*subjects}
    assert "For operators" not in subjects
    page = await ann.press("Lots and expiry")
    assert {"Lots", "Expiring soon", "Back"} <= {*page.buttons}
    assert (await ann.press("Back")).buttons == subjects
    await ann.press("Lots and expiry")
    assert "20" in (await ann.press("Lots")).text


async def test_a_group_shows_what_may_be_used_there(lead: DeskPlayer, bob: DeskPlayer) -> None:
    assert {"The team", "Bring in pages"} <= {*(await lead.say("/menu")).buttons}
    shown = (await bob.say("/menu")).buttons
    assert not {"Bring in pages", "For operators"} & {*shown}
    assert "/buy" not in (await bob.press("Balance and books")).text
    assert "Clients" not in (await bob.say("/menu figures")).buttons


async def test_an_operator_finds_theirs_in_private(bot: Bot, boss: DeskPlayer) -> None:
    await boss.say("/start")
    assert "The team" not in (await boss.say("/menu")).buttons
    assert "Clients" in (await boss.press("Figures, pictures")).buttons
    await boss.press("Back")
    assert "Announce" in (await boss.press("For operators")).buttons
    in_group = await DeskStage(bot).member("boss", "Team")
    assert "For operators" not in (await in_group.say("/menu")).buttons


async def test_what_is_not_there_for_somebody_is_said(lead: DeskPlayer, bob: DeskPlayer) -> None:
    await lead.say("/menu")
    bob.buttons = dict(lead.buttons)
    assert (await bob.press("Bring in pages")).text == "There is nothing of that for you here."
    assert "There is nothing of that for you here." in (await bob.say("/menu pages")).text


async def test_somebody_new_is_shown_how_to_begin(bot: Bot) -> None:
    new = await DeskStage(bot).person("new")
    assert (await new.say("/menu")).buttons[0] == "Open my wallet"
    assert (await new.say("hello")).text.startswith("Hello! This is all that I can do for you.")
    assert (await new.say("thanks")).buttons == ("Menu",)


async def test_help_offers_the_menu(ann: DeskPlayer) -> None:
    assert (await ann.say("/help")).buttons == ("Menu",)
    assert "Choose a subject" in (await ann.press("Menu")).text
