"""A person who has installed the bot for themselves has their own wallet wherever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.delivery.outcome import Sent
from tests.bot.carried import SPEAK, TOLD, overheard
from tests.bot.stages.discord import retired
from tests.loopback.discord import CALLBACK, ImpossibleError

if TYPE_CHECKING:
    from tests.bot.platforms.discord.conftest import HeldDesk
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord import Guild

OWN = "Your own wallet · only you see this"
LINK = "https://www.upwork.com/jobs/Logo-redesign_~021234567890123456789"


@pytest.fixture
async def there(stage: DiscordStage, ann: DiscordPlayer) -> DiscordPlayer:
    """Ann, who has a wallet of her own, on a server without the bot."""
    assert ann.chat.guild is None
    return await stage.guest("Ann", "Designers")


async def test_without_an_installation_nothing_is_offered_there(stage: DiscordStage, ann: DiscordPlayer) -> None:
    other = stage.server.elsewhere("Designers")
    other.add(ann.person)
    with pytest.raises(ImpossibleError):
        await ann.person.slash(other.channel("general"), "balance")


async def test_commands_mean_the_persons_own_wallet_and_say_so(ann: DiscordPlayer, there: DiscordPlayer) -> None:
    heard = await there.say("/spend 5 Logo")
    assert heard.text.startswith(f"{OWN}\n\n#2 booked: 5 Connects")
    assert "15 Connects are available." in (await ann.say("/balance")).text
    assert OWN not in (await ann.say("/balance")).text


async def test_where_the_bot_is_installed_as_well_they_mean_the_servers(
    stage: DiscordStage, lead: DiscordPlayer, ann: DiscordPlayer
) -> None:
    await lead.say("/opening 300 free")
    ann.person.install()
    heard = await lead.say("/spend 16 Poster")
    assert heard.text.startswith("The wallet of Team · only you see this\n\n#2 booked: 16 Connects")
    assert "Left 284 Connects" in heard.text
    assert "The wallet of" not in (await lead.press("Undo")).text
    assert "The wallet of" not in (await lead.say("/help")).text
    assert "300 Connects are available." in (await lead.say("/balance")).text
    bob = await stage.member("Bob", "Team")
    bob.person.install()
    assert "is for admins" in (await bob.say("/buy 60 $9")).text, "an installation makes nobody an admin"
    assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_in_a_private_chat_with_others_as_well(stage: DiscordStage, ann: DiscordPlayer) -> None:
    for others in (["Bob"], ["Bob", "Eve"]):
        among = await stage.among("Ann", *others)
        assert (await among.say("/balance")).text.startswith(f"{OWN}\n\n20 Connects are available.")
    assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_a_wallet_is_opened_there(stage: DiscordStage) -> None:
    bob = await stage.guest("Bob", "Designers")
    assert "You have no wallet yet." in (await bob.say("/balance")).text
    opened = await bob.press("Open my wallet")
    assert "20 free Connects" in opened.text
    assert "Use my commands wherever you are" in opened.text
    assert "20 Connects are available." in (await (await stage.person("Bob")).say("/balance")).text


async def test_nobody_else_sees_anything_there(stage: DiscordStage, there: DiscordPlayer) -> None:
    for line in ("/spend 5 Logo", "/earn assessment", "/settings", "/export", "/help"):
        await there.say(line)
    await there.press("Change plan")
    await there.press("Agency")
    assert there.chat.unread == []
    assert all(message.ephemeral for message in there.chat.messages if message.author.is_bot)
    assert any(message.attachments for message in there.chat.messages)
    assert not stage.server.pinging()


async def test_a_late_answer_is_hidden_too(busy: DiscordStage, desk: HeldDesk) -> None:
    there = await busy.guest("Ann", "Designers")
    late = await desk.late(await there.person.slash(there.chat, "start"))
    assert late.ephemeral
    assert late.text.startswith(OWN)
    assert (await desk.late(await there.person.press(late, "What can you do?"))).ephemeral


async def test_one_persons_actions_are_handled_in_order_wherever_they_come_from(
    busy: DiscordStage, desk: HeldDesk
) -> None:
    there, private = await busy.guest("Ann", "Designers"), await busy.person("Ann")
    first = await there.person.slash(there.chat, "start")
    await desk.reached.wait()
    desk.reached.clear()
    second = await private.person.slash(private.chat, "spend", connects=5)
    assert await second.acknowledgement() == 5
    assert not desk.reached.is_set()
    desk.opened.set()
    assert "Your wallet is open" in (await first.answer()).text
    assert "#2 booked" in (await second.answer()).text


async def test_titles_that_complete_themselves_are_their_own(
    lead: DiscordPlayer, ann: DiscordPlayer, there: DiscordPlayer
) -> None:
    await lead.say("/opening 300 free")
    await lead.say("/spend 16 Poster")
    await ann.say("/spend 5 Portrait")
    for place, title in ((there, "Portrait"), (lead, "Poster")):
        offers = await place.person.autocomplete(place.chat, "spend", focused="title", title="po")
        assert [offer.name for offer in offers] == [title]


async def test_a_question_is_answered_where_it_was_asked(ann: DiscordPlayer, there: DiscordPlayer) -> None:
    await there.say("/earn assessment")
    await ann.person.say(ann.chat, "Python")
    assert "I did not understand that." in (await ann.read()).text
    assert "Assessment" in (await there.say("Python")).text
    assert "60 Connects are available." in (await ann.say("/balance")).text


async def test_questions_in_two_places_stay_apart(
    stage: DiscordStage, ann: DiscordPlayer, there: DiscordPlayer
) -> None:
    elsewhere = await stage.guest("Ann", "Writers")
    await there.say("/earn assessment")
    await elsewhere.say("/earn assessment")
    await ann.say("/earn assessment")
    for place, name in ((there, "Python"), (elsewhere, "Figma"), (ann, "Excel")):
        assert "40 Connects earned" in (await place.say(name)).text
        assert f"Assessment: {name}" in (await place.say("/history")).text


async def test_a_command_delivered_twice_is_booked_once(ann: DiscordPlayer, there: DiscordPlayer) -> None:
    await there.say_twice("/spend 5 Logo")
    await there.press_twice("Undo")
    assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_what_it_was_said_about_stays_when_the_server_gets_the_bot(
    stage: DiscordStage, ann: DiscordPlayer, there: DiscordPlayer
) -> None:
    """Buttons and forms below an answer about the own wallet never change the server's, which has its own #2."""
    await there.say("/spend 5 Logo")
    guild = stage.guilds["Designers"]
    await stage.bot.store.notes.put_note(f"greeted:discord:{guild.id}", "", None)
    guild.offers_all = True
    guild.invite_bot()
    await there.say("/start")
    boss = await stage.member("Boss", "Designers", admin=True)
    await boss.say("/start")
    await boss.say("/opening 300 free")
    await boss.say("/spend 16 Poster")
    undone = await there.press("Undo")
    assert undone.text.startswith(f"{OWN}\n\n#2 is undone")
    assert "284 Connects are available." in (await boss.say("/balance")).text
    assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_what_was_said_about_the_server_stays_its_own_when_the_bot_has_left(
    guild: Guild, lead: DiscordPlayer, ann: DiscordPlayer
) -> None:
    await lead.say("/opening 300 free")
    await lead.say("/spend 16 Poster")
    await ann.say("/spend 5 Logo")
    lead.person.install()
    guild.kick_bot()
    assert "Poster" in (await lead.press("Undo")).text
    assert "15 Connects are available." in (await ann.say("/balance")).text
    assert (await lead.say("/balance")).text.startswith(f"{OWN}\n\n15 Connects")


async def test_a_chat_with_somebody_else_is_not_taken_for_the_one_with_the_bot(
    stage: DiscordStage, ann: DiscordPlayer
) -> None:
    among = await stage.among("Ann", "Bob")
    await among.say("/balance")
    await stage.restart()
    await among.say("/balance")
    assert isinstance(await stage.carrier.carry(ann.target, TOLD, SPEAK, "n1"), Sent)
    assert len(ann.chat.unread) == 1
    assert among.chat.unread == []


@pytest.mark.parametrize("code", [50001, 50007, 50013])
async def test_it_says_nothing_about_direct_messages(
    stage: DiscordStage, there: DiscordPlayer, ann: DiscordPlayer, code: int
) -> None:
    """Who has blocked the bot may use it elsewhere; that makes the private chat neither reachable nor unreachable."""
    number = f"dm{ann.person.id}"
    assert await retired(stage, number) == ""
    stage.server.faults.refuse(code, route=CALLBACK)
    await there.person.slash(there.chat, "balance")
    await stage.server.until(lambda: stage.server.requests.to(CALLBACK)[-1].status == 403, "a refusal")
    await there.say("/balance")
    assert await retired(stage, number) == ""
    ann.person.blocks_dms = True
    await stage.carrier.carry(ann.target, TOLD, SPEAK, "n1")
    assert await retired(stage, number) != ""
    await there.say("/balance")
    assert await retired(stage, number) != ""


async def test_each_place_is_known_by_its_channel(
    stage: DiscordStage, there: DiscordPlayer, ann: DiscordPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = overheard(stage.bot.desk, monkeypatch)
    await there.say("/help")
    await ann.say("/help")
    assert [(one.place, one.away, one.group) for one in heard] == [
        (str(there.chat.id), True, False),
        ("", False, False),
    ]
    assert len({one.chat for one in heard}) == 1


async def test_what_is_said_of_this_chat_fits(there: DiscordPlayer) -> None:
    assert "You will get announcements in our direct messages." in (await there.say("/subscribe")).text
    assert "You will get no more announcements in our direct messages." in (await there.press("Unsubscribe")).text
    assert "elsewhere, with your own wallet" in (await there.say("/whoami")).text
    assert "A bare number" not in (await there.say("/help")).text


async def test_nobody_is_offered_it_if_the_portal_forbids_it(stage: DiscordStage, ann: DiscordPlayer) -> None:
    stage.server.state.user_install = False
    await stage.restart()
    assert ann.person.menu(ann.chat)
    assert {tuple(one["integration_types"]) for one in stage.server.commands.of(None)} == {(0,)}
