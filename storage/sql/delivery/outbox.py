"""Notices and their deliveries. The next state of a delivery is decided in core."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from core.delivery.gathering import gathered
from core.delivery.notice import EVERYBODY, Delivery, Notice, Target, own_chat, places, sent_anew
from core.delivery.outcome import Unreachable
from core.delivery.ports import Lease
from core.delivery.state import (
    LEASE,
    MOVED,
    RECHECKED,
    STALE,
    SUPERSEDED,
    THEN_CANCELLED,
    HoldChat,
    LoseChat,
    LosePlace,
    MoveChat,
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
from core.shared.clock_steps import SLACK
from core.shared.ids import WalletId
from core.wallets.people import ChatKind, address
from storage.sql.delivery.fanout import NO_SLICES, Fanout, Reader, sliced
from storage.sql.delivery.statements import OutboxSql
from storage.sql.persons.persons import Persons
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables.codec import ALERTS, FACTS
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from core.delivery.outcome import Outcome
    from core.delivery.state import ChatEffect, Next, Note
    from core.shared.ids import PersonId
    from core.wallets.people import ChatRef
    from storage.sql.delivery.fanout import Slices
    from storage.sql.session import Connections, Session
    from storage.sql.subscriptions import Subscriptions
    from storage.sql.tables.codec import Row


class Outbox(Aggregate):
    """Implements `core.delivery.ports.Outbox`."""

    def __init__(self, connections: Connections, subscriptions: Subscriptions) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(OutboxSql)
        self.subscriptions, self._fanout = subscriptions, Fanout(connections, subscriptions)
        self._persons = Persons(connections.to_text)

    async def notify(self, notices: Sequence[Notice], now: datetime) -> int:
        return await self._write_notices(notices, now, await self.sliced(notices))

    async def sliced(self, notices: Iterable[Notice]) -> Slices:
        """The slices of those notices that have an audience, read page by page so that other reads get their turn."""
        return {one.key: await self._fanout.slices(one.audience) for one in notices if one.audience is not None}

    async def fan_out(self) -> bool:
        return await self._fanout.waits() and await self._fanout.write_next()

    def store(self, session: Session, notices: Iterable[Notice], now: datetime, slices: Slices = NO_SLICES) -> int:
        """Store notices within a transaction, each with its deliveries. Returns the number of those whose key was new.

        A notice with an audience needs its slices, whose deliveries `fan_out` writes.
        """
        return sum(self._store_one(session, notice, now, slices) for notice in notices)

    _write_notices = writes()(store)

    def _store_one(self, session: Session, notice: Notice, now: datetime, slices: Slices) -> bool:
        if session.rows(self._sql.known, notice.key):
            return False
        if notice.gathers and self._gathered(session, notice):
            return True
        if notice.supersedes:
            session.rows(self._sql.shifted, *_columns(SUPERSEDED), micros(now), notice.topic, State.PENDING.value)
        facts = FACTS.text(dict(notice.facts))
        row = (notice.key, notice.code, facts, notice.wallet, notice.urgent, notice.at_most_once, micros(now))
        session.run(self._sql.notice, *row, notice.topic)
        if notice.audience is None:
            readers = (Reader(*one) for one in self._reached(session, notice))
            self._fanout.write(session, notice.key, micros(now), readers, urgent=notice.urgent)
        else:
            self._fanout.store(session, notice.key, micros(now), slices[notice.key], urgent=notice.urgent)
        return True

    def _gathered(self, session: Session, notice: Notice) -> bool:
        """Whether the facts of a notice were added to one that waits. No sender can claim that one meanwhile."""
        (to,) = notice.to
        session.rows(self._sql.sender, to.platform)  # which locks it
        for key, facts in session.rows(self._sql.unsent, to.platform, to.chat, notice.topic):
            if (together := gathered(FACTS.value(facts), notice.facts)) is not None:
                session.rows(self._sql.revised, FACTS.text(together), key)
                return True
        return False

    @writes()
    def mend(self, session: Session, notice: Notice, facts: Mapping[str, str | int], now: datetime) -> bool:
        if session.rows(self._sql.known, notice.key):
            return False
        if not session.rows(self._sql.revised, FACTS.text(dict(facts)), notice.mends):
            return False
        self._fanout.finish(session, notice.topic)  # so that what it supersedes is all there to be cancelled
        rows = session.rows(self._sql.readers, notice.mends)
        readers = [Reader(row[0], row[1], bool(row[2]), *row[3:]) for row in rows]
        self._store_one(session, notice._replace(audience=EVERYBODY), now, {notice.key: sliced(readers)})
        return True

    def _reached(self, session: Session, notice: Notice) -> Iterator[Target]:
        """The targets of a notice to which something can be sent."""
        return (one for one in self._targets(session, notice) if not self.subscriptions.is_lost(session, one))

    def _targets(self, session: Session, notice: Notice) -> Iterator[Target]:
        if notice.to:
            yield from notice.to
            return
        for platform, chat, alerts in session.rows(self._sql.group, notice.wallet):
            wanted = ALERTS.value(alerts)
            private = () if wanted.person is None else self._own_chat(session, wanted.person)
            yield from places(wanted, Target(platform, chat), private)
        for (holder,) in session.rows(self._sql.holder, notice.wallet):
            if notice.by is None or self._persons.now(session, notice.by) != self._persons.now(session, holder):
                yield from self._own_chat(session, holder)

    def _own_chat(self, session: Session, person: PersonId) -> Sequence[Target]:
        """The private chat in which whoever a person is now gets what is for them."""
        known = (Target(platform, user, direct=True) for platform, user in session.rows(self._sql.known_as, person))
        reached = [one for one in known if not self.subscriptions.is_lost(session, one)]
        alerts = session.row(self._sql.own_alerts, person) if len(reached) > 1 else None
        return own_chat(reached, "" if alerts is None else ALERTS.value(alerts[0]).platform)

    @writes()
    def lease(
        self, session: Session, platform: str, holder: str, now: datetime, until: datetime, *, idempotent: bool
    ) -> Lease | None:
        rows = session.rows(self._sql.sender, platform)
        if not rows:
            session.run(self._sql.new_sender, platform, holder, 1, micros(until))
            return Lease(1, until)
        held_by, epoch, ends = rows[0]
        if held_by != holder and ends > micros(now):
            if ends > (longest := micros(now + LEASE)):
                session.run(self._sql.keep_sender, held_by, epoch, longest, platform)
            return None
        if held_by != holder:
            epoch += 1
            self._recover(session, platform, now, idempotent=idempotent)
        session.run(self._sql.keep_sender, holder, epoch, micros(until), platform)
        return Lease(epoch, until)

    def _recover(self, session: Session, platform: str, now: datetime, *, idempotent: bool) -> None:
        """Settle what the last holder left open. `idempotent`: the platform drops a message that is sent twice."""
        for number, due, tries, claimed, why, once in session.rows(self._sql.open, platform):
            was = Retry(moment(due), tries)
            then = recover(why, moment(claimed), was, now, at_most_once=bool(once), deduplicated=idempotent)
            self._write(session, number, then, micros(now))

    @writes(idempotent=False)
    def claim(self, session: Session, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        sender = session.rows(self._sql.sender, platform)
        if not sender or sender[0][1] != epoch:
            return ()
        chosen, stale = choose(self._due(session, platform, micros(now), limit), now)
        for found in stale:
            self._write(session, found.id, STALE, micros(now))
        for found in chosen:
            session.run(self._sql.claimed, State.SENDING.value, found.tries + 1, epoch, micros(now), found.id)
        return chosen

    def _due(self, session: Session, platform: str, now: int, limit: int) -> Iterator[Delivery]:
        """Due deliveries: the urgent ones, the others, what mends messages. Each read follows an index to the limit."""
        found: dict[int, Row] = {}
        for statement in (self._sql.urgent, self._sql.due, self._sql.mending):
            if len(found) < limit:
                for row in session.rows(statement, platform, now, limit):
                    found.setdefault(row[0], row)
        yield from map(_delivery, [*found.values()][:limit])

    @writes()
    def settle(self, session: Session, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        rows = session.rows(self._sql.standing, delivery.id, epoch)
        if not rows:
            return
        state, why, claimed = rows[0]
        chat = self.subscriptions.chat(session, delivery.target.ref) if isinstance(outcome, Unreachable) else None
        back = chat is not None and chat.is_back_since(moment(claimed), now)
        then = settle(delivery, Standing(State(state), why, back), outcome, now)
        if then is not None:
            self._write(session, delivery.id, then, micros(now))
            self._affect_chat(session, delivery, then.chat, now)

    def _write(self, session: Session, number: int, then: Next, now: int) -> None:
        if then.retry is None:
            session.run(self._sql.settled, then.state.value, then.message, then.why, now, number)
        else:
            retry = micros(then.retry.due), then.retry.tries
            session.run(self._sql.later, then.state.value, *retry, then.why, now, number)

    def _affect_chat(self, session: Session, delivery: Delivery, effect: ChatEffect | None, now: datetime) -> None:
        """Write what an outcome means for the other deliveries of its chat."""
        chat, at = delivery.target[:2], micros(now)
        match effect:
            case None:
                pass
            case HoldChat(until):  # else each would be claimed in vain
                due = micros(until)
                session.run(self._sql.held, due, at, *chat, due, delivery.notice.urgent)
            case LoseChat(why):
                self.lose(session, delivery.target.ref, delivery.target.kind, why, now, delivery)
            case LosePlace(why):
                session.run(self._sql.failed, State.FAILED.value, why, at, *chat, delivery.target.place)
                self.subscriptions.lose_place(session, delivery.target, why)
            case MoveChat(new):
                session.run(self._sql.duplicates, *_columns(MOVED), at, *chat, new)
                session.run(self._sql.moved, new, *chat)
                self.subscriptions.move(session, *chat, new)
            case other:
                assert_never(other)

    def lose(self, session: Session, ref: ChatRef, kind: ChatKind, why: str, now: datetime, *gone: Delivery) -> None:
        """Retire a chat within a transaction, with all that waits for it; `gone` is what could not be sent to it."""
        chat = ref.platform, address(ref, kind)
        waiting = map(_delivery, session.rows(self._sql.of_wallets, *chat))
        session.run(self._sql.gone, State.GONE.value, why, micros(now), *chat)
        self.subscriptions.lose(session, ref, kind, why, now)
        for delivery in sorted((*gone, *waiting), key=lambda one: one.id):
            self._send_anew(session, delivery)

    def _send_anew(self, session: Session, delivery: Delivery) -> None:
        """Send a notice about a wallet elsewhere if it is gone with the private chats that it went to.

        That is a group, or another private chat of the same person.
        """
        anew = sent_anew(delivery.notice)
        if delivery.notice.mends or next(self._reached(session, anew), None) is None:
            return
        every = session.rows(self._sql.of_notice, delivery.notice.key)
        if all(direct and state == State.GONE.value for _, _, direct, state, _ in every):
            self._store_one(session, anew, delivery.made, NO_SLICES)

    def move(self, session: Session, topic: str, old: State, new: State, now: datetime) -> int:
        """Shift all deliveries of a topic within a transaction. Returns their number.

        Those under way are noted twice: before, since one may come back meanwhile, and after, since more may have been
        claimed.
        """
        self._fanout.finish(session, topic)
        shifted = shift(old, new)
        if shifted.renews:
            session.run(self._sql.renewed, micros(now), topic, micros(stale_before(now)))
            session.run(self._sql.due_now, micros(now), topic, old.value, micros(now))
        self._note(session, topic, shifted.note)
        if shifted.doubted is not None:
            session.run(self._sql.doubted, *_columns(shifted.doubted), micros(now), topic)
        moved = len(session.rows(self._sql.shifted, *_columns(shifted.next), micros(now), topic, old.value))
        self._note(session, topic, shifted.note)
        return moved

    shift = writes()(move)

    def _note(self, session: Session, topic: str, note: Note | None) -> None:
        """Note on deliveries under way what they become if they come back unsent."""
        match note:
            case (text, None):
                session.run(self._sql.recalled, text, topic, THEN_CANCELLED)
            case (text, replaced):
                session.run(self._sql.released, text, topic, replaced)

    async def hasten(self, platform: str, now: datetime) -> bool:
        return await self._is_late(platform, now) and await self._hasten(platform, now)

    @reads
    def _is_late(self, session: Session, platform: str, now: datetime) -> bool:
        """Whether a clock that was ahead has put something off. Most often it has not, so this reads first."""
        return bool(session.rows(self._sql.put_off, platform, micros(now), micros(now + SLACK)))

    @writes()
    def _hasten(self, session: Session, platform: str, now: datetime) -> bool:
        at, later = micros(now), micros(now + SLACK)
        session.run(self._sql.recheck, micros(now - RECHECKED), later, platform, at, later)
        session.run(self._sql.hasten, at, at, platform, at, later)
        return True

    @writes()
    def give_up(self, session: Session, now: datetime, limit: int) -> int:
        before = micros(stale_before(now))
        stale = session.rows(self._sql.stale, before, limit)
        for (number,) in stale:
            session.run(self._sql.cancelled, *_columns(STALE), micros(now), number)
        abandoned = session.rows(self._sql.abandoned, before, limit - len(stale))
        for number, once in abandoned:
            session.run(self._sql.given_up, *_columns(give_up(at_most_once=bool(once))), micros(now), number)
        return len(stale) + len(abandoned)

    @writes()
    def forget(self, session: Session, before: datetime, limit: int, *, doubts: datetime) -> int:
        old = session.rows(self._sql.ended, micros(before), micros(before), micros(doubts), limit)
        for (key,) in old:
            self._fanout.forget(session, key)
            session.run(self._sql.forget_deliveries, key)
            session.run(self._sql.forget_notice, key)
        return len(old)

    @reads
    def deliveries(self, session: Session, notice: str) -> tuple[tuple[Target, State, str], ...]:
        rows = session.rows(self._sql.of_notice, notice)
        return tuple((Target(row[0], row[1], bool(row[2])), State(row[3]), row[4]) for row in rows)

    @reads
    def standing(self, session: Session, notice: str, platform: str, chat: str) -> tuple[State, str] | None:
        rows = session.rows(self._sql.arrived, notice, platform, chat)
        return next(((seen(State(state), why), message) for state, message, why in rows), None)

    @reads
    def sent_as(self, session: Session, notice: str) -> tuple[tuple[Target, str], ...]:
        rows = session.rows(self._sql.sent_as, notice, State.SENT.value)
        return tuple((Target(row[0], row[1], bool(row[2]), row[3]), row[4]) for row in rows)

    @reads
    def tally(self, session: Session, notice: str) -> tuple[tuple[str, State, int], ...]:
        return tuple(
            (platform, State(state), count) for platform, state, count in session.rows(self._sql.tally, notice)
        )

    @reads
    def next_due(self, session: Session, platform: str) -> datetime | None:
        return next((moment(due) for (due,) in session.rows(self._sql.next_due, platform)), None)


def _columns(then: Next) -> tuple[str, str]:
    return then.state.value, then.why


def _delivery(row: Row) -> Delivery:
    number, platform, chat, direct, place, tries, zone, locale, quiet, why, *about = row
    *about, theirs, their_quiet, group, title = about
    key, code, facts, wallet, urgent, once, made, topic = about
    holder = None if wallet is None else WalletId(wallet)
    notice = Notice(key, code, FACTS.value(facts), holder, bool(urgent), bool(once), topic=topic)
    target = Target(platform, chat, bool(direct), place)
    reader = zone or theirs or "UTC", moment(made), locale or "en", quiet or their_quiet or ""
    group_title = (title or group) if direct and group else ""
    return Delivery(number, notice, target, tries, *reader, group_title, doubted_since(why))
