"""After a forgetting, none of the words that were theirs is anywhere: in a table, a file, its log or a copy of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import psycopg

from storage.memory.store import MemoryStore
from tests.bot.stage import a_bot
from tests.clock import TestClock
from tests.kept.files import restore_sqlite
from tests.storage.forgetting.life import GONE, STAYS, ZOE, lived
from tests.storage.teller import proven

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.stage import Bot

NOW: Final = datetime(2026, 7, 20, 20, 5, tzinfo=UTC)
ANN_OF_0_1: Final = ("telegram:1001", "Logo redesign", "as Upwork shows it")
"""What the kept database of version 0.1 has of Ann: her entries have seals of the first version."""


def found(dump: bytes, *words: str) -> list[str]:
    """Those of the words that are there, in whatever case."""
    folded = dump.lower()
    return [word for word in words if word.lower().encode() in folded]


def files(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def rows(url: str) -> bytes:
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
        every = (connection.execute(b'TABLE "%s"' % name.encode()).fetchall() for (name,) in tables)
        return repr([*every]).encode()


async def forgotten(bot: Bot) -> None:
    life = await lived(bot)
    before = await proven(bot.store)
    for line in ("/forgetme", "[Forget me", "[Yes, with my 37 entries"):
        heard = await (life.zoe.press(line[1:]) if line.startswith("[") else life.zoe.say(line))
    assert "34 figures of your books stay without a name, and 3 in the books of groups." in heard.text
    after = await proven(bot.store)
    assert (after.fingerprint, after.erasures) == (before.fingerprint, 1)
    again = await bot.store.forgetting.forget(life.person, bot.clock.now())
    assert again[1:] == (0, 0, 0, 0, 0)


async def test_in_memory() -> None:
    async with a_bot(clock=TestClock(NOW)) as bot:
        assert isinstance(bot.store, MemoryStore)
        await forgotten(bot)
        dump = repr(bot.store.tables).encode()
    assert found(dump, *GONE) == []
    assert found(dump, *STAYS) == [*STAYS]


async def test_in_a_file_its_log_and_its_copies(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    restore_sqlite("0.1", file)
    async with a_bot(f"sqlite:///{file}", clock=TestClock(NOW)) as bot:
        assert file.with_name("books.db.before-0020").exists()
        await forgotten(bot)
        assert found(files(tmp_path), *GONE) == []
        ann = await bot.store.people.person(type(ZOE)("telegram", "1001"), "Ann")
        assert found(files(tmp_path), *ANN_OF_0_1) == [*ANN_OF_0_1]
        before = await proven(bot.store)
        await bot.store.forgetting.forget(ann.id, bot.clock.now())
        assert (await proven(bot.store)).fingerprint == before.fingerprint
        assert found(files(tmp_path), *ANN_OF_0_1) == []
    assert found(files(tmp_path), *GONE, *ANN_OF_0_1) == []
    assert found(files(tmp_path), *STAYS) == [*STAYS]


async def test_on_a_server(postgres: str) -> None:
    async with a_bot(postgres, clock=TestClock(NOW)) as bot:
        await forgotten(bot)
    assert found(rows(postgres), *GONE) == []
    assert found(rows(postgres), *STAYS) == [*STAYS]
