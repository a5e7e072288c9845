"""Members are named in lines and answers: by sentences, several at once, and by whoever may only look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def ivan(lead: DeskPlayer) -> DeskPlayer:
    """A member, beside Mia, who is one, too, and Max, a manager."""
    stage = DeskStage(lead.bot)
    people = {name: await stage.member(name, lead.group) for name in ("Ivan", "Mia", "Max")}
    for person in people.values():
        await person.say("/whoami")
    await lead.say("/role lea owner")
    await lead.say("/role max manager")
    return people["Ivan"]


async def test_a_sentence_is_no_answer_to_the_question_who_is_meant(lead: DeskPlayer, ivan: DeskPlayer) -> None:
    assert "nobody called “zoe”" in (await lead.say("/role zoe manager")).text
    assert "Who is what here" in (await lead.say("who is the owner?")).text
    await lead.say("/limit 20 a day")
    assert (await lead.say("set a limit of 100 a week for ivan")).text.startswith("Saved. Ivan: 100 Connects a week.")
    await lead.say("/role zoe manager")
    assert "nobody called “anna maria”" in (await lead.say("Anna Maria")).text
    assert "Ivan is now a manager." in (await lead.say(ivan.name)).text


async def test_several_at_once_are_asked_about_one_by_one(lead: DeskPlayer, ivan: DeskPlayer) -> None:
    for line in ("/role mia and ivan manager", "/limit Mia, Ivan 20 a day"):
        heard = await lead.say(line)
        assert heard.text.startswith("One at a time, please.")
        assert heard.buttons == ("Mia", ivan.name)


@pytest.mark.parametrize("whom", ["everyone but me", "everyone except ivan", "the others", "managers"])
async def test_nobody_can_be_left_out_of_a_limit(lead: DeskPlayer, ivan: DeskPlayer, whom: str) -> None:
    heard = await lead.say(f"/limit 100 a week for {whom}")
    assert "nobody can be left out" in heard.text
    assert {"Each member apart", "All together", ivan.name} <= set(heard.buttons)


async def test_members_may_look_at_what_only_owners_change(lead: DeskPlayer, ivan: DeskPlayer) -> None:
    assert (await ivan.say("/role max")).text.startswith("Max is a manager here.")
    await lead.say("/limit each 30 a day")
    assert "30 Connects a day" in (await ivan.say("/limit ivan")).text
    assert "for owners, managers and viewers to see" in (await ivan.say("what is Mia's limit?")).text
    for line, label in (("/role", "Change a role"), ("/limit", "New limit"), ("/limit", "Change 1")):
        await lead.say(line)
        ivan.buttons = dict(lead.buttons)
        assert "Only owners can press that." in (await ivan.press(label)).text


async def test_the_limits_of_one_member_are_theirs_and_those_of_all(lead: DeskPlayer, ivan: DeskPlayer) -> None:
    await lead.say("/limit mia 20 a day")
    assert (await lead.say("/limit ivan")).text == "There is no limit for Ivan."
    await lead.say("/limit each 30 a day")
    await ivan.say("/spend 16 Logo")
    shown = (await lead.say("how much may ivan spend?")).text
    assert "2. Each member: 30 Connects a day: Ivan 16 of 30" in shown
    assert "Mia" not in shown


async def test_to_keep_somebody_out_is_up_to_the_group(lead: DeskPlayer, ivan: DeskPlayer) -> None:
    assert "take them out of the group itself" in (await lead.say(f"fire {ivan.name}")).text


@pytest.mark.parametrize("line", ["/spend 4 for Mia", "/spend 4 mia", "/spend 4 by Mia", "/several 4 Mia; 6 Logo"])
async def test_a_spend_in_the_name_of_somebody_else_is_asked_about(ivan: DeskPlayer, line: str) -> None:
    before = (await ivan.say("/history")).text
    assert "that would be you. If Mia sent it, Mia books it. Is it yours?" in (await ivan.say(line)).text
    assert (await ivan.say("/history")).text == before
    await ivan.say(line)
    assert "booked" in (await ivan.press("Mine")).text


async def test_ones_own_name_and_names_within_a_title_are_titles(ivan: DeskPlayer) -> None:
    for title in ("Ivan", "Logo for Mia", "Miami"):
        assert f"Proposal: {title}" in (await ivan.say(f"/spend 4 {title}")).text
