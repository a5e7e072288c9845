"""Files that are handed in at the console: `/promote @autumn.toml`, a path on the machine where the console is."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from pathlib import Path
from typing import Final

from bot.command.incoming import LARGEST_FILE, Attached, UnreadableError

HANDED: Final = re.compile(r"(/\w+)?\s*@(\S.*\.\w{1,8})")


def handed_in(line: str) -> tuple[str, Attached] | None:
    """What is left of a line that hands a file in, and the file; None where it does not."""
    found = HANDED.fullmatch(line.strip())
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
    """As much as is needed to see that it is too large."""
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)
