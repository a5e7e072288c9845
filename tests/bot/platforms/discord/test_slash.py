"""Slash commands and buttons, in servers and in private."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.loopback.discord import CALLBACK, ImpossibleError

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage

EVIL = "@everyone **x** <@1> _y_ `z` ||w|| :smile: [a](b)"


async def test_options_are_checked_before_they_are_sent(ann: DiscordPlayer) -> None:
    with pytest.raises(ImpossibleError, match="connects"):
        await ann.person.slash(ann.chat, "spend", connects=1_000_001)
    with pytest.raises(ImpossibleError, match="lacks its required connects"):
        await ann.person.slash(ann.chat, "spend", title="Logo")
    with pytest.raises(ImpossibleError, match="no choice"):
        await ann.person.slash(ann.chat, "spend", connects=5, purpose="Lunch")


async def test_options_reach_the_command(ann: DiscordPlayer) -> None:
    act = await ann.person.slash(ann.chat, "spend", title="Logo", purpose="Boost", connects=5)
    answer = await act.answer()
    assert "#2 booked: 5 Connects · Boost: Logo" in answer.text
    assert answer.labels == ["Undo", "Mark as returned"]


async def test_recent_titles_complete_themselves(ann: DiscordPlayer) -> None:
    for title in ("Logo redesign", "Data pipeline", "Landing page"):
        await ann.say(f"/spend 1 {title}")
    offers = await ann.person.autocomplete(ann.chat, "spend", focused="title", title="l", connects=3)
    assert [offer.name for offer in offers] == ["Landing page", "Data pipeline", "Logo redesign"]
    offers = await ann.person.autocomplete(ann.chat, "spend", focused="title", title="PIPE")
    assert [offer.value for offer in offers] == ["Data pipeline"]


async def test_amounts_complete_themselves_as_numbers(ann: DiscordPlayer) -> None:
    offers = await ann.person.autocomplete(ann.chat, "spend", focused="connects", connects="1")
    assert [(offer.name, offer.value) for offer in offers] == [("12 Connects", 12), ("16 Connects", 16)]


async def test_someone_without_a_wallet_gets_no_suggestions(stage: DiscordStage) -> None:
    bob = await stage.person("Bob")
    assert await bob.person.autocomplete(bob.chat, "spend", focused="title", title="") == []


async def test_in_a_server_only_the_person_sees_the_answer(lead: DiscordPlayer) -> None:
    answer = await (await lead.person.slash(lead.chat, "balance")).answer()
    assert answer.ephemeral
    pressed = await (await lead.person.press(answer, "Lots")).answer()
    assert pressed.ephemeral
    assert lead.chat.unread == []


async def test_in_private_answers_are_plain(ann: DiscordPlayer) -> None:
    answer = await (await ann.person.slash(ann.chat, "balance")).answer()
    assert not answer.ephemeral


async def test_a_server_has_one_wallet_for_all_its_channels(stage: DiscordStage, lead: DiscordPlayer) -> None:
    await lead.say("/opening 300 free")
    other = stage.guilds["Team"].channel("random")
    answer = await (await lead.person.slash(other, "balance")).answer()
    assert "300 Connects are available." in answer.text


async def test_administrators_and_managers_are_admins(stage: DiscordStage) -> None:
    for name, bits, said in (("Root", 1 << 3, "open and empty"), ("Help", 1 << 13, "for admins")):
        player = await stage.member(name, f"Team of {name}")
        guild = stage.guilds[f"Team of {name}"]
        guild.add(player.person, roles=(guild.role(name, bits),))
        assert said in (await player.say("/start")).text


async def test_what_is_written_in_a_server_is_not_read(lead: DiscordPlayer) -> None:
    await lead.person.say(lead.chat, "/balance")
    assert "open" in (await lead.say("/start")).text
    assert lead.chat.unread == []


async def test_a_list_is_in_an_embed(ann: DiscordPlayer) -> None:
    answer = await (await ann.person.slash(ann.chat, "lots")).answer()
    assert answer.content == ""
    assert answer.text.startswith("**20 Connects, used in this order**\n20 Connects · Welcome bonus · free")


async def test_a_file_is_attached(ann: DiscordPlayer) -> None:
    answer = await (await ann.person.slash(ann.chat, "export")).answer()
    assert [file.name for file in answer.files] == ["connects-2026-01-10.csv"]
    assert answer.content == "All time: 1 entry that comes to 20 Connects."


async def test_peoples_words_are_shown_and_ping_nobody(stage: DiscordStage, lead: DiscordPlayer) -> None:
    await lead.say("/opening 300 free")
    act = await lead.person.slash(lead.chat, "spend", connects=5, title=EVIL)
    heard = lead.heard(await act.answer())
    assert EVIL in heard.text
    assert EVIL[:20] in (await lead.say("/history")).text
    assert not stage.server.pinging()
    bodies = [call.body["data"] for call in stage.server.requests.to(CALLBACK)]
    assert all(body["allowed_mentions"] == {"parse": []} for body in bodies)


async def test_paging_changes_the_message_in_place(ann: DiscordPlayer) -> None:
    for _ in range(11):
        await ann.say("/adjust 1")
    first = await (await ann.person.slash(ann.chat, "history")).answer()
    second = await (await ann.person.press(first, "Older")).answer()
    assert second.message is first.message
    assert second.labels == ["Newer", "As a file"]


async def test_other_buttons_leave_the_message_as_it_is(ann: DiscordPlayer) -> None:
    first = await (await ann.person.slash(ann.chat, "balance")).answer()
    second = await (await ann.person.press(first, "History")).answer()
    assert second.message is first.message
    third = await (await ann.person.slash(ann.chat, "spend", connects=1)).answer()
    fourth = await (await ann.person.press(third, "Undo")).answer()
    assert fourth.message is not third.message


async def test_a_command_delivered_twice_is_booked_and_answered_once(stage: DiscordStage, ann: DiscordPlayer) -> None:
    await ann.say_twice("/spend 5 Logo")
    refused = stage.server.requests.to(CALLBACK)[-1]
    assert refused.answer["code"] == 40060
    assert "15 Connects are available." in (await ann.say("/balance")).text


async def test_a_press_delivered_twice_is_booked_and_answered_once(ann: DiscordPlayer) -> None:
    shown = await (await ann.person.slash(ann.chat, "spend", connects=5)).answer()
    act = await ann.person.press(shown, "Undo")
    await ann.person.press(shown, "Undo", repeat=True)
    assert "#2 is undone" in (await act.answer()).text
    assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_a_button_works_after_a_restart(stage: DiscordStage, lead: DiscordPlayer) -> None:
    await lead.say("/opening 300 free")
    await lead.say("/spend 16 Logo")
    await stage.restart()
    assert "#2 is undone" in (await lead.press("Undo")).text


async def test_a_button_of_somebody_else_is_theirs_to_press(stage: DiscordStage, ann: DiscordPlayer) -> None:
    await ann.say("/spend 5 Logo")
    bob = await stage.person("Bob")
    with pytest.raises(ImpossibleError):
        await bob.person.press(ann.shown[-1], "Undo")
