"""Notices and their deliveries, over any driver's connection, within the transaction of its thread."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, assert_never

from core.alerts import places
from core.model import WalletId
from core.notices import (
    KNOWN_AGAIN,
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
    back,
    backed_off,
    recall,
)
from core.people import Identity
from storage.audience import Subscribers
from storage.outbox_statements import OutboxSql
from storage.settings import read_alerts
from storage.spread import NO_SLICES, Reader, Spread
from storage.tables import micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from core.model import PersonId
    from core.notices import Outcome
    from storage.ledger import Writable
    from storage.rows import Row
    from storage.spread import Slices
    from storage.statements import Compiler

REPLACED: Final = (State.CANCELLED.value, "replaced")
AGAIN_AFTER: Final = timedelta(seconds=5)
MICROSECOND: Final = timedelta(microseconds=1)


class Outbox:
    """Reads and writes on one connection, by the thread that owns it."""

    def __init__(self, connection: Writable, to_text: Compiler) -> None:
        self._connection, self._sql = connection, OutboxSql(to_text)
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
            self._all(self._sql.shifted, *REPLACED, micros(now), notice.about, State.PENDING.value)
        facts = json.dumps(dict(notice.facts), separators=(",", ":"))
        kept = (notice.key, notice.code, facts, notice.wallet, notice.urgent, notice.once, micros(now))
        self._do(self._sql.notice, *kept, notice.about)
        if notice.audience is None:
            self.spread.write(notice.key, micros(now), map(Reader, self._targets(notice)), urgent=notice.urgent)
        else:
            self.spread.keep(notice.key, micros(now), slices[notice.key], urgent=notice.urgent)
        return True

    def identities(self, person: PersonId) -> tuple[Identity, ...]:
        """As whom a person is known on each platform."""
        return tuple(Identity(*row) for row in self._all(self._sql.known_as, person))

    def _targets(self, notice: Notice) -> Iterator[Target]:
        yield from notice.to
        for platform, chat, alerts in self._all(self._sql.group, notice.wallet):
            told = read_alerts(alerts)
            known = () if told.person is None else self.identities(told.person)
            private = [Target(one.platform, one.user, direct=True) for one in known]
            yield from places(told, Target(platform, chat), private)
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
        """Settle what was left open; with `again`, what was taken of late the platform would know again."""
        for number, once, taken, why in self._all(self._sql.open, platform):
            harmless = not once or (again and taken > micros(now - KNOWN_AGAIN))
            state = back(why) if harmless else State.UNKNOWN
            self._do(self._sql.settled, state.value, "", "interrupted", micros(now), number)

    def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """What is due, one for each chat; all of it is `sending` from now on."""
        sender = self._all(self._sql.sender, platform)
        if not sender or sender[0][1] != epoch:
            return ()
        chosen: dict[str, Delivery] = {}
        for found in self._due(platform, micros(now), limit):
            if now - found.made > STALE:
                self._do(self._sql.settled, State.CANCELLED.value, "", "stale", micros(now), found.id)
            else:
                chosen.setdefault(found.target.chat, found)
        for found in chosen.values():
            self._do(self._sql.claimed, State.SENDING.value, found.tries + 1, epoch, micros(now), found.id)
        return tuple(chosen.values())

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
        open_still = state == State.SENDING.value
        if not open_still and not (state == State.UNKNOWN.value and isinstance(outcome, Sent)):
            return
        self._settle(delivery, outcome, micros(now), back(why).value)

    def _settle(self, delivery: Delivery, outcome: Outcome, now: int, unsent: str) -> None:
        match outcome:
            case Sent(message):
                self._do(self._sql.settled, State.SENT.value, message, "", now, delivery.id)
            case Gone(why):
                self._do(self._sql.settled, State.GONE.value, "", why, now, delivery.id)
                self._do(self._sql.gone, State.GONE.value, why, now, *_chat(delivery))
                self._subscribers.gone(*_chat(delivery), why)
            case Moved(chat):
                self._again(delivery, now, delivery.tries + 1, "moved", now, state=unsent)
                self._do(self._sql.doubled, State.CANCELLED.value, "moved", now, *_chat(delivery), chat)
                self._do(self._sql.moved, chat, *_chat(delivery))
                self._subscribers.moved(*_chat(delivery), chat)
            case Later(wait):
                due = now + _micros(outcome.after(delivery.tries))
                self._again(delivery, due, delivery.tries + 1, "later", now, state=unsent)
                self._hold(delivery, now + _micros(wait))
            case PutOff(wait):
                self._again(delivery, now + _micros(wait), delivery.tries, "later", now, state=unsent)
                self._hold(delivery, now + _micros(wait))
            case Over(why):
                self._do(self._sql.settled, State.CANCELLED.value, "", why, now, delivery.id)
            case Failed(why):
                self._do(self._sql.settled, State.FAILED.value, "", why, now, delivery.id)
            case Unknown(why) if delivery.notice.once:
                self._do(self._sql.settled, State.UNKNOWN.value, "", why, now, delivery.id)
            case Unknown(why):
                due = now + _micros(backed_off(AGAIN_AFTER, delivery.tries))
                self._again(delivery, due, delivery.tries + 1, why, now, state=unsent)
            case other:
                assert_never(other)

    def _again(self, delivery: Delivery, due: int, tries: int, why: str, now: int, *, state: str) -> None:
        self._do(self._sql.later, state, due, tries, why, now, delivery.id)

    def _hold(self, delivery: Delivery, due: int) -> None:
        """Let what is no more urgent in its chat wait as well, or each would be claimed for nothing."""
        self._do(self._sql.held, due, *_chat(delivery), due, delivery.notice.urgent)

    def shift(self, about: str, seen: State, then: State, now: datetime) -> int:
        """Move all deliveries about something from one state to another; gives how many.

        What is under way is noted before, for it may come back meanwhile, and after, for more may have been claimed.
        """
        self.spread.finish(about)
        if then is State.PENDING:
            self._do(self._sql.renewed, micros(now), about, micros(now - STALE))
        self._recall(about, seen, then)
        moved = len(self._all(self._sql.shifted, then.value, "", micros(now), about, seen.value))
        self._recall(about, seen, then)
        return moved

    def _recall(self, about: str, seen: State, then: State) -> None:
        """Note on what is under way what it becomes if it comes back unsent."""
        match recall(seen, then):
            case (note, ""):
                self._do(self._sql.recalled, note, about)
            case (note, replaced):
                self._do(self._sql.released, note, about, replaced)

    def give_up(self, now: datetime, limit: int) -> int:
        """Cancel what waits and is stale, and settle what is adrift, whoever is to send it; gives the number."""
        stale = self._all(self._sql.stale, micros(now - STALE), limit)
        for (number,) in stale:
            self._do(self._sql.given_up, State.CANCELLED.value, "stale", micros(now), number)
        adrift = self._all(self._sql.adrift, micros(now - STALE), limit - len(stale))
        for number, once in adrift:
            end = (State.UNKNOWN, "interrupted") if once else (State.CANCELLED, "stale")
            self._do(self._sql.washed_up, *end, micros(now), number)
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


def _micros(wait: timedelta) -> int:
    return wait // MICROSECOND


def _chat(delivery: Delivery) -> tuple[str, str]:
    return delivery.target.platform, delivery.target.chat


def _delivery(row: Row) -> Delivery:
    number, platform, chat, direct, place, tries, zone, locale, quiet, *told, theirs, their_quiet, group, title = row
    key, code, facts, wallet, urgent, once, made, about = told
    holder = None if wallet is None else WalletId(wallet)
    notice = Notice(key, code, json.loads(facts), holder, bool(urgent), bool(once), about=about)
    target = Target(platform, chat, bool(direct), place)
    reader = zone or theirs or "UTC", moment(made), locale or "en", quiet or their_quiet or ""
    return Delivery(number, notice, target, tries, *reader, (title or group) if direct and group else "")
