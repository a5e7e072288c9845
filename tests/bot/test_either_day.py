"""Recurrence by day of the month and weekday: both used to be required, now either is enough, as in cron."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.options.times.cron import following
from core.announcements.model import Series
from core.announcements.recurring import RecurringService
from core.delivery.notice import Audience
from core.scheduling.task import Task
from core.shared.lifecycle import Status
from core.wallets.people import Identity
from tests.bot.carrier import FakeCarrier
from tests.bot.promoting import look
from tests.bot.telling import deliver
from tests.bot.test_recurring import MONDAY, comes_next, started, told

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

FRIDAY_13 = datetime(2026, 2, 13, 7, 0, tzinfo=UTC)  # nine in Kyiv
pytestmark = pytest.mark.usefixtures("reader")


@pytest.fixture
async def reader(ann: DeskPlayer) -> DeskPlayer:
    await ann.say("/subscribe")
    return ann


@pytest.fixture
async def old(bot: Bot) -> Series:
    """A series from when both were required, due on the next Friday the thirteenth."""
    by = await bot.store.people.person(Identity("desk", "boss"), "boss")
    draft = Series(0, Status.DRAFT, "0 9 13 * fri", "Europe/Kyiv", "Beware!", Audience(), by.id, bot.clock.now())
    one = await bot.store.recurring.new_series(draft)
    assert await bot.store.recurring.change_series(one, Status.LIVE, Task(one.name, FRIDAY_13))
    return one


async def asked(bot: Bot, boss: DeskPlayer) -> list[str]:
    """The notices that the operator gets now, with their buttons."""
    carrier = FakeCarrier("desk")
    await deliver(bot, carrier)
    for one in carrier.carried:
        assert one.chat == "boss"
        boss.buttons = dict(zip(("Resume", "End", "Show 1"), one.presses, strict=True))
    return [one.text for one in carrier.carried]


@pytest.mark.usefixtures("old")
async def test_an_old_one_is_paused_when_due_and_its_operator_asked_once(bot: Bot, boss: DeskPlayer) -> None:
    bot.clock.at = FRIDAY_13
    assert [await look(bot), await look(bot)] == [1, 0]
    assert await told(bot, "1-202602130700") == [0]
    (text,) = await asked(bot, boss)
    assert text == (
        "“Beware!” (series 1) is paused. It names days of the month and days of the week. Until now it was sent only "
        "if both matched. From now on it would be sent if either matches, as cron does: on day 13 of each month, and "
        "every Friday, at 09:00 Kyiv time. Resume it if that suits you. If not, end it and write it again with "
        "/announce."
    )
    assert "State: paused" in (await boss.press("Show 1")).text
    assert await asked(bot, boss) == []


@pytest.mark.usefixtures("old")
async def test_after_resuming_the_new_rule_holds_and_nobody_is_asked_again(bot: Bot, boss: DeskPlayer) -> None:
    bot.clock.at = FRIDAY_13
    await look(bot)
    await asked(bot, boss)
    assert "Next: Fri, Feb 20, 2026 09:00 EET" in (await boss.press("Resume")).text
    bot.clock.at = FRIDAY_13 + timedelta(days=7)
    assert await look(bot) == 1
    await RecurringService(bot.store, bot.clock, following).recheck()
    assert await look(bot) == 0
    assert await told(bot, "1-202602200700") == [1]


@pytest.mark.usefixtures("old")
async def test_the_daily_cleanup_asks_long_before_it_is_due(bot: Bot, boss: DeskPlayer) -> None:
    await boss.say("/jobs tidy")
    assert await look(bot) == 1
    assert len(await asked(bot, boss)) == 1
    assert await comes_next(bot) is None


async def test_a_crash_after_the_notice_changes_nothing(bot: Bot, boss: DeskPlayer, old: Series) -> None:
    bot.clock.at = FRIDAY_13
    repeats = RecurringService(bot.store, bot.clock, following)
    await repeats.run(Task(old.name, FRIDAY_13), FRIDAY_13)  # and the program ends before the task is removed
    assert await look(bot) == 1
    assert len(await asked(bot, boss)) == 1


async def test_a_new_one_is_announced_on_either_day(bot: Bot, boss: DeskPlayer) -> None:
    await started(boss, '/announce Tips cron="0 9 15 * mon" zone=Kyiv')
    for days in (0, 3, 7):
        bot.clock.at = MONDAY + timedelta(days=days)
        assert await look(bot) == 1
    assert await told(bot, "1-202601120700", "1-202601150700", "1-202601190700") == [1, 1, 1]
