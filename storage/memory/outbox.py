"""The reference store's notices and deliveries."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, assert_never

from core.delivery.gathering import gathered
from core.delivery.notice import Delivery, Target, own_chat, places, sent_anew
from core.delivery.outcome import Unreachable
from core.delivery.ports import Lease
from core.delivery.state import (
    LEASE,
    MOVED,
    RECHECKED,
    SETTLED_FOR_GOOD,
    STALE,
    SUPERSEDED,
    HoldChat,
    LoseChat,
    LosePlace,
    MoveChat,
    Next,
    Retry,
    Standing,
    State,
    choose,
    doubted_since,
    give_up,
    recover,
    seen,
    settle,
    shift,
    stale_before,
)
from core.shared.clock_steps import was_ahead
from core.wallets.people import ChatKind, ChatRef, address
from storage.memory.tables import StoredDelivery

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.delivery.outcome import Outcome
    from core.delivery.state import ChatEffect
    from core.shared.ids import PersonId
    from storage.memory.subscriptions import MemorySubscriptions
    from storage.memory.tables import Tables

DONE: Final = (*SETTLED_FOR_GOOD, State.UNKNOWN)


class MemoryOutbox:
    """Implements `core.delivery.ports.Outbox`."""

    def __init__(self, tables: Tables, subscriptions: MemorySubscriptions) -> None:
        """An audience is chosen from `subscriptions`, which also follow chats that move or are lost."""
        self._tables, self._subscriptions = tables, subscriptions

    async def notify(self, notices: Sequence[Notice], now: datetime) -> int:
        return self.store(notices, now)

    def store(self, notices: Sequence[Notice], now: datetime) -> int:
        """Store notices at once, together with the change that causes them."""
        new = 0
        for notice in notices:
            if notice.key not in self._tables.notices and notice.gathers and self._gathered(notice):
                new += 1
            elif notice.key not in self._tables.notices:
                self._tables.notices[notice.key] = now
                if notice.supersedes:
                    self._supersede(notice.topic, now)
                for target, reader in self._readers(notice):
                    self._add(notice, target, now, reader)
                new += 1
        return new

    def _gathered(self, notice: Notice) -> bool:
        """Whether the facts of a notice were added to one that waits."""
        (to,) = notice.to
        there = (one for one in self._of_topic(notice.topic) if one.target[:2] == to[:2])
        waiting = [one for one in there if one.state is State.PENDING and not one.tries]
        together = gathered(waiting[-1].notice.facts, notice.facts) if waiting else None
        if together is not None:
            waiting[-1].notice = waiting[-1].notice._replace(facts=together)
        return together is not None

    async def mend(self, notice: Notice, facts: Mapping[str, str | int], now: datetime) -> bool:
        if notice.key in self._tables.notices or notice.mends not in self._tables.notices:
            return False
        mended = self._of(notice.mends)
        for item in mended:
            item.notice = item.notice._replace(facts=dict(facts))
        self.store([notice._replace(to=())], now)
        for item in mended:
            if item.state in {State.SENT, State.SENDING} or (item.state is State.PENDING and doubted_since(item.why)):
                self._add(notice, item.target, now, (item.zone, item.locale, item.quiet))
        return True

    def _add(self, notice: Notice, target: Target, now: datetime, reader: tuple[str, str, str]) -> None:
        number = self._tables.deliveries_made = self._tables.deliveries_made + 1
        zone, locale, quiet = reader
        item = StoredDelivery(number, notice, target, now, now, now, zone=zone, locale=locale, quiet=quiet)
        self._tables.deliveries[number] = item

    def _supersede(self, topic: str, now: datetime) -> None:
        for item in self._of_topic(topic):
            if item.state is State.PENDING:
                item.enter(SUPERSEDED, now)

    def _readers(self, notice: Notice) -> Iterator[tuple[Target, tuple[str, str, str]]]:
        if notice.audience is None:
            there = (target for target in self._targets(notice) if not self._subscriptions.is_lost(target))
            yield from ((target, ("", "en", "")) for target in there)
        else:
            for one in notice.audience.among(self._subscriptions.all()):
                yield one.target, (one.zone, one.locale, one.quiet)

    def _targets(self, notice: Notice) -> Iterator[Target]:
        yield from notice.to
        if notice.to or notice.wallet is None:
            return
        owner = self._tables.books[notice.wallet].owner
        if isinstance(owner, ChatRef):
            alerts = self._tables.books[notice.wallet].settings.alerts
            private = () if alerts.person is None else self._own_chat(alerts.person)
            yield from places(alerts, Target(owner.platform, owner.id), private)
        elif notice.by is None or self._now(owner) != self._now(notice.by):
            yield from self._own_chat(owner)

    def _now(self, person: PersonId) -> PersonId:
        return self._tables.into.get(person, person)

    def _own_chat(self, person: PersonId) -> Sequence[Target]:
        """The private chat in which whoever a person is now gets what is for them."""
        now = self._now(person)
        known = [identity for identity, who in self._tables.identities.items() if self._now(who) == now]
        known.sort(key=lambda one: (one != self._tables.used.get(now), one.platform, one.user))
        chats = (Target(one.platform, one.user, direct=True) for one in known)
        wallet = self._tables.owned.get(now)
        alerts = None if wallet is None else self._tables.books[wallet].settings.alerts
        reached = [target for target in chats if not self._subscriptions.is_lost(target)]
        return own_chat(reached, "" if alerts is None else alerts.platform)

    def _group_of(self, item: StoredDelivery) -> str:
        """The title of the group that a notice is about, if it goes to a private chat."""
        owner = None if item.notice.wallet is None else self._tables.books[item.notice.wallet].owner
        if not isinstance(owner, ChatRef) or not item.target.direct:
            return ""
        chat = self._tables.chats.get(owner)
        return owner.id if chat is None or not chat.title else chat.title

    async def fan_out(self) -> bool:
        """There is never anything left to write: here, all deliveries are written at once."""
        return False

    async def lease(
        self, platform: str, holder: str, now: datetime, until: datetime, *, idempotent: bool
    ) -> Lease | None:
        held_by, lease = self._tables.senders.get(platform, (holder, Lease(1, until)))
        if held_by != holder:
            if lease.until > now:
                self._tables.senders[platform] = held_by, lease._replace(until=min(lease.until, now + LEASE))
                return None
            lease = Lease(lease.epoch + 1, until)
            self._recover(platform, now, idempotent=idempotent)
        self._tables.senders[platform] = holder, Lease(lease.epoch, until)
        return self._tables.senders[platform][1]

    def _recover(self, platform: str, now: datetime, *, idempotent: bool) -> None:
        """Settle what the last holder left open. `idempotent`: the platform drops a message that is sent twice."""
        for item in self._all():
            if item.target.platform == platform and item.state is State.SENDING:
                once = item.notice.at_most_once
                was = Retry(item.due, item.tries)
                item.enter(recover(item.why, item.changed, was, now, at_most_once=once, deduplicated=idempotent), now)

    async def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        if platform not in self._tables.senders or self._tables.senders[platform][1].epoch != epoch:
            return ()
        here = [item for item in self._all() if item.target.platform == platform]
        busy = {item.target.chat for item in here if item.state is State.SENDING}
        due = [one for one in here if one.state is State.PENDING and one.due <= now and one.target.chat not in busy]
        in_order = sorted(due, key=lambda item: (not item.notice.urgent, bool(item.notice.mends), item.due, item.id))
        chosen, stale = choose(in_order[:limit], now)
        for item in stale:
            item.enter(STALE, now)
        return tuple(self._claimed(item, epoch, now) for item in chosen)

    def _claimed(self, item: StoredDelivery, epoch: int, now: datetime) -> Delivery:
        wallet = item.notice.wallet
        theirs = None if wallet is None else self._tables.books[wallet].settings
        zone, quiet = ("UTC", "") if theirs is None else (theirs.zone, theirs.quiet)
        reader = (
            item.zone or zone,
            item.made,
            item.locale,
            item.quiet or quiet,
            self._group_of(item),
            doubted_since(item.why),
        )
        found = Delivery(item.id, item.notice, item.target, item.tries, *reader)
        item.state, item.epoch, item.tries, item.changed = State.SENDING, epoch, item.tries + 1, now
        return found

    async def settle(self, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        item = self._tables.deliveries.get(delivery.id)
        if item is None or item.epoch != epoch:
            return
        late = isinstance(outcome, Unreachable)
        back = late and self._subscriptions.is_back_since(item.target, item.changed, now)
        then = settle(delivery, Standing(item.state, item.why, back), outcome, now)
        if then is not None:
            item.enter(then, now)
            self._affect_chat(item, then.chat, now)

    def _affect_chat(self, item: StoredDelivery, effect: ChatEffect | None, now: datetime) -> None:
        """Apply what an outcome means for the other deliveries of its chat."""
        match effect:
            case None:
                pass
            case HoldChat(until):
                self._hold(item, until, now)
            case LoseChat(why):
                self.lose(item.target.ref, item.target.kind, why, now, item)
            case LosePlace(why):
                for other in self._waiting(*item.target[:2]):
                    if other.target.place == item.target.place and other.notice.wallet is None:
                        other.enter(Next(State.FAILED, why), now)
                self._subscriptions.lose_place(item.target, why)
            case MoveChat(chat):
                self._subscriptions.move(item.target.platform, item.target.chat, chat)
                self._follow(item, chat, now)
            case other:
                assert_never(other)

    def lose(self, ref: ChatRef, kind: ChatKind, why: str, now: datetime, *gone: StoredDelivery) -> None:
        """Retire a chat, with all that waits for it; `gone` is what could not be sent to it."""
        waiting = self._waiting(ref.platform, address(ref, kind))
        for item in waiting:
            item.enter(Next(State.GONE, why), now)
        self._subscriptions.lose(ref, kind, why, now)
        for item in sorted((*gone, *waiting), key=lambda one: one.id):
            self._send_anew(item)

    def _send_anew(self, item: StoredDelivery) -> None:
        """Send a notice about a wallet elsewhere if it is gone with the private chats that it went to.

        That is a group, or another private chat of the same person.
        """
        anew = sent_anew(item.notice)._replace(to=(), by=None)
        every = [one for one in self._all() if one.notice.key == item.notice.key]
        elsewhere = not anew.mends and anew.wallet is not None and any(self._readers(anew))
        if elsewhere and all(one.target.direct and one.state is State.GONE for one in every):
            self.store([anew], item.made)

    def _follow(self, item: StoredDelivery, chat: str, now: datetime) -> None:
        """Let deliveries follow a chat to its new id, except those whose notice goes there anyway."""
        to = (item.target.platform, chat)
        there = {(one.notice.key, one.id) for one in self._all() if one.target[:2] == to}
        for other in self._waiting(*item.target[:2]):
            if any(key == other.notice.key and number != other.id for key, number in there):
                other.enter(MOVED, now)
            else:
                other.target = other.target._replace(chat=chat)

    def _hold(self, item: StoredDelivery, due: datetime, now: datetime) -> None:
        """Defer the deliveries of the same chat that are not more urgent."""
        for other in self._waiting(*item.target[:2]):
            if other.due < due and other.notice.urgent <= item.notice.urgent:
                other.due, other.changed = due, now

    def _waiting(self, platform: str, chat: str) -> list[StoredDelivery]:
        """The pending deliveries of a chat, including one that is pending again."""
        return [one for one in self._all() if one.target[:2] == (platform, chat) and one.state is State.PENDING]

    async def hasten(self, platform: str, now: datetime) -> bool:
        pending = [one for one in self._all() if one.target.platform == platform and one.state is State.PENDING]
        ahead = [one for one in pending if one.due > now and was_ahead(one.changed, now)]
        for item in ahead:
            if was_ahead(item.made, now):
                item.made = self._tables.notices[item.notice.key] = now - RECHECKED
            item.due = item.changed = now
        return bool(ahead)

    async def give_up(self, now: datetime, limit: int) -> int:
        before, every = stale_before(now), self._all()
        stale = [one for one in every if one.state is State.PENDING and one.made < before]
        abandoned = [one for one in every if one.state is State.SENDING and one.changed < before]
        for item in (ended := [*stale, *abandoned][:limit]):
            item.enter(STALE if item.state is State.PENDING else give_up(at_most_once=item.notice.at_most_once), now)
        return len(ended)

    async def forget(self, before: datetime, limit: int, *, doubts: datetime) -> int:
        in_use = {item.notice.key for item in self._all() if not _ended(item, before, doubts)}
        made = sorted((made, key) for key, made in self._tables.notices.items() if made < before and key not in in_use)
        old = {key for _, key in made[:limit]}
        self._tables.notices = {key: made for key, made in self._tables.notices.items() if key not in old}
        self._tables.deliveries = {
            number: item for number, item in self._tables.deliveries.items() if item.notice.key not in old
        }
        return len(old)

    async def shift(self, topic: str, old: State, new: State, now: datetime) -> int:
        every = self._of_topic(topic)
        shifted = shift(old, new)
        for item in every:
            if shifted.renews and item.made < stale_before(now):
                item.made = self._tables.notices[item.notice.key] = now
            if shifted.note is not None and item.state is State.SENDING:
                item.why = shifted.note.on(item.why)
        for item in every:
            if shifted.doubted is not None and item.state is old and doubted_since(item.why):
                item.enter(shifted.doubted, now)
        those = [item for item in every if item.state is old]
        for item in those:
            item.enter(shifted.next, now)
            if shifted.renews:
                item.due = min(item.due, now)
        return len(those)

    async def deliveries(self, notice: str) -> tuple[tuple[Target, State, str], ...]:
        return tuple((item.target, item.state, item.why) for item in self._of(notice))

    async def standing(self, notice: str, platform: str, chat: str) -> tuple[State, str] | None:
        there = (one for one in self._of(notice) if one.target[:2] == (platform, chat))
        return next(((seen(one.state, one.why), one.message) for one in there), None)

    async def sent_as(self, notice: str) -> tuple[tuple[Target, str], ...]:
        return tuple((item.target, item.message) for item in self._of(notice) if item.state is State.SENT)

    async def tally(self, notice: str) -> tuple[tuple[str, State, int], ...]:
        counts = Counter((item.target.platform, item.state) for item in self._of(notice))
        return tuple((platform, state, number) for (platform, state), number in sorted(counts.items()))

    def _of(self, notice: str) -> list[StoredDelivery]:
        return [item for item in self._all() if item.notice.key == notice]

    def _of_topic(self, topic: str) -> list[StoredDelivery]:
        return [item for item in self._all() if topic and item.notice.topic == topic]

    def _all(self) -> Collection[StoredDelivery]:
        return self._tables.deliveries.values()

    async def next_due(self, platform: str) -> datetime | None:
        waiting = [one for one in self._all() if one.target.platform == platform and one.state is State.PENDING]
        return min((item.due for item in waiting), default=None)


def _ended(item: StoredDelivery, before: datetime, doubts: datetime) -> bool:
    return item.changed < (doubts if item.state is State.UNKNOWN else before) and item.state in DONE
