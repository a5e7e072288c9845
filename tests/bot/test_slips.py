"""Commands in a group that no bot has answered: those that were hardly meant for another one are answered by ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.command.slips import one_slip_apart

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("spned", "spend"), ("blance", "balance"), ("balannce", "balance"), ("hello", "hallo"), ("hepl", "help")],
)
def test_one_slip_is_a_letter_or_two_neighbours(typed: str, meant: str) -> None:
    assert one_slip_apart(typed, meant)
    assert one_slip_apart(meant, typed)


@pytest.mark.parametrize(("typed", "other"), [("stats", "start"), ("help", "help"), ("buyer", "buy"), ("", "undo")])
def test_anything_else_is_another_word(typed: str, other: str) -> None:
    assert not one_slip_apart(typed, other)


@pytest.mark.parametrize(
    ("line", "fixed"), [("/spned 16 Logo", "/spend 16 Logo"), ("/blance", "/balance"), ("/Hepl", "/help")]
)
async def test_a_misspelt_command_in_a_group_is_offered_as_it_was_meant(bob: DeskPlayer, line: str, fixed: str) -> None:
    heard = await bob.overheard(line)
    assert "Did you mean" in heard.text
    assert heard.buttons == (fixed,)


@pytest.mark.parametrize("line", ["/scores", "/kick Bob", "/ban", "/warn Bob", "/slots", "/buyer 3", "/", "/\u00e4"])
async def test_a_command_of_another_bot_is_left_to_it(bob: DeskPlayer, line: str) -> None:
    assert not (await bob.overheard(line)).text


@pytest.mark.parametrize("line", ["/scores", "/kick Bob"])
async def test_but_nothing_is_left_open_that_names_this_bot(bob: DeskPlayer, line: str) -> None:
    assert "There is no command" in (await bob.say(line)).text


async def test_the_audit_log_opens_to_an_admin_of_the_group_and_to_nobody_else(
    lead: DeskPlayer, bob: DeskPlayer
) -> None:
    await lead.say("/settings low=20")
    assert "settings low=20" in (await lead.overheard("/audit")).text
    assert "/audit is for admins" in (await bob.overheard("/audit")).text
