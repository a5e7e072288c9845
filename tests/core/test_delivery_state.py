"""The state machine of a delivery: every outcome from every state, and what no sequence of outcomes can do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.delivery.notice import Delivery, Notice, Target
from core.delivery.outcome import (
    Deferred,
    Failed,
    Later,
    Moved,
    Obsolete,
    Outcome,
    PlaceLost,
    Sent,
    Uncertain,
    Unreachable,
)
from core.delivery.state import (
    DEDUPLICATED_FOR,
    FIRST_RETRY,
    HOLD,
    LEASE,
    LONGEST_RETRY,
    RECHECKED,
    RELEASE,
    RESEND,
    SETTLED_FOR_GOOD,
    STALE,
    STALE_AFTER,
    STOP,
    HoldChat,
    LoseChat,
    LosePlace,
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
from core.shared.ids import WalletId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SENDING = Standing(State.SENDING, "")

waits = st.timedeltas(timedelta(0), timedelta(days=1))
reasons = st.sampled_from(["blocked", "lost", "then held", ""])
outcomes: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(Sent, st.just("42")),
    st.builds(Unreachable, reasons),
    st.builds(PlaceLost, reasons),
    st.builds(Moved, st.just("new")),
    st.builds(Later, waits, fault=st.booleans()),
    st.builds(Deferred, waits),
    st.builds(Obsolete, reasons),
    st.builds(Failed, reasons),
    st.builds(Uncertain, reasons),
)
notes = st.sampled_from(["", "later", "interrupted", "then held", "then cancelled"])
tries = st.integers(0, 10_000)


def delivery(tried: int = 0, *, once: bool = False, chat: str = "ann", made: datetime = NOW) -> Delivery:
    notice = Notice("n1", "low", {}, at_most_once=once)
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
            (Unreachable("blocked"), Next(State.GONE, "blocked", chat=LoseChat("blocked"))),
            (PlaceLost("rights"), Next(State.FAILED, "rights", chat=LosePlace("rights"))),
            (Obsolete(), Next(State.CANCELLED, "over")),
            (Failed("too long"), Next(State.FAILED, "too long")),
            (Moved("new"), Next(State.PENDING, "moved", retry=Retry(NOW, 3), chat=MoveChat("new"))),
            (Later(MINUTE), Next(State.PENDING, "later", "", Retry(NOW + MINUTE, 3), HoldChat(NOW + MINUTE))),
            (
                Later(MINUTE, fault=True),
                Next(State.PENDING, "later", "", Retry(NOW + 4 * MINUTE, 3), HoldChat(NOW + MINUTE)),
            ),
            (Deferred(MINUTE), Next(State.PENDING, "later", "", Retry(NOW + MINUTE, 2), HoldChat(NOW + MINUTE))),
            (Uncertain("lost"), Next(State.PENDING, "lost", retry=Retry(NOW + 4 * FIRST_RETRY, 3))),
        ],
    )
    def test_every_outcome_of_an_alert(self, outcome: Outcome, then: Next) -> None:
        assert settle(delivery(2), SENDING, outcome, NOW) == then

    def test_an_at_most_once_notice_is_not_sent_again_after_a_lost_answer(self) -> None:
        assert settle(delivery(once=True), SENDING, Uncertain("lost"), NOW) == Next(State.UNKNOWN, "lost")

    @given(outcome=outcomes, note=notes, tried=tries, once=st.booleans())
    def test_it_ends_or_is_due_again(self, outcome: Outcome, note: str, tried: int, *, once: bool) -> None:
        then = settle(delivery(tried, once=once), Standing(State.SENDING, note), outcome, NOW)
        assert then is not None
        assert then.state is not State.SENDING
        if then.retry is None:
            assert then.state in {*SETTLED_FOR_GOOD, State.UNKNOWN}
        else:
            assert then.state is unsent(note)
            assert then.retry.due >= NOW
            assert then.retry.tries == tried + (not isinstance(outcome, Deferred))
        assert (then.message != "") == (then.state is State.SENT)

    @given(outcome=outcomes, note=notes, alert=st.booleans())
    def test_a_chat_that_came_back_is_not_lost(self, outcome: Outcome, note: str, *, alert: bool) -> None:
        given = delivery()._replace(notice=Notice("n1", "low", {}, WalletId(1) if alert else None))
        then = settle(given, Standing(State.SENDING, note, back=True), outcome, NOW)
        assert then is not None
        assert not isinstance(then.chat, LoseChat)
        if isinstance(outcome, Unreachable):
            assert then.state is (unsent(note) if alert else State.GONE)
            assert then.retry == (Retry(NOW, 1) if alert else None)

    @given(outcomes, notes, st.sampled_from([state for state in State if state is not State.SENDING]))
    def test_a_late_outcome_can_only_turn_unknown_into_sent(self, outcome: Outcome, note: str, state: State) -> None:
        then = settle(delivery(), Standing(state, note), outcome, NOW)
        if state is State.UNKNOWN and isinstance(outcome, Sent):
            assert then == Next(State.SENT, message="42")
        else:
            assert then is None

    @given(wait=waits, tried=tries, lost=st.booleans())
    def test_a_failure_is_followed_by_longer_and_longer_waits(self, wait: timedelta, tried: int, *, lost: bool) -> None:
        outcome = Uncertain("lost") if lost else Later(wait, fault=True)
        before, after = (retry(settle(delivery(tries), SENDING, outcome, NOW)) for tries in (tried, tried + 1))
        assert before.due <= after.due <= NOW + max(wait, LONGEST_RETRY)

    @given(wait=waits, fault=st.booleans())
    def test_the_rest_of_the_chat_is_never_held_for_longer_than_the_delivery(
        self, wait: timedelta, *, fault: bool
    ) -> None:
        for outcome in (Deferred(wait), Later(wait, fault=fault)):
            then = settle(delivery(5), SENDING, outcome, NOW)
            assert then is not None
            assert then.chat == HoldChat(NOW + wait)
            assert NOW + wait <= retry(then).due


class TestFigures:
    """What the documents say of them."""

    def test_a_failing_delivery_waits_for_five_seconds_at_first_and_ten_minutes_at_most(self) -> None:
        waits = [retry(settle(delivery(tried), SENDING, Uncertain("lost"), NOW)).due - NOW for tried in range(9)]
        assert [wait.total_seconds() for wait in waits] == [5, 10, 20, 40, 80, 160, 320, 600, 600]

    def test_a_delivery_that_was_put_off_by_itself_holds_nobody_up(self) -> None:
        assert settle(delivery(), SENDING, Deferred(MINUTE, alone=True), NOW) == Next(
            State.PENDING, "later", retry=Retry(NOW + MINUTE, 0)
        )

    def test_a_notice_is_stale_after_three_days(self) -> None:
        made = [NOW - timedelta(days=3, microseconds=late) for late in (0, 1)]
        chosen, stale = choose([delivery(at, made=one) for at, one in enumerate(made)], NOW)
        assert [[one.tries for one in part] for part in (chosen, stale)] == [[0], [1]]

    @pytest.mark.parametrize(
        ("ago", "state"),
        [
            (timedelta(minutes=3), State.UNKNOWN),
            (timedelta(minutes=3) - timedelta.resolution, State.PENDING),
            (timedelta(seconds=-30), State.PENDING),
            (timedelta(seconds=-31), State.UNKNOWN),
        ],
    )
    def test_a_platform_remembers_a_message_for_three_minutes(self, ago: timedelta, state: State) -> None:
        then = recover("", NOW - ago, Retry(NOW, 1), NOW, at_most_once=True, deduplicated=True)
        assert then.state is state

    def test_a_lease_lasts_for_fifteen_seconds(self) -> None:
        assert timedelta(seconds=15) == LEASE

    def test_a_notice_of_the_future_counts_as_two_minutes_old(self) -> None:
        assert timedelta(minutes=2) == RECHECKED


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
    def test_it_is_sent_again_if_that_does_no_harm(
        self, taken: timedelta, state: State, *, once: bool, deduplicated: bool
    ) -> None:
        was = Retry(NOW - taken, 3)
        then = recover("", NOW - taken, was, NOW, at_most_once=once, deduplicated=deduplicated)
        why = f"doubt {(NOW - taken).isoformat()}" if once and state is State.PENDING else "interrupted"
        assert then == Next(state, why, retry=was if state is State.PENDING else None)

    def test_what_was_taken_by_a_clock_that_was_ahead_is_due_now_and_its_age_is_unknown(self) -> None:
        was = Retry(NOW + MINUTE, 3)
        then = recover("", NOW + MINUTE, was, NOW, at_most_once=False, deduplicated=True)
        assert then == Next(State.PENDING, "interrupted", retry=Retry(NOW, 3))
        then = recover("", NOW + MINUTE, was, NOW, at_most_once=True, deduplicated=True)
        assert then == Next(State.UNKNOWN, "interrupted")

    def test_a_delivery_held_meanwhile_stays_held(self) -> None:
        then = recover("then held", NOW, Retry(NOW, 1), NOW, at_most_once=False, deduplicated=False)
        assert then == Next(State.HELD, "interrupted", retry=Retry(NOW, 1))

    def test_what_is_given_up_is_stale_or_unknown(self) -> None:
        assert give_up(at_most_once=True) == Next(State.UNKNOWN, "interrupted")
        assert give_up(at_most_once=False) == STALE


class TestChoose:
    def test_it_picks_the_first_of_each_chat_and_nothing_stale(self) -> None:
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


@pytest.mark.parametrize(
    ("note", "had", "has"),
    [
        (Note("then held"), "", "then held"),
        (Note("then held"), "later", "then held"),
        (Note("then held"), "then cancelled", "then cancelled"),
        (Note("then cancelled"), "then held", "then cancelled"),
        (Note("", replaces="then held"), "then held", ""),
        (Note("", replaces="then held"), "then cancelled", "then cancelled"),
        (Note("", replaces="then held"), "later", "later"),
    ],
)
def test_a_note_is_put_on_what_it_is_for(note: Note, had: str, has: str) -> None:
    assert note.on(had) == has


shifts = st.sampled_from([HOLD, RELEASE, *STOP, RESEND])


class TestShift:
    def test_deliveries_being_sent_get_a_note(self) -> None:
        assert shift(*HOLD).note == Note("then held")
        assert [shift(*one).note for one in STOP] == [Note("then cancelled"), None]
        assert shift(*RELEASE).note == Note("", replaces="then held")
        assert shift(*RESEND).note is None

    def test_released_and_resent_deliveries_are_not_stale(self) -> None:
        assert [shift(*one).renews for one in (HOLD, RELEASE, *STOP, RESEND)] == [False, True, False, False, True]

    def test_releasing_does_not_undo_a_cancellation(self) -> None:
        kept = Kept().claimed()
        for one in (HOLD, *STOP, HOLD, RELEASE):
            kept = kept.shifted(*one)
        assert kept.settled(Deferred(MINUTE), once=False).state is State.CANCELLED

    @given(found=st.lists(outcomes, max_size=5), going_on=st.booleans())
    def test_a_delivery_cancelled_while_being_sent_is_not_sent_again(
        self, found: list[Outcome], *, going_on: bool
    ) -> None:
        kept = Kept().claimed()
        for one in (*STOP, RELEASE) if going_on else STOP:
            kept = kept.shifted(*one)
        for outcome in found:
            kept = kept.settled(outcome, once=False)
            assert kept.claimed() == kept

    @given(one=shifts, outcome=outcomes, once=st.booleans())
    def test_a_shift_while_being_sent_takes_effect_if_it_comes_back(
        self, one: tuple[State, State], outcome: Outcome, *, once: bool
    ) -> None:
        waiting, under_way = Kept().shifted(*one), Kept().claimed().shifted(*one)
        back = under_way.settled(outcome, once=once)
        if isinstance(outcome, Moved | Later | Deferred):
            assert back.state is waiting.state
        elif isinstance(outcome, Sent):
            assert back.state is State.SENT
