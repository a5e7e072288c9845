"""Makes a small database of each engine with this version: `python -m tests.kept VERSION`.

Existing ones must never be made again: each is what the version that names its folder wrote, 0.1 before its packages
were moved. A later version may add a folder of its own.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog

from tests.bot.stage import a_bot
from tests.clock import TestClock
from tests.kept.files import HERE, moment, postgres_text, sqlite_text, write
from tests.kept.reading import reads
from tests.kept.story import play
from tests.postgres import running


def main(version: str) -> None:
    """Make both databases, which must hold the same."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    with TemporaryDirectory() as folder, running() as server:
        file, url = Path(folder) / "books.db", server.make("kept")
        known = asyncio.run(play(f"sqlite:///{file}"))
        with closing(sqlite3.connect(file)) as connection:
            known["notices"] = [row[0] for row in connection.execute("SELECT key FROM notice ORDER BY key")]
        assert asyncio.run(play(url)).items() <= known.items()
        read, same = (asyncio.run(_read(one, known)) for one in (f"sqlite:///{file}", url))
        assert read == same
        write(
            version,
            known,
            {"sqlite.sql": sqlite_text(file), "postgresql.sql": postgres_text(server, "kept"), "reads.txt": read},
        )


async def _read(url: str, known: dict[str, Any]) -> str:
    async with a_bot(url, TestClock(moment(known)), works=False) as bot:
        return await reads(bot, known["notices"])


if __name__ == "__main__":
    main(sys.argv[1])
    sys.stdout.write(f"{HERE.name}/{sys.argv[1]} is written.\n")
