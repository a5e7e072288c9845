"""What every store promises about fan-out: other writes need not wait, and each subscriber gets a notice once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from core.announcements.model import Announcement
from core.announcements.service import AnnouncementService
from core.delivery.notice import EVERYBODY, Notice, Subscription, Target
from core.delivery.outcome import Sent
from core.delivery.state import State
from core.scheduling.runner import TaskRunner
from core.scheduling.task import Task
from core.wallets.people import Chat, ChatKind
from storage import copy, open_store
from tests.storage.sender import HERE, Sender, about
from tests.storage.teller import open_teller

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller

NAMES = tuple(f"c{number}" for number in range(5))
NEWS = Notice("news", "announcement", {"text": "Hi"}, at_most_once=True, topic="news", audience=EVERYBODY)


@pytest.fixture(autouse=True)
def slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two readers each, so that five readers make three slices."""
    monkeypatch.setattr("storage.sql.delivery.fanout.SLICE", 2)
    monkeypatch.setattr("storage.sql.subscriptions.READ_AT_ONCE", 2)


async def subscribe(teller: Teller, *names: str) -> None:
    for name in names:
        await teller.store.subscriptions.subscribe(Subscription(Target(HERE, name), teller.clock.now(), teller.person))


async def announce(teller: Teller) -> int:
    return await teller.store.outbox.notify([NEWS], teller.clock.now())


async def fan_out(store: Store) -> int:
    """Write all slices, and give their number."""
    number = 0
    while await store.outbox.fan_out():
        number += 1
    return number


async def chats_in(store: Store, state: State = State.PENDING, key: str = "news") -> list[str]:
    return sorted(target.chat for target, found, _ in await store.outbox.deliveries(key) if found is state)


async def test_every_subscriber_gets_it_once(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    assert await announce(teller) == 1
    await fan_out(teller.store)
    assert await announce(teller) == 0
    assert await fan_out(teller.store) == 0
    assert await chats_in(teller.store) == list(NAMES)
    assert [one.target.chat for one in await teller.store.subscriptions.subscribers()] == list(NAMES)


async def test_subscribers_of_the_moment_it_was_made_get_it(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    await announce(teller)
    await teller.store.subscriptions.unsubscribe(HERE, "c4")
    await subscribe(teller, "c9")
    await fan_out(teller.store)
    assert await chats_in(teller.store) == list(NAMES)


async def test_stopping_it_includes_deliveries_that_are_not_written_yet(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    await announce(teller)
    assert await teller.store.outbox.shift("news", State.PENDING, State.HELD, teller.clock.now()) == len(NAMES)
    assert await fan_out(teller.store) == 0
    assert await chats_in(teller.store, State.HELD) == list(NAMES)


async def test_a_delivery_written_late_is_as_old_as_its_notice(teller: Teller, sender: Sender) -> None:
    await subscribe(teller, *NAMES)
    await announce(teller)
    began = teller.clock.now()
    teller.clock.pass_(hours=1)
    await fan_out(teller.store)
    await sender.lease()
    assert {one.made for one in await sender.claim()} == {began}


async def test_the_task_runner_writes_the_deliveries_of_a_due_notice(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    now = teller.clock.now()
    due = Task("promotion:1:start", now)
    await teller.store.tasks.schedule(due)
    assert await teller.store.tasks.take(due, [NEWS], now)
    assert not await teller.store.tasks.take(due, [NEWS], now)
    await TaskRunner(teller.store.tasks, teller.store.outbox, teller.clock, {}).run_due()
    assert await chats_in(teller.store) == list(NAMES)


async def test_all_deliveries_of_an_announcement_are_written_before_its_sender_gets_the_answer(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    announcements = AnnouncementService(teller.store, teller.clock)
    one = await announcements.keep(Announcement("7", "Hi", EVERYBODY))
    assert await announcements.send(one)
    assert (await announcements.tally(one.id)).counts == {State.PENDING: len(NAMES)}
    assert not await announcements.send(one)


async def test_urgent_deliveries_come_before_older_ones(teller: Teller, sender: Sender) -> None:
    await subscribe(teller, *NAMES)
    await announce(teller)
    await fan_out(teller.store)
    teller.clock.pass_(seconds=1)
    bob = await open_teller(teller.store, teller.clock, "bob")
    await teller.store.outbox.notify([about(bob.wallet, urgent=True)], teller.clock.now())
    await sender.lease()
    assert [one.target.chat for one in await sender.claim(3)] == ["bob", "c0", "c1"]
    assert [one.target.chat for one in await sender.claim(3)] == ["c2", "c3", "c4"]


@pytest.mark.parametrize("where", ["url", "postgres"])
class TestDatabases:
    async def test_other_writes_get_their_turn_between_slices(
        self, request: pytest.FixtureRequest, clock: TestClock, where: str
    ) -> None:
        async with open_store(request.getfixturevalue(where)) as store:
            teller = await open_teller(store, clock, "ann")
            await subscribe(teller, *NAMES)
            await announce(teller)
            found = [len(await chats_in(store))]
            while await store.outbox.fan_out():
                found.append(len(await chats_in(store)))
        assert found == [0, 2, 4, 5]

    async def test_after_a_crash_the_next_process_goes_on(
        self, request: pytest.FixtureRequest, clock: TestClock, where: str
    ) -> None:
        url = request.getfixturevalue(where)
        async with open_store(url) as store:
            teller = await open_teller(store, clock, "ann")
            await subscribe(teller, *NAMES)
            await announce(teller)
            assert await store.outbox.fan_out()
            sender = Sender(store, clock)
            await sender.lease()
            for one in await sender.claim():
                await sender.settle(one, Sent("1"))
        async with open_store(url) as store:
            await TaskRunner(store.tasks, store.outbox, clock, {}).run_due()
            assert await chats_in(store, State.SENT) == ["c0", "c1"]
            assert await chats_in(store) == ["c2", "c3", "c4"]

    async def test_slices_that_were_never_written_are_deleted_with_their_notice(
        self, request: pytest.FixtureRequest, clock: TestClock, where: str
    ) -> None:
        async with open_store(request.getfixturevalue(where)) as store:
            teller = await open_teller(store, clock, "ann")
            await subscribe(teller, *NAMES)
            await announce(teller)
            clock.pass_(days=91)
            assert await store.outbox.forget(clock.now(), 10, doubts=clock.now()) == 1
            assert await fan_out(store) == 0

    async def test_a_copied_database_goes_on_with_the_fan_out(
        self, request: pytest.FixtureRequest, clock: TestClock, where: str, tmp_path: object
    ) -> None:
        url, target = request.getfixturevalue(where), f"sqlite:///{tmp_path}/copy.db"
        async with open_store(url) as store:
            teller = await open_teller(store, clock, "ann")
            await subscribe(teller, *NAMES)
            await announce(teller)
        assert copy(url, target)["slice"] == 3
        async with open_store(target) as store:
            await fan_out(store)
            assert await chats_in(store) == list(NAMES)


async def test_two_processes_write_each_delivery_once(postgres: str, clock: TestClock) -> None:
    async with open_store(postgres) as one, open_store(postgres) as other:
        teller = await open_teller(one, clock, "ann")
        names = [f"c{number:02}" for number in range(40)]
        await subscribe(teller, *names)
        await announce(teller)
        await asyncio.gather(*(fan_out(store) for store in (one, other)))
        await fan_out(one)
        assert await chats_in(one) == names


async def test_a_reader_who_is_lost_before_their_delivery_is_written_gets_none(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    await announce(teller)
    for name, why in (("c1", "removed"), ("c3", "deleted")):
        ref = Target(HERE, name).ref
        await teller.store.people.note_unreachable(ref, ChatKind.GROUP, why, teller.clock.now())
    await teller.store.people.note_reachable(Chat(Target(HERE, "c3").ref, ChatKind.GROUP), teller.clock.now())
    await fan_out(teller.store)
    assert set(await chats_in(teller.store)) - {"c3"} == {"c0", "c2", "c4"}
