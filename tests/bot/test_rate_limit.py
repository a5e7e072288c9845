"""The pace: never more than a platform takes in any span, as much as it takes, and what it asks for in between."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.platform_registry import PLATFORM_NAMES, USUAL, Limit, Limits
from bot.delivery.limits.rate_limit import OF_LATE, SLACK, RateLimiter, rate_limiter_for
from bot.delivery.limits.windows import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

START = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TINY = timedelta(microseconds=1)
MILLISECOND = timedelta(milliseconds=1)
SMALL = Limits(Limit(4, SECOND), Limit(1, SECOND), Limit(3, 10 * SECOND))

# Messages as somebody wants them sent: to which chat, and how many milliseconds after the one before.
wishes = st.lists(st.tuples(st.integers(0, 5), st.sampled_from([0, 0, 0, 1, 250, 999, 1000, 4000])), max_size=80)


def play(limiter: RateLimiter, wanted: Iterable[tuple[int, int]]) -> list[tuple[datetime, str]]:
    """Send each as soon as the pace lets it; the chats with an even number are groups."""
    now, sent = START, []
    for number, gap in wanted:
        chat, group = str(number), number % 2 == 0
        now += timedelta(milliseconds=gap)
        wait = limiter.wait(chat, now, group=group)
        if wait:
            assert limiter.wait(chat, now + wait - TINY, group=group), "it waited longer than it had to"
        now += wait
        limiter.sent(chat, now, group=group)
        sent.append((now, chat))
    return sent


def fits(times: Sequence[datetime], limit: Limit) -> bool:
    """No message comes within the span of the one that is `most` before it."""
    return all(late - early >= limit.span for early, late in zip(times, times[limit.most :], strict=False))


@given(wishes)
def test_no_window_ever_holds_more_than_its_limit(wanted: list[tuple[int, int]]) -> None:
    sent = play(RateLimiter(SMALL), wanted)
    by_chat: dict[str, list[datetime]] = defaultdict(list)
    for at, chat in sent:
        by_chat[chat].append(at)
    assert SMALL.group is not None
    assert fits([at for at, _ in sent], SMALL.overall)
    assert all(fits(times, SMALL.chat) for times in by_chat.values())
    assert all(fits(times, SMALL.group) for chat, times in by_chat.items() if int(chat) % 2 == 0)


@given(st.lists(st.sampled_from([1, 2]), max_size=40))
def test_a_message_that_takes_two_calls_counts_twice_overall_and_once_in_its_chat(calls: list[int]) -> None:
    limiter, now, made = RateLimiter(SMALL), START, []
    for number, each in enumerate(calls):
        wait = limiter.wait(f"{number}", now, group=False, calls=each)
        assert not wait or limiter.wait(f"{number}", now + wait - TINY, group=False, calls=each)
        now += wait
        limiter.sent(f"{number}", now, group=False, calls=each)
        made += [now] * each
        assert limiter.wait(f"{number}", now, group=False) >= SMALL.chat.span
    assert fits(made, SMALL.overall)


@given(wishes)
def test_the_room_is_what_can_be_sent_to_other_chats_at_once(wanted: list[tuple[int, int]]) -> None:
    limiter = RateLimiter(SMALL)
    now = max((at for at, _ in play(limiter, wanted)), default=START)
    room = limiter.room(now)
    for number in range(room):
        assert not limiter.wait(f"new {number}", now, group=False)
        limiter.sent(f"new {number}", now, group=False)
    assert limiter.room(now) == 0
    assert limiter.pause(now) == limiter.wait("one more", now, group=False) > timedelta()


def test_what_is_over_is_forgotten() -> None:
    limiter, now = rate_limiter_for("telegram"), START
    most = 0
    for number in range(4000):
        now += limiter.wait(f"{number}", now, group=True)
        limiter.sent(f"{number}", now, group=True)
        most = max(most, len(limiter))
    assert most <= 30 + 30 + 30 * 60
    limiter.hold("1", now, SECOND)
    limiter.pause(now + timedelta(minutes=2))
    limiter.sent("last", now + timedelta(minutes=2), group=True)
    assert len(limiter) == 3


def test_a_chat_is_forgotten_once_its_last_message_is_over() -> None:
    window = Window(Limit(3, 10 * SECOND))
    for seconds in (0, 6):
        window.sent("ann", START + seconds * SECOND)
    window.sent("bob", START + 11 * SECOND)
    assert window.room("ann", START + 11 * SECOND) == 2
    assert len(window) == 2
    window.sent("bob", START + 16 * SECOND)
    assert len(window) == 2


def test_without_a_limit_for_groups_a_message_is_remembered_twice() -> None:
    limiter = RateLimiter(USUAL)
    assert len(limiter) == 0
    limiter.sent("ann", START, group=True)
    assert len(limiter) == 2


def test_asking_leaves_nothing_behind() -> None:
    window = Window(Limit(1, SECOND))
    for number in range(100):
        assert not window.wait(f"{number}", START)
    assert len(window) == 0


class TestHolds:
    def test_one_chat_waits_alone(self) -> None:
        limiter = RateLimiter(USUAL)
        limiter.hold("a", START, 7 * SECOND)
        assert limiter.wait("a", START, group=False) == 7 * SECOND
        assert len(limiter) == 1
        assert not limiter.wait("b", START, group=False)
        assert not limiter.wait("a", START + 7 * SECOND, group=False)

    def test_all_wait_together(self) -> None:
        limiter = RateLimiter(USUAL)
        limiter.hold(None, START, 7 * SECOND)
        assert limiter.wait("a", START, group=False) == limiter.pause(START) == 7 * SECOND
        assert limiter.room(START) == 0
        assert limiter.room(START + 7 * SECOND) == 50

    def test_a_shorter_hold_does_not_end_a_longer_one(self) -> None:
        limiter = RateLimiter(USUAL)
        limiter.hold("a", START, 7 * SECOND)
        limiter.hold("a", START, 3 * SECOND)
        assert limiter.wait("a", START, group=False) == 7 * SECOND


def test_a_clock_that_is_set_back_does_not_silence_the_bot() -> None:
    limiter = RateLimiter(SMALL)
    for number in range(4):
        limiter.sent(f"{number}", START, group=False)
    assert not limiter.wait("1", START - timedelta(hours=1), group=False)
    assert limiter.room(START - timedelta(hours=1)) == 4


@pytest.mark.parametrize("platform", PLATFORM_NAMES)
def test_every_platform_has_a_pace(platform: str) -> None:
    assert rate_limiter_for(platform).room(START) in {30, 50}


class TestWay:
    """A platform counts a message when it arrives, which is some time after it was sent."""

    @given(st.lists(st.tuples(st.integers(0, 480), st.integers(0, 480)), min_size=5, max_size=60))
    def test_however_the_way_within_a_window_differs_the_platform_never_sees_too_many(
        self, ways: list[tuple[int, int]]
    ) -> None:
        limiter, now, arrived = RateLimiter(SMALL), START, []
        under_way: list[tuple[datetime, datetime, str]] = []
        for number, (there, back) in enumerate(ways):
            chat = f"{number}"
            while wait := self._next(limiter, chat, now, under_way):
                now += wait
            limiter.sent(chat, now, group=False)
            arrived.append(now + there * MILLISECOND)
            under_way.append((now, now + (there + back) * MILLISECOND, chat))
        assert fits(sorted(arrived), SMALL.overall)

    @staticmethod
    def _next(
        limiter: RateLimiter, chat: str, now: datetime, under_way: list[tuple[datetime, datetime, str]]
    ) -> timedelta:
        """Take the answers that have come; how long to wait. No more are under way than fit into the window."""
        for one in sorted(under_way, key=lambda one: one[1]):
            sent, answered, whose = one
            if answered <= now:
                limiter.answered(whose, sent, sent, answered, group=False)
                under_way.remove(one)
        if len(under_way) >= SMALL.overall.most:
            return min(answered for _, answered, _ in under_way) - now
        return limiter.wait(chat, now, group=False)

    def test_a_way_that_is_always_as_long_costs_next_to_nothing(self) -> None:
        limiter, now = RateLimiter(SMALL), START
        for number in range(500):
            now += limiter.wait(f"{number}", now, group=False)
            limiter.sent(f"{number}", now, group=False)
            limiter.answered(f"{number}", now, now, now + 200 * MILLISECOND, group=False)
            now += 200 * MILLISECOND
        begun, now = now, now + limiter.wait("last", now, group=False)
        assert now - begun <= SECOND - 4 * 200 * MILLISECOND + SLACK

    def test_an_answer_that_was_late_holds_up_by_as_much(self) -> None:
        limiter, now = RateLimiter(SMALL), START
        for number in range(OF_LATE):
            now += SECOND
            limiter.sent(f"{number}", now, group=False)
            limiter.answered(f"{number}", now, now, now + 200 * MILLISECOND, group=False)
        now += 10 * SECOND
        limiter.sent("late", now, group=True)
        limiter.answered("late", now, now, now + 700 * MILLISECOND, group=True)
        assert limiter.wait("late", now + 700 * MILLISECOND, group=True) == 800 * MILLISECOND + SLACK

    @pytest.mark.parametrize(("slow", "wait"), [(99, 950), (100, 610), (101, 610)])
    def test_the_quickest_of_a_hundred_answers_shows_the_way(self, slow: int, wait: int) -> None:
        limiter, now = RateLimiter(SMALL), START
        for number in range(slow + 1):
            now += SECOND
            took = (400 if number else 60) * MILLISECOND
            limiter.sent(f"{number}", now, group=False)
            limiter.answered(f"{number}", now, now, now + took, group=False)
        assert limiter.wait(f"{number}", now + took, group=False) == wait * MILLISECOND

    def test_a_way_that_becomes_longer_is_learnt(self) -> None:
        limiter, now = RateLimiter(SMALL), START
        for number in range(2 * OF_LATE):
            now += SECOND
            took = (50 if number < OF_LATE else 400) * MILLISECOND
            limiter.sent(f"{number}", now, group=False)
            limiter.answered(f"{number}", now, now, now + took, group=False)
        assert limiter.wait(f"{number}", now + 400 * MILLISECOND, group=False) == 600 * MILLISECOND + SLACK

    def test_two_calls_tell_how_long_the_way_of_one_is(self) -> None:
        limiter, now = RateLimiter(SMALL), START
        for number in range(OF_LATE):
            now += SECOND
            limiter.sent(f"{number}", now, group=False, calls=2)
            limiter.answered(f"{number}", now, now, now + 400 * MILLISECOND, group=False, calls=2)
        assert limiter.wait(f"{number}", now + 400 * MILLISECOND, group=False) == 800 * MILLISECOND + SLACK

    def test_what_was_forgotten_meanwhile_counts_again(self) -> None:
        limiter = RateLimiter(SMALL)
        limiter.sent("ann", START, group=True)
        limiter.sent("bob", START + 20 * SECOND, group=True)
        limiter.answered("ann", START, START, START + 20 * SECOND, group=True)
        assert limiter.wait("ann", START + 20 * SECOND, group=True) == SECOND
        assert limiter.room(START + 20 * SECOND) == 2
