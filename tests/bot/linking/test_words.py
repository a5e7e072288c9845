"""Linking in plain words, and on which platform alerts come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import UnfitError
from bot.commands import by_name
from bot.options.linking import OwnPlatform, TrueBalance
from bot.reading.linking import link_line, linking_line, unlink_line
from core.links.preview import BalanceChoice
from tests.bot.linking.accounts import code_from
from tests.bot.linking.test_codes import QUESTION
from tests.bot.linking.test_conversation import linked

if TYPE_CHECKING:
    from tests.bot.linking.accounts import Account
    from tests.bot.stages.desk import DeskPlayer


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("link my discord", "link"),
        ("Please link my other account", "link"),
        ("link me to discord", "link"),
        ("connect my telegram account", "link"),
        ("I\u2019m also on telegram", "link"),
        ("I use you on discord too", "link"),
        ("I also use discord", "link"),
        ("connect ab3d-5f7h", "link ab3d-5f7h"),
        ("I have a code AB3D-5F7H", "link AB3D-5F7H"),
        ("what is link for?", "help link"),
        ("How do I link my tg?", "link"),
        ("unlink", "unlink"),
        ("unlink my discord, please", "unlink"),
        ("disconnect telegram", "unlink"),
        ("undo the link", "unlink"),
        ("send my alerts to discord", "alerts platform=discord"),
        ("alerts on telegram please", "alerts platform=telegram"),
        ("I want my notifications on tg", "alerts platform=telegram"),
        ("send my alerts to wherever I write", "alerts platform=last"),
        ("connect", None),
        ("connects", None),
        ("link https://www.upwork.com/jobs/~022010000000000000042", None),
        ("send alerts to the group", None),
        ("send my alerts here", "alerts here"),
        ("where do my alerts come?", "alerts"),
        ("merge my wallets", "link"),
        ("can I use one wallet on both?", "link"),
        ("I moved from discord to telegram", "link"),
        ("AB3D-5F7H", "link AB3D-5F7H"),
        ("the code is ab3d-5f7h", "link ab3d-5f7h"),
        ("west-bank", None),
        ("send my alerts to discord and telegram", 'alerts platform="discord and telegram"'),
        ("I am on holiday", None),
        ("16 Discord bot", None),
        ("3ezsjy4j", "link 3ezsjy4j"),
        ("3EZS JY4J", "link 3EZS-JY4J"),
        ("code 49ja tyhg", "link 49ja-tyhg"),
        ("here is the code: M4K5-PPEV.", "link M4K5-PPEV"),
        ("My code from Discord is M4K5-PPEV", "link M4K5-PPEV"),
        ("SUMMER26", None),
        ("my code is SUMMER26", None),
        ("plan 2x25", None),
        ("i want to link my telegram account to this", "link"),
        ("can you link my accounts?", "link"),
        ("my telegram link", "link"),
        ("discord account here connect please", "link"),
        ("why do I have two wallets?", "link"),
        ("that's me", "link"),
        ("link this job", None),
        ("add 20", None),
        ("what happens to my promo if I link?", "help link"),
        ("is it safe to link?", "help link"),
        ("does linking delete anything", "help link"),
        ("what happens to my connects", None),
        ("am I linked?", "whoami"),
        ("don't link", "unlink"),
        ("unlink everything", "unlink"),
        ("split my accounts", "unlink"),
        ("split 20", None),
        ("someone stole my account", "talk lost-account"),
        ("I can't get into my discord any more", "talk lost-account"),
        ("I lost my bid", None),
        ("no, that's not me", "unlink"),
        ("my accounts", "whoami"),
        ("am I still linked with Telegram?", "whoami"),
        ("is telegram linked", "whoami"),
        ("what happens if I unlink?", "help unlink"),
        ("I'd like my alerts on discord", "alerts platform=discord"),
        ("i want to get notifications in telegram instead", "alerts platform=telegram"),
        ("notifications on discord only", "alerts platform=discord"),
        ("I want alerts on both", 'alerts platform="both"'),
    ],
)
def test_the_line_that_is_meant(said: str, line: str | None) -> None:
    assert linking_line(said) == line


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        *(("", "link"), ("my discord", "link"), ("off", "unlink"), ("ab3d 5f7h", 'link code="ab3d 5f7h"')),
        *(("my code is AB3D-5F7H", "link AB3D5F7H"), ("new code", "link new=yes"), ("help", "help link")),
    ],
)
def test_what_follows_the_command(typed: str, line: str) -> None:
    assert link_line(by_name()["link"], typed) == line


@pytest.mark.parametrize("typed", ["", "my discord", "telegram"])
def test_what_follows_the_command_to_part(typed: str) -> None:
    assert unlink_line(by_name()["unlink"], typed) == "unlink"


def test_help_is_a_word_after_the_command_to_part() -> None:
    assert unlink_line(by_name()["unlink"], "help") == "help unlink"


def test_a_balance_is_one_of_those_shown_or_a_figure() -> None:
    assert [TrueBalance().read(words) for words in ("merged", "1,190", "Upwork shows 7")] == [
        BalanceChoice.MERGED,
        1190,
        7,
    ]
    for words in ("-5", "+5", "a lot", "190 or 200", ""):
        with pytest.raises(UnfitError):
            TrueBalance().read(words)


@pytest.mark.parametrize(("words", "platform"), [("TG", "telegram"), ("discrod", "discord"), ("last", "")])
def test_a_platform_is_known_by_its_names(words: str, platform: str) -> None:
    assert OwnPlatform().read(words) == platform


@pytest.mark.parametrize("words", ["both", "whatsapp", "off", ""])
def test_alerts_come_on_one_platform(words: str) -> None:
    with pytest.raises(UnfitError, match="unfit-own-platform"):
        OwnPlatform().read(words)


class TestWhereAlertsCome:
    async def test_is_asked_and_shown_to_somebody_on_several(self, both: tuple[Account, Account]) -> None:
        here, there = both
        assert "Where they come" not in (await here.say("/alerts")).text
        await linked(both, "No, two accounts")
        assert "Where they come: where you wrote last (Telegram)" in (await here.say("/alerts")).text
        assert "Where they come: where you wrote last (Discord)" in (await there.say("/alerts")).text
        asked = await here.press("Where alerts come")
        assert asked.buttons == ("Discord", "Telegram", "Where I wrote last")
        assert "Where they come: Discord" in (await here.press("Discord")).text
        assert "Where they come: Discord" in (await there.say("/alerts")).text
        assert "Where they come: where you wrote last" in (await there.say("alerts platform=last")).text
        assert "Where they come: Telegram" in (await here.say("send my alerts here")).text
        assert "I cannot send your alerts to “both”." in (await here.say("/alerts platform=both")).text

    async def test_must_be_one_of_theirs(self, both: tuple[Account, Account], lead: DeskPlayer) -> None:
        here = both[0]
        assert "You write to me on Telegram only" in (await here.say("alerts on telegram please")).text
        assert "I do not know you on Discord." in (await here.say("send my alerts to discord")).text
        assert "alerts come to the group" in (await lead.say("/alerts platform=telegram")).text


class TestInTheMiddle:
    async def test_what_is_not_understood_leads_back(self, both: tuple[Account, Account]) -> None:
        here, there = both
        await there.say(f"/link {await code_from(here)}")
        lost = await there.say("hm, which is which")
        assert lost.buttons[0] == "Go on with linking"
        assert QUESTION in (await there.press("Go on with linking")).text
        assert QUESTION in (await there.say("/unlink")).text
        assert (await there.say("cancel")).text.startswith("You have declined, so nothing is linked.")
        assert "Go on with linking" not in (await there.say("hm, which is which")).buttons
        assert (await here.read()).text.startswith("ann (Discord) has declined, so nothing is linked.")

    async def test_questions_are_answered_in_own_words(self, both: tuple[Account, Account]) -> None:
        here, there = both
        await there.say(f"/link {await code_from(here)}")
        assert "Are they the same" in (await there.say("they are the same")).text
        assert "Which balance" in (await there.say("they look alike")).text
        confirm = await there.say("12")
        assert confirm.text.startswith("This is what linking comes to.")
        assert (await there.say("yes please")).text.startswith("Your yes is noted.")
        assert (await here.say("that's me")).text.startswith("This is what linking comes to.")
        assert (await here.say("sure")).text.startswith("Done.")
        assert "Linked with: Discord" in (await here.say("am I linked?")).text
        asked = await here.say("split them again")
        assert asked.buttons == ("Yes, separate them", "Stay linked")
        assert (await here.say("no")).text.startswith("Nothing was separated.")

    async def test_a_yes_can_be_taken_back(self, both: tuple[Account, Account]) -> None:
        """Thanks are no yes, and what is waited for is shown again."""
        here, there = both
        await there.say(f"/link {await code_from(here)}")
        await there.say("2 accounts")
        await there.say("ok")
        assert (await here.say("ok")).buttons == ("Go on with linking", "Menu")
        again = await there.say("/link")
        assert again.buttons == ("Get a new code", "Do not link")
        assert (await there.press("Do not link")).text.startswith("You have declined, so nothing is linked.")

    async def test_a_balance_can_be_chosen_again(self, both: tuple[Account, Account]) -> None:
        here, there = both
        await there.say("/buy 40 $6")
        code = await code_from(here)
        for line in (f"/link {code}", "one account", "the same ones"):
            asked = await there.say(line)
        assert asked.text.startswith("Which balance does Upwork show now? Choose one, or write the figure.")
        assert "/link, which shows the choices again." in (await there.say("no idea")).text
        shown = await there.say("/link")
        assert shown.text == "Which balance does Upwork show now?"
        assert shown.buttons[2:] == ("Another figure", "Do not link", "Get a new code")

    async def test_who_has_lost_an_account_is_told_what_can_be_done(self, both: tuple[Account, Account]) -> None:
        here = both[0]
        alone = await here.say("I lost my discord")
        assert "I cannot link one without a yes from there" in alone.text
        assert alone.buttons == ("Import from Upwork",)
        await linked(both, "No, two accounts")
        lost = await here.say("someone stole my discord")
        assert "This account is linked with Discord, so all your books are here." in lost.text
        assert lost.buttons == ("Separate again",)

    async def test_help_says_what_linking_does(self, both: tuple[Account, Account]) -> None:
        explained = (await both[0].say("what happens to my promo if I link?")).text
        assert "What promotions gave you stays given." in explained
