"""Notices and their deliveries, over any driver's connection, within the transaction of its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from core.alerts import places
from core.delivery_state import (
    MOVED,
    STALE,
    SUPERSEDED,
    HoldChat,
    LoseChat,
    MoveChat,
    Standing,
    choose,
    give_up,
    recover,
    settle,
    shift,
    stale_before,
)
from core.model import WalletId
from core.notices import Delivery, Lease, Notice, State, Target
from storage.codec import ALERTS, FACTS
from storage.sql_fanout import NO_SLICES, Reader, Spread
from storage.sql_outbox_statements import OutboxSql
from storage.sql_subscriptions import Subscribers
from storage.tables import micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from core.delivery_state import ChatEffect, Next, Note
    from core.notices import Outcome
    from storage.rows import Row
    from storage.sql_fanout import Slices
    from storage.sql_journal import Writable
    from storage.statements import Compiler


class Outbox:
    """Reads and writes on one connection, by the thread that owns it."""

    def __init__(self, connection: Writable, to_text: Compiler) -> None:
        self._connection, self._sql = connection, to_text.compiled(OutboxSql)
        self._subscribers, self.spread = Subscribers(connection, to_text), Spread(connection, to_text)

    def _all(self, sql: str, *values: Any) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def _do(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)

    def notify(self, notices: Iterable[Notice], now: datetime, slices: Slices = NO_SLICES) -> int:
        """Keep notices with their deliveries; gives the number of those whose key was new.

        Those for an audience come with the slices in which `spread` writes their deliveries.
        """
        return sum(self._keep(notice, now, slices) for notice in notices)

    def _keep(self, notice: Notice, now: datetime, slices: Slices) -> bool:
        if self._all(self._sql.known, notice.key):
            return False
        if notice.instead:
            self._all(self._sql.shifted, *_columns(SUPERSEDED), micros(now), notice.about, State.PENDING.value)
        facts = FACTS.text(dict(notice.facts))
        kept = (notice.key, notice.code, facts, notice.wallet, notice.urgent, notice.once, micros(now))
        self._do(self._sql.notice, *kept, notice.about)
        if notice.audience is None:
            self.spread.write(
                notice.key, micros(now), (Reader(*target) for target in self._targets(notice)), urgent=notice.urgent
            )
        else:
            self.spread.keep(notice.key, micros(now), slices[notice.key], urgent=notice.urgent)
        return True

    def _targets(self, notice: Notice) -> Iterator[Target]:
        yield from notice.to
        for platform, chat, alerts in self._all(self._sql.group, notice.wallet):
            told = ALERTS.value(alerts)
            private = () if told.person is None else self._all(self._sql.known_as, told.person)
            yield from places(
                told, Target(platform, chat), [Target(known[0], known[1], direct=True) for known in private]
            )
        for platform, user, person in self._all(self._sql.identities, notice.wallet):
            if person != notice.by:
                yield Target(platform, user, direct=True)

    def lease(self, platform: str, holder: str, now: datetime, until: datetime, *, again: bool) -> Lease | None:
        """Take or keep the right to send; a new holder settles what the one before left open."""
        rows = self._all(self._sql.sender, platform)
        if not rows:
            self._do(self._sql.new_sender, platform, holder, 1, micros(until))
            return Lease(1, until)
        held_by, epoch, ends = rows[0]
        if held_by != holder and ends > micros(now):
            return None
        if held_by != holder:
            epoch += 1
            self._recover(platform, now, again=again)
        self._do(self._sql.keep_sender, holder, epoch, micros(until), platform)
        return Lease(epoch, until)

    def _recover(self, platform: str, now: datetime, *, again: bool) -> None:
        """Settle what was left open; `again`: the platform makes one message of what is sent twice."""
        for number, once, taken, why in self._all(self._sql.open, platform):
            then = recover(why, moment(taken), now, at_most_once=bool(once), deduplicated=again)
            self._write(number, then, micros(now))

    def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """What is due, one for each chat; all of it is `sending` from now on."""
        sender = self._all(self._sql.sender, platform)
        if not sender or sender[0][1] != epoch:
            return ()
        chosen, stale = choose(self._due(platform, micros(now), limit), now)
        for found in stale:
            self._write(found.id, STALE, micros(now))
        for found in chosen:
            self._do(self._sql.claimed, State.SENDING.value, found.tries + 1, epoch, micros(now), found.id)
        return chosen

    def _due(self, platform: str, now: int, limit: int) -> Iterator[Delivery]:
        """What is due, the urgent first; each through an index in the order of which it stops."""
        urgent = self._all(self._sql.urgent, platform, now, limit)
        known = {row[0] for row in urgent}
        others = self._all(self._sql.due, platform, now, limit) if len(urgent) < limit else []
        yield from map(_delivery, [*urgent, *(row for row in others if row[0] not in known)][:limit])

    def settle(self, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        """What became of a claimed delivery; after its epoch only a doubt can be cleared."""
        rows = self._all(self._sql.standing, delivery.id, epoch)
        if not rows:
            return
        state, why = rows[0]
        then = settle(delivery, Standing(State(state), why), outcome, now)
        if then is not None:
            self._write(delivery.id, then, at := micros(now))
            self._affect_chat(delivery, then.chat, at)

    def _write(self, number: int, then: Next, now: int) -> None:
        if then.retry is None:
            self._do(self._sql.settled, then.state.value, then.message, then.why, now, number)
        else:
            retry = micros(then.retry.due), then.retry.tries
            self._do(self._sql.later, then.state.value, *retry, then.why, now, number)

    def _affect_chat(self, delivery: Delivery, effect: ChatEffect | None, now: int) -> None:
        """Write what becomes of the rest of a delivery's chat."""
        chat = delivery.target.platform, delivery.target.chat
        match effect:
            case None:
                pass
            case HoldChat(until):  # or each would be claimed for nothing
                due = micros(until)
                self._do(self._sql.held, due, *chat, due, delivery.notice.urgent)
            case LoseChat(why):
                self._do(self._sql.gone, State.GONE.value, why, now, *chat)
                self._subscribers.gone(*chat, why)
            case MoveChat(new):
                self._do(self._sql.doubled, *_columns(MOVED), now, *chat, new)
                self._do(self._sql.moved, new, *chat)
                self._subscribers.moved(*chat, new)
            case other:
                assert_never(other)

    def shift(self, about: str, seen: State, then: State, now: datetime) -> int:
        """Move all deliveries about something from one state to another; gives how many.

        What is under way is noted before, for it may come back meanwhile, and after, for more may have been claimed.
        """
        self.spread.finish(about)
        shifted = shift(seen, then)
        if shifted.renews:
            self._do(self._sql.renewed, micros(now), about, micros(stale_before(now)))
        self._note(about, shifted.note)
        moved = len(self._all(self._sql.shifted, *_columns(shifted.next), micros(now), about, seen.value))
        self._note(about, shifted.note)
        return moved

    def _note(self, about: str, note: Note | None) -> None:
        """Note on what is under way what it becomes if it comes back unsent."""
        match note:
            case (text, None):
                self._do(self._sql.recalled, text, about)
            case (text, replaced):
                self._do(self._sql.released, text, about, replaced)

    def give_up(self, now: datetime, limit: int) -> int:
        """Cancel what waits and is stale, and settle what is adrift, whoever is to send it; gives the number."""
        before = micros(stale_before(now))
        stale = self._all(self._sql.stale, before, limit)
        for (number,) in stale:
            self._do(self._sql.given_up, *_columns(STALE), micros(now), number)
        adrift = self._all(self._sql.adrift, before, limit - len(stale))
        for number, once in adrift:
            self._do(self._sql.washed_up, *_columns(give_up(at_most_once=bool(once))), micros(now), number)
        return len(stale) + len(adrift)

    def forget(self, before: datetime, limit: int, *, doubts: datetime) -> int:
        """Delete notices that came to an end before a time, with their deliveries; gives their number."""
        old = self._all(self._sql.over, micros(before), micros(before), micros(doubts), limit)
        for (key,) in old:
            self.spread.forget(key)
            self._do(self._sql.forget_deliveries, key)
            self._do(self._sql.forget_notice, key)
        return len(old)

    def deliveries(self, notice: str) -> tuple[tuple[Target, State, str], ...]:
        """Where a notice went, how far it came, and why it came no further."""
        rows = self._all(self._sql.of_notice, notice)
        return tuple((Target(row[0], row[1], bool(row[2])), State(row[3]), row[4]) for row in rows)

    def sent_as(self, notice: str) -> tuple[tuple[Target, str], ...]:
        """Where a notice has arrived, with the id of each message."""
        rows = self._all(self._sql.sent_as, notice, State.SENT.value)
        return tuple((Target(row[0], row[1], bool(row[2]), row[3]), row[4]) for row in rows)

    def tally(self, notice: str) -> tuple[tuple[str, State, int], ...]:
        """How many deliveries of a notice stand how on each platform."""
        return tuple((platform, State(state), count) for platform, state, count in self._all(self._sql.tally, notice))

    def next_due(self, platform: str) -> datetime | None:
        """When the next delivery of a platform is due."""
        return next((moment(due) for (due,) in self._all(self._sql.next_due, platform)), None)


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
