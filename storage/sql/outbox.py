"""Notices and their deliveries. What state a delivery takes next is decided in core."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from core.delivery.notice import Delivery, Notice, Target, places
from core.delivery.ports import Lease
from core.delivery.state import (
    MOVED,
    STALE,
    SUPERSEDED,
    HoldChat,
    LoseChat,
    MoveChat,
    Standing,
    State,
    choose,
    give_up,
    recover,
    settle,
    shift,
    stale_before,
)
from core.shared.ids import WalletId
from storage.sql.fanout import NO_SLICES, Fanout, Reader
from storage.sql.outbox_statements import OutboxSql
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables.codec import ALERTS, FACTS
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from core.delivery.outcome import Outcome
    from core.delivery.state import ChatEffect, Next, Note
    from storage.sql.fanout import Slices
    from storage.sql.session import Connections, Session
    from storage.sql.subscriptions import Subscriptions
    from storage.sql.tables.codec import Row


class Outbox(Aggregate):
    """Reads and writes notices; one sender at a time works on a platform."""

    def __init__(self, connections: Connections, subscriptions: Subscriptions) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(OutboxSql)
        self._subscriptions, self._fanout = subscriptions, Fanout(connections, subscriptions)

    async def notify(self, notices: Sequence[Notice], now: datetime) -> int:
        """Keep notices with their deliveries; gives the number of those whose key was new."""
        return await self._notify(notices, now, await self.sliced(notices))

    @writes()
    def _notify(self, session: Session, notices: Sequence[Notice], now: datetime, slices: Slices) -> int:
        return self.keep(session, notices, now, slices)

    async def sliced(self, notices: Iterable[Notice]) -> Slices:
        """Whom those of the notices that have an audience are for, read page by page beside what others do."""
        return {one.key: await self._fanout.slices(one.audience) for one in notices if one.audience is not None}

    async def spread(self) -> bool:
        """Write the deliveries of one slice; whether there was one."""
        return await self._fanout.waits() and await self._fanout.write_next()

    def keep(self, session: Session, notices: Iterable[Notice], now: datetime, slices: Slices = NO_SLICES) -> int:
        """Keep notices with their deliveries; gives the number of those whose key was new.

        Those for an audience come with the slices in which `spread` writes their deliveries.
        """
        return sum(self._keep_one(session, notice, now, slices) for notice in notices)

    def _keep_one(self, session: Session, notice: Notice, now: datetime, slices: Slices) -> bool:
        if session.rows(self._sql.known, notice.key):
            return False
        if notice.instead:
            session.rows(self._sql.shifted, *_columns(SUPERSEDED), micros(now), notice.about, State.PENDING.value)
        facts = FACTS.text(dict(notice.facts))
        kept = (notice.key, notice.code, facts, notice.wallet, notice.urgent, notice.once, micros(now))
        session.run(self._sql.notice, *kept, notice.about)
        if notice.audience is None:
            readers = (Reader(*target) for target in self._targets(session, notice))
            self._fanout.write(session, notice.key, micros(now), readers, urgent=notice.urgent)
        else:
            self._fanout.keep(session, notice.key, micros(now), slices[notice.key], urgent=notice.urgent)
        return True

    def _targets(self, session: Session, notice: Notice) -> Iterator[Target]:
        yield from notice.to
        for platform, chat, alerts in session.rows(self._sql.group, notice.wallet):
            told = ALERTS.value(alerts)
            private = () if told.person is None else session.rows(self._sql.known_as, told.person)
            yield from places(
                told, Target(platform, chat), [Target(known[0], known[1], direct=True) for known in private]
            )
        for platform, user, person in session.rows(self._sql.identities, notice.wallet):
            if person != notice.by:
                yield Target(platform, user, direct=True)

    @writes()
    def lease(
        self, session: Session, platform: str, holder: str, now: datetime, until: datetime, *, again: bool
    ) -> Lease | None:
        """Take or keep the right to send; a new holder settles what the one before left open."""
        rows = session.rows(self._sql.sender, platform)
        if not rows:
            session.run(self._sql.new_sender, platform, holder, 1, micros(until))
            return Lease(1, until)
        held_by, epoch, ends = rows[0]
        if held_by != holder and ends > micros(now):
            return None
        if held_by != holder:
            epoch += 1
            self._recover(session, platform, now, again=again)
        session.run(self._sql.keep_sender, holder, epoch, micros(until), platform)
        return Lease(epoch, until)

    def _recover(self, session: Session, platform: str, now: datetime, *, again: bool) -> None:
        """Settle what was left open; `again`: the platform makes one message of what is sent twice."""
        for number, once, taken, why in session.rows(self._sql.open, platform):
            then = recover(why, moment(taken), now, at_most_once=bool(once), deduplicated=again)
            self._write(session, number, then, micros(now))

    @writes(repeatable=False)
    def claim(self, session: Session, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """What is due, one for each chat; all of it is `sending` from now on."""
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
        """What is due, the urgent first; each through an index in the order of which it stops."""
        urgent = session.rows(self._sql.urgent, platform, now, limit)
        known = {row[0] for row in urgent}
        others = session.rows(self._sql.due, platform, now, limit) if len(urgent) < limit else []
        yield from map(_delivery, [*urgent, *(row for row in others if row[0] not in known)][:limit])

    @writes()
    def settle(self, session: Session, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        """What became of a claimed delivery; after its epoch only a doubt can be cleared."""
        rows = session.rows(self._sql.standing, delivery.id, epoch)
        if not rows:
            return
        state, why = rows[0]
        then = settle(delivery, Standing(State(state), why), outcome, now)
        if then is not None:
            self._write(session, delivery.id, then, at := micros(now))
            self._affect_chat(session, delivery, then.chat, at)

    def _write(self, session: Session, number: int, then: Next, now: int) -> None:
        if then.retry is None:
            session.run(self._sql.settled, then.state.value, then.message, then.why, now, number)
        else:
            retry = micros(then.retry.due), then.retry.tries
            session.run(self._sql.later, then.state.value, *retry, then.why, now, number)

    def _affect_chat(self, session: Session, delivery: Delivery, effect: ChatEffect | None, now: int) -> None:
        """Write what becomes of the rest of a delivery's chat."""
        chat = delivery.target.platform, delivery.target.chat
        match effect:
            case None:
                pass
            case HoldChat(until):  # or each would be claimed for nothing
                due = micros(until)
                session.run(self._sql.held, due, *chat, due, delivery.notice.urgent)
            case LoseChat(why):
                session.run(self._sql.gone, State.GONE.value, why, now, *chat)
                self._subscriptions.gone(session, *chat, why)
            case MoveChat(new):
                session.run(self._sql.doubled, *_columns(MOVED), now, *chat, new)
                session.run(self._sql.moved, new, *chat)
                self._subscriptions.moved(session, *chat, new)
            case other:
                assert_never(other)

    @writes()
    def shift(self, session: Session, about: str, seen: State, then: State, now: datetime) -> int:
        """Move all deliveries about something from one state to another; gives how many."""
        return self.move(session, about, seen, then, now)

    def move(self, session: Session, about: str, seen: State, then: State, now: datetime) -> int:
        """Move all deliveries about something within a transaction; gives how many.

        What is under way is noted before, for it may come back meanwhile, and after, for more may have been claimed.
        """
        self._fanout.finish(session, about)
        shifted = shift(seen, then)
        if shifted.renews:
            session.run(self._sql.renewed, micros(now), about, micros(stale_before(now)))
        self._note(session, about, shifted.note)
        moved = len(session.rows(self._sql.shifted, *_columns(shifted.next), micros(now), about, seen.value))
        self._note(session, about, shifted.note)
        return moved

    def _note(self, session: Session, about: str, note: Note | None) -> None:
        """Note on what is under way what it becomes if it comes back unsent."""
        match note:
            case (text, None):
                session.run(self._sql.recalled, text, about)
            case (text, replaced):
                session.run(self._sql.released, text, about, replaced)

    @writes()
    def give_up(self, session: Session, now: datetime, limit: int) -> int:
        """Cancel what waits and is stale, and settle what is adrift, whoever is to send it; gives the number."""
        before = micros(stale_before(now))
        stale = session.rows(self._sql.stale, before, limit)
        for (number,) in stale:
            session.run(self._sql.given_up, *_columns(STALE), micros(now), number)
        adrift = session.rows(self._sql.adrift, before, limit - len(stale))
        for number, once in adrift:
            session.run(self._sql.washed_up, *_columns(give_up(at_most_once=bool(once))), micros(now), number)
        return len(stale) + len(adrift)

    @writes()
    def forget(self, session: Session, before: datetime, limit: int, *, doubts: datetime) -> int:
        """Delete notices that came to an end before a time, with their deliveries; gives their number."""
        old = session.rows(self._sql.over, micros(before), micros(before), micros(doubts), limit)
        for (key,) in old:
            self._fanout.forget(session, key)
            session.run(self._sql.forget_deliveries, key)
            session.run(self._sql.forget_notice, key)
        return len(old)

    @reads
    def deliveries(self, session: Session, notice: str) -> tuple[tuple[Target, State, str], ...]:
        """Where a notice went, how far it came, and why it came no further."""
        rows = session.rows(self._sql.of_notice, notice)
        return tuple((Target(row[0], row[1], bool(row[2])), State(row[3]), row[4]) for row in rows)

    @reads
    def sent_as(self, session: Session, notice: str) -> tuple[tuple[Target, str], ...]:
        """Where a notice has arrived, with the id of each message."""
        rows = session.rows(self._sql.sent_as, notice, State.SENT.value)
        return tuple((Target(row[0], row[1], bool(row[2]), row[3]), row[4]) for row in rows)

    @reads
    def tally(self, session: Session, notice: str) -> tuple[tuple[str, State, int], ...]:
        """How many deliveries of a notice stand how on each platform."""
        return tuple(
            (platform, State(state), count) for platform, state, count in session.rows(self._sql.tally, notice)
        )

    @reads
    def next_due(self, session: Session, platform: str) -> datetime | None:
        """When the next delivery of a platform is due."""
        return next((moment(due) for (due,) in session.rows(self._sql.next_due, platform)), None)


def _columns(then: Next) -> tuple[str, str]:
    return then.state.value, then.why


def _delivery(row: Row) -> Delivery:
    number, platform, chat, direct, place, tries, zone, locale, quiet, *told, theirs, their_quiet, group, title = row
    key, code, facts, wallet, urgent, once, made, about = told
    holder = None if wallet is None else WalletId(wallet)
    notice = Notice(key, code, FACTS.value(facts), holder, bool(urgent), bool(once), about=about)
    target = Target(platform, chat, bool(direct), place)
    reader = zone or theirs or "UTC", moment(made), locale or "en", quiet or their_quiet or ""
    return Delivery(number, notice, target, tries, *reader, (title or group) if direct and group else "")
