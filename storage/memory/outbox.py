"""The reference store's notices and deliveries."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, assert_never

from core.delivery.notice import Delivery, Target, places
from core.delivery.ports import Lease
from core.delivery.state import (
    MOVED,
    SETTLED_FOR_GOOD,
    STALE,
    SUPERSEDED,
    HoldChat,
    LoseChat,
    MoveChat,
    Next,
    Standing,
    State,
    choose,
    give_up,
    recover,
    settle,
    shift,
    stale_before,
)
from core.wallets.people import ChatRef
from storage.memory.tables import Kept

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.delivery.outcome import Outcome
    from core.delivery.state import ChatEffect
    from core.shared.ids import PersonId
    from storage.memory.subscriptions import MemorySubscriptions
    from storage.memory.tables import Tables

DONE: Final = (*SETTLED_FOR_GOOD, State.UNKNOWN)


class MemoryOutbox:
    """What is to be told, and its way there."""

    def __init__(self, tables: Tables, subscriptions: MemorySubscriptions) -> None:
        """An audience is chosen from `subscriptions`, which follow a chat that moves and note one that is gone."""
        self._tables, self._subscriptions = tables, subscriptions

    async def notify(self, notices: Sequence[Notice], now: datetime) -> int:
        """Keep notices with their deliveries; gives the number of those whose key was new."""
        return self.keep(notices, now)

    def keep(self, notices: Sequence[Notice], now: datetime) -> int:
        """Keep notices at once, together with what causes them."""
        new = 0
        for notice in notices:
            if notice.key not in self._tables.notices:
                self._tables.notices[notice.key] = now
                if notice.instead:
                    self._supersede(notice.about, now)
                for target, zone, locale, quiet in self._readers(notice):
                    number = self._tables.deliveries_made = self._tables.deliveries_made + 1
                    item = Kept(number, notice, target, now, now, now, zone=zone, locale=locale, quiet=quiet)
                    self._tables.deliveries[number] = item
                new += 1
        return new

    def _supersede(self, about: str, now: datetime) -> None:
        for item in self._about(about):
            if item.state is State.PENDING:
                item.become(SUPERSEDED, now)

    def _readers(self, notice: Notice) -> Iterator[tuple[Target, str, str, str]]:
        if notice.audience is None:
            yield from ((target, "", "en", "") for target in self._targets(notice))
        else:
            for one in notice.audience.among(self._subscriptions.all()):
                yield one.target, one.zone, one.locale, one.quiet

    def _targets(self, notice: Notice) -> Iterator[Target]:
        yield from notice.to
        if notice.wallet is None:
            return
        owner = self._tables.books[notice.wallet].owner
        if isinstance(owner, ChatRef):
            alerts = self._tables.books[notice.wallet].settings.alerts
            yield from places(alerts, Target(owner.platform, owner.id), self._private(alerts.person))
        elif owner != notice.by:
            yield from self._private(owner)

    def _private(self, person: PersonId | None) -> list[Target]:
        return [
            Target(known.platform, known.user, direct=True)
            for known, who in self._tables.identities.items()
            if who == person
        ]

    def _group_of(self, item: Kept) -> str:
        """The title of the group whose notice goes to a private chat."""
        owner = None if item.notice.wallet is None else self._tables.books[item.notice.wallet].owner
        if not isinstance(owner, ChatRef) or not item.target.direct:
            return ""
        chat = self._tables.chats.get(owner)
        return owner.id if chat is None or not chat.title else chat.title

    async def spread(self) -> bool:
        """Nothing is left to be written: nobody who books has to wait here."""
        return False

    async def lease(self, platform: str, holder: str, now: datetime, until: datetime, *, again: bool) -> Lease | None:
        """Take or keep the right to send on a platform until a time."""
        held_by, lease = self._tables.senders.get(platform, (holder, Lease(1, until)))
        if held_by != holder:
            if lease.until > now:
                return None
            lease = Lease(lease.epoch + 1, until)
            self._recover(platform, now, again=again)
        self._tables.senders[platform] = holder, Lease(lease.epoch, until)
        return self._tables.senders[platform][1]

    def _recover(self, platform: str, now: datetime, *, again: bool) -> None:
        """Settle what was left open; `again`: the platform makes one message of what is sent twice."""
        for item in self._all():
            if item.target.platform == platform and item.state is State.SENDING:
                once = item.notice.once
                item.become(recover(item.why, item.changed, now, at_most_once=once, deduplicated=again), now)

    async def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """What is due, one for each chat; all of it is `sending` from now on."""
        if platform not in self._tables.senders or self._tables.senders[platform][1].epoch != epoch:
            return ()
        here = [item for item in self._all() if item.target.platform == platform]
        busy = {item.target.chat for item in here if item.state is State.SENDING}
        due = [one for one in here if one.state is State.PENDING and one.due <= now and one.target.chat not in busy]
        in_order = sorted(due, key=lambda item: (not item.notice.urgent, item.due, item.id))
        chosen, stale = choose(in_order[:limit], now)
        for item in stale:
            item.become(STALE, now)
        return tuple(self._claimed(item, epoch, now) for item in chosen)

    def _claimed(self, item: Kept, epoch: int, now: datetime) -> Delivery:
        wallet = item.notice.wallet
        theirs = None if wallet is None else self._tables.books[wallet].settings
        zone, quiet = ("UTC", "") if theirs is None else (theirs.zone, theirs.quiet)
        reader = item.zone or zone, item.made, item.locale, item.quiet or quiet, self._group_of(item)
        found = Delivery(item.id, item.notice, item.target, item.tries, *reader)
        item.state, item.epoch, item.tries, item.changed = State.SENDING, epoch, item.tries + 1, now
        return found

    async def settle(self, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        """What became of a claimed delivery."""
        item = self._tables.deliveries.get(delivery.id)
        if item is None or item.epoch != epoch:
            return
        then = settle(delivery, Standing(item.state, item.why), outcome, now)
        if then is not None:
            item.become(then, now)
            self._affect_chat(item, then.chat, now)

    def _affect_chat(self, item: Kept, effect: ChatEffect | None, now: datetime) -> None:
        """Keep what becomes of the rest of a delivery's chat."""
        match effect:
            case None:
                pass
            case HoldChat(until):
                self._hold(item, until)
            case LoseChat(why):
                for other in self._waiting(item):
                    other.become(Next(State.GONE, why), now)
                self._subscriptions.lose(item.target.platform, item.target.chat, why)
            case MoveChat(chat):
                self._subscriptions.move(item.target.platform, item.target.chat, chat)
                self._follow(item, chat, now)
            case other:
                assert_never(other)

    def _follow(self, item: Kept, chat: str, now: datetime) -> None:
        """Let what waits for a chat that moved go to its new id, but for what goes there anyway."""
        to = (item.target.platform, chat)
        there = {(one.notice.key, one.id) for one in self._all() if one.target[:2] == to}
        for other in self._waiting(item):
            if any(key == other.notice.key and number != other.id for key, number in there):
                other.become(MOVED, now)
            else:
                other.target = other.target._replace(chat=chat)

    def _hold(self, item: Kept, due: datetime) -> None:
        """Let what is no more urgent in its chat wait as well."""
        for other in self._waiting(item):
            if other.due < due and other.notice.urgent <= item.notice.urgent:
                other.due = due

    def _waiting(self, item: Kept) -> list[Kept]:
        """The chat's deliveries that have not been sent, this one among them where it waits again."""
        platform, chat = item.target[:2]
        return [one for one in self._all() if one.target[:2] == (platform, chat) and one.state is State.PENDING]

    async def give_up(self, now: datetime, limit: int) -> int:
        """Cancel what waits and is stale, and settle what is adrift; gives the number."""
        before, every = stale_before(now), self._all()
        stale = [one for one in every if one.state is State.PENDING and one.made < before]
        adrift = [one for one in every if one.state is State.SENDING and one.changed < before]
        for item in (ended := [*stale, *adrift][:limit]):
            item.become(STALE if item.state is State.PENDING else give_up(at_most_once=item.notice.once), now)
        return len(ended)

    async def forget(self, before: datetime, limit: int, *, doubts: datetime) -> int:
        """Delete notices that came to an end before a time; gives their number."""
        in_use = {item.notice.key for item in self._all() if not _over(item, before, doubts)}
        made = sorted((made, key) for key, made in self._tables.notices.items() if made < before and key not in in_use)
        old = {key for _, key in made[:limit]}
        self._tables.notices = {key: made for key, made in self._tables.notices.items() if key not in old}
        self._tables.deliveries = {
            number: item for number, item in self._tables.deliveries.items() if item.notice.key not in old
        }
        return len(old)

    async def shift(self, about: str, seen: State, then: State, now: datetime) -> int:
        """Move all deliveries about something from one state to another; gives how many."""
        every = self._about(about)
        shifted = shift(seen, then)
        for item in every:
            if shifted.renews and item.made < stale_before(now):
                item.made = self._tables.notices[item.notice.key] = now
            if shifted.note is not None and item.state is State.SENDING:
                item.why = shifted.note.on(item.why)
        those = [item for item in every if item.state is seen]
        for item in those:
            item.become(shifted.next, now)
        return len(those)

    async def deliveries(self, notice: str) -> tuple[tuple[Target, State, str], ...]:
        """Where a notice went, how far it came, and why it came no further."""
        return tuple((item.target, item.state, item.why) for item in self._of(notice))

    async def sent_as(self, notice: str) -> tuple[tuple[Target, str], ...]:
        """Where a notice has arrived, with the id of each message."""
        return tuple((item.target, item.message) for item in self._of(notice) if item.state is State.SENT)

    async def tally(self, notice: str) -> tuple[tuple[str, State, int], ...]:
        """How many deliveries of a notice stand how on each platform."""
        counts = Counter((item.target.platform, item.state) for item in self._of(notice))
        return tuple((platform, state, number) for (platform, state), number in sorted(counts.items()))

    def _of(self, notice: str) -> list[Kept]:
        return [item for item in self._all() if item.notice.key == notice]

    def _about(self, what: str) -> list[Kept]:
        return [item for item in self._all() if what and item.notice.about == what]

    def _all(self) -> Collection[Kept]:
        return self._tables.deliveries.values()

    async def next_due(self, platform: str) -> datetime | None:
        """When the next delivery of a platform is due."""
        waiting = [one for one in self._all() if one.target.platform == platform and one.state is State.PENDING]
        return min((item.due for item in waiting), default=None)


def _over(item: Kept, before: datetime, doubts: datetime) -> bool:
    return item.changed < (doubts if item.state is State.UNKNOWN else before) and item.state in DONE
