"""What may be sent at most once, and may have been sent: it is sent again only while that makes no second message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.delivery.notice import Delivery, Notice, Target
from core.delivery.outcome import Deferred, Later, Sent
from core.delivery.state import (
    DEDUPLICATED_FOR,
    Next,
    Retry,
    Standing,
    State,
    doubted_since,
    may_double,
    recover,
    settle,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
SENDING = Standing(State.SENDING, "later")
DOUBT = Later(5 * SECOND, fault=True, doubt=True)


def delivery(doubted: datetime | None = None, *, once: bool = True, tries: int = 0) -> Delivery:
    notice = Notice("n1", "promotion", {}, at_most_once=once)
    return Delivery(1, notice, Target("discord", "ann", direct=True), tries, "UTC", NOW, doubted=doubted)


def after(given: Delivery, outcome: Later | Deferred, now: datetime, standing: Standing = SENDING) -> Next:
    then = settle(given, standing, outcome, now)
    assert then is not None
    return then


def test_a_lost_answer_leaves_it_in_doubt_since_then() -> None:
    then = after(delivery(), DOUBT, NOW)
    assert (then.state, doubted_since(then.why)) == (State.PENDING, NOW)
    assert then.retry == Retry(NOW + 5 * SECOND, 1)


def test_a_second_one_does_not_make_the_doubt_younger() -> None:
    since = NOW - MINUTE
    assert doubted_since(after(delivery(since), DOUBT, NOW).why) == since


@pytest.mark.parametrize("outcome", [DOUBT, Later(20 * SECOND), Deferred(20 * SECOND)])
def test_what_could_only_be_sent_too_late_stays_unknown(outcome: Later | Deferred) -> None:
    since = NOW - DEDUPLICATED_FOR + 5 * SECOND
    then = after(delivery(since), outcome, NOW)
    assert (then.state, then.why, then.retry) == (State.UNKNOWN, "lost answer", None)


def test_what_was_held_or_stopped_meanwhile_stays_unknown() -> None:
    for note in ("then held", "then cancelled"):
        assert after(delivery(), DOUBT, NOW, Standing(State.SENDING, note)).state is State.UNKNOWN


def test_what_may_be_sent_twice_is_never_in_doubt() -> None:
    then = after(delivery(once=False), DOUBT, NOW)
    assert (then.state, then.why, doubted_since(then.why)) == (State.PENDING, "later", None)
    assert not may_double(delivery(NOW - MINUTE * 60, once=False), NOW)


def test_a_doubt_from_a_clock_that_was_ahead_has_an_unknown_age() -> None:
    ahead = NOW + MINUTE * 60
    assert may_double(delivery(ahead), NOW)
    assert after(delivery(ahead), Deferred(SECOND), NOW).state is State.UNKNOWN


def test_the_doubt_counts_from_the_first_send_after_a_crash_too() -> None:
    first = after(delivery(), DOUBT, NOW)
    taken = NOW + DEDUPLICATED_FOR - MINUTE
    was = Retry(taken, 2)
    soon = recover(first.why, taken, was, taken + SECOND, at_most_once=True, deduplicated=True)
    assert (soon.state, doubted_since(soon.why)) == (State.PENDING, NOW)
    late = recover(first.why, taken, was, taken + MINUTE, at_most_once=True, deduplicated=True)
    assert late == Next(State.UNKNOWN, "interrupted")


waits = st.integers(0, 200).map(lambda seconds: seconds * SECOND)
outcomes = st.one_of(
    st.builds(Later, waits, fault=st.booleans(), doubt=st.booleans()), st.builds(Deferred, waits), st.just(Sent("m1"))
)


@given(st.lists(st.tuples(outcomes, st.integers(0, 90)), max_size=12))
def test_no_sequence_sends_it_again_when_it_could_double(played: list[tuple[Later | Deferred | Sent, int]]) -> None:
    """Each outcome comes with how many seconds later than due the delivery was claimed."""
    now, current, first = NOW, delivery(), None
    for outcome, late in played:
        now += late * SECOND
        if may_double(current, now):
            assert first is not None
            return
        assert first is None or now - first < DEDUPLICATED_FOR
        then = settle(current, SENDING, outcome, now)
        assert then is not None
        if isinstance(outcome, Later) and outcome.doubt and first is None:
            first = now
        if then.retry is None:
            assert then.state in {State.SENT, State.UNKNOWN}
            return
        now = then.retry.due
        current = delivery(doubted_since(then.why), tries=then.retry.tries)
