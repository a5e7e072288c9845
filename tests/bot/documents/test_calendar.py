"""The calendar of what falls due, read by icalendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Calendar

from bot.command.declaration import Call, command
from bot.commands import by_name
from bot.commands.exports.dates import dates_of
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.documents.model import BookData, DocumentOrder, DueDate, Form, Subject
from bot.documents.writing import write
from bot.reply.parts import Reply, reply, say
from core.shared.ids import WalletId
from tests.bot.promoting import launched

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

NOW = datetime(2026, 1, 12, 20, 5, tzinfo=UTC)
EXPIRY = DueDate(
    "one", date(2027, 1, 12), "20 Connects expire", "20 Connects · Welcome bonus\nSpend them.", remind=True
)
DRAW = DueDate("two", datetime(2026, 1, 20, 10, tzinfo=UTC), "Draw of “Łódź; \u202e1, 2\u202c”")


def written(dates: tuple[DueDate, ...], title: str = "", at: datetime = NOW) -> bytes:
    order = DocumentOrder(
        Subject.DATES, Form.CALENDAR, WalletId(1), None, at, 1, "en", "Europe/Kyiv", "USD", title=title, dates=dates
    )
    document = write(order, BookData(), lambda _done: None)
    assert (document.suffix, document.rows) == (".ics", len(dates))
    return document.content


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).events)


class TestFile:
    def test_a_day_is_a_whole_day_wherever_it_is_read_and_leaves_the_time_free(self) -> None:
        (event,) = events(written((EXPIRY,)))
        assert (event.start, event.end) == (date(2027, 1, 12), date(2027, 1, 13))
        assert (event.uid, event["TRANSP"], event.stamp) == ("one", "TRANSPARENT", NOW)
        assert (event.summary, event.description) == (EXPIRY.title, EXPIRY.detail)
        (alarm,) = event.walk("VALARM")
        assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(hours=-15))

    def test_a_moment_is_the_same_in_every_zone(self) -> None:
        (event,) = events(written((DRAW._replace(at=datetime.fromisoformat("2026-01-20T12:00:00+02:00")),)))
        assert (event.start, "DTEND" in event, event.walk("VALARM")) == (DRAW.at, False, [])

    def test_names_keep_what_they_have_but_marks_of_direction(self) -> None:
        content = written((DRAW,), "Łódź, \u200fInc.; " + "x" * 200)
        assert events(content)[0].summary == "Draw of “Łódź; 1, 2”"
        assert Calendar.from_ical(content)["X-WR-CALNAME"] == r"Connects: Łódź\, Inc.\; " + "x" * 200
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))

    def test_nothing_that_is_said_becomes_an_event(self) -> None:
        evil = "Logo\r\nEND:VEVENT\nBEGIN:VEVENT\u2028\x00UID:evil\\"
        content = written((DRAW._replace(title=evil, detail=evil),), evil)
        assert [event.uid for event in events(content)] == ["two"]
        assert events(content)[0].summary == "Logo END:VEVENT BEGIN:VEVENT UID:evil\\"

    def test_the_same_dates_are_the_same_file(self) -> None:
        assert written((EXPIRY, DRAW)) == written((EXPIRY, DRAW))

    def test_read_again_it_is_the_same_events(self) -> None:
        later = written((EXPIRY._replace(title="8 Connects expire"), DRAW), at=NOW + timedelta(days=1))
        assert [event.uid for event in events(later)] == [event.uid for event in events(written((EXPIRY, DRAW)))]


UNLESS = "If they do not come within three days, ask Upwork's support."
EACH, ONE = "Each of the 2 winners gets 20 Connects.", "The winner gets 1 Connect."
NONE = DueDate("", NOW.date(), "none")


@command("due")
async def due(call: Call) -> Reply:
    """Say what falls due."""
    return reply(
        *(
            say("raw", text=" | ".join((str(one.at), one.title, *one.detail.split("\n"), one.uid)))
            for one in await dates_of(call) or (NONE,)
        )
    )


def knowing(player: DeskPlayer) -> DeskPlayer:
    """The same person, whose bot knows the command."""
    bot = player.bot
    return replace(
        player, bot=replace(bot, desk=Desk(bot.store, bot.books, {**by_name(), "due": due}, Dialog(bot.store.notes)))
    )


async def dues(player: DeskPlayer) -> list[str]:
    """A line for each date, without its uid."""
    return [line.rpartition(" | ")[0] for line in (await knowing(player).say("/due")).text.split("\n")]


class TestDates:
    async def test_all_that_expires_on_a_day_of_the_zone_is_one_event(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/buy 40")
        await ann.say("/spend 30 Logo redesign")
        bot.clock.pass_(hours=14)
        await ann.say("/buy 10")
        (expiry,) = await dues(ann)
        assert expiry == (
            "2027-01-10 | 40 Connects expire | 30 Connects · Purchase · $4.50 | 10 Connects · Purchase · $1.50"
            " | Spend them before Jan 10, 2027 09:00 UTC."
        )
        await ann.say("/settings zone=Asia/Tokyo")
        assert [line.split(" | ")[:2] for line in await dues(ann)] == [
            ["2027-01-10", "30 Connects expire"],
            ["2027-01-11", "10 Connects expire"],
        ]

    async def test_the_monthly_connects_of_the_coming_year(self, ann: DeskPlayer) -> None:
        await ann.say("/settings plan=plus")
        await ann.say("/earn monthly")
        due = [line for line in await dues(ann) if "plan" in line]
        assert [line[:10] for line in due] == [*(f"2026-{month:02}-10" for month in range(2, 13)), "2027-01-10"]
        assert due[0].endswith(" | Your plan's 100 Connects are due | " + UNLESS)

    async def test_draws_that_somebody_entered_and_what_they_can_still_claim(
        self, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/spend 20")
        await launched(boss, 'Taken gives=1 ends="3 days"')
        await launched(boss, 'Open gives=1 ends="4 days"')
        await launched(boss, 'Secret gives=20 ends="4 days" code=LOGO')
        await launched(boss, 'Others gives=20 ends="4 days" plan=agency')
        await launched(boss, 'Entered gives=20 ends="5 days" winners=2')
        await launched(boss, 'Ahead gives=1 ends="6 days" winners=1')
        await ann.say("/claim 1")
        await ann.say("/claim 5")
        await boss.say("/promo pause 5")
        await ann.say("/spend 1")
        assert await dues(ann) == [
            "2026-01-14 09:00:00+00:00 | “Open” ends | Until then /claim 2 gives you 1 Connect.",
            f"2026-01-15 09:00:00+00:00 | Draw of “Entered” | You take part as entry #1. {EACH}",
            f"2026-01-16 09:00:00+00:00 | Draw of “Ahead” | Until then you can take part with /claim 6. {ONE}",
        ]

    async def test_a_group_has_what_is_announced_to_it_and_no_money(self, boss: DeskPlayer, lead: DeskPlayer) -> None:
        await lead.say("/buy 10")
        await launched(boss, 'Bonus gives=20 ends="3 days" code=LOGO')
        assert [line.split(" | ")[1] for line in await dues(lead)] == ["310 Connects expire"]
        await lead.say("/subscribe")
        expiry, offer = await dues(lead)
        assert expiry.split(" | ")[2:4] == ["300 Connects · Opening balance", "10 Connects · Purchase"]
        assert offer == "2026-01-13 09:00:00+00:00 | “Bonus” ends | You need its code to claim it."

    async def test_where_nothing_falls_due_there_is_no_date(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 20")
        assert await dues(ann) == ["2026-01-12 | none | "]

    async def test_a_date_is_the_same_event_after_more_was_booked_and_other_books_have_others(
        self, bot: Bot, ann: DeskPlayer
    ) -> None:
        before = (await knowing(ann).say("/due")).text.rpartition(" | ")[2]
        await ann.say("/buy 40")
        assert (await knowing(ann).say("/due")).text.rpartition(" | ")[2] == before
        ben = replace(ann, bot=bot, name="ben", buttons={})
        await ben.say("/start")
        assert (await knowing(ben).say("/due")).text.rpartition(" | ")[2] != before
