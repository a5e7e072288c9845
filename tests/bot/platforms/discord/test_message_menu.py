"""'Book this bid' in the menu of a message: its link is the job, and a figure is booked only once it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bot.stage import Heard
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage

MENU = "Book this bid"
LINK = "https://www.upwork.com/jobs/Logo-redesign_~021234567890123456789"
OTHER = "https://www.upwork.com/jobs/~021234567890123456780"


async def apply(player: DiscordPlayer, text: str, *, by: DiscordPlayer | None = None) -> Heard:
    """Use the command on a message of somebody with this text."""
    author = (by or player).person
    author.nitro = True
    said = await author.say(player.chat, text)
    return await player.act(await player.person.apply(MENU, said))


@pytest.fixture
async def team(lead: DiscordPlayer) -> DiscordPlayer:
    await lead.say("/opening 300 free")
    return lead


async def test_it_is_in_the_menu_of_messages_everywhere(stage: DiscordStage, ann: DiscordPlayer) -> None:
    there, among = await stage.guest("Ann", "Designers"), await stage.among("Ann", "Bob")
    assert [place.person.message_menu(place.chat) for place in (ann, there, among)] == [[MENU, "Import this page"]] * 3


async def test_the_connects_are_asked_for_and_booked_for_the_job(team: DiscordPlayer) -> None:
    asked = await apply(team, f"Who bids on this?\n{LINK}?source=feed")
    assert asked.text == "How many Connects?"
    assert asked.buttons[-1] == "Answer"
    await team.press("Answer")
    assert "#2 booked: 16 Connects · Proposal: Logo redesign" in (await team.say("16")).text
    assert team.chat.unread == []


async def test_a_message_of_somebody_else_does(stage: DiscordStage, team: DiscordPlayer) -> None:
    bob = await stage.member("Bob", "Team")
    await apply(bob, f"Please bid: {LINK}", by=team)
    assert "#2 booked: 8 Connects · Proposal: Logo redesign" in (await bob.press("8 Connects")).text


async def test_elsewhere_it_is_the_persons_own(stage: DiscordStage, ann: DiscordPlayer) -> None:
    for place in (await stage.guest("Ann", "Designers"), await stage.among("Ann", "Bob")):
        asked = await apply(place, f"A fine job: {LINK}")
        assert asked.text.startswith("Your own wallet · only you see this\n\nHow many Connects?")
        assert place.chat.unread == []
    assert "20 Connects are available." in (await ann.say("/balance")).text


@pytest.mark.parametrize(
    ("text", "question", "button", "booked"),
    [
        ("16 {}", "Shall I book 16 Connects for Logo redesign?", "Book 16", "16 Connects · Proposal: Logo redesign"),
        ("{} 20 +13", "Shall I book 20 Connects and a boost of 13 for Logo redesign?", "Book 20 + 13", "and a boost"),
        ("{} 1 Connect", "Shall I book 1 Connect for Logo redesign?", "Book 1", "1 Connect · Proposal: Logo redesign"),
        (
            "Ann, please bid 12 on {}",
            "Shall I book 12 Connects for Logo redesign?",
            "Book 12",
            "Proposal: Logo redesign",
        ),
    ],
)
async def test_a_figure_in_the_message_is_confirmed_first(
    team: DiscordPlayer, text: str, question: str, button: str, booked: str
) -> None:
    asked = await apply(team, text.format(LINK))
    assert (asked.text, asked.buttons) == (question, (button, "Another amount"))
    assert "300 Connects are available." in (await team.say("/balance")).text
    assert booked in (await team.press(button)).text


async def test_another_amount_is_asked_for(team: DiscordPlayer) -> None:
    await apply(team, f"16 {LINK}")
    assert (await team.press("Another amount")).text == "How many Connects?"
    await team.press("Answer")
    assert "#2 booked: 10 Connects · Proposal: Logo redesign" in (await team.say("10")).text


@pytest.mark.parametrize(
    "text",
    [
        "Budget $500, due in 3 days: {}",
        "{} posted 2 days ago, 5 to 10 proposals",
        "Logo, 2026-01-31, {}",
        "/spend 16\n/spend 8 {}",
        "x" * 3900 + " {}",
        "16 or 20? {}",
    ],
)
async def test_a_message_with_other_figures_is_only_about_its_job(team: DiscordPlayer, text: str) -> None:
    asked = await apply(team, text.format(LINK))
    assert asked.text == "How many Connects?"
    assert "300 Connects are available." in (await team.say("/balance")).text


async def test_of_several_jobs_one_is_chosen(team: DiscordPlayer) -> None:
    asked = await apply(team, f"{LINK}\n{OTHER}\nand once more {LINK}")
    assert asked.text == "This message links to 2 jobs. Which one did you bid on?"
    assert asked.buttons == ("Logo redesign", "~02…456780")
    assert (await team.press("~02…456780")).text == "How many Connects?"
    await team.press("Answer")
    assert "#2 booked: 6 Connects" in (await team.say("6")).text


async def test_a_choice_from_a_menu_is_about_the_own_wallet_too(stage: DiscordStage, ann: DiscordPlayer) -> None:
    there = await stage.guest("Ann", "Designers")
    jobs = [f"https://www.upwork.com/jobs/Banner-{n}_~0212345678901234567{n}" for n in range(10, 17)]
    asked = await apply(there, "\n".join(jobs))
    assert asked.buttons == tuple(f"Banner {n}" for n in range(10, 17))
    await there.press("Banner 13")
    assert "#2 booked: 8 Connects · Proposal: Banner 13" in (await there.press("8 Connects")).text
    assert "12 Connects are available." in (await ann.say("/balance")).text


async def test_no_job_of_many_is_lost(team: DiscordPlayer) -> None:
    jobs = [f"https://www.upwork.com/jobs/~0212345678901234567{n}" for n in range(10, 40)]
    asked = await apply(team, "\n".join(jobs))
    assert len(asked.buttons) == 30
    assert (await team.press(asked.buttons[-1])).text == "How many Connects?"


async def test_a_message_without_a_job_is_explained(team: DiscordPlayer) -> None:
    for text in ("Hello", "16 Connects", "https://www.example.com/jobs/1"):
        assert "There is no link to an Upwork job in this message." in (await apply(team, text)).text
    assert "300 Connects are available." in (await team.say("/balance")).text


async def test_a_link_in_an_embed_of_a_feed_counts(team: DiscordPlayer) -> None:
    embed = {"type": "rich", "title": "New job", "url": LINK, "description": "Posted 5 minutes ago"}
    said = await team.person.say(team.chat, "", embeds=(embed,))
    assert (await team.act(await team.person.apply(MENU, said))).text == "How many Connects?"


async def test_without_a_wallet_it_is_opened_first(stage: DiscordStage) -> None:
    bob = await stage.guest("Bob", "Designers")
    assert "You have no wallet yet." in (await apply(bob, LINK)).text
    await bob.press("Open my wallet")
    assert "How many Connects?" in (await apply(bob, LINK)).text


async def test_a_press_and_a_form_that_arrive_twice_book_once(stage: DiscordStage, team: DiscordPlayer) -> None:
    await apply(team, f"16 {LINK}")
    await team.press_twice("Book 16")
    assert "284 Connects are available." in (await team.say("/balance")).text
    said = await team.person.say(team.chat, OTHER)
    act = await team.person.apply(MENU, said)
    stage.server.deliver_again(act)
    await team.act(act)
    assert "Proposal" in (await team.press("8 Connects")).text
    assert "276 Connects are available." in (await team.say("/balance")).text


async def test_typed_it_works_in_private_too(ann: DiscordPlayer) -> None:
    assert "Shall I book 16 Connects for Logo redesign?" in (await ann.say(f"/bookthis 16 {LINK}")).text
    assert "There is no link" in (await ann.say("/bookthis")).text


@pytest.mark.parametrize(
    ("figure", "said"),
    [("-5 connects", "How many Connects?"), ("16,000", "Shall I book 16,000 Connects"), ("0", "How many Connects?")],
)
async def test_a_figure_that_is_no_bid_or_has_a_comma(ann: DiscordPlayer, figure: str, said: str) -> None:
    assert said in (await ann.say(f"/bookthis {OTHER} {figure}")).text
