"""The reference store's notices and deliveries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final

from core.alerts import places
from core.notices import (
    KNOWN_AGAIN,
    SETTLED_FOR_GOOD,
    STALE,
    Delivery,
    Failed,
    Gone,
    Later,
    Lease,
    Moved,
    Over,
    PutOff,
    Sent,
    State,
    Target,
    Unknown,
    back,
    backed_off,
    recall,
)
from core.people import ChatRef
from storage.memory_audience import MemoryAudience
from storage.outbox import AGAIN_AFTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from core.model import PersonId
    from core.notices import Notice, Outcome

DONE: Final = (*SETTLED_FOR_GOOD, State.UNKNOWN)


@dataclass(slots=True)
class _Item:
    """A delivery as it stands."""

    id: int
    notice: Notice
    target: Target
    made: datetime
    due: datetime
    changed: datetime
    state: State = State.PENDING
    tries: int = 0
    epoch: int = 0
    message: str = ""
    why: str = ""
    zone: str = ""
    locale: str = "en"
    quiet: str = ""


class MemoryOutbox(MemoryAudience):
    """What is to be told, and its way there."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, datetime] = {}
        self._items: dict[int, _Item] = {}
        self._numbers = count(1)
        self._senders: dict[str, tuple[str, Lease]] = {}

    async def notify(self, notices: Sequence[Notice], now: datetime) -> int:
        """Keep notices with their deliveries; gives the number of those whose key was new."""
        return self._notify(notices, now)

    def _notify(self, notices: Sequence[Notice], now: datetime) -> int:
        new = 0
        for notice in notices:
            if notice.key not in self._told:
                self._told[notice.key] = now
                self._replace(notice, now)
                for target, zone, locale, quiet in self._readers(notice):
                    number = next(self._numbers)
                    item = _Item(number, notice, target, now, now, now, zone=zone, locale=locale, quiet=quiet)
                    self._items[number] = item
                new += 1
        return new

    def _replace(self, notice: Notice, now: datetime) -> None:
        waiting = [one for one in self._items.values() if one.state is State.PENDING and one.notice.about]
        for item in waiting if notice.instead else ():
            if item.notice.about == notice.about:
                item.state, item.why, item.changed = State.CANCELLED, "replaced", now

    def _readers(self, notice: Notice) -> Iterator[tuple[Target, str, str, str]]:
        if notice.audience is None:
            yield from ((target, "", "en", "") for target in self._targets(notice))
        else:
            for one in notice.audience.among(self._subscribers()):
                yield one.target, one.zone, one.locale, one.quiet

    def _targets(self, notice: Notice) -> Iterator[Target]:
        yield from notice.to
        if notice.wallet is None:
            return
        owner = self._books[notice.wallet].owner
        if isinstance(owner, ChatRef):
            alerts = self._books[notice.wallet].settings.alerts
            yield from places(alerts, Target(owner.platform, owner.id), self._private(alerts.person))
        elif owner != notice.by:
            yield from self._private(owner)

    def _private(self, person: PersonId | None) -> list[Target]:
        return [
            Target(known.platform, known.user, direct=True) for known, who in self._identities.items() if who == person
        ]

    def _group_of(self, item: _Item) -> str:
        """The title of the group whose notice goes to a private chat."""
        owner = None if item.notice.wallet is None else self._books[item.notice.wallet].owner
        if not isinstance(owner, ChatRef) or not item.target.direct:
            return ""
        chat = self._chats.get(owner)
        return owner.id if chat is None or not chat.title else chat.title

    async def spread(self) -> bool:
        """Nothing is left to be written: nobody who books has to wait here."""
        return False

    async def lease(self, platform: str, holder: str, now: datetime, until: datetime, *, again: bool) -> Lease | None:
        """Take or keep the right to send on a platform until a time."""
        held_by, lease = self._senders.get(platform, (holder, Lease(1, until)))
        if held_by != holder:
            if lease.until > now:
                return None
            lease = Lease(lease.epoch + 1, until)
            self._recover(platform, now, again=again)
        self._senders[platform] = holder, Lease(lease.epoch, until)
        return self._senders[platform][1]

    def _recover(self, platform: str, now: datetime, *, again: bool) -> None:
        """Settle what was left open; with `again`, what was taken of late the platform would know again."""
        for item in self._items.values():
            if item.target.platform == platform and item.state is State.SENDING:
                harmless = not item.notice.once or (again and item.changed > now - KNOWN_AGAIN)
                item.state = back(item.why) if harmless else State.UNKNOWN
                item.why, item.changed = "interrupted", now

    async def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """What is due, one for each chat; all of it is `sending` from now on."""
        if platform not in self._senders or self._senders[platform][1].epoch != epoch:
            return ()
        here = [item for item in self._items.values() if item.target.platform == platform]
        busy = {item.target.chat for item in here if item.state is State.SENDING}
        due = [one for one in here if one.state is State.PENDING and one.due <= now and one.target.chat not in busy]
        chosen: dict[str, _Item] = {}
        for item in sorted(due, key=lambda item: (not item.notice.urgent, item.due, item.id))[:limit]:
            if now - item.made > STALE:
                item.state, item.why, item.changed = State.CANCELLED, "stale", now
            else:
                chosen.setdefault(item.target.chat, item)
        return tuple(self._claimed(item, epoch, now) for item in chosen.values())

    def _claimed(self, item: _Item, epoch: int, now: datetime) -> Delivery:
        wallet = item.notice.wallet
        theirs = None if wallet is None else self._books[wallet].settings
        zone, quiet = ("UTC", "") if theirs is None else (theirs.zone, theirs.quiet)
        reader = item.zone or zone, item.made, item.locale, item.quiet or quiet, self._group_of(item)
        found = Delivery(item.id, item.notice, item.target, item.tries, *reader)
        item.state, item.epoch, item.tries, item.changed = State.SENDING, epoch, item.tries + 1, now
        return found

    async def settle(self, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        """What became of a claimed delivery."""
        item = self._items.get(delivery.id)
        if item is None:
            return
        doubt_cleared = item.state is State.UNKNOWN and isinstance(outcome, Sent)
        if item.epoch == epoch and (item.state is State.SENDING or doubt_cleared):
            self._settle(item, outcome, now)

    def _settle(self, item: _Item, outcome: Outcome, now: datetime) -> None:
        item.changed = now
        match outcome:
            case Sent(message):
                item.state, item.message, item.why = State.SENT, message, ""
            case Gone(why):
                item.state, item.why = State.GONE, why
                for other in self._waiting(item):
                    other.state, other.why, other.changed = State.GONE, why, now
                self._lose_subscription(item.target.platform, item.target.chat, why)
            case Moved(chat):
                self._move_subscription(item.target.platform, item.target.chat, chat)
                item.state, item.due, item.why = back(item.why), now, "moved"
                self._follow(item, chat, now)
            case Later(wait):
                item.state, item.due, item.why = back(item.why), now + outcome.after(item.tries - 1), "later"
                self._hold(item, now + wait)
            case PutOff(wait):
                item.state, item.due, item.why = back(item.why), now + wait, "later"
                item.tries -= 1
                self._hold(item, now + wait)
            case Failed(why) | Over(why):
                item.state, item.why = State.FAILED if isinstance(outcome, Failed) else State.CANCELLED, why
            case Unknown(why):
                self._doubt(item, why, now)

    def _follow(self, item: _Item, chat: str, now: datetime) -> None:
        """Let what waits for a chat that moved go to its new id, but for what goes there anyway."""
        to = (item.target.platform, chat)
        there = {(one.notice.key, one.id) for one in self._items.values() if one.target[:2] == to}
        for other in self._waiting(item):
            if any(key == other.notice.key and number != other.id for key, number in there):
                other.state, other.why, other.changed = State.CANCELLED, "moved", now
            else:
                other.target = other.target._replace(chat=chat)

    def _doubt(self, item: _Item, why: str, now: datetime) -> None:
        if item.notice.once:
            item.state, item.why = State.UNKNOWN, why
        else:
            item.state, item.due, item.why = back(item.why), now + backed_off(AGAIN_AFTER, item.tries - 1), why

    def _hold(self, item: _Item, due: datetime) -> None:
        """Let what is no more urgent in its chat wait as well."""
        for other in self._waiting(item):
            if other.due < due and other.notice.urgent <= item.notice.urgent:
                other.due = due

    def _waiting(self, item: _Item) -> list[_Item]:
        """The chat's deliveries that have not been sent, this one among them where it waits again."""
        platform, chat = item.target[:2]
        return [
            one for one in self._items.values() if one.target[:2] == (platform, chat) and one.state is State.PENDING
        ]

    async def give_up(self, now: datetime, limit: int) -> int:
        """Cancel what waits and is stale, and settle what is adrift; gives the number."""
        stale = [one for one in self._items.values() if one.state is State.PENDING and now - one.made > STALE]
        stale += [one for one in self._items.values() if one.state is State.SENDING and now - one.changed > STALE]
        for item in stale[:limit]:
            adrift = item.state is State.SENDING and item.notice.once
            item.state, item.why = (State.UNKNOWN, "interrupted") if adrift else (State.CANCELLED, "stale")
            item.changed = now
        return len(stale[:limit])

    async def forget(self, before: datetime, limit: int, *, doubts: datetime) -> int:
        """Delete notices that came to an end before a time; gives their number."""
        in_use = {item.notice.key for item in self._items.values() if not _over(item, before, doubts)}
        made = sorted((made, key) for key, made in self._told.items() if made < before and key not in in_use)
        old = {key for _, key in made[:limit]}
        self._told = {key: made for key, made in self._told.items() if key not in old}
        self._items = {number: item for number, item in self._items.items() if item.notice.key not in old}
        return len(old)

    async def shift(self, about: str, seen: State, then: State, now: datetime) -> int:
        """Move all deliveries about something from one state to another; gives how many."""
        every = [item for item in self._items.values() if about and item.notice.about == about]
        note, replaced = recall(seen, then) or ("", None)
        for item in every:
            if item.state is State.SENDING and replaced is not None and replaced in {"", item.why}:
                item.why = note
        those = [item for item in every if item.state is seen]
        for item in those:
            item.state, item.why, item.changed = then, "", now
            if then is State.PENDING and now - item.made > STALE:
                item.made = self._told[item.notice.key] = now
        return len(those)

    async def deliveries(self, notice: str) -> tuple[tuple[Target, State, str], ...]:
        """Where a notice went, how far it came, and why it came no further."""
        return tuple((item.target, item.state, item.why) for item in self._items.values() if item.notice.key == notice)

    async def sent_as(self, notice: str) -> tuple[tuple[Target, str], ...]:
        """Where a notice has arrived, with the id of each message."""
        those = (item for item in self._items.values() if item.notice.key == notice and item.state is State.SENT)
        return tuple((item.target, item.message) for item in those)

    async def tally(self, notice: str) -> tuple[tuple[str, State, int], ...]:
        """How many deliveries of a notice stand how on each platform."""
        those = (item for item in self._items.values() if item.notice.key == notice)
        counts = Counter((item.target.platform, item.state) for item in those)
        return tuple((platform, state, number) for (platform, state), number in sorted(counts.items()))

    async def next_due(self, platform: str) -> datetime | None:
        """When the next delivery of a platform is due."""
        waiting = [
            one for one in self._items.values() if one.target.platform == platform and one.state is State.PENDING
        ]
        return min((item.due for item in waiting), default=None)


def _over(item: _Item, before: datetime, doubts: datetime) -> bool:
    return item.changed < (doubts if item.state is State.UNKNOWN else before) and item.state in DONE
