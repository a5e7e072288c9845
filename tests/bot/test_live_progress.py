"""The message in which an operator watches an announcement on its way keeps itself up to date."""

from __future__ import annotations

import re
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.delivery.limits.rate_limit import rate_limiter_for
from bot.delivery.live_platforms import LivePlatform
from bot.delivery.sender import Sender
from bot.dispatch.dialog import Dialog
from bot.jobs.live_progress import EVERY, LiveProgress
from core.announcements.service import AnnouncementService
from core.delivery.outcome import Failed, Later, Outcome, Sent, Unreachable
from core.delivery.state import State
from core.scheduling.runner import TaskRunner
from tests.bot.carrier import FakeCarrier
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.delivery.carrier import Carrier
    from tests.bot.stage import Addressee, Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer


class Look:
    """What the program does when something falls due, as one process does it."""

    def __init__(self, bot: Bot) -> None:
        dialog, announcements = Dialog(bot.store.notes), AnnouncementService(bot.store, bot.clock)
        self.bot, self.watching = bot, LiveProgress(bot.store, bot.clock, dialog, announcements, bot.live_platforms)
        self.duties = TaskRunner(
            bot.store.tasks,
            bot.store.outbox,
            bot.clock,
            {"progress": self.watching.run, "announcement": announcements.run},
        )

    async def now(self) -> int:
        seen = await self.duties.run_due()
        await self.watching.finish()
        return seen

    async def over(self, **span: float) -> None:
        """Look whenever something is due, for so long."""
        end = self.bot.clock.now() + timedelta(**span)
        while (due := await self.duties.next()) is not None and due <= end:
            self.bot.clock.at = max(due, self.bot.clock.now())
            await self.now()
        self.bot.clock.at = end


def live_platform(bot: Bot, carrier: Carrier) -> LivePlatform:
    """A platform as it is served here."""

    async def render(_delivery: object) -> None:
        raise AssertionError

    limiter = rate_limiter_for(carrier.name)
    sender = Sender(bot.store.outbox, carrier, bot.clock, limiter=limiter, render=render, holder="here")
    live = bot.live_platforms[carrier.name] = LivePlatform(carrier, limiter, sender, bot.clock, bot.clock.now())
    return live


@pytest.fixture
def look(bot: Bot) -> Look:
    return Look(bot)


class TestOnEveryPlatform:
    @pytest.fixture
    async def olga(self, bot: Bot, stage: CarryingStage) -> Addressee:
        """Olga, who runs the bot, on a platform that is served here."""
        olga = await stage.person("Olga")
        known = re.search(r"\w+:\w+", (await olga.say("/whoami")).text)
        assert known is not None
        bot.operators.add(known[0])
        live_platform(bot, stage.carrier)
        return olga

    async def test_it_changes_in_place_until_the_end(self, bot: Bot, stage: CarryingStage, olga: Addressee) -> None:
        for name in ("ann", "bob"):
            await (await DeskStage(bot).person(name)).say("/subscribe")
        await olga.say("/announce New templates")
        await olga.press("Send to 2 chats")
        await deliver(bot, stage.carrier)
        heard = await olga.read()
        assert "On its way: New templates" in heard.text
        assert "0 of 2" in heard.text
        assert {"Refresh", "Pause", "Stop"} <= set(heard.buttons)
        await deliver(bot, FakeCarrier("desk"))
        if stage.carrier.name != "console":  # there nothing is left to change after a restart
            await stage.restart()
        live_platform(bot, stage.carrier)
        await Look(bot).over(minutes=1)
        heard = await olga.read_again()
        assert "Finished: New templates" in heard.text
        assert "2 of 2" in heard.text
        assert "Report" in heard.buttons
        assert await bot.store.tasks.next_due_at() is None
        assert (await olga.press("Report")).files


class TestOnTheDesk:
    @pytest.fixture
    async def bot(self) -> AsyncGenerator[Bot]:
        """A bot without background jobs, so that only the test runs what falls due."""
        async with a_bot(works=False) as bot:
            yield bot

    @pytest.fixture
    async def desk(self, bot: Bot, boss: DeskPlayer) -> FakeCarrier:
        """An announcement to four chats, on its way; what its operator watches has arrived as m1."""
        for name in ("ann", "bob", "col", "dan"):
            await (await DeskStage(bot).person(name)).say("/subscribe")
        await boss.say("/announce New templates")
        carrier = FakeCarrier("desk", fates=deque[Outcome | Exception]([Sent("m1"), *[Later(timedelta(hours=1))] * 4]))
        await boss.press("Send to")
        await deliver(bot, carrier)
        live_platform(bot, carrier)
        return carrier

    async def test_it_is_changed_where_there_is_news_and_no_oftener_than_every_five_seconds(
        self, boss: DeskPlayer, desk: FakeCarrier, look: Look
    ) -> None:
        while not desk.amended:
            await look.over(seconds=1)
        await boss.press("Pause")
        await look.now()
        await look.over(seconds=3)
        assert [(one.chat, one.message) for one in desk.amended] == [("boss", "m1")]
        await look.over(seconds=2)
        assert len(desk.amended) == 2
        await boss.press("Resume")
        await look.over(seconds=30)
        changed = len(desk.amended)
        await boss.press("Pause")
        await boss.press("Resume")
        await boss.press("Pause")
        await look.over(seconds=4)
        await boss.press("Resume")
        await boss.press("Pause")
        await look.over(seconds=1)
        assert len(desk.amended) <= changed + 2
        await boss.press("Stop")
        await look.over(minutes=2)
        assert desk.amended[-1].text.startswith("Finished: New templates\n\u2588")
        assert await look.duties.next() is None

    async def test_while_nothing_happens_it_is_looked_at_more_and_more_seldom(
        self, bot: Bot, desk: FakeCarrier, look: Look
    ) -> None:
        await look.over(minutes=5)
        assert len(desk.amended) == 1
        due = await look.duties.next()
        assert due is not None
        assert timedelta(0) < due - bot.clock.now() <= timedelta(minutes=1)

    async def test_after_a_restart_it_goes_on(self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier, look: Look) -> None:
        await look.over(seconds=10)
        await boss.press("Stop")
        await Look(bot).over(minutes=1)
        assert desk.amended[-1].text.startswith("Finished")
        assert await look.duties.next() is None

    async def test_it_never_costs_the_broadcast_its_pace(self, bot: Bot, desk: FakeCarrier, look: Look) -> None:
        limiter = bot.live_platforms["desk"].limiter
        limiter.hold(None, bot.clock.now(), timedelta(seconds=20))
        await look.over(seconds=15)
        assert desk.amended == []
        while not desk.amended:
            await look.over(seconds=1)
        assert limiter.room(bot.clock.now()) == rate_limiter_for("desk").room(bot.clock.now()) - 1

    async def test_a_limit_of_the_platform_is_kept(self, bot: Bot, desk: FakeCarrier, look: Look) -> None:
        desk.turns.append(Later(timedelta(seconds=30)))
        await look.over(seconds=29)
        assert len(desk.amended) == 1
        await look.over(minutes=1)
        assert len(desk.amended) == 2
        assert bot.live_platforms["desk"].limiter.pause(bot.clock.now()) == timedelta(0)

    @pytest.mark.parametrize("turn", [Unreachable("blocked"), Failed("no message")])
    async def test_one_that_is_there_no_more_is_given_up(self, desk: FakeCarrier, look: Look, turn: Outcome) -> None:
        desk.turns.append(turn)
        await look.over(minutes=2)
        assert len(desk.amended) == 1
        assert await look.duties.next() is None

    async def test_whatever_fails_it_is_tried_again_and_raises_nothing(self, desk: FakeCarrier, look: Look) -> None:
        desk.turns.append(ZeroDivisionError())
        with capture_logs() as logs:
            await look.over(seconds=5)
        assert [line["event"] for line in logs] == ["fault"]
        await look.over(seconds=30)
        assert len(desk.amended) == 2

    async def test_one_on_a_platform_that_is_not_served_here_is_left_to_others(
        self, bot: Bot, desk: FakeCarrier, look: Look
    ) -> None:
        bot.live_platforms.clear()
        await look.over(seconds=30)
        assert desk.amended == []
        assert await look.duties.next() is not None

    async def test_one_that_nobody_serves_any_more_is_looked_at_seldom_and_given_up_after_its_end(
        self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier, look: Look
    ) -> None:
        bot.live_platforms.clear()
        await look.over(minutes=5)
        due = await look.duties.next()
        assert due is not None
        assert due - bot.clock.now() > timedelta(seconds=5)
        await boss.press("Stop")
        await look.over(minutes=5)
        assert desk.amended == []
        assert await look.duties.next() is None

    async def test_it_goes_on_when_the_announcement_is_corrected(
        self, bot: Bot, boss: DeskPlayer, desk: FakeCarrier, look: Look
    ) -> None:
        bot.clock.pass_(hours=1)
        await deliver(bot, desk)
        await look.over(minutes=2)
        assert desk.amended[-1].text.startswith("Finished: New templates")
        await boss.say("/announcement correct 1 Newer templates")
        await boss.press("Correct it")
        await look.over(seconds=10)
        assert desk.amended[-1].text.startswith("Being corrected: Newer templates")
        await deliver(bot, desk)
        await look.over(minutes=2)
        assert desk.amended[-1].text.startswith("Finished: Newer templates")

    async def test_one_that_never_arrived_is_not_waited_for(self, bot: Bot, boss: DeskPlayer, look: Look) -> None:
        await (await DeskStage(bot).person("ann")).say("/subscribe")
        await boss.say("/announce Once more")
        await boss.press("Send to")
        await deliver(bot, FakeCarrier("desk", fates=deque[Outcome | Exception]([Unreachable("blocked")])))
        await look.over(minutes=1)
        assert await look.duties.next() is None
        assert timedelta(seconds=5) == EVERY
        assert State.SENT.value == "sent"
