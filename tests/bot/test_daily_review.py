"""The messages of the daily review, as people read them, and what their buttons do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.dispatch.dialog import Dialog
from bot.main import task_runner
from bot.reply.parts import Buttons, Fields, Say
from bot.reply.words import voice
from bot.views.notices import message, message_now
from core.delivery.notice import Delivery, Notice, Target
from core.ledger import rulebook
from core.shared.calendar import next_nine
from core.shared.ids import WalletId
from tests.bot.promoting import launched
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.bot.stage import Addressee, Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer

SPEAK = voice("en", "Europe/Kyiv")
BOOK = rulebook.default()
WEEK = {"from": "2026-01-05", "until": "2026-01-11", "connects": 54}
PACE = {"usual": 8000, "slow": 6000, "fast": 13000}


async def read(bot: Bot, code: str, facts: Mapping[str, Any], *, direct: bool = True) -> tuple[str, list[str]]:
    """What a notice says, and the labels of its buttons."""
    target = Target("desk", "ann", direct=direct)
    notice = Notice("key", code, facts, WalletId(1))
    given = await message(Delivery(1, notice, target, 0, "UTC", bot.clock.now()), Dialog(bot.store.notes), BOOK)
    lines: list[str] = []
    labels: list[str] = []
    for part in given.parts:
        if isinstance(part, Say):
            lines.append(SPEAK.say(part))
        if isinstance(part, Fields):
            lines += [SPEAK.say(part.title)] if part.title else []
            lines += [f"{SPEAK.say(label)}: {SPEAK.text(value)}" for label, value in part.rows]
        if isinstance(part, Buttons):
            labels += [SPEAK.say(button.label) for row in part.rows for button in row]
    assert labels[-1] == "Snooze for a week"
    assert given.quiet == (code in {"stale", "unfed"}), "only questions and reminders make no sound"
    return "\n".join(lines), labels[:-1]


class TestRunway:
    @pytest.mark.parametrize(
        ("connects", "pace", "lasting"),
        [
            (54, PACE, "about 6 days (4 to 9)"),
            (54, PACE | {"slow": 0}, "about 6 days (at least 4)"),
            (54, {"usual": 200, "slow": 0, "fast": 900}, "more than half a year"),
            (16, {"usual": 8000, "slow": 8000, "fast": 8000}, "about 2 days"),
            (8, {"usual": 8000, "slow": 8000, "fast": 8000}, "about 1 day"),
            (7, {"usual": 8000, "slow": 8000, "fast": 8000}, "less than a day"),
        ],
    )
    async def test_it_says_how_long_they_last(
        self, bot: Bot, connects: int, pace: dict[str, int], lasting: str
    ) -> None:
        text, labels = await read(bot, "runway", {"connects": connects, "mark": 7, "needed": 84, **pace})
        assert text == f"At your pace, your {connects} Connects will last {lasting}.\n84 would last about 10 days."
        assert labels[1:] == ["Lots", "Expiring soon"]

    async def test_a_purchase_is_offered_that_would_be_enough(self, bot: Bot) -> None:
        facts = {"connects": 54, "mark": 7, "needed": 84, **PACE}
        assert (await read(bot, "runway", facts))[1][0] == "I bought 40 for $6.00"
        assert (await read(bot, "runway", facts, direct=False))[1] == ["Lots", "Expiring soon"]

    async def test_one_connect_is_one(self, bot: Bot) -> None:
        text, _ = await read(bot, "runway", {"connects": 1, "mark": 7, "needed": 84, **PACE})
        assert text.startswith("At your pace, your 1 Connect will last less than a day.")

    async def test_none_left_has_no_forecast(self, bot: Bot) -> None:
        text, _ = await read(bot, "runway", {"connects": 0, "mark": 7, "needed": 84, **PACE})
        assert text == "You have no Connects left.\n84 would last about 10 days."


class TestMonthly:
    @pytest.mark.parametrize(("when", "due"), [("today", "are due today"), ("past", "were due on Jan 15, 2026")])
    async def test_it_asks_whether_they_came(self, bot: Bot, when: str, due: str) -> None:
        text, labels = await read(bot, "monthly", {"connects": 100, "due": "2026-01-15", "when": when})
        assert text.startswith(f"Your plan's 100 Connects {due}. Did they come?\n")
        assert labels == ["They came: book them", "History"]

    async def test_it_says_what_to_do_when_they_did_not(self, bot: Bot) -> None:
        text, labels = await read(bot, "missing", {"connects": 100, "due": "2026-01-15", "when": "past"})
        assert text.startswith("Your plan's 100 Connects, due on Jan 15, 2026, are not in the books.\nOn Upwork")
        assert labels == ["They came: book them", "Stop these reminders"]

    async def test_a_group_is_shown_no_button_that_is_for_admins(self, bot: Bot) -> None:
        facts = {"connects": 100, "due": "2026-01-15", "when": "today"}
        assert (await read(bot, "monthly", facts, direct=False))[1] == ["History"]


class TestNudges:
    async def test_who_has_not_imported_for_long_is_shown_how(self, bot: Bot) -> None:
        facts = {"last": "2026-01-03T10:30+00:00", "days": 7}
        text, labels = await read(bot, "unfed", facts)
        assert text == (
            "Your last import is from Jan 3, 2026. What happened on Upwork since then may be missing here.\n"
            "It takes a minute: on Upwork, open your Connects History, select all of the page, copy it, and paste it "
            "here. I book only what is new."
        )
        assert labels == ["Import from Upwork", "Change import reminder"]
        assert (await read(bot, "unfed", facts, direct=False))[1] == ["Import from Upwork"]

    async def test_a_question_names_the_proposal_and_how_many_others_wait(self, bot: Bot) -> None:
        facts = {"ref": "12", "title": "Logo redesign", "sent": "2026-01-03T10:30+00:00", "days": 20, "others": 3}
        text, labels = await read(bot, "stale", facts)
        assert text == (
            "What became of “Logo redesign”? You sent this proposal on Jan 3, 2026, 20 days ago, "
            "and the books know of no answer.\n3 other proposals wait as well."
        )
        assert labels == [
            *("Viewed", "Replied", "Interview", "Hired", "Declined", "Job closed"),
            *("Nothing yet", "Show the proposal", "All that wait"),
        ]
        text, labels = await read(bot, "stale", {**facts, "title": "", "others": 0})
        assert text.startswith("What became of “#12”?")
        assert "All that wait" not in labels


class TestPromotions:
    @pytest.mark.parametrize(("title", "origin"), [("Summer bonus", "“Summer bonus”"), ("", "a promotion")])
    async def test_it_says_what_ends_and_what_it_came_out_of(self, bot: Bot, title: str, origin: str) -> None:
        facts = {"lot": 3, "connects": 12, "expires": "2026-01-12T10:30+00:00", "title": title}
        text, labels = await read(bot, "promotion-ending", facts)
        assert text.startswith(f"12 Connects from {origin} expire on Jan 12, 2026 12:30 EET.\n")
        assert labels == ["Lots", "Expiring soon"]

    async def test_who_takes_part_hears_of_the_draw_the_day_before(self, bot: Bot, boss: DeskPlayer) -> None:
        players = [await DeskStage(bot).person(name) for name in ("ann", "bob", "col")]
        for player in players:
            await player.say("/start")
        await players[2].say("/subscribe")
        await launched(boss, 'Big draw gives=100 ends="3 days" winners=1')
        for player in players[1:]:
            await player.say("/claim 1")
        told = []
        for _ in range(3):
            bot.clock.pass_(days=1)
            await task_runner(bot.store, bot.books, bot.live_platforms).run_due()
            told.append([len(await bot.store.outbox.deliveries(f"promotion:1:eve:{wallet}")) for wallet in (1, 2, 3)])
        assert told == [[0, 0, 0], [0, 1, 0], [0, 1, 0]]  # ann takes no part, and col hears it as a subscriber

    async def test_its_words(self, bot: Bot) -> None:
        facts: dict[str, str | int] = {"title": "Big draw", "entry": 3, "ends": "2026-01-12T10:30+00:00"}
        text, labels = await read(bot, "promotion-eve", facts)
        assert text == (
            "“Big draw” is drawn on Jan 12, 2026 12:30 EET. You take part as entry #3. Winners will be notified then."
        )
        assert labels == ["Stop these reminders"]

    async def test_a_contest_on_hold_is_not_told_of(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await launched(boss, 'Big draw gives=100 ends="3 days" winners=1')
        await ann.say("/claim 1")
        await boss.say("/promo pause 1")
        bot.clock.pass_(days=2)
        await task_runner(bot.store, bot.books, bot.live_platforms).run_due()
        assert await bot.store.outbox.deliveries("promotion:1:eve:1") == ()


class TestDigest:
    async def test_all_of_it(self, bot: Bot) -> None:
        moved = {"spent-proposal": 64, "spent-boost": 22, "returned": 16, "earned": 10, "expired": 5, "bought": 60}
        counted = {"proposals": 4, "interviews": 2, "cost-net": 840, "cost-currency": "USD"}
        paid = {"paid-net": 900, "paid-tax": 90, "paid-currency": "USD"}
        soon = {"soon": 20, "first": "2026-02-01T09:00+00:00"}
        text, labels = await read(bot, "digest", {**WEEK, **moved, **counted, **paid, **soon, **PACE})
        assert text.splitlines() == [
            "Your week, Jan 5, 2026 to Jan 11, 2026",
            "Spent: 86 Connects (Proposal 64, Boost 22)",
            "Cost: $8.40, $2.10 for each of 4 proposals, $4.20 for each of 2 interviews",
            "Returned: 16 Connects",
            "Earned: 10 Connects",
            "Expired: 5 Connects",
            "Bought: 60 Connects for $9.90",
            "Left: 54 Connects",
            "Lasts: about 6 days (4 to 9)",
            "Expiring soon: 20 within 30 days, the first on Feb 1, 2026",
        ]
        assert labels == ["History", "Stop the weekly digest"]

    async def test_what_is_nothing_has_no_line(self, bot: Bot) -> None:
        text, _ = await read(bot, "digest", {**WEEK, "spent-badge": 1})
        assert text.splitlines()[1:] == ["Spent: 1 Connect (Availability badge)", "Left: 54 Connects"]

    async def test_the_month_comes_below(self, bot: Bot) -> None:
        month = {"month-from": "2025-12-01", "month-until": "2025-12-31", "month-earned": 20}
        text, _ = await read(bot, "digest", {**WEEK, **month})
        assert text.splitlines()[-2:] == ["The month, Dec 1, 2025 to Dec 31, 2025", "Earned: 20 Connects"]


async def mornings(bot: Bot, days: int) -> None:
    """So many mornings, each with what the program does at nine."""
    for _ in range(days):
        bot.clock.at = next_nine("UTC", bot.clock.at)
        await task_runner(bot.store, bot.books, bot.live_platforms).run_due()


class TestOnEveryPlatform:
    async def test_on_monday_a_person_reads_the_week(self, bot: Bot, stage: CarryingStage) -> None:
        ann = await opened(stage)
        await ann.say("/spend 16 Logo redesign")
        await mornings(bot, 2)
        await deliver(bot, stage.carrier)
        told = await ann.read()
        for words in ("Your week, Jan 5, 2026 to Jan 11, 2026", "16 Connects (Proposal)", "4 Connects"):
            assert words in told.text
        assert told.buttons == ("History", "Stop the weekly digest", "Snooze for a week")
        assert "Logo redesign" in (await ann.press("History")).text

    async def test_the_monthly_lot_is_booked_by_a_press(self, bot: Bot, stage: CarryingStage) -> None:
        ann = await opened(stage)
        await ann.say("/settings plan=plus")
        await ann.say("/earn monthly")
        bot.clock.pass_(days=29)
        await mornings(bot, 2)
        await deliver(bot, stage.carrier)
        told = await ann.read()
        assert "Your plan's 100 Connects are due today. Did they come?" in told.text
        assert "100 Connects earned" in (await ann.press("They came")).text
        bot.clock.pass_(days=1)
        await mornings(bot, 4)
        assert await bot.store.outbox.deliveries("missing:1:2026-02-10") == ()

    async def test_what_became_of_a_proposal_is_said_by_a_press(self, bot: Bot, stage: CarryingStage) -> None:
        ann = await opened(stage)
        await without_digest(bot)
        await ann.say("/alerts runway=off")
        for title in ("Logo redesign", "Web shop"):
            await ann.say(f"/spend 4 {title}")
            bot.clock.pass_(minutes=5)
        await mornings(bot, 15)
        await deliver(bot, stage.carrier)
        told = await ann.read()
        assert "What became of “Logo redesign”?" in told.text
        assert "1 other proposal waits as well." in told.text
        assert "Declined" in (await ann.press("Declined")).text
        await mornings(bot, 3)
        await deliver(bot, stage.carrier)
        assert "What became of “Web shop”?" in (await ann.read()).text
        assert "I will not ask about it again for 14 days." in (await ann.press("Nothing yet")).text

    async def test_who_runs_out_reads_how_long_it_lasts_as_it_is_by_then(self, bot: Bot, stage: CarryingStage) -> None:
        ann = await opened(stage)
        await without_digest(bot)
        await ann.say("/buy 60")
        await ann.say("/spend 42 Logo redesign")
        await mornings(bot, 7)
        await ann.say("/spend 4 Another")
        bot.clock.pass_(minutes=2)
        await deliver(bot, stage.carrier)
        told = await ann.read()
        assert "At your pace, your 34 Connects will last about 5 days." in told.text
        assert "Connects bought" in (await ann.press("I bought")).text


async def opened(stage: CarryingStage) -> Addressee:
    ann = await stage.person("Ann")
    await ann.say("/start")
    return ann


async def without_digest(bot: Bot) -> None:
    wallet = WalletId(1)
    kept = await bot.store.people.settings_of(wallet)
    await bot.store.people.save_settings(wallet, replace(kept, alerts=replace(kept.alerts, digest=False)))


class TestWaited:
    """What waits, for the end of the night perhaps, is told only where it is still so."""

    async def due(self, bot: Bot) -> Delivery:
        now = bot.clock.now()
        lease = await bot.store.outbox.lease("desk", "one", now, now + timedelta(hours=1), idempotent=False)
        assert lease is not None
        (delivery,) = await bot.store.outbox.claim("desk", lease.epoch, now, 9)
        return delivery

    async def told(self, bot: Bot, waited: Delivery) -> bool:
        bot.clock.pass_(minutes=2)
        return await message_now(waited, Dialog(bot.store.notes), BOOK, bot.store, bot.clock) is not None

    @pytest.mark.parametrize(("line", "told"), [("/buy 40", False), ("/spend 4", True)])
    async def test_a_runway(self, bot: Bot, ann: DeskPlayer, line: str, *, told: bool) -> None:
        await without_digest(bot)
        await ann.say("/spend 14")
        await mornings(bot, 7)
        waited = await self.due(bot)
        await ann.say(line)
        assert await self.told(bot, waited) is told

    @pytest.mark.parametrize(("line", "told"), [("/earn monthly", False), ("/earn reward", True)])
    async def test_a_monthly_lot(self, bot: Bot, ann: DeskPlayer, line: str, *, told: bool) -> None:
        await without_digest(bot)
        await ann.say("/settings plan=plus")
        await ann.say("/earn monthly")
        bot.clock.pass_(days=30)
        await mornings(bot, 1)
        waited = await self.due(bot)
        assert waited.notice.code == "monthly"
        await ann.say(line)
        assert await self.told(bot, waited) is told

    @pytest.mark.parametrize(("line", "told"), [("/spend 40", False), ("/spend 30", True)])
    async def test_what_a_promotion_gave(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer, line: str, *, told: bool
    ) -> None:
        await without_digest(bot)
        await launched(boss, 'Bonus gives=20 ends="2 days" lasts=3')
        await ann.say("/claim 1")
        await mornings(bot, 1)
        waited = await self.due(bot)
        assert waited.notice.code == "promotion-ending"
        await ann.say(line)
        assert await self.told(bot, waited) is told

    async def test_what_was_due_on_another_day_is_not_due_today(self, bot: Bot, ann: DeskPlayer) -> None:
        await without_digest(bot)
        await ann.say("/settings plan=plus")
        await ann.say("/earn monthly")
        bot.clock.pass_(days=30)
        await mornings(bot, 1)
        waited = await self.due(bot)
        bot.clock.pass_(days=1)
        given = await message_now(waited, Dialog(bot.store.notes), BOOK, bot.store, bot.clock)
        assert given is not None
        assert "were due on Feb 10, 2026" in " ".join(SPEAK.say(part) for part in given.parts if isinstance(part, Say))

    @pytest.mark.parametrize(("hours", "told"), [(23, True), (25, False)])
    async def test_a_draw(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer, hours: int, *, told: bool) -> None:
        await without_digest(bot)
        await launched(boss, 'Big draw gives=100 ends="3 days" winners=1')
        await ann.say("/claim 1")
        await mornings(bot, 2)
        waited = await self.due(bot)
        assert waited.notice.code == "promotion-eve"
        bot.clock.pass_(hours=hours)
        assert await self.told(bot, waited) is told
