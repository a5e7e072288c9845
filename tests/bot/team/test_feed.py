"""The feed of a group: each change of the books is shown once where the group wants it, and nowhere twice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.outcome import Later, Moved
from core.wallets.people import ChatRef
from core.wallets.team import Feed
from tests.bot.channels import BILLING, GENERAL, Server, opened_by_lea, server_for, wallet_of
from tests.bot.paging import copied
from tests.bot.stages.desk import DeskPlayer
from tests.bot.telling import deliver, deliver_all

if TYPE_CHECKING:
    from tests.bot.stage import Bot

LINK = "https://www.upwork.com/jobs/~021999999999999999999"
LETTERS = "ABCDEFGHIJKLM"
HERE = Feed("desk", "Team", BILLING)


@pytest.fixture
def server(bot: Bot) -> Server:
    return server_for(bot)


@pytest.fixture
async def lea(bot: Bot, server: Server) -> DeskPlayer:
    """The owner, who books in the first channel; the feed is in the second one."""
    assert server
    lea = await opened_by_lea(bot)
    await lea.say("/settings low=off")
    lea.place = BILLING
    await lea.say("/settings feed=here")
    lea.place = GENERAL
    return lea


async def shown(bot: Bot, server: Server) -> list[str]:
    """The messages that have come since to the channel of the feed."""
    await deliver_all(bot, server)
    return [text for place, text in server.news() if place == BILLING]


async def feed(bot: Bot) -> Feed | None:
    return (await bot.store.people.settings_of(await wallet_of(bot))).team.feed


class TestLines:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (f"/spend 16 Logo redesign {LINK}", "Lea bid 16 Connects on Logo redesign. 284 left."),
            (f"/spend 20 +13 Logo {LINK}", "Lea bid 33 Connects on Logo, 13 of them as a boost. 267 left."),
            ("/spend 4 badge", "Lea spent 4 Connects (Availability badge). 296 left."),
            ("/buy 60 $9", "Lea bought 60 Connects. 360 left."),
            ("/adjust -3 lost", "Lea corrected the balance by \u22123. 297 left."),
            ("/earn monthly 100", "Lea booked 100 Connects as received (Monthly Connects). 400 left."),
        ],
    )
    async def test_one_for_each_change(self, bot: Bot, server: Server, lea: DeskPlayer, line: str, said: str) -> None:
        await lea.say(line)
        assert await shown(bot, server) == [said]

    async def test_what_comes_back_and_what_is_undone(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        await lea.say(f"/spend 16 Logo {LINK}")
        await lea.say("/return 2 4")
        await lea.press("Undo")
        await lea.say("/undo 2")
        (text,) = await shown(bot, server)
        assert text.splitlines()[1:] == [
            "Lea booked a return of 4 Connects on Logo. 288 left.",
            "Lea undid entry #3: \u22124. 284 left.",
            "Lea undid entry #2 on Logo: +16. 300 left.",
        ]

    async def test_a_long_title_is_shortened_and_nobody_else_is_named(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        await lea.say(f"/spend 1 {'Very ' * 30}long")
        (text,) = await shown(bot, server)
        assert len(text) < len("Lea bid 1 Connect on . 299 left.") + 62

    async def test_what_expires_has_one_too_unless_an_alert_says_it_there(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        bot.clock.pass_(days=365)
        await bot.books.sweep()
        assert await shown(bot, server) == ["300 Connects expired. 0 left."]
        await lea.say("/buy 40 $6")
        lea.place = BILLING
        await lea.say("/alerts here")
        assert await shown(bot, server) == ["Lea bought 40 Connects. 40 left."]
        bot.clock.pass_(days=365)
        await bot.books.sweep()
        (alert,) = await shown(bot, server)
        assert alert.startswith("40 Connects expired on ")


class TestOnce:
    async def test_no_line_where_the_answer_is_shown_anyway(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        lea.place = BILLING
        await lea.say("/spend 16 Logo")
        assert await shown(bot, server) == []

    async def test_what_is_delivered_twice_has_one_line(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        await lea.say_twice("/spend 16 Logo")
        assert await shown(bot, server) == ["Lea bid 16 Connects on Logo. 284 left."]

    async def test_what_is_refused_has_none(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        await lea.say("/spend 999 Logo")
        assert await shown(bot, server) == []

    async def test_lines_that_wait_become_one_message_as_long_as_it_is_short(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        for title in LETTERS:
            await lea.say(f"/spend 1 Job {title}")
        first, second = await shown(bot, server)
        every = [f"Lea bid 1 Connect on Job {title}. {299 - at} left." for at, title in enumerate(LETTERS)]
        assert first.splitlines() == every[:10]
        assert second.splitlines() == every[10:]

    async def test_nothing_joins_what_the_platform_may_have_already(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        server.fates.append(Later(timedelta(seconds=8), doubt=True))
        await lea.say("/spend 1 One")
        await deliver(bot, server)
        server.news()
        await lea.say("/spend 1 Two")
        one, two = "Lea bid 1 Connect on One. 299 left.", "Lea bid 1 Connect on Two. 298 left."
        assert sorted(await shown(bot, server)) == [one, two]

    async def test_at_night_it_waits_for_the_morning(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        bot.clock.at = bot.clock.at.replace(hour=23)
        await lea.say("/spend 1 One")
        await deliver(bot, server)
        await lea.say("/spend 1 Two")
        assert await shown(bot, server) == []
        bot.clock.pass_(hours=10)
        (text,) = await shown(bot, server)
        assert len(text.splitlines()) == 2


class TestPlace:
    async def test_it_is_off_until_somebody_wants_it_and_off_again(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        assert "Bookings shown: #billing" in (await lea.say("/settings")).text
        assert await feed(bot) == HERE
        await lea.say("/spend 1 One")
        assert "Bookings shown: off" in (await lea.say("/settings feed=off")).text
        await lea.say("/spend 1 Two")
        assert await shown(bot, server) == []

    async def test_it_moves_to_where_its_owner_says(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        await lea.say("/settings")
        await lea.press("Show bookings here")
        assert (await feed(bot)) == Feed("desk", "Team", GENERAL)
        lea.place = BILLING
        await lea.say("/spend 1 One")
        await deliver_all(bot, server)
        assert server.news() == [(GENERAL, "Lea bid 1 Connect on One. 299 left.")]

    async def test_a_place_that_the_bot_may_not_write_in_is_refused(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        server.lacking[GENERAL] = ("send",)
        heard = await lea.say("/settings feed=here")
        assert heard.text.startswith("I cannot show bookings in #general: I lack Send Messages.")
        assert await feed(bot) == HERE
        server.lacking.clear()
        await lea.press("Try again")
        assert (await feed(bot)) == Feed("desk", "Team", GENERAL)

    async def test_a_place_that_is_lost_switches_it_off_and_that_is_told(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        server.lost[BILLING] = "closed"
        await lea.say("/spend 1 One")
        await deliver_all(bot, server)
        ((place, text),) = server.news()
        assert place == GENERAL
        assert text.startswith("I no longer show what is booked: in the place where it was shown, it is closed.")
        assert await feed(bot) is None

    async def test_it_follows_a_chat_that_moves(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        server.fates.append(Moved("Team2"))
        await lea.say("/spend 1 One")
        await deliver_all(bot, server)
        assert [message.chat for message in server.carried] == ["Team", "Team2"]
        assert await feed(bot) == Feed("desk", "Team2", BILLING)

    async def test_it_follows_the_group_that_moves(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        await bot.desk.chat_moved(ChatRef("desk", "Team"), ChatRef("desk", "Team2"))
        lea.group, lea.place = "Team2", BILLING
        assert "Bookings shown: #billing" in (await lea.say("/settings")).text
        await lea.say("/spend 1 One")
        assert await shown(bot, server) == []

    async def test_lines_that_wait_follow_the_group_that_moves(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        """The platform tells the new id of the old one once something is sent there."""
        await lea.say("/spend 1 One")
        await bot.desk.chat_moved(ChatRef("desk", "Team"), ChatRef("desk", "Team2"))
        server.fates.append(Moved("Team2"))
        await deliver_all(bot, server)
        sent = [(message.chat, message.text) for message in server.carried]
        assert sent[-1] == ("Team2", "Lea bid 1 Connect on One. 299 left.")

    async def test_nothing_is_set_in_a_private_chat(self, ann: DeskPlayer) -> None:
        for line in ("/settings feed=here", "/settings money=on", "/settings weekly=on", "/alerts weekly=on"):
            assert (await ann.say(line)).text.startswith("Nobody shares this wallet")
        assert "Bookings" not in (await ann.say("/settings")).text


class TestWords:
    @pytest.mark.parametrize(
        ("words", "row"),
        [
            ("post bookings here", "Bookings shown: #general"),
            ("Feed here!", "Bookings shown: #general"),
            ("/settings show all bookings in this channel", "Bookings shown: #general"),
            ("stop the feed", "Bookings shown: off"),
            ("show members money", "Members see money: on"),
            ("members may see the money", "Members see money: on"),
            ("hide money from members", "Members see money: off"),
            ("Hide the money!", "Members see money: off"),
            ("no money in this group", "Members see money: off"),
            ("show money here", "Members see money: on"),
            ("send us a summary every friday", "Friday summary: on"),
            ("friday summary on please", "Friday summary: on"),
            ("stop the weekly summary", "Friday summary: off"),
        ],
    )
    async def test_plain_words_set_it(self, lea: DeskPlayer, words: str, row: str) -> None:
        assert row in (await lea.say(words)).text

    @pytest.mark.parametrize(
        ("words", "asked", "button"),
        [
            ("post bookings in #billing", "I show bookings in the place where an owner writes", "Show bookings here"),
            ("/settings feed", "Shall I show each booking of this group here?", "Show them here"),
            ("/settings money", "Shall this group's members see", "On"),
            ("friday summary", "Shall I send this group a summary on Fridays", "On"),
            ("summary every monday", "The summary of the week comes on Fridays at nine.", "Send a Friday summary"),
        ],
    )
    async def test_what_is_left_open_is_asked(self, lea: DeskPlayer, words: str, asked: str, button: str) -> None:
        heard = await lea.say(words)
        assert heard.text.startswith(asked)
        assert button in heard.buttons


class TestImports:
    async def test_one_line_for_an_import_and_for_its_undo(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        await lea.hand("history.txt", copied(3, 300).encode(), "/import")
        assert "3 entries booked" in (await lea.press("Book all 3")).text
        (text,) = await shown(bot, server)
        assert text == "Lea imported a page, which booked 3 entries. 300 left."
        await lea.press("Undo")
        (text,) = await shown(bot, server)
        assert text.startswith("Lea undid an import, which booked ")
        assert text.endswith("300 left.")


class TestTwoGroups:
    async def test_a_joined_group_shows_what_is_booked_in_the_first_until_they_part(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        bob = DeskPlayer(bot, "Bob", "Beta", admin=True, place="9")
        found = re.search(r"/join (\S{9})", (await lea.say("/join")).text)
        assert found is not None
        await bob.say(f"/join {found[1]}")
        await bob.press("Join")
        wallet, there = await wallet_of(bot), Feed("desk", "Beta", "9")
        await bot.books.change_settings(wallet, lambda kept: replace(kept, team=replace(kept.team, feed=there)))
        assert "Bookings shown: in a group on Desk" in (await lea.say("/settings")).text
        await deliver_all(bot, server)
        server.news()
        await lea.say("/spend 1 One")
        await deliver_all(bot, server)
        assert server.news() == [("9", "Lea bid 1 Connect on One. 299 left.")]
        await lea.say("/spend 1 Two")
        await bob.say("/join off")
        await deliver_all(bot, server)
        assert "9" not in [place for place, _ in server.news()]
        assert await feed(bot) is None
