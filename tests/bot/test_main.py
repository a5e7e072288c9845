"""The composition root: platforms side by side, their failures their own, a clean end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from bot import main
from bot.base.clock import SystemClock
from bot.base.platform_registry import PLATFORMS
from bot.config import Settings
from bot.main import NoPlatformError, enabled_platforms, open_bot, serve
from bot.platforms.port import RejectedError
from bot.platforms.supervisor import RestartBackoff
from core.delivery.notice import Notice
from core.delivery.outcome import Sent
from core.ledger.model import Source
from core.ledger.rulebook import RulebookError
from core.wallets.people import Identity
from core.wallets.settings import Settings as WalletSettings
from storage import upgrade
from storage.memory.store import MemoryStore
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bot.main import Bot
    from bot.platforms.port import Platform
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome


def settings(**given: Any) -> Settings:
    """Settings that read nothing from outside."""
    return Settings(**{"database_url": "memory://", "_env_file": None, **given})


both = settings(telegram_token="t", discord_token="d")


@dataclass
class Fake:
    """A platform that does what a test says, and counts how often it was started."""

    name: str
    do: Callable[[asyncio.Event], Any]
    starts: int = 0
    bot: Bot | None = None
    idempotent: bool = False
    carried: list[str] = field(default_factory=list)

    async def run(self, stop: asyncio.Event) -> None:
        self.starts += 1
        await self.do(stop)

    async def calls(self, target: Target) -> int:  # noqa: ARG002 - it takes one wherever it goes
        return 1

    async def is_admin(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - nobody asks here
        return None

    async def is_member(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - nobody asks here
        return None

    async def lacks(self, target: Target) -> tuple[str, ...] | None:  # noqa: ARG002 - as said
        return None

    def names(self, group: str) -> Mapping[str, str]:  # noqa: ARG002 - as said
        return {}

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        assert given.parts
        assert (speak.locale, nonce[:1]) == ("en", "0")
        self.carried.append(target.chat)
        return Sent("1")

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        raise NotImplementedError

    async def withdraw(self, target: Target, message: str) -> Outcome:
        raise NotImplementedError


def one_of(*fakes: Fake) -> Callable[[str, Bot], Platform]:
    """What makes a platform by its name, as `load_platform` does."""

    def load(name: str, bot: Bot) -> Platform:
        (made,) = (fake for fake in fakes if fake.name == name)
        made.bot = bot
        return made

    return load


async def until_stopped(stop: asyncio.Event) -> None:
    await stop.wait()


async def rejected(_stop: asyncio.Event) -> None:
    raise RejectedError("That token is not accepted.")


async def _leave_word(store: MemoryStore) -> None:
    """Ann's balance is low, and that cannot wait."""
    ann = await store.people.person(Identity("discord", "ann"), "Ann")
    wallet = await store.people.open_wallet(ann.id, WalletSettings(threshold=20))
    facts = {"connects": 3, "threshold": 20}
    await store.outbox.notify([Notice("n1", "low", facts, wallet.id, urgent=True)], datetime.now(UTC))


async def at_once(_seconds: float) -> None:
    """No time goes by."""


BACKOFF = RestartBackoff(at_once, lambda: 0.0, lambda: 0.0)


class TestServing:
    async def test_every_platform_with_a_token_belongs_to_the_same_bot(self) -> None:
        stop = asyncio.Event()

        async def both_run(_stop: asyncio.Event) -> None:
            if telegram.starts and discord.starts:
                stop.set()
            await stop.wait()

        telegram, discord = Fake("telegram", both_run), Fake("discord", both_run)
        await serve(both, stop, load=one_of(telegram, discord), backoff=BACKOFF)
        assert telegram.bot is discord.bot
        assert telegram.bot is not None
        assert telegram.bot.settings is both

    async def test_what_is_due_is_sent_beside_and_a_platform_that_is_lost_does_not_end_that(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stop, store = asyncio.Event(), MemoryStore()
        monkeypatch.setattr(main, "open_store", lambda _url: nullcontext(store))

        async def with_news(_stop: asyncio.Event) -> None:
            if discord.starts == 1:
                await _leave_word(store)
                raise ConnectionError
            while not discord.carried:  # noqa: ASYNC110 - the sender takes its turns meanwhile
                await asyncio.sleep(0)
            stop.set()

        discord = Fake("discord", with_news)
        await serve(settings(discord_token="d"), stop, load=one_of(discord), backoff=BACKOFF)
        assert discord.carried == ["ann"]
        assert discord.starts >= 2

    async def test_without_its_token_a_platform_is_not_even_made(self) -> None:
        stop = asyncio.Event()
        stop.set()
        telegram, discord = Fake("telegram", until_stopped), Fake("discord", until_stopped)
        await serve(settings(telegram_token="t"), stop, load=one_of(telegram, discord), backoff=BACKOFF)
        assert telegram.bot is not None
        assert discord.bot is None

    async def test_one_that_is_thrown_out_again_and_again_does_not_disturb_the_other(self) -> None:
        stop = asyncio.Event()
        served: list[int] = []

        async def thrown_out(_stop: asyncio.Event) -> None:
            if telegram.starts == 5:
                served.append(discord.starts)
                stop.set()
            raise ConnectionError

        telegram, discord = Fake("telegram", thrown_out), Fake("discord", until_stopped)
        await serve(both, stop, load=one_of(telegram, discord), backoff=BACKOFF)
        assert served == [1]

    async def test_one_with_a_refused_token_leaves_the_other_running(self) -> None:
        stop = asyncio.Event()

        async def a_while(stop: asyncio.Event) -> None:
            for _ in range(10):
                await asyncio.sleep(0)
            assert telegram.starts == 1
            stop.set()

        telegram, discord = Fake("telegram", rejected), Fake("discord", a_while)
        with capture_logs() as logs:
            await serve(both, stop, load=one_of(telegram, discord), backoff=BACKOFF)
        assert [line["why"] for line in logs if line["event"] == "rejected"] == ["That token is not accepted."]

    async def test_with_every_token_refused_nothing_is_left_to_do(self) -> None:
        load = one_of(Fake("telegram", rejected), Fake("discord", rejected))
        with pytest.raises(NoPlatformError, match=r"That token is not accepted\."):
            await serve(both, asyncio.Event(), load=load, backoff=BACKOFF)

    async def test_answers_under_way_are_finished(self) -> None:
        stop, finished = asyncio.Event(), []

        async def slow(stop: asyncio.Event) -> None:
            stop.set()
            for _ in range(20):
                await asyncio.sleep(0)
            finished.append("the answer")

        await serve(settings(discord_token="d"), stop, load=one_of(Fake("discord", slow)), backoff=BACKOFF)
        assert finished == ["the answer"]

    async def test_a_platform_that_hangs_is_cut_off(self) -> None:
        stop = asyncio.Event()

        async def hangs(_stop: asyncio.Event) -> None:
            stop.set()
            await asyncio.Event().wait()

        with capture_logs() as logs:
            load = one_of(Fake("discord", hangs))
            await serve(settings(discord_token="d"), stop, load=load, backoff=BACKOFF, grace=0.01)
        assert "cut off" in [line["event"] for line in logs]


class TestAssembly:
    async def test_operators_and_rulebook_are_the_ones_that_are_set(self, tmp_path: Path) -> None:
        book = tmp_path / "mine.toml"
        book.write_text("[earning.welcome]\nconnects = 7\n", encoding="utf-8")
        async with open_bot(settings(rulebook=book, operators="telegram:1")) as bot:
            assert bot.books.rulebook.earning[Source.WELCOME]["connects"] == 7
            assert bot.settings.operators == {"telegram:1"}

    async def test_a_rulebook_that_cannot_be_used_is_said_to_be_so(self, tmp_path: Path) -> None:
        with pytest.raises(RulebookError, match=r"gone\.toml cannot be read"):
            async with open_bot(settings(rulebook=tmp_path / "gone.toml")):
                pass

    async def test_what_has_expired_is_booked_and_what_is_over_forgotten(self) -> None:
        clock = TestClock()
        async with open_bot(settings(), clock) as bot:
            person = await bot.books.person(Identity("telegram", "1"), "Ann")
            wallet = (await bot.books.open(person.id, WalletSettings(), "k", person.id)).wallet
            await bot.store.notes.put_note("old", "text", clock.now() + timedelta(days=1))
            clock.pass_(days=400)
            runs = {job.name: await bot.jobs.run_now(job.name) for job in bot.jobs.all}
            assert {name: run and (run.number, run.error) for name, run in runs.items()} == {
                "sweep": (1, ""),
                "forget": (None, ""),
                "expiring": (0, ""),
                "due": (1, ""),
                "tidy": (None, ""),
                "alarm": (0, ""),
            }
            assert (await bot.books.history(wallet.id))[0].delta == -20
            assert await bot.store.notes.note("old", clock.now() - timedelta(days=400)) is None

    async def test_a_token_that_is_refused_is_told_of_by_the_other_platform(self) -> None:
        async with open_bot(settings(operators="discord:7")) as bot:
            await main.run_platform(bot, Fake("telegram", rejected), asyncio.Event(), BACKOFF)
            await bot.jobs.run_now("alarm")
            assert await bot.store.outbox.next_due("discord") is not None

    async def test_the_verdict_on_new_books_is_that_they_are_right(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path}/new.db"
        upgrade(url)
        found = await main.verdict(url)
        assert (found.fault, found.entries) == (None, 0)

    def test_the_clock_tells_the_time_in_utc(self) -> None:
        assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(minutes=1)


class TestPlatforms:
    def test_a_platform_is_chosen_by_its_token(self) -> None:
        assert enabled_platforms(settings()) == ()
        assert enabled_platforms(settings(discord_token="d")) == ("discord",)
        assert enabled_platforms(both) == ("telegram", "discord")

    @pytest.mark.parametrize("name", PLATFORMS)
    async def test_each_that_is_registered_can_be_loaded(self, name: str) -> None:
        async with open_bot(both) as bot:
            assert main.load_platform(name, bot).name == name


class TestRunning:
    @pytest.mark.parametrize("fast", [True, False])
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_asks_for_the_end(self, number: signal.Signals, *, fast: bool) -> None:
        async def work(stop: asyncio.Event) -> str:
            os.kill(os.getpid(), number)
            await stop.wait()
            return "ended"

        assert main.run(work, fast=fast) == "ended"

    def test_a_second_one_ends_at_once(self) -> None:
        async def stubborn(stop: asyncio.Event) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            await stop.wait()
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.Event().wait()

        with pytest.raises(KeyboardInterrupt):
            main.run(stubborn)

    def test_signals_mean_what_they_meant_before(self) -> None:
        async def nothing(_stop: asyncio.Event) -> None:
            pass

        before = signal.getsignal(signal.SIGTERM)
        main.run(nothing)
        assert signal.getsignal(signal.SIGTERM) is before

    def test_without_uvloop_it_runs_as_well(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def loop(_stop: asyncio.Event) -> str:
            return type(asyncio.get_running_loop()).__module__

        assert main.run(loop, fast=True).startswith("uvloop")
        monkeypatch.setitem(sys.modules, "uvloop", None)
        assert main.run(loop, fast=True).startswith("asyncio")
