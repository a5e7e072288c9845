"""Attaching files at the console: `/promote @autumn.toml`, a path on the machine that runs the console."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from pathlib import Path
from typing import Final

from bot.command.incoming import Attached, UnreadableError
from bot.pages.files import LARGEST

ATTACHING: Final = re.compile(r"(/\w+)?\s*@(\S+\.\w{1,8}|[/~.]\S*[/\\].*\.\w{1,8})")
"""A path with blanks must begin like one: "@bob look at this.md" is said to somebody."""


def attached_in(line: str) -> tuple[str, Attached] | None:
    """The rest of a line that attaches a file, and the file; None if it attaches none."""
    found = ATTACHING.fullmatch(line.strip())
    if found is None:
        return None
    path = Path(found[2])
    return found[1] or "", Attached(path.name, 0, partial(_fetch, path))


async def _fetch(path: Path) -> bytes:
    try:
        return await asyncio.to_thread(_read, path)
    except (OSError, RuntimeError) as error:  # RuntimeError: "~name" of a user who does not exist
        raise UnreadableError from error


def _read(path: Path) -> bytes:
    """The content, or as much of it as shows that it is too large. A pipe is not opened: it would wait for a writer."""
    found = path.expanduser()
    if not found.is_file():
        raise OSError("not a regular file")
    with found.open("rb") as file:
        return file.read(LARGEST + 1)
