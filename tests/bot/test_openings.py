"""The opening of private chats: few in a minute, in turn, and none for a while once the platform objects."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.platform_registry import Limit
from bot.delivery.limits.holds import GrowingHold
from bot.delivery.limits.openings import FIRST_HOLD, LONGEST_HOLD, LONGEST_LINE, Openings
from bot.delivery.limits.rate_limit import rate_limiter_for
from core.delivery.notice import CORRECTION, Notice, Target
from core.delivery.outcome import Later
from core.delivery.state import State
from tests.bot.carrier import FakeCarrier
from tests.bot.office import Office

if TYPE_CHECKING:
    from collections.abc import Sequence

START = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
NOTHING = timedelta()
FIVE = Limit(5, MINUTE)


def crowd(count: int) -> list[str]:
    return [f"p{number}" for number in range(count)]


def fits(times: Sequence[datetime], limit: Limit) -> bool:
    """No opening comes within the span of the one that is `most` before it."""
    return all(late - early >= limit.span for early, late in zip(times, times[limit.most :], strict=False))


class Queue:
    """Plays a sender: each chat is looked at when it is due, and is due again after the wait that it was told."""

    def __init__(self, limit: Limit = FIVE, urgent: frozenset[str] = frozenset()) -> None:
        self.openings, self.urgent, self.now = Openings(limit), urgent, START
        self.due: dict[str, datetime] = {}
        self.opened: dict[str, datetime] = {}
        self.looks = 0

    def ask(self, *chats: str) -> None:
        self.due.update(dict.fromkeys(chats, self.now))

    def run(self, until: datetime | None = None) -> None:
        """Until all are open, or until a time."""
        while self.due and (until is None or min(self.due.values()) <= until):
            chat = min(self.due, key=lambda one: (self.due[one], one not in self.urgent, one))
            self.now = max(self.now, self.due[chat])
            wait = self.openings.wait(chat, self.now, urgent=chat in self.urgent)
            self.looks += 1
            if wait:
                self.due[chat] = self.now + wait
            else:
                self.openings.opening(chat, self.now)
                self.opened[chat] = self.now
                del self.due[chat]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from([0, 0, 0, 1, 20, 61])), max_size=60),
    st.sets(st.integers(0, 40)),
)
def test_no_more_than_the_limit_is_ever_opened_in_its_span(wanted: list[tuple[int, int]], urgent: set[int]) -> None:
    queue = Queue(urgent=frozenset(f"p{number}" for number in urgent))
    for number, gap in wanted:
        queue.now += gap * SECOND
        queue.run(queue.now)
        if f"p{number}" not in queue.opened:
            queue.ask(f"p{number}")
    queue.run()
    assert set(queue.opened) == {f"p{number}" for number, _ in wanted}
    assert fits(sorted(queue.opened.values()), FIVE)


def test_a_crowd_is_opened_at_the_full_pace_and_each_is_looked_at_twice() -> None:
    queue = Queue()
    queue.ask(*crowd(100))
    queue.run()
    assert max(queue.opened.values()) == START + 19 * MINUTE
    assert queue.looks == 5 + 2 * 95
    assert len(queue.openings) <= FIVE.most


def test_what_is_urgent_need_not_stand_in_line() -> None:
    queue = Queue(urgent=frozenset({"alarm"}))
    queue.ask(*crowd(100))
    queue.run(START)
    queue.now += SECOND
    queue.ask("alarm")
    queue.run()
    assert queue.opened["alarm"] == START + MINUTE
    assert max(queue.opened.values()) == START + 20 * MINUTE
    assert fits(sorted(queue.opened.values()), FIVE)


def test_who_does_not_come_at_his_turn_does_not_hold_up_the_others() -> None:
    openings = Openings(FIVE)
    for chat in crowd(5):
        openings.opening(chat, START)
    assert [openings.wait(chat, START) for chat in ("gone", "left")] == [MINUTE, MINUTE]
    later = START + 2 * MINUTE + SECOND
    assert openings.wait("new", later) == NOTHING


def test_the_line_is_bounded() -> None:
    openings = Openings(FIVE)
    for chat in crowd(LONGEST_LINE + 20):
        openings.wait(chat, START)
        if len(openings) < 5:
            openings.opening(chat, START)
    assert len(openings) <= LONGEST_LINE + 5


def test_turns_that_a_clock_that_was_ahead_gave_are_forgotten() -> None:
    openings = Openings(FIVE)
    ahead = START + timedelta(days=300)
    for chat in crowd(5):
        openings.opening(chat, ahead)
    openings.wait("ann", ahead)
    assert openings.wait("ann", START) == NOTHING
    assert openings.wait("bob", START) == NOTHING


class TestARefusal:
    def test_it_holds_all_openings_longer_each_time(self) -> None:
        openings, now, holds = Openings(FIVE), START, []
        for _ in range(8):
            openings.opening("ann", now)
            openings.refused(now, now + SECOND)
            holds.append(openings.wait("bob", now + SECOND))
            assert openings.wait("cat", now + SECOND, urgent=True) == holds[-1]
            now += SECOND + holds[-1]
        assert holds == [min(FIRST_HOLD * 2**number, LONGEST_HOLD) for number in range(8)]

    def test_those_under_way_tell_nothing_new(self) -> None:
        hold = GrowingHold(MINUTE, 10 * MINUTE)
        assert [hold.refused(START, START + number * SECOND) for number in range(3)] == [
            MINUTE,
            MINUTE - SECOND,
            MINUTE - 2 * SECOND,
        ]
        hold.succeeded(START)
        assert hold.left(START) == MINUTE
        assert hold.refused(START + MINUTE, START + MINUTE) == 2 * MINUTE

    def test_a_success_afterwards_makes_the_next_one_short_again(self) -> None:
        hold = GrowingHold(MINUTE, 10 * MINUTE)
        hold.refused(START, START)
        hold.succeeded(START + MINUTE)
        assert hold.left(START) == NOTHING
        assert hold.refused(START + MINUTE, START + MINUTE) == MINUTE

    def test_a_hold_from_a_clock_that_was_ahead_does_not_count(self) -> None:
        hold = GrowingHold(MINUTE, 10 * MINUTE)
        hold.refused(START + timedelta(days=9), START + timedelta(days=9))
        assert hold.left(START) == NOTHING
        assert hold.refused(START, START) == 2 * MINUTE

    def test_afterwards_they_are_opened_in_turn(self) -> None:
        queue = Queue()
        queue.ask(*crowd(20))
        queue.run(START)
        queue.openings.refused(START, START)
        queue.run()
        others = sorted(queue.opened.values())[5:]
        assert others[0] == START + FIRST_HOLD
        assert others[-1] == START + FIRST_HOLD + 2 * MINUTE
        assert queue.looks <= 5 + 3 * 15 + 15


class TestTheSender:
    """A crowd of whom some are known: these get the announcement at once, the others in turn."""

    @pytest.fixture
    def office(self) -> Office:
        return Office(carrier=FakeCarrier(name="discord", opened={f"known{number}" for number in range(40)}))

    async def test_who_is_known_does_not_wait_for_who_is_not(self, office: Office) -> None:
        for name in (*crowd(12), *(f"known{number}" for number in range(40))):
            await office.notify(await office.person(name))
        seen = []
        for seconds in (2, 60, 60):
            await office.turns(seconds)
            known = [chat for chat in office.carrier.chats if chat.startswith("known")]
            seen.append((len(known), len(office.carrier.chats) - len(known)))
        assert seen == [(40, 5), (40, 10), (40, 12)]

    async def test_one_refusal_holds_all_openings_and_nothing_else(self, office: Office) -> None:
        first = await office.notify(await office.person("p0"))
        office.carrier.fates.append(Later(FIRST_HOLD, opening=True))
        await office.turn()
        assert office.carrier.opened is not None
        office.carrier.opened.discard("p0")
        others = [await office.notify(await office.person(name)) for name in ("p1", "p2", "known1")]
        await office.turns(60)
        assert office.carrier.chats == ["p0", "known1"]
        await office.turns(FIRST_HOLD / SECOND)
        assert {await office.state(key) for key in (first, *others)} == {(State.SENT, "")}

    async def test_a_change_opens_nothing(self, office: Office) -> None:
        to = tuple(Target("discord", name, direct=True) for name in crowd(12))
        notice = Notice("news", "announcement", {"text": "Old"}, to=to)
        await office.store.outbox.notify([notice], office.clock.now())
        await office.turns(180)
        office.carrier.opened = set()  # as if they had been forgotten
        facts: dict[str, str | int] = {"text": "New", "of": "news", "mend": 1}
        mending = Notice("news:mend:1", CORRECTION, facts, topic="news:mend", supersedes=True)
        assert await office.store.outbox.mend(mending, {"text": "New"}, office.clock.now())
        await office.turns(2)
        assert len(office.carrier.amended) == 12

    async def test_two_crowds_at_once_go_at_their_own_paces(self, office: Office) -> None:
        office.carrier.opened = {f"known{number}" for number in range(400)}
        for pair in zip(crowd(400), sorted(office.carrier.opened), strict=True):
            for name in pair:
                await office.notify(await office.person(name))
        await office.turns(30)
        assert sum(chat.startswith("known") for chat in office.carrier.chats) == 400
        await office.turns(80 * 60)
        assert len(office.carrier.chats) == len({*office.carrier.chats}) == 800


def test_the_setting_says_how_many() -> None:
    limiter = rate_limiter_for("discord", 2)
    waits = []
    for chat in crowd(3):
        waits.append(limiter.wait(chat, START, group=False, calls=2))
        limiter.sent(chat, START, group=False, calls=2)
    assert waits == [NOTHING, NOTHING, MINUTE]
    assert rate_limiter_for("telegram", 2).wait("ann", START, group=False, calls=2) == NOTHING
