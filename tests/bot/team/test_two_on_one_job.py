"""Before a second bid on a job is booked, it is said who has bid on it, when and how much, whatever way it comes in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from core.shared.ids import PersonId, WalletId
from tests.bot.stages.desk import DeskPlayer
from tests.storage.importing import Seen, import_rows
from tests.storage.teller import Teller, booked

if TYPE_CHECKING:
    from tests.bot.stage import Bot

WALLET = WalletId(1)
JOB, OTHER = "~022010000000000000042", "~022010000000000000043"
LINK, OTHER_LINK = (f"https://www.upwork.com/jobs/{title}_{job}/" for title, job in (("Logo", JOB), ("Shop", OTHER)))


@pytest.fixture
async def ivan(bot: Bot, lead: DeskPlayer) -> DeskPlayer:
    return DeskPlayer(bot, "Ivan", lead.group)


async def newest(bot: Bot) -> int:
    return await bot.books.newest(WALLET)


class TestTheQuestion:
    @pytest.mark.parametrize(
        ("days", "when"),
        [
            (0, "today at 09:00"),
            (1, "yesterday at 09:00"),
            (2, "on Saturday at 09:00"),
            (6, "on Saturday at 09:00"),
            (7, "on Jan 10, 2026 at 09:00"),
        ],
    )
    async def test_says_when_as_people_remember_it(
        self, bot: Bot, ivan: DeskPlayer, bob: DeskPlayer, days: int, when: str
    ) -> None:
        await ivan.say(f"/spend 16 {LINK}")
        bot.clock.pass_(days=days)
        assert (await bob.say(f"{LINK} 20")).text == f"Ivan bid 16 on this job {when}, see #2. Bid anyway?"

    async def test_is_for_whoever_was_asked(self, bot: Bot, ivan: DeskPlayer, bob: DeskPlayer) -> None:
        await ivan.say(f"/spend 16 {LINK}")
        await bob.say(f"{LINK} 20")
        before, ivan.buttons = await newest(bot), dict(bob.buttons)
        assert "That is for Bob to press" in (await ivan.press("Bid anyway")).text
        assert await newest(bot) == before

    async def test_knows_only_the_day_of_what_was_booked_later(
        self, bot: Bot, ivan: DeskPlayer, bob: DeskPlayer
    ) -> None:
        bot.clock.pass_(days=3)
        await ivan.say(f"/spend 16 {LINK} on=yesterday")
        assert "Ivan bid 16 on this job yesterday, see #2." in (await bob.say(f"/spend 16 {LINK}")).text

    async def test_is_in_the_zone_of_the_group(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await lead.say("/settings zone=Europe/Kyiv")
        await lead.say(f"/spend 16 {LINK}")
        assert "Lea bid 16 on this job today at 11:00" in (await bob.say(f"/spend 16 {LINK}")).text

    async def test_says_that_it_was_returned_or_withdrawn(self, ivan: DeskPlayer, bob: DeskPlayer) -> None:
        await ivan.say(f"/spend 16 {LINK}")
        await ivan.say(f"/spend 8 {OTHER_LINK}")
        await ivan.say("/return #2")
        await ivan.say(f"{OTHER_LINK} withdrawn")
        asked = await bob.say(f"/spend 16 {LINK}")
        assert asked.text == "Ivan bid 16 on this job today at 09:00, and it was returned, see #2. Bid anyway?"
        asked = await bob.say(f"/spend 16 {OTHER_LINK}")
        assert asked.text == "Ivan bid 8 on this job today at 09:00 and withdrew it, see #3. Bid anyway?"

    async def test_names_each_of_several_jobs(self, bot: Bot, ivan: DeskPlayer, bob: DeskPlayer) -> None:
        await ivan.say(f"/spend 16 {LINK}")
        await bob.say(f"/spend 8 {OTHER_LINK}")
        asked = await bob.say(f"/spend 2 {LINK}\n/spend 3 {OTHER_LINK}\n/spend 4 Banner")
        assert asked.text == (
            "Ivan bid 16 on Proposal: Logo today at 09:00, see #2.\n"
            "You bid 8 on Proposal: Shop today at 09:00, see #3. Bid anyway?"
        )
        assert await newest(bot) == 3
        assert "#4 to #6 booked: 3 bids, 9 Connects" in (await bob.press("Bid anyway")).text

    async def test_is_asked_of_one_of_two_who_bid_at_the_same_moment(
        self, bot: Bot, ivan: DeskPlayer, bob: DeskPlayer
    ) -> None:
        said = await asyncio.gather(*(one.say(f"/spend 16 {LINK}") for one in (ivan, bob)))
        assert sorted("Bid anyway?" in heard.text for heard in said) == [False, True]
        assert await newest(bot) == 2

    async def test_is_not_asked_of_a_message_that_comes_twice(self, ivan: DeskPlayer, bot: Bot) -> None:
        first, second = await ivan.say_twice(f"/spend 16 {LINK}")
        assert first.text == second.text
        assert await newest(bot) == 2

    async def test_comes_before_the_one_about_a_confirmed_balance(
        self, bot: Bot, lead: DeskPlayer, ivan: DeskPlayer
    ) -> None:
        await ivan.say(f"/spend 16 {LINK}")
        bot.clock.pass_(days=2)
        await lead.say("/reconcile 284")
        assert "Bid again?" in (await ivan.say(f"/spend 8 {LINK} on=yesterday")).text
        assert "Book it before that all the same?" in (await ivan.press("Bid anyway")).text
        assert "#3 booked" in (await ivan.press("Book it all the same")).text


class TestEditedLines:
    async def test_are_asked_about_after_the_undo(self, bot: Bot, ivan: DeskPlayer, bob: DeskPlayer) -> None:
        await ivan.say(f"/spend 16 {LINK}")
        await bob.say(f"/spend 8 {OTHER_LINK}")
        await bob.edit(f"/spend 8 {LINK}")
        asked = await bob.press("Instead")
        assert "#3 is undone" in asked.text
        assert "Ivan bid 16 on this job today at 09:00, see #2. Bid anyway?" in asked.text
        assert await newest(bot) == 4
        assert "#5 booked: 8 Connects" in (await bob.press("Bid anyway")).text

    async def test_are_no_second_bid_if_they_say_the_same(self, ivan: DeskPlayer, bot: Bot) -> None:
        await ivan.say(f"/spend 16 {LINK}")
        assert (await ivan.edit(f"/bid {LINK} 16")).text == ""
        assert await newest(bot) == 2


async def test_what_a_page_showed_counts_with_the_name_that_it_gives(bot: Bot, lead: DeskPlayer) -> None:
    """A row whose page names nobody is nobody's, not that of whoever imported it."""
    teller = Teller(bot.store, bot.clock, WALLET, PersonId(1))
    rows = (Seen(-16, "Logo", day=1, job=JOB, member="Petra Novak"), Seen(-8, "Shop", day=2, job=OTHER, member=""))
    booked(await import_rows(teller, Seen(40, "Gift"), *rows))
    asked = await lead.say(f"/spend 16 {LINK}")
    assert asked.text == "Petra Novak bid 16 on this job on Jun 2, 2025 at 10:00, see #3. Bid anyway?"
    asked = await lead.say(f"/spend 16 {OTHER_LINK}")
    assert asked.text == "Somebody bid 8 on this job on Jun 3, 2025 at 10:00, see #4. Bid anyway?"
    assert await newest(bot) == 4
