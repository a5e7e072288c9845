"""Attaching files at the console: `/promote @autumn.toml`, a path on the machine that runs the console."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from pathlib import Path
from typing import Final

from bot.command.incoming import LARGEST_FILE, Attached, UnreadableError

ATTACHING: Final = re.compile(r"(/\w+)?\s*@(\S.*\.\w{1,8})")


def attached_in(line: str) -> tuple[str, Attached] | None:
    """The rest of a line that attaches a file, and the file; None if it attaches none."""
    found = ATTACHING.fullmatch(line.strip())
    if found is None:
        return None
    path = Path(found[2]).expanduser()
    return found[1] or "", Attached(path.name, 0, partial(_fetch, path))


async def _fetch(path: Path) -> bytes:
    try:
        return await asyncio.to_thread(_read, path)
    except OSError as error:
        raise UnreadableError from error


def _read(path: Path) -> bytes:
    """The content, or as much of it as shows that it is too large."""
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)
