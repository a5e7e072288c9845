"""A database of each engine from an earlier version, copied for each test, and the bot on it a second later."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from bot.base.background_jobs import Jobs
from bot.main import jobs_on
from core.shared.ids import PromotionId
from storage import upgrade
from tests.bot.carrier import FakeCarrier
from tests.bot.stage import a_bot
from tests.bot.telling import deliver_all
from tests.clock import TestClock
from tests.kept.files import VERSIONS, facts, golden, moment, restore_postgres, restore_sqlite
from tests.kept.people import players

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator
    from pathlib import Path

    from core.delivery.state import State
    from core.promotions.model import ClaimState
    from core.shared.ids import PersonId
    from tests.bot.stage import Bot, Heard
    from tests.bot.stages.desk import DeskPlayer
    from tests.postgres import Server

PLATFORMS = ("telegram", "discord", "console")


@dataclass
class Kept:
    """The bot on such a database, its people, and what was known when the database was made."""

    bot: Bot
    known: dict[str, Any]
    golden: str
    people: dict[str, DeskPlayer]
    carriers: dict[str, FakeCarrier] = field(default_factory=lambda: {name: FakeCarrier(name) for name in PLATFORMS})

    async def press(self, name: str) -> Heard:
        """Press a button that the story left."""
        button = self.known["waiting"][name]
        player = self.people[button["who"]]
        player.buttons = {button["label"]: button["press"]}
        return await player.press(button["label"])

    async def send(self) -> None:
        """Send what is due on each platform."""
        for carrier in self.carriers.values():
            await deliver_all(self.bot, carrier)

    async def pass_until(self, *times: datetime) -> None:
        """Let time go by. At each of these times, run every job and send what is due."""
        jobs = Jobs(
            jobs_on(self.bot.store, self.bot.books, self.bot.live_platforms), self.bot.store.notes, self.bot.clock
        )
        for at in times:
            self.bot.clock.at = at
            for job in jobs.all:
                run = await jobs.run_now(job.name)
                assert run is not None
                assert not run.error, f"{job.name}: {run.error}"
            await self.send()

    async def states(self, notice: str) -> dict[str, State]:
        """The states of the deliveries of a notice, by chat."""
        return {target.chat: state for target, state, _ in await self.bot.store.outbox.deliveries(notice)}

    async def deliveries(self) -> dict[tuple[str, str], State]:
        """The states of all deliveries of the story, by notice and chat."""
        return {(key, chat): state for key in self.known["notices"] for chat, state in (await self.states(key)).items()}

    async def announced(self, text: str) -> dict[str, State]:
        """The states of the deliveries of an announcement, by chat."""
        return await self.states(self.known["announced"][text])

    async def claim(self, promotion: int, person: PersonId) -> ClaimState:
        """The state of a person's claim."""
        claim = await self.bot.store.promotions.claim_of(PromotionId(promotion), person)
        assert claim is not None
        return claim.state


@pytest.fixture(params=VERSIONS, scope="session")
def version(request: pytest.FixtureRequest) -> str:
    """Every version that has databases here."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def kept_file(version: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once for all tests, as the bot would on its first start."""
    file = tmp_path_factory.mktemp("kept") / "books.db"
    restore_sqlite(version, file)
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def kept_template(version: str, server: Server) -> str:
    """The name of a database to copy, migrated too."""
    name = f"kept-{version}"
    restore_postgres(version, url := server.make(name))
    upgrade(url)
    return name


@pytest.fixture
def sqlite(kept_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(kept_file, tmp_path / 'books.db')}"


@pytest.fixture
def postgresql(kept_template: str, server: Server) -> Iterator[str]:
    name = secrets.token_hex(8)
    yield server.make(name, kept_template)
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
async def kept(request: pytest.FixtureRequest, version: str, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Kept]:
    """Each engine in turn. At the end, the books are verified."""
    url: str = request.getfixturevalue(request.param)
    known = facts(version)
    monkeypatch.setattr("tests.bot.stages.desk.numbers", count(1000))  # no message has the number of one before
    async with a_bot(url, TestClock(moment(known) + timedelta(seconds=1)), works=False) as bot:
        yield Kept(bot, known, golden(version), players(bot))
        verdict = await bot.books.verify()
        assert verdict.fault is None, verdict.fault
