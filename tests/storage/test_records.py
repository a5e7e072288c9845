"""What every store promises about recurring announcements, the audit log and the tally of deliveries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.announcements.model import Series
from core.audit_log import AuditRecord
from core.delivery.notice import Audience, Notice, Target
from core.delivery.outcome import Sent, Unreachable
from core.delivery.state import State
from core.retention import Retention
from core.scheduling.task import Task
from core.shared.lifecycle import Status
from core.wallets.people import ChatRef
from tests.storage.sender import HERE

if TYPE_CHECKING:
    from tests.storage.sender import Sender
    from tests.storage.teller import Teller

TEAM, CLUB = ChatRef(HERE, "team"), ChatRef(HERE, "club")


def series(teller: Teller) -> Series:
    audience = Audience(("telegram",), (), ("design", "rust"))
    text = "Come and\nsee \u6f22"
    return Series(0, Status.DRAFT, "0 9 * * mon", "Europe/Kyiv", text, audience, teller.person, teller.clock.now())


def action(teller: Teller, key: str = "k1", chat: ChatRef = TEAM, outcome: str = "done") -> AuditRecord:
    return AuditRecord(key, teller.clock.now(), teller.person, chat, "/settings low=20", outcome)


class TestSeries:
    async def test_it_is_stored_unchanged(self, teller: Teller) -> None:
        made = await teller.store.recurring.new_series(series(teller))
        assert made == series(teller)._replace(id=made.id)
        assert await teller.store.recurring.one_series(made.id) == made
        assert await teller.store.recurring.one_series(made.id + 1) is None
        assert await teller.store.recurring.all_series(5) == ()  # a draft is nothing yet

    async def test_a_change_based_on_an_older_version_is_refused(self, teller: Teller) -> None:
        store, now = teller.store, teller.clock.now()
        seen = await store.recurring.new_series(series(teller))
        assert await store.recurring.change_series(seen, Status.LIVE, Task(seen.name, now))
        assert not await store.recurring.change_series(seen, Status.ENDED, Task(seen.name, now + timedelta(days=1)))
        assert await store.tasks.due_by(now, 5) == (Task(seen.name, now),)
        live = await store.recurring.one_series(seen.id)
        assert live is not None
        assert (live.status, live.version) == (Status.LIVE, 2)
        assert await store.recurring.change_series(live, Status.PAUSED, None)
        assert await store.tasks.due_by(now, 5) == (Task(seen.name, now),)

    async def test_the_newest_come_first(self, teller: Teller) -> None:
        store = teller.store
        for _ in range(3):
            await store.recurring.change_series(await store.recurring.new_series(series(teller)), Status.LIVE, None)
        assert [one.id for one in await store.recurring.all_series(2)] == [3, 2]


class TestActions:
    async def test_an_action_is_recorded_once(self, teller: Teller) -> None:
        await teller.store.audit_log.record(action(teller))
        await teller.store.audit_log.record(action(teller, outcome="refused unknown"))
        (kept,) = await teller.store.audit_log.records(5)
        assert kept == action(teller)._replace(id=kept.id)

    async def test_they_are_read_by_chat_and_by_person_page_by_page(self, teller: Teller) -> None:
        for number in range(6):
            await teller.store.audit_log.record(action(teller, f"k{number}", CLUB if number % 2 else TEAM))
        first = await teller.store.audit_log.records(4)
        rest = await teller.store.audit_log.records(4, first[-1].id)
        assert [one.key for one in (*first, *rest)] == ["k5", "k4", "k3", "k2", "k1", "k0"]
        assert [one.key for one in await teller.store.audit_log.records(5, chat=CLUB)] == ["k5", "k3", "k1"]
        assert [one.key for one in await teller.store.audit_log.records(5, chat=CLUB, person=teller.person)] == [
            "k5",
            "k3",
            "k1",
        ]
        assert await teller.store.audit_log.records(5, person=type(teller.person)(999)) == ()

    async def test_it_is_deleted_after_a_year(self, teller: Teller) -> None:
        store, clock = teller.store, teller.clock
        for number in range(60):
            await store.audit_log.record(action(teller, f"old{number}"))
        clock.pass_(days=2)
        await store.audit_log.record(action(teller, "new"))
        clock.pass_(days=364)
        await Retention(store.outbox, store.audit_log, store.inbox, clock).tidy()
        assert [one.key for one in await store.audit_log.records(100)] == ["new"]


class TestNotices:
    async def test_one_can_be_sent_to_named_chats(self, teller: Teller, sender: Sender) -> None:
        to = (Target(HERE, "boss", direct=True), Target(HERE, "team", place="7"))
        notice = Notice("n1", "low", {"connects": 3}, urgent=True, to=to)
        assert await teller.store.outbox.notify([notice, notice], teller.clock.now()) == 1
        claimed = await sender.claim()
        assert {one.target for one in claimed} == set(to)
        assert {(one.zone, one.locale) for one in claimed} == {("UTC", "en")}
        for one in claimed:
            await sender.settle(one, Sent("42") if one.target.direct else Unreachable("kicked"))
        assert await teller.store.outbox.sent_as("n1") == ((to[0], "42"),)

    async def test_its_deliveries_are_counted_by_state(self, teller: Teller, sender: Sender) -> None:
        to = tuple(Target(HERE, f"c{number}") for number in range(5))
        await teller.store.outbox.notify([Notice("n1", "low", {}, to=(*to, Target("other", "x")))], teller.clock.now())
        first, second = await sender.claim(2)
        await sender.settle(first, Sent("1"))
        assert second.target in to
        assert {*await teller.store.outbox.tally("n1")} == {
            (HERE, State.PENDING, 3),
            (HERE, State.SENDING, 1),
            (HERE, State.SENT, 1),
            ("other", State.PENDING, 1),
        }
        assert await teller.store.outbox.tally("n2") == ()
