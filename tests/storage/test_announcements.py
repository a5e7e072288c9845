"""What every store promises about announcements, and about changing those that were sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.announcements.model import Announcement, Stage
from core.delivery.notice import CORRECTION, Audience, Notice, Subscription, Target
from core.delivery.outcome import Later, Sent
from core.delivery.state import HOLD, RELEASE, STOP, State
from core.scheduling.task import Task
from tests.storage.sender import HERE, Sender

if TYPE_CHECKING:
    from core.delivery.state import Shift
    from tests.storage.teller import Teller

HOUR = timedelta(hours=1)
NAMES = ("ann", "bob", "col")


def drafted(teller: Teller, word: str = "first") -> Announcement:
    audience = Audience(("telegram",), ("uk",), ("design", "rust"))
    made = teller.clock.now()
    return Announcement(word, "Come and\nsee \u6f22", audience, "Europe/Kyiv", teller.person, made=made, at=made + HOUR)


class TestAnnouncements:
    async def test_one_is_stored_unchanged_and_once(self, teller: Teller) -> None:
        store = teller.store.announcements
        made = await store.new_announcement(drafted(teller))
        assert made == replace(drafted(teller), number=made.number)
        assert await store.new_announcement(replace(drafted(teller), text="Other")) == made
        assert await store.announcement("first") == await store.announcement(str(made.number)) == made
        assert await store.announcement("second") is None
        assert await store.announcement("77") is None

    async def test_what_a_notice_of_long_ago_lacked_may_be_missing(self, teller: Teller) -> None:
        made = await teller.store.announcements.new_announcement(Announcement("old", "Hi", Audience()))
        assert (made.by, made.made, made.at) == (None, None, None)
        assert await teller.store.announcements.announcement("old") == made

    async def test_a_change_of_an_older_version_is_refused(self, teller: Teller) -> None:
        store, now = teller.store, teller.clock.now()
        seen = await store.announcements.new_announcement(drafted(teller))
        sent = replace(seen, stage=Stage.SENT, text="New", at=now, mends=1)
        assert await store.announcements.change_announcement(seen, sent, Task(seen.name, now))
        assert not await store.announcements.change_announcement(seen, seen, Task(seen.name, now + HOUR))
        assert await store.tasks.due_by(now, 5) == (Task(seen.name, now),)
        assert await store.announcements.announcement("first") == replace(sent, version=2)

    async def test_the_newest_come_first_without_old_drafts_and_what_was_discarded(self, teller: Teller) -> None:
        store, since = teller.store.announcements, teller.clock.now()
        for word in ("old", "sent", "gone", "new"):
            made = await store.new_announcement(replace(drafted(teller, word), made=since - HOUR))
            if word in {"sent", "gone"}:
                stage = Stage.SENT if word == "sent" else Stage.DISCARDED
                assert await store.change_announcement(made, replace(made, stage=stage), None)
        await store.new_announcement(drafted(teller, "newest"))
        assert [one.id for one in await store.newest_announcements(5, 0, since)] == ["newest", "sent"]
        assert [one.id for one in await store.newest_announcements(5, 1, since - HOUR)] == ["new", "sent", "old"]
        assert [one.id for one in await store.newest_announcements(1, 1, since - HOUR)] == ["new"]


def mending(number: int, text: str = "New") -> Notice:
    facts: dict[str, str | int] = {"text": text, "of": "a", "mend": number}
    return Notice(f"a:mend:{number}", CORRECTION, facts, topic="a:mend", supersedes=True)


async def announced(teller: Teller) -> Sender:
    """An announcement that ann has got, that is being sent to bob, and that waits for col."""
    for name in NAMES:
        target = Target(HERE, name, direct=True)
        await teller.store.subscriptions.subscribe(
            Subscription(target, teller.clock.now(), teller.person, zone="Europe/Kyiv", locale="uk", quiet="22-8")
        )
    notice = Notice("a", "announcement", {"text": "Old"}, at_most_once=True, topic="a", audience=Audience())
    await teller.store.outbox.notify([notice], teller.clock.now())
    sender = Sender(teller.store, teller.clock)
    await sender.lease()
    ann, *_ = await sender.claim(1)
    await teller.store.outbox.settle(ann, sender.epoch, Sent("m1"), teller.clock.now())
    await sender.claim(1)
    return sender


async def states(teller: Teller, key: str) -> dict[str, State]:
    return {target.chat: state for target, state, _ in await teller.store.outbox.deliveries(key)}


class TestMending:
    async def test_what_waits_gets_the_new_facts_and_what_may_have_the_old_ones_is_mended(self, teller: Teller) -> None:
        sender, outbox = await announced(teller), teller.store.outbox
        assert await outbox.mend(mending(1), {"text": "New"}, teller.clock.now())
        assert await states(teller, "a:mend:1") == {"ann": State.PENDING, "bob": State.PENDING}
        first, second = await sender.claim()  # bob's chat is busy
        assert (first.target.chat, first.notice.facts, first.notice.mends) == ("col", {"text": "New"}, "")
        assert (second.target.chat, second.notice.mends, second.notice.facts["mend"]) == ("ann", "a", 1)
        assert (second.zone, second.locale, second.quiet) == ("Europe/Kyiv", "uk", "22-8")
        assert not second.notice.at_most_once

    async def test_it_is_known_what_became_of_the_message(self, teller: Teller) -> None:
        await announced(teller)
        outbox = teller.store.outbox
        assert await outbox.standing("a", HERE, "ann") == (State.SENT, "m1")
        assert await outbox.standing("a", HERE, "bob") == (State.SENDING, "")
        assert await outbox.standing("a", HERE, "eve") is None
        assert await outbox.standing("a", "elsewhere", "ann") is None

    async def test_what_may_be_there_after_a_lost_answer_is_mended_too(self, teller: Teller) -> None:
        sender, outbox = await announced(teller), teller.store.outbox
        (col,) = await sender.claim(1)
        await outbox.settle(col, sender.epoch, Later(timedelta(seconds=5), doubt=True), teller.clock.now())
        assert await outbox.standing("a", HERE, "col") == (State.SENDING, "")
        assert await outbox.mend(mending(1), {"text": "New"}, teller.clock.now())
        assert set(await states(teller, "a:mend:1")) == {*NAMES}

    @pytest.mark.parametrize("shift", [HOLD, STOP[0]])
    async def test_whether_it_is_there_stays_unknown_if_it_is_stopped(self, teller: Teller, shift: Shift) -> None:
        sender, outbox = await announced(teller), teller.store.outbox
        (col,) = await sender.claim(1)
        await outbox.settle(col, sender.epoch, Later(timedelta(seconds=5), doubt=True), teller.clock.now())
        assert await outbox.shift("a", *shift, teller.clock.now()) == 0
        assert (await states(teller, "a"))["col"] is State.UNKNOWN

    async def test_mending_is_done_once_and_only_of_what_there_is(self, teller: Teller) -> None:
        await announced(teller)
        outbox, now = teller.store.outbox, teller.clock.now()
        assert await outbox.mend(mending(1), {"text": "New"}, now)
        assert not await outbox.mend(mending(1), {"text": "Other"}, now)
        unknown = mending(2)._replace(facts={"text": "New", "of": "b", "mend": 2})
        assert not await outbox.mend(unknown, {"text": "New"}, now)
        assert await states(teller, "a:mend:2") == {}

    async def test_a_later_one_takes_the_place_of_what_waits(self, teller: Teller) -> None:
        await announced(teller)
        for number in (1, 2):
            assert await teller.store.outbox.mend(mending(number), {"text": str(number)}, teller.clock.now())
        assert {*(await states(teller, "a:mend:1")).values()} == {State.CANCELLED}
        assert {*(await states(teller, "a:mend:2")).values()} == {State.PENDING}

    async def test_other_notices_go_first_however_late_they_come(self, teller: Teller) -> None:
        sender, outbox = await announced(teller), teller.store.outbox
        await outbox.mend(mending(1), {"text": "New"}, teller.clock.now())
        teller.clock.pass_(seconds=1)
        await outbox.notify([Notice("n", "test", {}, to=(Target(HERE, "dan"),))], teller.clock.now())
        assert [one.target.chat for one in await sender.claim(2)] == ["col", "dan"]
        assert [one.target.chat for one in await sender.claim(2)] == ["ann"]

    async def test_a_mending_that_is_interrupted_waits_again(self, teller: Teller) -> None:
        sender, outbox = await announced(teller), teller.store.outbox
        await outbox.mend(mending(1), {"text": "New"}, teller.clock.now())
        await sender.claim()
        teller.clock.pass_(minutes=1)
        other = Sender(teller.store, teller.clock, "two")
        await other.lease()
        assert (await states(teller, "a:mend:1"))["ann"] is State.PENDING
        again = {one.target.chat: one for one in await other.claim()}
        await outbox.settle(again["ann"], other.epoch, Later(HOUR), teller.clock.now())
        assert (await states(teller, "a:mend:1"))["ann"] is State.PENDING

    async def test_a_large_audience_is_mended_slice_by_slice(self, teller: Teller) -> None:
        outbox, now = teller.store.outbox, teller.clock.now()
        targets = tuple(Target(HERE, f"c{number:04}", direct=True) for number in range(1100))
        await outbox.notify([Notice("a", "announcement", {"text": "Old"}, to=targets)], now)
        sender = Sender(teller.store, teller.clock)
        await sender.lease()
        await sender.claim(1100)
        assert await outbox.mend(mending(1), {"text": "New"}, now)
        while await outbox.fan_out():
            pass
        assert len(await states(teller, "a:mend:1")) == len(targets)

    async def test_pausing_the_announcement_does_not_pause_its_correction(self, teller: Teller) -> None:
        await announced(teller)
        await teller.store.outbox.mend(mending(1), {"text": "New"}, teller.clock.now())
        assert await teller.store.outbox.shift("a", *HOLD, teller.clock.now()) == 1
        assert {*(await states(teller, "a:mend:1")).values()} == {State.PENDING}
        assert await teller.store.outbox.shift("a", *RELEASE, teller.clock.now()) == 1
