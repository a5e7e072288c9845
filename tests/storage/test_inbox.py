"""What every store promises about the inbox: an update is kept once, and its body only until it is finished."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest

from core.inbox import KeptUpdate
from core.retention import FINISHED_KEPT, UNFINISHED_KEPT, Retention
from storage import open_store, unfinished
from storage.sqlite.engine import SqliteEngine

if TYPE_CHECKING:
    from pathlib import Path

    from core.store import Store
    from tests.clock import TestClock

HERE = "telegram"
SECOND = timedelta(seconds=1)


@pytest.fixture
def first(clock: TestClock) -> KeptUpdate:
    return KeptUpdate(7, '{"text": "/spend 16"}', clock.now())


@pytest.fixture
def second(clock: TestClock) -> KeptUpdate:
    return KeptUpdate(8, '{"text": "/balance"}', clock.now() - SECOND)


async def test_an_update_is_kept_until_it_is_finished(store: Store, first: KeptUpdate, second: KeptUpdate) -> None:
    assert await store.inbox.keep(HERE, [second, first]) == {7, 8}
    assert await store.inbox.unfinished(HERE) == (first, second)
    await store.inbox.finish(HERE, [7])
    assert await store.inbox.unfinished(HERE) == (second,)


async def test_one_that_comes_again_is_the_same(store: Store, first: KeptUpdate, second: KeptUpdate) -> None:
    for _ in range(2):
        again = [store.inbox.keep(HERE, [first._replace(body=body)]) for body in ("{}", first.body, "{}")]
        assert await asyncio.gather(*again) == [{7}] * 3
    assert await store.inbox.unfinished(HERE) == (first._replace(body="{}"),)
    third = [first._replace(number=9), first._replace(number=9, body="{}")]
    assert await store.inbox.keep(HERE, third) == {9}
    await store.inbox.finish(HERE, [9])
    assert await store.inbox.keep(HERE, ()) == set()
    await store.inbox.finish(HERE, [7])
    assert await store.inbox.keep(HERE, [first, second]) == {8}
    assert await store.inbox.unfinished(HERE) == (second,)


async def test_platforms_have_numbers_of_their_own(store: Store, first: KeptUpdate) -> None:
    await store.inbox.keep(HERE, [first])
    assert await store.inbox.keep("other", [first]) == {7}
    await store.inbox.finish(HERE, [7])
    assert await store.inbox.unfinished("other") == (first,)


async def test_starts_are_counted(store: Store, first: KeptUpdate, second: KeptUpdate) -> None:
    await store.inbox.keep(HERE, [first, second])
    await store.inbox.begin(HERE, [7, 8])
    await store.inbox.begin(HERE, [7])
    assert [one.starts for one in await store.inbox.unfinished(HERE)] == [2, 1]


async def test_to_finish_what_is_unknown_does_nothing(store: Store, first: KeptUpdate) -> None:
    await store.inbox.finish(HERE, [7])
    assert await store.inbox.keep(HERE, [first]) == {7}


class TestForgetting:
    async def tidy(self, store: Store, clock: TestClock) -> None:
        await Retention(store.outbox, store.audit_log, store.inbox, clock).tidy()

    async def test_the_number_of_a_finished_update_is_kept_for_two_days(
        self, store: Store, clock: TestClock, first: KeptUpdate
    ) -> None:
        await store.inbox.keep(HERE, [first])
        await store.inbox.finish(HERE, [7])
        clock.pass_(seconds=FINISHED_KEPT.total_seconds())
        await self.tidy(store, clock)
        assert await store.inbox.keep(HERE, [first]) == set()
        clock.pass_(seconds=1)
        await self.tidy(store, clock)
        assert await store.inbox.keep(HERE, [first]) == {7}

    async def test_an_unfinished_update_stays_longer(self, store: Store, clock: TestClock, first: KeptUpdate) -> None:
        await store.inbox.keep(HERE, [first])
        clock.pass_(seconds=UNFINISHED_KEPT.total_seconds())
        await self.tidy(store, clock)
        assert await store.inbox.unfinished(HERE) == (first,)
        clock.pass_(seconds=1)
        await self.tidy(store, clock)
        assert await store.inbox.unfinished(HERE) == ()

    async def test_a_number_that_was_kept_by_a_clock_that_was_ahead_is_not_known_for_ever(
        self, store: Store, clock: TestClock, first: KeptUpdate
    ) -> None:
        await store.inbox.keep(HERE, [first._replace(at=clock.now() + timedelta(days=900))])
        await self.tidy(store, clock)
        assert len(await store.inbox.unfinished(HERE)) == 1
        await store.inbox.finish(HERE, [7])
        await self.tidy(store, clock)
        assert await store.inbox.keep(HERE, [first]) == {7}

    async def test_in_batches(self, store: Store, clock: TestClock, first: KeptUpdate) -> None:
        many = [first._replace(number=number) for number in range(5)]
        await store.inbox.keep(HERE, many)
        await store.inbox.finish(HERE, range(4))
        later = clock.now() + SECOND
        forgotten = [await store.inbox.forget(later, clock.now(), later, 3) for _ in range(3)]
        assert forgotten == [3, 1, 0]
        assert await store.inbox.keep(HERE, many) == {0, 1, 2, 3, 4}


async def test_the_body_of_a_finished_update_is_not_in_the_database(url: str, file: Path, first: KeptUpdate) -> None:
    async with open_store(url) as store:
        await store.inbox.keep(HERE, [first])
        await store.inbox.finish(HERE, [7])
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT number, body FROM inbox").fetchall() == [(7, None)]


@pytest.mark.parametrize("where", ["url", "postgres"])
async def test_how_many_are_unfinished_can_be_asked_from_outside(
    request: pytest.FixtureRequest, first: KeptUpdate, second: KeptUpdate, where: str
) -> None:
    url: str = request.getfixturevalue(where)
    async with open_store(url) as store:
        assert unfinished(url) == 0
        await store.inbox.keep(HERE, [first, second])
        await store.inbox.finish(HERE, [7])
        assert unfinished(url) == 1
    assert unfinished("memory://") == 0


async def test_many_at_once_cost_one_commit(url: str, first: KeptUpdate, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first write holds up the writer until all others are queued."""
    commits, queued, commit = [], Event(), SqliteEngine.commit

    def counted(engine: SqliteEngine) -> None:
        queued.wait()
        commits.append(1)
        commit(engine)

    async with open_store(url) as store:
        monkeypatch.setattr(SqliteEngine, "commit", counted)
        keeping = [store.inbox.keep(HERE, [first._replace(number=number)]) for number in range(65)]
        running = [asyncio.create_task(one) for one in keeping]
        await asyncio.sleep(0)
        queued.set()
        assert set().union(*await asyncio.gather(*running)) == set(range(65))
    assert len(commits) <= 2  # of what the writer held already, and of all the rest
