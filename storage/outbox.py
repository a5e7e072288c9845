"""Notices and their deliveries, over any driver's connection, within the transaction of its thread."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, assert_never

from core.model import WalletId
from core.notices import (
    STALE,
    Delivery,
    Failed,
    Gone,
    Later,
    Lease,
    Moved,
    Notice,
    Over,
    PutOff,
    Sent,
    State,
    Target,
    Unknown,
    backed_off,
)
from storage.audience import Subscribers
from storage.outbox_statements import OutboxSql
from storage.tables import micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from core.notices import Outcome
    from storage.ledger import Connection
    from storage.rows import Row
    from storage.statements import Compiler

AGAIN_AFTER: Final = timedelta(seconds=5)
MICROSECOND: Final = timedelta(microseconds=1)


class Outbox:
    """Reads and writes on one connection, by the thread that owns it."""

    def __init__(self, connection: Connection, to_text: Compiler) -> None:
        self._connection, self._sql = connection, OutboxSql(to_text)
        self._subscribers = Subscribers(connection, to_text)

    def _all(self, sql: str, *values: Any) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def _do(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)

    def notify(self, notices: Iterable[Notice], now: datetime) -> int:
        """Keep notices with their deliveries; gives the number of those whose key was new."""
        return sum(self._keep(notice, now) for notice in notices)

    def _keep(self, notice: Notice, now: datetime) -> bool:
        if self._all(self._sql.known, notice.key):
            return False
        facts = json.dumps(dict(notice.facts), separators=(",", ":"))
        kept = (notice.key, notice.code, facts, notice.wallet, notice.urgent, notice.once, micros(now))
        self._do(self._sql.notice, *kept, notice.about)
        for target, *reader in self._readers(notice):
            row = (notice.key, *target[:3], State.PENDING.value, micros(now), 0, 0, "", "", micros(now))
            self._do(self._sql.delivery, *row, target.place, *reader)
        return True

    def _readers(self, notice: Notice) -> Iterator[tuple[Target, str, str, str]]:
        """Where it goes, with the zone, the language and the quiet hours of who reads it (empty: the wallet's)."""
        if notice.audience is None:
            yield from ((target, "", "", "") for target in self._targets(notice))
        else:
            for one in notice.audience.among(self._subscribers.all()):
                yield one.target, one.zone, one.locale, one.quiet

    def _targets(self, notice: Notice) -> Iterator[Target]:
        yield from notice.to
        for platform, chat in self._all(self._sql.group, notice.wallet):
            yield Target(platform, chat)
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
            self._recover(platform, micros(now), again=again)
        self._do(self._sql.keep_sender, holder, epoch, micros(until), platform)
        return Lease(epoch, until)

    def _recover(self, platform: str, now: int, *, again: bool) -> None:
        for number, once in self._all(self._sql.open, platform):
            state = State.UNKNOWN if once and not again else State.PENDING
            self._do(self._sql.settled, state.value, "", "interrupted", now, number)

    def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """What is due, one for each chat; all of it is `sending` from now on."""
        sender = self._all(self._sql.sender, platform)
        if not sender or sender[0][1] != epoch:
            return ()
        chosen: dict[str, Delivery] = {}
        for row in self._all(self._sql.due, platform, micros(now), limit):
            found = _delivery(row)
            if now - found.made > STALE:
                self._do(self._sql.settled, State.CANCELLED.value, "", "stale", micros(now), found.id)
            else:
                chosen.setdefault(found.target.chat, found)
        for found in chosen.values():
            self._do(self._sql.claimed, State.SENDING.value, found.tries + 1, epoch, micros(now), found.id)
        return tuple(chosen.values())

    def settle(self, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        """What became of a claimed delivery; after its epoch only a doubt can be cleared."""
        rows = self._all(self._sql.standing, delivery.id, epoch)
        if not rows:
            return
        (state,) = rows[0]
        open_still = state == State.SENDING.value
        if not open_still and not (state == State.UNKNOWN.value and isinstance(outcome, Sent)):
            return
        self._settle(delivery, outcome, micros(now))

    def _settle(self, delivery: Delivery, outcome: Outcome, now: int) -> None:
        match outcome:
            case Sent(message):
                self._do(self._sql.settled, State.SENT.value, message, "", now, delivery.id)
            case Gone(why):
                self._do(self._sql.settled, State.GONE.value, "", why, now, delivery.id)
                self._do(self._sql.gone, State.GONE.value, why, now, *_chat(delivery))
                self._subscribers.gone(*_chat(delivery), why)
            case Moved(chat):
                self._again(delivery, now, delivery.tries + 1, "moved", now)
                self._do(self._sql.doubled, State.CANCELLED.value, "moved", now, *_chat(delivery), chat)
                self._do(self._sql.moved, chat, *_chat(delivery))
                self._subscribers.moved(*_chat(delivery), chat)
            case Later(wait):
                self._again(delivery, now + _micros(outcome.after(delivery.tries)), delivery.tries + 1, "later", now)
                self._hold(delivery, now + _micros(wait))
            case PutOff(wait):
                self._again(delivery, now + _micros(wait), delivery.tries, "later", now)
                self._hold(delivery, now + _micros(wait))
            case Over(why):
                self._do(self._sql.settled, State.CANCELLED.value, "", why, now, delivery.id)
            case Failed(why):
                self._do(self._sql.settled, State.FAILED.value, "", why, now, delivery.id)
            case Unknown(why) if delivery.notice.once:
                self._do(self._sql.settled, State.UNKNOWN.value, "", why, now, delivery.id)
            case Unknown(why):
                due = now + _micros(backed_off(AGAIN_AFTER, delivery.tries))
                self._again(delivery, due, delivery.tries + 1, why, now)
            case other:
                assert_never(other)

    def _again(self, delivery: Delivery, due: int, tries: int, why: str, now: int) -> None:
        self._do(self._sql.later, State.PENDING.value, due, tries, why, now, delivery.id)

    def _hold(self, delivery: Delivery, due: int) -> None:
        """Let what is no more urgent in its chat wait as well, or each would be claimed for nothing."""
        self._do(self._sql.held, due, *_chat(delivery), due, delivery.notice.urgent)

    def shift(self, about: str, seen: State, then: State, now: datetime) -> int:
        """Move all deliveries about something from one state to another; gives how many."""
        return len(self._all(self._sql.shifted, then.value, "", micros(now), about, seen.value))

    def give_up(self, now: datetime, limit: int) -> int:
        """Cancel what waits and is stale, whoever would have to send it; gives the number."""
        stale = self._all(self._sql.stale, micros(now - STALE), limit)
        for (number,) in stale:
            self._do(self._sql.given_up, State.CANCELLED.value, "stale", micros(now), number)
        return len(stale)

    def forget(self, before: datetime, limit: int, *, doubts: datetime) -> int:
        """Delete notices that came to an end before a time, with their deliveries; gives their number."""
        old = self._all(self._sql.over, micros(before), micros(before), micros(doubts), limit)
        for (key,) in old:
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
        (due,) = self._all(self._sql.next_due, platform)[0]
        return None if due is None else moment(due)


def _micros(wait: timedelta) -> int:
    return wait // MICROSECOND


def _chat(delivery: Delivery) -> tuple[str, str]:
    return delivery.target.platform, delivery.target.chat


def _delivery(row: Row) -> Delivery:
    number, platform, chat, direct, place, tries, zone, locale, quiet, *told, wallet_zone, wallet_quiet = row
    key, code, facts, wallet, urgent, once, made, about = told
    holder = None if wallet is None else WalletId(wallet)
    notice = Notice(key, code, json.loads(facts), holder, bool(urgent), bool(once), about=about)
    target = Target(platform, chat, bool(direct), place)
    reader = zone or wallet_zone or "UTC", moment(made), locale or "en", quiet or wallet_quiet or ""
    return Delivery(number, notice, target, tries, *reader)
