"""What every store promises about what goes to many: none waits for all of it, is left out, or hears it twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from core.announcements.model import Announcement
from core.announcements.service import Announcements
from core.delivery.notice import EVERYBODY, Notice, Subscription, Target
from core.delivery.outcome import Sent
from core.delivery.state import State
from core.scheduling.runner import Duties
from core.scheduling.task import Due
from storage import copy, open_store
from tests.storage.sender import HERE, Sender, about
from tests.storage.teller import open_teller

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller

NAMES = tuple(f"c{number}" for number in range(5))
NEWS = Notice("news", "announcement", {"text": "Hi"}, once=True, about="news", audience=EVERYBODY)


@pytest.fixture(autouse=True)
def slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two each, so that five are three slices."""
    monkeypatch.setattr("storage.sql.fanout.SLICE", 2)
    monkeypatch.setattr("storage.sql.subscriptions.READ_AT_ONCE", 2)


async def subscribe(teller: Teller, *names: str) -> None:
    for name in names:
        await teller.store.subscriptions.subscribe(Subscription(Target(HERE, name), teller.clock.now(), teller.person))


async def tell(teller: Teller) -> int:
    return await teller.store.outbox.notify([NEWS], teller.clock.now())


async def spread(store: Store) -> int:
    """Write all that is to be written; in how many slices."""
    number = 0
    while await store.outbox.spread():
        number += 1
    return number


async def told(store: Store, state: State = State.PENDING, key: str = "news") -> list[str]:
    return sorted(target.chat for target, found, _ in await store.outbox.deliveries(key) if found is state)


async def test_all_hear_it_once(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    assert await tell(teller) == 1
    await spread(teller.store)
    assert await tell(teller) == 0
    assert await spread(teller.store) == 0
    assert await told(teller.store) == list(NAMES)
    assert [one.target.chat for one in await teller.store.subscriptions.subscribers()] == list(NAMES)


async def test_those_who_were_there_hear_it(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    await tell(teller)
    await teller.store.subscriptions.unsubscribe(HERE, "c4")
    await subscribe(teller, "c9")
    await spread(teller.store)
    assert await told(teller.store) == list(NAMES)


async def test_all_of_it_is_stopped_also_what_is_not_written_yet(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    await tell(teller)
    assert await teller.store.outbox.shift("news", State.PENDING, State.HELD, teller.clock.now()) == len(NAMES)
    assert await spread(teller.store) == 0
    assert await told(teller.store, State.HELD) == list(NAMES)


async def test_it_is_as_old_as_what_it_tells_however_late_it_is_written(teller: Teller, sender: Sender) -> None:
    await subscribe(teller, *NAMES)
    await tell(teller)
    began = teller.clock.now()
    teller.clock.pass_(hours=1)
    await spread(teller.store)
    await sender.lease()
    assert {one.made for one in await sender.claim()} == {began}


async def test_what_falls_due_for_many_is_written_by_who_sees_to_it(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    now = teller.clock.now()
    due = Due("promotion:1:start", now)
    await teller.store.tasks.put_due(due)
    assert await teller.store.tasks.take_due(due, [NEWS], now)
    assert not await teller.store.tasks.take_due(due, [NEWS], now)
    await Duties(teller.store.tasks, teller.store.outbox, teller.clock, {}).see_to()
    assert await told(teller.store) == list(NAMES)


async def test_an_announcement_is_written_to_all_when_its_sender_hears_that_it_was_sent(teller: Teller) -> None:
    await subscribe(teller, *NAMES)
    one = Announcement("7", "Hi", EVERYBODY)
    announcements = Announcements(teller.store, teller.clock)
    assert await announcements.send(one)
    assert (await announcements.tally(one.id)).counts == {State.PENDING: len(NAMES)}
    assert not await announcements.send(one)


async def test_the_urgent_comes_before_what_has_waited_for_longer(teller: Teller, sender: Sender) -> None:
    await subscribe(teller, *NAMES)
    await tell(teller)
    await spread(teller.store)
    teller.clock.pass_(seconds=1)
    bob = await open_teller(teller.store, teller.clock, "bob")
    await teller.store.outbox.notify([about(bob.wallet, urgent=True)], teller.clock.now())
    await sender.lease()
    assert [one.target.chat for one in await sender.claim(3)] == ["bob", "c0", "c1"]
    assert [one.target.chat for one in await sender.claim(3)] == ["c2", "c3", "c4"]


@pytest.mark.parametrize("where", ["url", "postgres"])
class TestDatabases:
    async def test_others_get_their_turn_between_its_slices(
        self, request: pytest.FixtureRequest, clock: TestClock, where: str
    ) -> None:
        async with open_store(request.getfixturevalue(where)) as store:
            teller = await open_teller(store, clock, "ann")
            await subscribe(teller, *NAMES)
            await tell(teller)
            found = [len(await told(store))]
            while await store.outbox.spread():
                found.append(len(await told(store)))
        assert found == [0, 2, 4, 5]

    async def test_after_a_crash_whoever_comes_next_goes_on(
        self, request: pytest.FixtureRequest, clock: TestClock, where: str
    ) -> None:
        url = request.getfixturevalue(where)
        async with open_store(url) as store:
            teller = await open_teller(store, clock, "ann")
            await subscribe(teller, *NAMES)
            await tell(teller)
            assert await store.outbox.spread()
            sender = Sender(store, clock)
            await sender.lease()
            for one in await sender.claim():
                await sender.settle(one, Sent("1"))
        async with open_store(url) as store:
            await Duties(store.tasks, store.outbox, clock, {}).see_to()
            assert await told(store, State.SENT) == ["c0", "c1"]
            assert await told(store) == ["c2", "c3", "c4"]

    async def test_what_nobody_went_on_with_is_forgotten_with_its_notice(
        self, request: pytest.FixtureRequest, clock: TestClock, where: str
    ) -> None:
        async with open_store(request.getfixturevalue(where)) as store:
            teller = await open_teller(store, clock, "ann")
            await subscribe(teller, *NAMES)
            await tell(teller)
            clock.pass_(days=91)
            assert await store.outbox.forget(clock.now(), 10, doubts=clock.now()) == 1
            assert await spread(store) == 0

    async def test_a_copy_goes_on_with_it(
        self, request: pytest.FixtureRequest, clock: TestClock, where: str, tmp_path: object
    ) -> None:
        url, target = request.getfixturevalue(where), f"sqlite:///{tmp_path}/copy.db"
        async with open_store(url) as store:
            teller = await open_teller(store, clock, "ann")
            await subscribe(teller, *NAMES)
            await tell(teller)
        assert copy(url, target)["slice"] == 3
        async with open_store(target) as store:
            await spread(store)
            assert await told(store) == list(NAMES)


async def test_two_processes_that_go_on_with_it_write_each_once(postgres: str, clock: TestClock) -> None:
    async with open_store(postgres) as one, open_store(postgres) as other:
        teller = await open_teller(one, clock, "ann")
        names = [f"c{number:02}" for number in range(40)]
        await subscribe(teller, *names)
        await tell(teller)
        await asyncio.gather(*(spread(store) for store in (one, other)))
        await spread(one)
        assert await told(one) == names
