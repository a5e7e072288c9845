"""The whole program: the time from the command line to the first answer, and its memory while it is idle."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

from benchmarks.figure import QUICK, Figure
from tests.bot.test_process import PROGRAM, addresses, started, surroundings
from tests.loopback.discord import DiscordServer
from tests.loopback.telegram import TelegramServer

if TYPE_CHECKING:
    from collections.abc import Iterator

STARTS: Final = 5 if QUICK else 11
SOON: Final = 1.2
PAGES_OF_A_MEGABYTE: Final = 256
PATIENCE: Final = 30.0


def figures() -> Iterator[Figure]:
    """Seconds are the median of several starts on existing books. Memory is the resident set."""
    with TemporaryDirectory(prefix="bench-", dir=".") as folder:
        python = [_seconds([sys.executable, "-c", "print('ready')"], Path(folder), "ready") for _ in range(STARTS)]
        _first_answer(Path(folder))  # creates the books
        starts = [_first_answer(Path(folder)) for _ in range(STARTS)]
        yield Figure("start of Python alone, s", median(python))
        yield Figure("console, start to first answer, s", median(starts), SOON, at_most=True)
        if Path("/proc/self/statm").exists():
            yield Figure("idle bot on Telegram and Discord, MB", asyncio.run(_megabytes(Path(folder))))


def _first_answer(folder: Path) -> float:
    return _seconds([*PROGRAM, "console"], folder, "are available", "/start\n/balance\n")


def _seconds(command: list[str], folder: Path, awaited: str, typed: str = "") -> float:
    """Seconds from the start of a process until it prints what is awaited."""
    start = perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None  # noqa: S101 - asked for just above
        assert process.stdout is not None  # noqa: S101 - the same
        process.stdin.write(typed)
        process.stdin.close()
        for line in process.stdout:
            if awaited in line:
                took = perf_counter() - start
                process.stdout.read()
                return took
    raise RuntimeError(f"{command[-1]} never printed {awaited!r}")


async def _megabytes(folder: Path) -> float:
    async with (
        TelegramServer() as telegram,
        DiscordServer() as discord,
        started(folder, **addresses(telegram, discord)) as process,
    ):
        ann = telegram.user("Ann")
        await ann.say("/start")
        await ann.private.next_message(PATIENCE)
        await discord.commands_registered(PATIENCE)
        pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])  # noqa: ASYNC240 - a moment's read
        return pages / PAGES_OF_A_MEGABYTE
