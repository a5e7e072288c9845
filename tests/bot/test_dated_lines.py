"""A day in a typed line: what is certain is booked on it, and everything else is asked about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import DoubtError
from bot.commands.ledger.booking import bookthis, job_line
from core.ledger.model import Kind
from core.shared.ids import WalletId
from tests.bot.meant import FIRST, booked, filled, rich, told

if TYPE_CHECKING:
    from core.ledger.model import Entry
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
"""A Monday; the wallet is as old as January."""


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    ann = await rich(bot)
    bot.clock.pass_(seconds=(NOW - bot.clock.now()).total_seconds())
    return ann


async def dated(bot: Bot) -> list[str]:
    """What was booked, each with its day if it is not today's: "16 proposal: logo on 11-27"."""
    entries = (await bot.books.journal(WalletId(1)))[FIRST:]
    return [_dated(entry) for entry in entries if entry.kind not in {Kind.RECAST, Kind.EXPIRY}]


def _dated(entry: Entry) -> str:
    return told(entry) if entry.happened is None else f"{told(entry)} on {entry.happened:%m-%d %H:%M}"


class TestASpend:
    @pytest.mark.parametrize(
        ("line", "day"),
        [
            ("/spend 16 yesterday logo", "11-29"),
            ("/spend 16 logo 28.11", "11-28"),
            ("/spend 16 on 2026-11-20 logo", "11-20"),
            ("/spend 16 logo last friday", "11-27"),
            ("/spend 16 on Friday logo", "11-27"),
            ("/spend 16 logo Nov 28", "11-28"),
            ("/spend 16 logo 28 Nov", "11-28"),
            ("/spend yesterday 16 logo", "11-29"),
            ("/spend 16 logo 2 days ago", "11-28"),
            ("/spend 16 logo (yesterday)", "11-29"),
            ("/spend 16 logo 28/11", "11-28"),
            ("/spend 16 logo (28.11.)", "11-28"),
            ("/spend 16 logo on the 28th", "11-28"),
            ("/spend 16 logo, fri, 27 nov", "11-27"),
            ("/spend 16 logo on=yesterday", "11-29"),
            ("/spend 16 logo on=last friday", "11-27"),
            ('/spend 16 title="logo" yesterday', "11-29"),
            ("/bid yesterday evening: 16 logo", "11-29"),
        ],
    )
    async def test_is_booked_on_its_day(self, ann: DeskPlayer, bot: Bot, line: str, day: str) -> None:
        heard = await ann.say(line)
        assert f"Nov {day[-2:]}, 2026." in heard.text
        assert await dated(bot) == [f"16 proposal: logo on {day} 12:00"]

    async def test_says_on_which_day(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/spend 16 Logo yesterday")
        assert heard.text.splitlines()[1] == "Booked on Sunday, Nov 29, 2026."

    @pytest.mark.parametrize("line", ["/spend 16 logo today", "/spend 16 today logo", "/spend 16 logo this morning"])
    async def test_of_today_has_no_other_day(self, ann: DeskPlayer, bot: Bot, line: str) -> None:
        assert "Booked on" not in (await ann.say(line)).text
        assert await dated(bot) == ["16 proposal: logo"]

    @pytest.mark.parametrize("day", ["today", "2026-11-30", "30 Nov"])
    async def test_of_today_by_its_date_has_no_other_day(self, ann: DeskPlayer, bot: Bot, day: str) -> None:
        await ann.say(f"/spend 16 logo on={day}")
        assert await dated(bot) == ["16 proposal: logo"]

    async def test_goes_by_the_days_of_the_persons_zone(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/settings zone=Asia/Tokyo")
        bot.clock.pass_(hours=7)  # past midnight there
        assert "Monday, Nov 30" in (await ann.say("/spend 16 logo yesterday")).text
        assert await dated(bot) == ["16 proposal: logo on 11-30 03:00"]

    async def test_on_a_link_keeps_its_day(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say(filled("LINK1 16 last friday"))
        assert "Friday, Nov 27" in heard.text
        assert "Job posted" not in heard.text
        assert await dated(bot) == ["16 proposal: Landing page @041 on 11-27 12:00"]

    async def test_with_a_boost_has_one_day(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say(filled("/bid LINK1 20 +13 yesterday"))
        assert heard.text.startswith("#3 and #4 booked: 20 Connects and a boost of 13")
        assert sorted(await dated(bot)) == [
            "13 boost: Landing page @041 on 11-29 12:00",
            "20 proposal: Landing page @041 on 11-29 12:00",
        ]

    async def test_with_a_flag_keeps_its_day(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say(filled("LINK1 16 boosted yesterday"))
        await ann.say("6")
        assert [line[-11:] for line in await dated(bot)] == ["11-29 12:00"] * 2

    async def test_keeps_its_day_while_something_is_asked(self, ann: DeskPlayer, bot: Bot) -> None:
        bot.clock.pass_(hours=14, minutes=55)
        assert "How many Connects?" in (await ann.say("/spend Logo yesterday")).text
        bot.clock.pass_(minutes=10)  # past midnight
        assert "Sunday, Nov 29" in (await ann.say("16")).text
        assert await dated(bot) == ["16 proposal: Logo on 11-29 12:00"]

    async def test_keeps_its_day_on_a_button(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say(filled("/spend 16 LINK1"))
        heard = await ann.say(filled("/spend 8 LINK1 yesterday"))
        bot.clock.pass_(days=1)
        assert "Sunday, Nov 29" in (await ann.press(heard.buttons[0])).text

    async def test_of_a_misspelt_command_keeps_its_day(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say("/spnd 16 Logo yesterday")
        bot.clock.pass_(days=1)
        assert "Sunday, Nov 29" in (await ann.press(heard.buttons[0])).text

    async def test_may_be_a_bare_line(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say("16 logo yesterday")
        assert "that day: Sunday, Nov 29, 2026" in heard.text
        await ann.press(heard.buttons[0])
        assert await dated(bot) == ["16 proposal: logo on 11-29 12:00"]


class TestSeveralSpends:
    async def test_on_one_line_have_one_day(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say("/spend 16 Logo, 8 Shop yesterday")
        await ann.press(next(label for label in heard.buttons if label.startswith("2 bids")))
        assert await dated(bot) == ["16 proposal: Logo on 11-29 12:00", "8 proposal: Shop on 11-29 12:00"]

    async def test_on_links_are_asked_whether_all_happened_then(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say(filled("LINK1 16 LINK2 8 yesterday"))
        assert heard.text.startswith("Did all 2 happen on that day: yesterday?")
        assert heard.buttons == ("2 bids: 16, 8 (yesterday)",)
        await ann.press("2 bids")
        assert [line[-11:] for line in await dated(bot)] == ["11-29 12:00"] * 2

    async def test_of_one_day_are_booked_together(self, ann: DeskPlayer, bot: Bot) -> None:
        assert "Sunday, Nov 29" in (await ann.say("/spend 16 Logo yesterday\n/spend 8 Shop 29.11")).text
        assert [line[-11:] for line in await dated(bot)] == ["11-29 12:00"] * 2

    async def test_of_two_days_are_not(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say("/spend 16 Logo yesterday\n/spend 8 Shop 27.11")
        assert "one message for each day" in heard.text
        assert await booked(bot) == []


class TestWhatIsNotCertain:
    @pytest.mark.parametrize(
        ("line", "buttons"),
        [
            ("16 logo for Friday", ("logo (Friday)", "logo for Friday")),
            ("16 friday logo", ("logo (friday)", "friday logo")),
            ("16 logo due 2026-12-04", ("logo (2026-12-04)", "logo due 2026-12-04")),
            ("16 recap of yesterday match", ("recap of match (yesterday)", "recap of yesterday match")),
            ("16 logo until Monday", ("logo (Monday)", "logo until Monday")),
            ("16 4 July banner", ("banner (4 July)", "4 July banner")),
            ("16 3rd logo", None),
        ],
    )
    async def test_may_be_part_of_the_title(
        self, ann: DeskPlayer, bot: Bot, line: str, buttons: tuple[str, ...] | None
    ) -> None:
        heard = await ann.say(f"/spend {line}")
        if buttons is None:
            assert await dated(bot) == ["16 proposal: 3rd logo"]
            return
        assert "the day on which it happened, or part of the title?" in heard.text
        assert heard.buttons == tuple(f"16 Connects \u00b7 Proposal: {title}" for title in buttons)
        assert await booked(bot) == []
        await ann.press(f"16 Connects \u00b7 Proposal: {buttons[1]}")
        assert await dated(bot) == [f"16 proposal: {buttons[1]}"]

    @pytest.mark.parametrize(
        ("line", "text", "labels"),
        [
            ("16 logo 03.04", "may be two days", ("logo (3 April)", "logo (4 March)", "logo 03.04")),
            ("16 last week logo", "I cannot tell which day", ("logo (today)", "last week logo")),
            ("16 logo at 14:00", "I cannot tell which day", ("logo (today)", "logo at 14:00")),
            ("16 logo on the weekend", "I cannot tell which day", ("logo (today)", "logo on the weekend")),
            ("16 tomorrow logo", "is still to come", ("logo (today)", "tomorrow logo")),
            ("16 yesterday logo 27.11", "two days", ("yesterday logo 27.11",)),
        ],
    )
    async def test_is_asked_about(
        self, ann: DeskPlayer, bot: Bot, line: str, text: str, labels: tuple[str, ...]
    ) -> None:
        heard = await ann.say(f"/spend {line}")
        assert text in heard.text
        assert heard.buttons == tuple(f"16 Connects \u00b7 Proposal: {label}" for label in labels)
        assert await booked(bot) == []
        await ann.press(heard.buttons[0])
        assert len(await booked(bot)) == 1

    async def test_may_be_the_day_or_the_amount(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say("/spend 28 Nov 16 logo")
        assert heard.buttons == (
            "28 Connects \u00b7 Proposal: logo (16 Nov)",
            "16 Connects \u00b7 Proposal: logo (28 Nov)",
        )
        await ann.press("16 Connects")
        assert await dated(bot) == ["16 proposal: logo on 11-28 12:00"]

    async def test_may_be_a_price(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/spend 60 $9 yesterday")
        assert "Did you buy Connects?" in heard.text
        assert "Booked on Sunday, Nov 29" in (await ann.press(heard.buttons[0])).text

    @pytest.mark.parametrize(
        ("day", "said", "answers"),
        [
            ("2026-12-24", "Dec 24, 2026 is still to come.", ("Nov 30, 2026",)),
            ("monday", "Do you mean today or a week ago?", ("Nov 30, 2026", "Nov 23, 2026")),
        ],
    )
    async def test_is_asked_for_again(
        self, ann: DeskPlayer, bot: Bot, day: str, said: str, answers: tuple[str, ...]
    ) -> None:
        heard = await ann.say(f"/spend 16 logo on={day}")
        assert said in heard.text
        assert heard.buttons == answers
        await ann.say("last friday")
        assert await dated(bot) == ["16 proposal: logo on 11-27 12:00"]


class TestWhatElseIsBooked:
    @pytest.mark.parametrize(
        "line", ["60 $9 yesterday", "60 $9 on 29 Nov", "on sunday 60 $9", "60 $9 1 day ago", "60 29/11/2026 $9"]
    )
    async def test_a_purchase(self, ann: DeskPlayer, line: str) -> None:
        heard = await ann.say(f"/buy {line}")
        assert "Booked on Sunday, Nov 29, 2026." in heard.text
        assert "Price: $9.00" in heard.text
        assert "Expires: Nov 29, 2027" in heard.text

    async def test_a_purchase_with_tax_in_doubt(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/buy 60 $9 with 20% VAT yesterday")
        assert "Booked on Sunday, Nov 29, 2026." in (await ann.press(heard.buttons[0])).text

    async def test_a_purchase_at_an_odd_price(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/buy 60 $0.15 yesterday")
        assert "Booked on Sunday, Nov 29, 2026." in (await ann.press(heard.buttons[0])).text

    async def test_a_purchase_on_either_of_two_days(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/buy 60 11/12/2025 $9")
        assert heard.buttons == ("11 December 2025", "12 November 2025")

    async def test_a_return(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/spend 16 Logo last friday")
        assert "Booked on Sunday, Nov 29, 2026." in (await ann.say("/return #3 yesterday")).text
        assert [line for line in await dated(bot) if "return" in line] == ["-16 return on 11-29 12:00"]

    async def test_a_return_in_doubt(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo last friday")
        await ann.say("/spend 16 Shop last friday")
        heard = await ann.say("/return 5 connects yesterday")
        assert "Booked on Sunday, Nov 29, 2026." in (await ann.press(heard.buttons[0])).text

    async def test_a_return_that_was_asked_about(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo last friday")
        await ann.say("/return")
        assert "Booked on Sunday, Nov 29, 2026." in (await ann.say("#3 yesterday")).text

    async def test_a_return_of_a_title_with_a_day(self, ann: DeskPlayer) -> None:
        await ann.say('/spend 16 "Logo friday"')
        assert "16 Connects returned from #3" in (await ann.say("/return logo friday")).text

    async def test_a_correction(self, ann: DeskPlayer) -> None:
        for line in ("-3 yesterday", "-3 on 29.11", "yesterday -3"):
            assert "Booked on Sunday, Nov 29, 2026." in (await ann.say(f"/adjust {line}")).text

    @pytest.mark.parametrize("line", ["is 190 yesterday", "to=190 on=yesterday", "to=190 was=187 on=yesterday"])
    async def test_not_a_balance(self, ann: DeskPlayer, line: str) -> None:
        assert "only with today's books" in (await ann.say(f"/adjust {line}")).text

    @pytest.mark.parametrize("day", ["friday", "since friday"])
    async def test_not_a_correction_on_a_weekday_that_may_be_a_reason(self, ann: DeskPlayer, day: str) -> None:
        assert (await ann.say(f"/adjust -3 {day}")).buttons == ("Book it for that day: friday", "Book it for today")

    async def test_not_what_may_be_for_a_day(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/adjust +3 for 5 November")
        assert heard.buttons == ("Book it for that day: 5 November", "Book it for today")
        assert "Booked on Thursday, Nov 5, 2026." in (await ann.press("Book it for that day")).text

    async def test_not_what_was_earned(self, ann: DeskPlayer) -> None:
        assert "I cannot book this for another day" in (await ann.say("/earn reward 30 Rising Talent yesterday")).text


async def test_the_history_shows_the_day(ann: DeskPlayer, bot: Bot) -> None:
    await ann.say("/spend 16 Logo yesterday")
    await ann.say("/spend 4 Shop 20.11")
    shown = (await ann.say("/history")).text.splitlines()
    assert any(line.startswith("#3 \u00b7 yesterday \u00b7 \u221216 \u00b7 Logo") for line in shown)
    assert any("\u00b7 Nov 20 \u00b7 \u22124 \u00b7 Shop" in line for line in shown)
    bot.clock.pass_(days=1)
    assert "#3 \u00b7 Nov 29 \u00b7" in (await ann.say("/history")).text


async def test_a_balance_of_that_day_knows_it(ann: DeskPlayer, bot: Bot) -> None:
    await ann.say("/spend 16 Logo 20.11")
    assert (await ann.say("/balance 2026-11-19")).text.startswith("200 Connects")
    assert (await ann.say("/balance 2026-11-20")).text.startswith("184 Connects")
    assert bot.clock.now() - NOW < timedelta(minutes=1)


def test_a_day_in_somebody_elses_message_is_left_out() -> None:
    with pytest.raises(DoubtError) as doubt:
        job_line(bookthis, filled("I bid 16 connects on LINK1 yesterday"))
    assert all("on=" not in reading.line for reading in doubt.value.readings)
