"""The state machine of a delivery: outcome, clock and tries in, next state out. Stores write what it says.

    pending -> sending -> sent | gone | failed | cancelled | unknown
                       -> pending (a retry)
    pending <-> held, either -> cancelled, unknown -> pending: `shift`, for all deliveries about one thing

A delivery that is being sent cannot be held or cancelled. Instead it gets a note, in the column of the state's reason,
that says what it becomes if it comes back unsent.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeAlias, TypeVar, assert_never

from core.delivery.outcome import Deferred, Failed, Later, Moved, Obsolete, PlaceLost, Sent, Uncertain, Unreachable
from core.shared.backoff import backed_off
from core.shared.clock_steps import was_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable

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
RELEASE: Final[Shift] = (State.HELD, State.PENDING)
STOP: Final[tuple[Shift, ...]] = ((State.PENDING, State.CANCELLED), (State.HELD, State.CANCELLED))
RESEND: Final[Shift] = (State.UNKNOWN, State.PENDING)
"""The moves that an operator makes with a topic's deliveries, as (old state, new state)."""
STALE_AFTER: Final = timedelta(days=3)
"""The age at which a notice is no longer worth sending, for instance after a platform was off for a month."""
DEDUPLICATED_FOR: Final = timedelta(minutes=3)
"""How long a platform that deduplicates messages does so; Discord says "a few minutes"."""
LEASE: Final = timedelta(seconds=15)
"""How long a lease to send on a platform lasts before it must be renewed."""
RECHECKED: Final = timedelta(minutes=2)
"""The age that a notice gets whose time lay in the future: too old to be sent without a look at the present facts."""
FIRST_RETRY: Final = timedelta(seconds=5)
LONGEST_RETRY: Final = timedelta(minutes=10)


class Standing(NamedTuple):
    """A delivery's state in the store; `note` is its reason or, in `sending`, what it becomes if it comes back.

    `back`: its chat has come back since the delivery was claimed.
    """

    state: State
    note: str
    back: bool = False


class Retry(NamedTuple):
    """When a delivery is due again, and how many tries it has had by then."""

    due: datetime
    tries: int


class HoldChat(NamedTuple):
    """Other waiting deliveries to the chat that are no more urgent are not due before this time either."""

    until: datetime


class LoseChat(NamedTuple):
    """The chat is retired. Other waiting deliveries to it are gone too, and its subscription is `lost`.

    A group's notice that nobody gets any more, because all it went to were private chats, is sent anew: to the group.
    """

    why: str


class LosePlace(NamedTuple):
    """Other waiting deliveries to the same place of the chat fail too, and a subscription there has its `place_lost`.

    Nothing else of the chat changes. Alerts, which are notices of a wallet, are still tried, each by itself: what
    cannot be sent to a group's place is sent to one of its admins.
    """

    why: str


class MoveChat(NamedTuple):
    """Other waiting deliveries to the chat, and its subscription, move to this chat.

    A delivery that the new chat has anyway is cancelled as `MOVED`; if it has a subscription, it keeps that one.
    """

    chat: str


ChatEffect: TypeAlias = HoldChat | LoseChat | LosePlace | MoveChat


class Next(NamedTuple):
    """The next state of a delivery, and the effect on other deliveries to its chat.

    `message` is the platform's id of the sent message. Without `retry`, the due time and the tries stay as they are.
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
_LOST_ANSWER: Final = "lost answer"
DOUBT: Final = "doubt "
"""Begins the reason of a waiting delivery that the platform may have already; the time since when follows."""


def stale_before(now: datetime) -> datetime:
    """The time before which a notice made is stale, as is a delivery in `sending` since."""
    return now - STALE_AFTER


class _Due(Protocol):
    """A delivery that is due."""

    @property
    def made(self) -> datetime: ...

    @property
    def target(self) -> Target: ...


D = TypeVar("D", bound=_Due)


def choose(due: Iterable[D], now: datetime) -> tuple[tuple[D, ...], tuple[D, ...]]:
    """Split deliveries that are due into those to send now, the first for each chat, and those that are stale."""
    chosen: dict[str, D] = {}
    stale: list[D] = []
    for delivery in due:
        if delivery.made < stale_before(now):
            stale.append(delivery)
        else:
            chosen.setdefault(delivery.target.chat, delivery)
    return tuple(chosen.values()), tuple(stale)


def settle(delivery: Delivery, standing: Standing, outcome: Outcome, now: datetime) -> Next | None:
    """The next state of a claimed delivery; None if the outcome comes too late to count.

    A delivery that has been settled in the meantime stays as it is, except that `Sent` turns `unknown` into `sent`.
    If the chat has come back in the meantime, that is the newer fact: it is not lost. An alert is then sent again; an
    announcement is not, because whoever had left is asked first.
    """
    if standing.state is not State.SENDING and (standing.state is not State.UNKNOWN or not isinstance(outcome, Sent)):
        return None
    state = unsent(standing.note)
    if isinstance(outcome, Unreachable) and standing.back:
        if delivery.notice.wallet is None:
            return Next(State.GONE, outcome.why)
        return Next(state, outcome.why, retry=Retry(now, delivery.tries + 1))
    return _outcome(delivery, state, outcome, now)


def _outcome(delivery: Delivery, state: State, outcome: Outcome, now: datetime) -> Next:
    """The next state of a delivery in `sending`; it becomes `state` if it comes back unsent."""
    match outcome:
        case Sent(message):
            return Next(State.SENT, message=message)
        case Unreachable(why):
            return Next(State.GONE, why, chat=LoseChat(why))
        case Obsolete(why):
            return Next(State.CANCELLED, why)
        case Failed(why) | PlaceLost(why):
            return Next(State.FAILED, why, chat=LosePlace(why) if isinstance(outcome, PlaceLost) else None)
        case Uncertain(why) if delivery.notice.at_most_once:
            return Next(State.UNKNOWN, why)
        case _:
            return _retried(delivery, state, outcome, now)


def _retried(delivery: Delivery, state: State, outcome: Moved | Later | Deferred | Uncertain, now: datetime) -> Next:
    """The retry of a delivery; `state` is not `pending` if it was held or cancelled in the meantime.

    If the platform may have it already, it is sent again only as long as that makes no second message.
    """
    then, retry = _retry(delivery, state, outcome, now)
    since = delivery.doubted or (now if isinstance(outcome, Later) and outcome.doubt else None)
    if since is None or not delivery.notice.at_most_once:
        return then
    if state is not State.PENDING or _is_over(since, retry.due) or was_ahead(since, now):
        return Next(State.UNKNOWN, _LOST_ANSWER, chat=then.chat)
    return then._replace(why=_doubt(since))


def _retry(
    delivery: Delivery, state: State, outcome: Moved | Later | Deferred | Uncertain, now: datetime
) -> tuple[Next, Retry]:
    tried = delivery.tries + 1
    match outcome:
        case Moved(chat):
            retry = Retry(now, tried)
            return Next(state, "moved", retry=retry, chat=MoveChat(chat)), retry
        case Later(wait, fault=fault):
            retry = Retry(now + (_after(wait, delivery.tries) if fault else wait), tried)
            return Next(state, "later", retry=retry, chat=HoldChat(now + wait)), retry
        case Deferred(wait, alone):
            retry = Retry(now + wait, delivery.tries)
            return Next(state, "later", retry=retry, chat=None if alone else HoldChat(retry.due)), retry
        case Uncertain(why):
            retry = Retry(now + _after(FIRST_RETRY, delivery.tries), tried)
            return Next(state, why, retry=retry), retry
        case other:
            assert_never(other)


def doubted_since(note: str) -> datetime | None:
    """Since when the platform may have a delivery with this reason already; None if there is no doubt."""
    return datetime.fromisoformat(note.removeprefix(DOUBT)) if note.startswith(DOUBT) else None


def seen(state: State, note: str) -> State:
    """The state as far as the chat may show it: what waits may be there already if an answer was lost."""
    return State.SENDING if state is State.PENDING and doubted_since(note) is not None else state


def may_double(delivery: Delivery, now: datetime) -> bool:
    """Whether sending a delivery now, which may be sent at most once, could make a second message."""
    since = delivery.doubted
    return delivery.notice.at_most_once and since is not None and (_is_over(since, now) or was_ahead(since, now))


def _doubt(since: datetime) -> str:
    return f"{DOUBT}{since.isoformat()}"


def _is_over(since: datetime, now: datetime) -> bool:
    """Whether the platform no longer makes one message of two."""
    return now - since >= DEDUPLICATED_FOR


def _after(first: timedelta, tries: int) -> timedelta:
    return backed_off(first, tries, max(first, LONGEST_RETRY))


def recover(note: str, taken: datetime, was: Retry, now: datetime, *, at_most_once: bool, deduplicated: bool) -> Next:
    """The next state of a delivery whose sender was lost while it was `sending`, since `taken`.

    It is sent again if a second message does no harm, or if the platform would still deduplicate it. Then it is due as
    it `was` when it was claimed, but by now at the latest: the clock may have been ahead.
    """
    since, state, retry = doubted_since(note) or taken, unsent(note), Retry(min(was.due, now), was.tries)
    if not at_most_once:
        return Next(state, _LOST_SENDER, retry=retry)
    if not deduplicated or state is not State.PENDING or _is_over(since, now) or was_ahead(since, now):
        return Next(State.UNKNOWN, _LOST_SENDER)
    return Next(state, _doubt(since), retry=retry)


def give_up(*, at_most_once: bool) -> Next:
    """The next state of a delivery that has been `sending` for so long that it is stale."""
    return Next(State.UNKNOWN, _LOST_SENDER) if at_most_once else STALE


THEN_CANCELLED: Final = f"then {State.CANCELLED}"
"""The note on a delivery in `sending` that was cancelled. It stays: what is paused after it was stopped is not sent."""


class Note(NamedTuple):
    """The note to put on deliveries in `sending`: on all but the cancelled, or only in place of the note `replaces`."""

    text: str
    replaces: str | None = None

    def on(self, note: str) -> str:
        """The note that a delivery has afterwards, given the one it has now."""
        return self.text if self.replaces == note or (self.replaces is None and note != THEN_CANCELLED) else note


class Shifted(NamedTuple):
    """The effect of a shift on a topic's deliveries.

    Those in the old state get `next`, but those that the platform may have already get `doubted` (None: `next`, too);
    those in `sending` get the note. With `renews`, a notice that would be stale counts as made now.
    """

    next: Next
    note: Note | None
    renews: bool
    doubted: Next | None = None


def shift(old: State, new: State) -> Shifted:
    """Hold, release, cancel or resend: move a topic's deliveries from the state `old` to the state `new`."""
    doubted = Next(State.UNKNOWN, _LOST_ANSWER) if old is State.PENDING else None
    return Shifted(Next(new), _noted(old, new), renews=new is State.PENDING, doubted=doubted)


def _noted(old: State, new: State) -> Note | None:
    match old, new:
        case State.PENDING, State.HELD | State.CANCELLED:
            return Note(f"then {new}")
        case State.HELD, State.PENDING:
            return Note("", replaces=f"then {State.HELD}")
    return None


def unsent(note: str) -> State:
    """The state of a delivery with this note if it comes back unsent."""
    return _RECALLED.get(note, State.PENDING)


_RECALLED: Final = {f"then {state}": state for state in (State.HELD, State.CANCELLED)}
