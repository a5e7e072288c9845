"""Importing it does what each sender would do at its start: it has read the words and compiled SQLite's statements.

Processes that are forked from one that did so need not.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.config import Settings
from bot.main import open_bot
from bot.reply.words import CATALOG


async def _prepare(folder: Path) -> None:
    given: dict[str, Any] = {"database_url": f"sqlite:///{folder / 'books.db'}", "_env_file": None}
    async with open_bot(Settings(**given)):
        assert CATALOG.has("cmd-help")


with TemporaryDirectory(prefix="prepared-") as _folder:
    asyncio.run(_prepare(Path(_folder)))
