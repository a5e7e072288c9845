"""Recurring announcements and what was done, over any driver's connection, within the transaction of its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.actions import Action
from core.model import PersonId
from core.people import ChatRef
from core.promotions import Status
from core.series import Series
from storage.codec import AUDIENCE
from storage.recording_statements import RecordingSql
from storage.sql_promotions import Promoting
from storage.tables import micros, moment

if TYPE_CHECKING:
    from datetime import datetime

    from core.telling import Due
    from storage.rows import Row
    from storage.sql_journal import Writable
    from storage.statements import Compiler

HIGHEST: Final = 2**62


class Recording:
    """Reads and writes on one connection, by the thread that owns it."""

    def __init__(self, connection: Writable, to_text: Compiler) -> None:
        self._connection, self._sql = connection, to_text.compiled(RecordingSql)
        self._agenda = Promoting(connection, to_text)

    def _all(self, sql: str, *values: Any) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def _do(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)

    def new_series(self, series: Series) -> Series:
        """Keep a new one; gives it with its number."""
        audience = AUDIENCE.text(series.audience)
        when = series.status.value, series.cron, series.zone
        row = (*when, series.text, audience, series.by, micros(series.made), series.version)
        ((number,),) = self._all(self._sql.new_series, *row)
        return series._replace(id=number)

    def change_series(self, seen: Series, status: Status, due: Due | None) -> bool:
        """Move it on, with when it falls due; False where it was changed by another."""
        if not self._all(self._sql.move_series, status.value, seen.version + 1, seen.id, seen.version):
            return False
        if due is not None:
            self._agenda.put_due(due)
        return True

    def one_series(self, number: int) -> Series | None:
        """One of them, as it is now."""
        return next(map(_series, self._all(self._sql.one_series, number)), None)

    def all_series(self, limit: int) -> tuple[Series, ...]:
        """The newest, newest first, but no drafts."""
        return tuple(map(_series, self._all(self._sql.all_series, limit)))

    def keep_action(self, action: Action) -> None:
        """Keep an action; a known key adds nothing."""
        if not self._all(self._sql.known_action, action.key):
            where = action.chat.platform, action.chat.id
            row = (action.key, micros(action.at), action.person, *where, action.line, action.outcome)
            self._do(self._sql.new_action, *row)

    def actions(
        self, limit: int, before: int | None, chat: ChatRef | None, person: PersonId | None
    ) -> tuple[Action, ...]:
        """Actions below a number, newest first; in one chat, by one person."""
        here = () if chat is None else (chat.platform, chat.id)
        who = () if person is None else (person,)
        sql = self._sql.actions[chat is not None, person is not None]
        return tuple(map(_action, self._all(sql, HIGHEST if before is None else before, *here, *who, limit)))

    def forget_actions(self, before: datetime, limit: int) -> int:
        """Forget what was done before a time; gives how many."""
        old = self._all(self._sql.old_actions, micros(before), limit)
        for (number,) in old:
            self._do(self._sql.forget_action, number)
        return len(old)


def _series(row: Row) -> Series:
    number, status, cron, zone, text, audience, by, made, version = row
    told = text, AUDIENCE.value(audience)
    return Series(number, Status(status), cron, zone, *told, PersonId(by), moment(made), version)


def _action(row: Row) -> Action:
    number, key, at, person, platform, chat, line, outcome = row
    return Action(key, moment(at), PersonId(person), ChatRef(platform, chat), line, outcome, number)
