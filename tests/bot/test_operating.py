"""What an operator sees of the bot, and nobody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from core.scheduling.task import Task
from core.wallets.people import Identity
from tests.bot.stage import PLATFORMS, on_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot, Player, Stage
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


@pytest.fixture
async def olga(stage: Stage, bot: Bot) -> Player:
    """Olga, who runs the bot and has no wallet."""
    olga = await stage.person("Olga")
    known = re.search(r"\w+:\w+", (await olga.say("/whoami")).text)
    assert known is not None
    bot.operators.add(known[0])
    return olga


@pytest.fixture
async def op(ann: DeskPlayer, bot: Bot) -> DeskPlayer:
    """Ann as an operator."""
    bot.operators.add(str(Identity("desk", ann.name)))
    return ann


class TestConversations:
    async def test_jobs_are_shown_and_run_by_a_button(self, olga: Player) -> None:
        heard = await olga.say("/jobs")
        for name in ("sweep", "forget", "expiring"):
            assert re.search(rf"{name}\W+has not run yet; due now", heard.text), heard.text
        assert "sweep: ok (0) in 0 ms" in (await olga.press("Run now: sweep")).text
        heard = await olga.press("All jobs")
        assert re.search(r"sweep\W+0 seconds ago, ok \(0\) in 0 ms", heard.text), heard.text

    async def test_what_an_operator_did_is_still_there_after_a_restart(self, olga: Player, stage: Stage) -> None:
        assert "forget: ok in 0 ms" in (await olga.say("/jobs forget")).text
        await stage.restart()
        assert "0 seconds ago, ok in 0 ms" in (await olga.say("/jobs")).text

    async def test_everybody_else_is_told_that_it_is_for_operators(self, stage: Stage, bot: Bot) -> None:
        bob = await stage.person("Bob")
        for line in ("/jobs", "/jobs sweep"):
            heard = await bob.say(line)
            assert "/jobs is for the operators of this bot." in heard.text
            assert heard.buttons == ()
        assert await bot.jobs.last("sweep") is None


class TestJobs:
    async def test_the_next_run_is_shown(self, op: DeskPlayer, bot: Bot) -> None:
        bot.jobs.tick("expiring")
        assert "expiring: has not run yet; running now" in (await op.say("/jobs")).text
        await bot.jobs.finish()
        bot.clock.pass_(minutes=20)
        assert "expiring: 20 minutes ago, ok (0) in 0 ms; next in 40 minutes" in (await op.say("/jobs")).text
        bot.clock.pass_(minutes=40)
        assert "expiring: 1 hour ago, ok (0) in 0 ms; due now" in (await op.say("/jobs")).text

    async def test_a_running_job_is_not_started_again(self, op: DeskPlayer, bot: Bot) -> None:
        bot.jobs.tick("sweep")
        assert "sweep is already running, and never runs twice at once" in (await op.say("/jobs sweep")).text
        await bot.jobs.finish()
        assert "sweep: ok (0)" in (await op.say("/jobs SWEEP")).text

    async def test_a_failure_is_shown_with_its_type_and_id(
        self, op: DeskPlayer, bot: Bot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(bot.store.notes, "sweep_notes", broken)
        first, second = [(await op.say("/jobs forget")).text for _ in range(2)]
        assert re.search(r"forget: failed after 0 ms with ZeroDivisionError, once \(in the log: \w{8}\)", first)
        assert "ZeroDivisionError, 2 times in a row" in second
        assert "ZeroDivisionError, 2 times in a row" in (await op.say("/jobs")).text

    async def test_failing_tasks_are_listed_while_the_others_run(self, op: DeskPlayer, bot: Bot) -> None:
        await bot.store.tasks.schedule(Task("nobody:1", bot.clock.now()))
        assert "ExceptionGroup" in (await op.say("/jobs due")).text
        await bot.jobs.finish()  # the jobs are woken by every action of an operator
        assert "due: ok (0)" in (await op.say("/jobs due")).text
        heard = (await op.say("/jobs")).text
        assert "nobody:1 failed once with KeyError and will be retried" in heard
        await bot.jobs.finish()
        bot.clock.pass_(seconds=20)
        assert re.search(r"due: 20 seconds ago, .*; next in 40 seconds; nobody", (await op.say("/jobs")).text)

    async def test_expired_lots_are_counted(self, op: DeskPlayer, bot: Bot) -> None:
        bot.clock.pass_(days=400)
        assert "sweep: ok (1)" in (await op.say("/jobs sweep")).text

    async def test_an_unknown_job_is_answered_with_the_known_ones(self, op: DeskPlayer) -> None:
        heard = await op.say("/jobs dance")
        assert heard.text == 'There is no job "dance". The jobs are: sweep, forget, expiring, due, tidy.'

    async def test_a_clock_that_was_set_back_does_no_harm(self, op: DeskPlayer, bot: Bot) -> None:
        await op.say("/jobs sweep")
        bot.clock.pass_(hours=-1)
        assert "sweep: 0 seconds ago" in (await op.say("/jobs")).text

    async def test_a_button_in_a_group_is_an_operators_too(self, lead: DeskPlayer, bob: DeskPlayer, bot: Bot) -> None:
        bot.operators.add(str(Identity("desk", lead.name)))
        bob.buttons = (await lead.say("/jobs"), lead.buttons)[1]
        assert "/jobs is for the operators of this bot." in (await bob.press("Run now: sweep")).text

    async def test_help_knows_nothing_of_commands_that_only_buttons_use(self, op: DeskPlayer) -> None:
        assert "There is no command number." in (await op.say("/help number")).text
        assert "/number" not in (await op.say("/help")).text
        assert "/jobs" in (await op.say("/help")).text
