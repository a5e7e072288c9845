"""What tests of the bot's own processes share: a pipe that a process holds until it ends."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import TextIOWrapper


def hold(path: str) -> None:
    """Write this process into a named pipe, which stays open until the process ends."""
    os.write(os.open(path, os.O_WRONLY), f"{os.getpid()}\n".encode())


async def held(pipe: Path) -> TextIOWrapper:
    """The pipe, once a process holds its other end."""
    opened = await asyncio.to_thread(pipe.open)
    assert await asyncio.to_thread(opened.readline)
    return opened


async def let_go(opened: TextIOWrapper) -> None:
    """Wait until the process that held the pipe has ended."""
    with opened:
        assert not await asyncio.to_thread(opened.read)


def in_it(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def said_of(process: int | None, what: str) -> str:
    return Path(f"/proc/{process}/{what}").read_text(encoding="ascii").strip()
