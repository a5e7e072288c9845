"""The program as it is started: a real process on a pipe, and against platforms on this machine."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.config import Settings
from tests.loopback.discord import DiscordServer
from tests.loopback.telegram import TelegramServer
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

PROGRAM: Final = (sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())")
ROOT: Final = Path(__file__).parents[2]
TOLD: Final = "/start\n/spend 16 Logo redesign\n/balance\n"


def surroundings(**given: str) -> dict[str, str]:
    """The environment of a process without settings but these."""
    mine = {name.upper() for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name not in mine}
    return {**kept, "PYTHONPATH": str(ROOT), "NO_COLOR": "", **given}


def on_a_pipe(folder: Path, lines: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *words],
        input=lines, cwd=folder, env=surroundings(), capture_output=True, text=True, timeout=PATIENCE, check=False,
        encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A folder in which the program has run, and what it printed. Its database took the longest."""
    folder = tmp_path_factory.mktemp("begun")
    return folder, on_a_pipe(folder, f"{TOLD}/export", "run")


@pytest.fixture
def again(begun: tuple[Path, object], tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(shutil.copytree(begun[0], tmp_path / "again"))


class TestPipe:
    def test_the_conversation_is_printed(self, begun: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
        done = begun[1]
        assert (done.returncode, done.stderr) == (0, "")
        assert "you> /start\nHello you! Your wallet is open with 20 free Connects." in done.stdout, (
            "a line stands after its prompt, the answer below it"
        )
        assert "you> /spend 16 Logo redesign\n#2 booked: 16 Connects · Proposal: Logo redesign\n" in done.stdout
        assert "you> /balance\n4 Connects are available.\n" in done.stdout
        assert "\x1b" not in done.stdout, "nothing is coloured or moved"

    def test_the_second_start_goes_on_where_the_first_ended_and_reads_nothing_after_quit(self, again: Path) -> None:
        done = on_a_pipe(again, "/balance\n/quit\n/help\n", "run")
        assert (done.returncode, done.stderr) == (0, "")
        assert "4 Connects are available." in done.stdout
        assert "/help lists" not in done.stdout.partition("/quit")[2]

    def test_without_a_token_two_lines_say_how_to_add_one(
        self, begun: tuple[Path, subprocess.CompletedProcess[str]], again: Path
    ) -> None:
        hints = [line for line in begun[1].stdout.splitlines() if "into .env" in line]
        assert [line.partition("=")[0] for line in hints] == [
            "Telegram: put TELEGRAM_TOKEN",
            "Discord: put DISCORD_TOKEN",
        ]
        assert all(len(line) < 80 for line in hints), "each fits on a line of a terminal"
        assert "TELEGRAM_TOKEN" not in on_a_pipe(again, "", "console").stdout

    def test_a_file_is_written_where_it_says(self, begun: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
        folder, done = begun
        (path,) = [line.removeprefix("Saved as ") for line in done.stdout.splitlines() if line.startswith("Saved as ")]
        assert path.startswith("data/exports/")
        assert "Logo redesign" in (folder / path).read_text(encoding="utf-8-sig")

    def test_a_reader_that_goes_away_is_no_reason_to_complain(self, again: Path) -> None:
        source, sink = os.pipe()
        os.close(source)
        done = subprocess.run(
            [*PROGRAM, "run"], input=b"/help\n" * 9, stdout=sink, stderr=subprocess.PIPE, cwd=again,
            env=surroundings(), timeout=PATIENCE, check=False,
        )  # fmt: skip
        os.close(sink)
        assert done.stderr == b""

    def test_only_what_is_needed_is_imported(self, again: Path) -> None:
        """The first start makes the database with Alembic."""
        told = "import sys; from bot.cli import main; main(['run']); print(*sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", told], input="/start\n", cwd=again, env=surroundings(),
            capture_output=True, text=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
        heavy = {"telegram", "discord", "alembic", "prompt_toolkit", "uvloop", "aiohttp", "httpx"}
        assert not heavy & set(done.stdout.splitlines()[-1].split())


@asynccontextmanager
async def started(folder: Path, **given: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, "run", cwd=folder, env=surroundings(**given), stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    """Its code, and all that it said on stderr."""
    _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, said.decode()


def addresses(telegram: TelegramServer, discord: DiscordServer) -> dict[str, str]:
    return {
        "TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url,
        "DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url, "DISCORD_GATEWAY_URL": discord.gateway.url,
    }  # fmt: skip


class TestPlatforms:
    async def test_both_are_served_and_a_signal_ends_everything(self, tmp_path: Path) -> None:
        async with (
            TelegramServer() as telegram,
            DiscordServer() as discord,
            started(tmp_path, **addresses(telegram, discord)) as process,
        ):
            ann = telegram.user("Ann")
            await ann.say("/start")
            assert "20 free Connects" in (await ann.private.next_message()).text
            await discord.commands_registered()
            process.send_signal(signal.SIGTERM)
            code, said = await ended(process)
        assert code == 0
        assert "stopped" in said
        assert telegram.token not in said
        assert discord.token not in said

    async def test_one_that_is_away_does_not_take_the_other_down(self, tmp_path: Path) -> None:
        async with TelegramServer() as telegram, DiscordServer() as discord:
            nowhere = {"DISCORD_API_URL": "http://127.0.0.1:9/api/v10"}
            async with started(tmp_path, **{**addresses(telegram, discord), **nowhere}) as process:
                ann = telegram.user("Ann")
                await ann.say("/start")
                assert "20 free Connects" in (await ann.private.next_message()).text
                process.send_signal(signal.SIGINT)
                assert (await ended(process))[0] == 0

    async def test_refused_tokens_end_it_with_words(self, tmp_path: Path) -> None:
        async with TelegramServer() as telegram, DiscordServer() as discord:
            wrong = {"TELEGRAM_TOKEN": "123456789:wrong", "DISCORD_TOKEN": "wrong"}
            async with started(tmp_path, **{**addresses(telegram, discord), **wrong}) as process:
                code, said = await ended(process)
        assert code == 1
        last = said.splitlines()[-1]
        assert last.startswith("connects: ")
        assert "TELEGRAM_TOKEN" in last
        assert "DISCORD_TOKEN" in last
        assert "Traceback" not in said
