"""The state machine of a delivery: outcome, clock and tries in, next state out. Stores write what it says.

    pending -> sending -> sent | gone | failed | cancelled | unknown
                       -> pending (a retry)
    pending <-> held, either -> cancelled, unknown -> pending: `shift`, for all deliveries about one thing

Whoever holds or stops what is on its way cannot reach a delivery that is being sent. It carries a note of what it
becomes if it comes back unsent; the note stands where the reason of its state stands.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeAlias, TypeVar, assert_never

from core.delivery.outcome import Failed, Gone, Later, Moved, Over, PutOff, Sent, Unknown
from core.shared.backoff import backed_off

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.delivery.notice import Delivery, Target
    from core.delivery.outcome import Outcome


class State(StrEnum):
    """How far a delivery has come."""

    PENDING = "pending"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    GONE = "gone"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


SETTLED_FOR_GOOD: Final = (State.SENT, State.GONE, State.FAILED, State.CANCELLED)
Shift: TypeAlias = tuple[State, State]
HOLD: Final[Shift] = (State.PENDING, State.HELD)
GO_ON: Final[Shift] = (State.HELD, State.PENDING)
STOP: Final[tuple[Shift, ...]] = ((State.PENDING, State.CANCELLED), (State.HELD, State.CANCELLED))
RESEND: Final[Shift] = (State.UNKNOWN, State.PENDING)
"""From which state to which deliveries are moved by whoever runs what they are about."""
STALE_AFTER: Final = timedelta(days=3)
"""How old a notice is that nobody wants to read any more, such as after a platform was off for a month."""
DEDUPLICATED_FOR: Final = timedelta(minutes=3)
"""For how long a platform that makes one message of what is sent twice does so; Discord says "a few minutes"."""
FIRST_RETRY: Final = timedelta(seconds=5)
LONGEST_RETRY: Final = timedelta(minutes=10)


class Standing(NamedTuple):
    """How a delivery stands in the store; `note` is the reason of its state, or what it becomes if it comes back."""

    state: State
    note: str


class Retry(NamedTuple):
    """When a delivery is due again, and how often it was tried by then."""

    due: datetime
    tries: int


class HoldChat(NamedTuple):
    """What waits for the same chat and is no more urgent is not due before this time either."""

    until: datetime


class LoseChat(NamedTuple):
    """What waits for the same chat is gone too, and so is its subscription."""

    why: str


class MoveChat(NamedTuple):
    """What waits for the same chat, and its subscription, goes to this one from now on.

    What goes there anyway is cancelled as `MOVED`; where the new chat has a subscription, that one counts.
    """

    chat: str


ChatEffect: TypeAlias = HoldChat | LoseChat | MoveChat


class Next(NamedTuple):
    """The next state of a delivery, and what it does to the rest of its chat.

    `message` is the platform's id of what was sent. Without `retry`, the due time and the tries stay as they are.
    """

    state: State
    why: str = ""
    message: str = ""
    retry: Retry | None = None
    chat: ChatEffect | None = None


STALE: Final = Next(State.CANCELLED, "stale")
SUPERSEDED: Final = Next(State.CANCELLED, "replaced")
MOVED: Final = Next(State.CANCELLED, "moved")
_LOST_SENDER: Final = "interrupted"


def stale_before(now: datetime) -> datetime:
    """A notice that was made before this is stale, and so is a delivery that has been `sending` since before it."""
    return now - STALE_AFTER


class _Due(Protocol):
    """A delivery that is due."""

    @property
    def made(self) -> datetime: ...

    @property
    def target(self) -> Target: ...


D = TypeVar("D", bound=_Due)


def choose(due: Iterable[D], now: datetime) -> tuple[tuple[D, ...], tuple[D, ...]]:
    """Which deliveries to send now, the first for each chat, and which of those that are due are stale."""
    chosen: dict[str, D] = {}
    stale: list[D] = []
    for one in due:
        if one.made < stale_before(now):
            stale.append(one)
        else:
            chosen.setdefault(one.target.chat, one)
    return tuple(chosen.values()), tuple(stale)


def settle(delivery: Delivery, standing: Standing, outcome: Outcome, now: datetime) -> Next | None:
    """The next state of a delivery that was claimed; None if the outcome comes too late to count.

    A delivery that somebody else has settled meanwhile stays as it is, but for a doubt: that it was sent clears it.
    """
    if standing.state is not State.SENDING and (standing.state is not State.UNKNOWN or not isinstance(outcome, Sent)):
        return None
    return _outcome(delivery, unsent(standing.note), outcome, now)


def _outcome(delivery: Delivery, state: State, outcome: Outcome, now: datetime) -> Next:
    """The next state of a delivery that is `sending`; if it comes back unsent, that is `state`."""
    match outcome:
        case Sent(message):
            return Next(State.SENT, message=message)
        case Gone(why):
            return Next(State.GONE, why, chat=LoseChat(why))
        case Over(why):
            return Next(State.CANCELLED, why)
        case Failed(why):
            return Next(State.FAILED, why)
        case Unknown(why) if delivery.notice.once:
            return Next(State.UNKNOWN, why)
        case _:
            return _retried(delivery, state, outcome, now)


def _retried(delivery: Delivery, state: State, outcome: Moved | Later | PutOff | Unknown, now: datetime) -> Next:
    """Let a delivery be sent later, unless it was held or stopped meanwhile (`state`)."""
    tried = delivery.tries + 1
    match outcome:
        case Moved(chat):
            return Next(state, "moved", retry=Retry(now, tried), chat=MoveChat(chat))
        case Later(wait, fault=fault):
            due = now + (_after(wait, delivery.tries) if fault else wait)
            return Next(state, "later", retry=Retry(due, tried), chat=HoldChat(now + wait))
        case PutOff(wait):
            due = now + wait
            return Next(state, "later", retry=Retry(due, delivery.tries), chat=HoldChat(due))
        case Unknown(why):
            return Next(state, why, retry=Retry(now + _after(FIRST_RETRY, delivery.tries), tried))
        case other:
            assert_never(other)


def _after(first: timedelta, tries: int) -> timedelta:
    return backed_off(first, tries, max(first, LONGEST_RETRY))


def recover(note: str, taken: datetime, now: datetime, *, at_most_once: bool, deduplicated: bool) -> Next:
    """The next state of a delivery whose sender was lost while it was `sending`, since `taken`.

    It is sent again if a second message does no harm, or if the platform would make one message of both.
    """
    if at_most_once and not (deduplicated and taken > now - DEDUPLICATED_FOR):
        return Next(State.UNKNOWN, _LOST_SENDER)
    return Next(unsent(note), _LOST_SENDER)


def give_up(*, at_most_once: bool) -> Next:
    """The next state of a delivery that has been `sending` for so long that nobody will send it again."""
    return Next(State.UNKNOWN, _LOST_SENDER) if at_most_once else STALE


class Note(NamedTuple):
    """What is noted on deliveries that are `sending`: on all of them, or in place of one note (`replaces`)."""

    text: str
    replaces: str | None = None

    def on(self, found: str) -> str:
        """The note of a delivery that has had this one."""
        return self.text if self.replaces in {None, found} else found


class Shifted(NamedTuple):
    """What becomes of all deliveries about one thing that is held, continued, stopped or sent again.

    Those in the state that was meant get `next`, those that are `sending` the note. With `renews`, a notice that would
    be stale counts as made now.
    """

    next: Next
    note: Note | None
    renews: bool


def shift(seen: State, then: State) -> Shifted:
    """What becomes of deliveries about one thing when those in the state `seen` are moved to the state `then`."""
    return Shifted(Next(then), _noted(seen, then), renews=then is State.PENDING)


def _noted(seen: State, then: State) -> Note | None:
    match seen, then:
        case State.PENDING, State.HELD | State.CANCELLED:
            return Note(f"then {then}")
        case State.HELD, State.PENDING:
            return Note("", replaces=f"then {State.HELD}")
    return None


def unsent(note: str) -> State:
    """What a delivery with this note becomes if it comes back unsent."""
    return _RECALLED.get(note, State.PENDING)


_RECALLED: Final = {f"then {state}": state for state in (State.HELD, State.CANCELLED)}
