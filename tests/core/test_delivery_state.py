"""What becomes of a delivery: every outcome from every state, and what no sequence of outcomes can do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.delivery.notice import Delivery, Notice, Target
from core.delivery.outcome import Failed, Gone, Later, Moved, Outcome, Over, PutOff, Sent, Unknown
from core.delivery.state import (
    DEDUPLICATED_FOR,
    FIRST_RETRY,
    GO_ON,
    HOLD,
    LONGEST_RETRY,
    RESEND,
    SETTLED_FOR_GOOD,
    STALE,
    STALE_AFTER,
    STOP,
    HoldChat,
    LoseChat,
    MoveChat,
    Next,
    Note,
    Retry,
    Standing,
    State,
    choose,
    give_up,
    recover,
    settle,
    shift,
    stale_before,
    unsent,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SENDING = Standing(State.SENDING, "")

waits = st.timedeltas(timedelta(0), timedelta(days=1))
reasons = st.sampled_from(["blocked", "lost", "then held", ""])
outcomes: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(Sent, st.just("42")),
    st.builds(Gone, reasons),
    st.builds(Moved, st.just("new")),
    st.builds(Later, waits, fault=st.booleans()),
    st.builds(PutOff, waits),
    st.builds(Over, reasons),
    st.builds(Failed, reasons),
    st.builds(Unknown, reasons),
)
notes = st.sampled_from(["", "later", "interrupted", "then held", "then cancelled"])
tries = st.integers(0, 10_000)


def delivery(tried: int = 0, *, once: bool = False, chat: str = "ann", made: datetime = NOW) -> Delivery:
    notice = Notice("n1", "low", {}, once=once)
    return Delivery(1, notice, Target("test", chat), tried, "UTC", made)


def retry(then: Next | None) -> Retry:
    assert then is not None
    assert then.retry is not None
    return then.retry


class TestSettle:
    @pytest.mark.parametrize(
        ("outcome", "then"),
        [
            (Sent("42"), Next(State.SENT, message="42")),
            (Gone("blocked"), Next(State.GONE, "blocked", chat=LoseChat("blocked"))),
            (Over(), Next(State.CANCELLED, "over")),
            (Failed("too long"), Next(State.FAILED, "too long")),
            (Moved("new"), Next(State.PENDING, "moved", retry=Retry(NOW, 3), chat=MoveChat("new"))),
            (Later(MINUTE), Next(State.PENDING, "later", "", Retry(NOW + MINUTE, 3), HoldChat(NOW + MINUTE))),
            (
                Later(MINUTE, fault=True),
                Next(State.PENDING, "later", "", Retry(NOW + 4 * MINUTE, 3), HoldChat(NOW + MINUTE)),
            ),
            (PutOff(MINUTE), Next(State.PENDING, "later", "", Retry(NOW + MINUTE, 2), HoldChat(NOW + MINUTE))),
            (Unknown("lost"), Next(State.PENDING, "lost", retry=Retry(NOW + 4 * FIRST_RETRY, 3))),
        ],
    )
    def test_every_outcome_of_an_alert(self, outcome: Outcome, then: Next) -> None:
        assert settle(delivery(2), SENDING, outcome, NOW) == then

    def test_what_is_told_at_most_once_is_not_sent_again_in_doubt(self) -> None:
        assert settle(delivery(once=True), SENDING, Unknown("lost"), NOW) == Next(State.UNKNOWN, "lost")

    @given(outcome=outcomes, note=notes, tried=tries, once=st.booleans())
    def test_it_comes_to_an_end_or_is_due_again(self, outcome: Outcome, note: str, tried: int, *, once: bool) -> None:
        then = settle(delivery(tried, once=once), Standing(State.SENDING, note), outcome, NOW)
        assert then is not None
        assert then.state is not State.SENDING
        if then.retry is None:
            assert then.state in {*SETTLED_FOR_GOOD, State.UNKNOWN}
        else:
            assert then.state is unsent(note)
            assert then.retry.due >= NOW
            assert then.retry.tries == tried + (not isinstance(outcome, PutOff))
        assert (then.message != "") == (then.state is State.SENT)

    @given(outcomes, notes, st.sampled_from([state for state in State if state is not State.SENDING]))
    def test_what_comes_too_late_can_only_clear_a_doubt(self, outcome: Outcome, note: str, state: State) -> None:
        then = settle(delivery(), Standing(state, note), outcome, NOW)
        if state is State.UNKNOWN and isinstance(outcome, Sent):
            assert then == Next(State.SENT, message="42")
        else:
            assert then is None

    @given(wait=waits, tried=tries, lost=st.booleans())
    def test_a_failure_is_followed_by_longer_and_longer_waits(self, wait: timedelta, tried: int, *, lost: bool) -> None:
        outcome = Unknown("lost") if lost else Later(wait, fault=True)
        before, after = (retry(settle(delivery(tries), SENDING, outcome, NOW)) for tries in (tried, tried + 1))
        assert before.due <= after.due <= NOW + max(wait, LONGEST_RETRY)

    @given(wait=waits, fault=st.booleans())
    def test_the_rest_of_the_chat_is_never_held_for_longer_than_the_delivery(
        self, wait: timedelta, *, fault: bool
    ) -> None:
        for outcome in (PutOff(wait), Later(wait, fault=fault)):
            then = settle(delivery(5), SENDING, outcome, NOW)
            assert then is not None
            assert then.chat == HoldChat(NOW + wait)
            assert NOW + wait <= retry(then).due


class TestRecover:
    @pytest.mark.parametrize(
        ("once", "deduplicated", "taken", "state"),
        [
            (False, False, MINUTE, State.PENDING),
            (True, False, MINUTE, State.UNKNOWN),
            (True, True, MINUTE, State.PENDING),
            (True, True, DEDUPLICATED_FOR, State.UNKNOWN),
            (False, True, DEDUPLICATED_FOR, State.PENDING),
        ],
    )
    def test_it_is_sent_again_where_that_does_no_harm(
        self, taken: timedelta, state: State, *, once: bool, deduplicated: bool
    ) -> None:
        then = recover("", NOW - taken, NOW, at_most_once=once, deduplicated=deduplicated)
        assert then == Next(state, "interrupted")

    def test_what_was_held_meanwhile_is_held(self) -> None:
        then = recover("then held", NOW, NOW, at_most_once=False, deduplicated=False)
        assert then == Next(State.HELD, "interrupted")

    def test_nobody_will_come_back_for_what_is_given_up(self) -> None:
        assert give_up(at_most_once=True) == Next(State.UNKNOWN, "interrupted")
        assert give_up(at_most_once=False) == STALE


class TestChoose:
    def test_the_first_of_each_chat_and_nothing_stale(self) -> None:
        old = NOW - STALE_AFTER
        due = [
            delivery(1, chat="ann", made=old - timedelta.resolution),
            delivery(2, chat="ann", made=old),
            delivery(3, chat="ann"),
            delivery(4, chat="bob"),
        ]
        chosen, stale = choose(due, NOW)
        assert [one.tries for one in chosen] == [2, 4]
        assert [one.tries for one in stale] == [1]
        assert stale_before(NOW) == old


class Kept(NamedTuple):
    """A delivery as a store keeps it."""

    state: State = State.PENDING
    why: str = ""

    def shifted(self, seen: State, then: State) -> Kept:
        shifted = shift(seen, then)
        if self.state is State.SENDING and shifted.note is not None:
            return self._replace(why=shifted.note.on(self.why))
        return Kept(shifted.next.state, shifted.next.why) if self.state is seen else self

    def claimed(self) -> Kept:
        return self._replace(state=State.SENDING) if self.state is State.PENDING else self

    def settled(self, outcome: Outcome, *, once: bool) -> Kept:
        then = settle(delivery(once=once), Standing(*self), outcome, NOW)
        return self if then is None else Kept(then.state, then.why)


shifts = st.sampled_from([HOLD, GO_ON, *STOP, RESEND])


class TestShift:
    def test_what_is_under_way_is_noted(self) -> None:
        assert shift(*HOLD).note == Note("then held")
        assert [shift(*one).note for one in STOP] == [Note("then cancelled"), None]
        assert shift(*GO_ON).note == Note("", replaces="then held")
        assert shift(*RESEND).note is None

    def test_what_goes_on_is_not_stale(self) -> None:
        assert [shift(*one).renews for one in (HOLD, GO_ON, *STOP, RESEND)] == [False, True, False, False, True]

    def test_going_on_does_not_undo_a_stop(self) -> None:
        kept = Kept().claimed()
        for one in (HOLD, *STOP, GO_ON):
            kept = kept.shifted(*one)
        assert kept.settled(PutOff(MINUTE), once=False).state is State.CANCELLED

    @given(found=st.lists(outcomes, max_size=5), going_on=st.booleans())
    def test_what_was_stopped_under_way_is_not_sent_again(self, found: list[Outcome], *, going_on: bool) -> None:
        kept = Kept().claimed()
        for one in (*STOP, GO_ON) if going_on else STOP:
            kept = kept.shifted(*one)
        for outcome in found:
            kept = kept.settled(outcome, once=False)
            assert kept.claimed() == kept

    @given(one=shifts, outcome=outcomes, once=st.booleans())
    def test_that_it_is_held_or_stopped_under_way_counts_when_it_comes_back(
        self, one: tuple[State, State], outcome: Outcome, *, once: bool
    ) -> None:
        waiting, under_way = Kept().shifted(*one), Kept().claimed().shifted(*one)
        back = under_way.settled(outcome, once=once)
        if isinstance(outcome, Moved | Later | PutOff):
            assert back.state is waiting.state
        elif isinstance(outcome, Sent):
            assert back.state is State.SENT
