"""Announcements, recurring ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, insert, literal_column, or_, select, update
from sqlmodel import col

from core.announcements.model import Announcement, Series, Stage
from core.shared.ids import PersonId
from core.shared.lifecycle import Status
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import promotions as p
from storage.sql.tables.codec import AUDIENCE
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, ONE, columns
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.sql.elements import ColumnElement

    from core.scheduling.task import Task
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler
    from storage.sql.tasks import Tasks

DRAFT: Final[ColumnElement[str]] = literal_column(f"'{Status.DRAFT}'")
DRAFT_STAGE: Final[ColumnElement[str]] = literal_column(f"'{Stage.DRAFT}'")
EMPTY: Final[ColumnElement[str]] = literal_column("''")
DISCARDED: Final[ColumnElement[str]] = literal_column(f"'{Stage.DISCARDED}'")


class SeriesSql:
    """The statements on series."""

    def __init__(self, to_text: Compiler) -> None:
        sets = tuple(name for name in p.Series.model_fields if name != "id")
        self.new = to_text(insert(p.Series).returning(col(p.Series.id)), *sets, sets=sets)
        every = select(*columns(p.Series, *p.Series.model_fields))
        this, seen = col(p.Series.id) == bindparam("this"), col(p.Series.version) == bindparam("seen")
        self.one = to_text(every.where(this), "this")
        begun = every.where(col(p.Series.status) != DRAFT).order_by(col(p.Series.id).desc())
        self.all = to_text(begun.limit(LIMIT).offset(NONE_SKIPPED), "limit")
        moved = update(p.Series).where(this, seen).returning(col(p.Series.id))
        self.move = to_text(moved, "status", "version", "this", "seen", sets=("status", "version"))


class AnnouncementSql:
    """The statements on announcements."""

    def __init__(self, to_text: Compiler) -> None:
        sets = tuple(name for name in p.Announcement.model_fields if name != "id")
        self.new = to_text(insert(p.Announcement), *sets, sets=sets)
        every = select(*columns(p.Announcement, *p.Announcement.model_fields))
        number, seen = col(p.Announcement.id) == bindparam("this"), col(p.Announcement.version) == bindparam("seen")
        self.numbered = to_text(every.where(number), "this")
        self.named = to_text(every.where(col(p.Announcement.name) == bindparam("name")), "name")
        stage, recent = col(p.Announcement.stage), col(p.Announcement.made) >= bindparam("since")
        listed = every.where(stage != DISCARDED, or_(stage != DRAFT_STAGE, recent))
        newest = listed.order_by(col(p.Announcement.id).desc()).limit(LIMIT).offset(bindparam("skipped"))
        self.newest = to_text(newest, "since", "limit", "skipped")
        unsent = and_(stage.in_([DRAFT_STAGE, DISCARDED]), col(p.Announcement.text) != EMPTY)
        gone = update(p.Announcement).where(unsent, col(p.Announcement.made) < bindparam("before"))
        erased = gone.values(text=EMPTY, stage=DISCARDED, version=col(p.Announcement.version) + ONE)
        self.discard = to_text(erased.returning(col(p.Announcement.id)), "before")
        changes = ("text", "stage", "at", "version", "mends")
        changed = update(p.Announcement).where(number, seen).returning(col(p.Announcement.id))
        self.change = to_text(changed, *changes, "this", "seen", sets=changes)


class Announcements(Aggregate):
    """Implements `core.announcements.ports.Announcements`."""

    def __init__(self, connections: Connections, tasks: Tasks) -> None:
        super().__init__(connections)
        self._sql, self._tasks = connections.to_text.compiled(AnnouncementSql), tasks

    @writes()
    def new_announcement(self, session: Session, one: Announcement) -> Announcement:
        known = session.rows(self._sql.named, one.id)
        if not known:
            what = one.id, one.text, AUDIENCE.text(one.audience), one.zone, one.by
            session.run(
                self._sql.new, *what, one.stage.value, _micros(one.made), _micros(one.at), one.version, one.mends
            )
            known = session.rows(self._sql.named, one.id)
        return read_announcement(known[0])

    @writes()
    def change_announcement(
        self, session: Session, seen: Announcement, becomes: Announcement, task: Task | None
    ) -> bool:
        changes = becomes.text, becomes.stage.value, _micros(becomes.at), seen.version + 1, becomes.mends
        if not session.rows(self._sql.change, *changes, seen.number, seen.version):
            return False
        if task is not None:
            self._tasks.put(session, task)
        return True

    @writes()
    def discard_drafts(self, session: Session, before: datetime) -> int:
        return len(session.rows(self._sql.discard, micros(before)))

    @reads
    def announcement(self, session: Session, word: str) -> Announcement | None:
        rows = session.rows(self._sql.named, word)
        if not rows and word.isdecimal():
            rows = session.rows(self._sql.numbered, int(word))
        return next(map(read_announcement, rows), None)

    @reads
    def newest_announcements(
        self, session: Session, limit: int, skipped: int, since: datetime
    ) -> tuple[Announcement, ...]:
        return tuple(map(read_announcement, session.rows(self._sql.newest, micros(since), limit, skipped)))


class Recurring(Aggregate):
    """Implements `core.announcements.ports.RecurringStore`."""

    def __init__(self, connections: Connections, tasks: Tasks) -> None:
        super().__init__(connections)
        self._sql, self._tasks = connections.to_text.compiled(SeriesSql), tasks

    @writes()
    def new_series(self, session: Session, series: Series) -> Series:
        when, audience = (series.status.value, series.cron, series.zone), AUDIENCE.text(series.audience)
        row = (*when, series.text, audience, series.by, micros(series.made), series.version)
        ((number,),) = session.rows(self._sql.new, *row)
        return series._replace(id=number)

    @writes()
    def change_series(self, session: Session, seen: Series, status: Status, task: Task | None) -> bool:
        if not session.rows(self._sql.move, status.value, seen.version + 1, seen.id, seen.version):
            return False
        if task is not None:
            self._tasks.put(session, task)
        return True

    @reads
    def one_series(self, session: Session, number: int) -> Series | None:
        return next(map(read_series, session.rows(self._sql.one, number)), None)

    @reads
    def all_series(self, session: Session, limit: int) -> tuple[Series, ...]:
        return tuple(map(read_series, session.rows(self._sql.all, limit)))


def read_series(row: Row) -> Series:
    """A series in the order of its columns."""
    number, status, cron, zone, text, audience, by, made, version = row
    what = text, AUDIENCE.value(audience)
    return Series(number, Status(status), cron, zone, *what, PersonId(by), moment(made), version)


def read_announcement(row: Row) -> Announcement:
    """An announcement in the order of its columns."""
    number, name, text, audience, zone, by, stage, made, at, version, mends = row
    what = name, text, AUDIENCE.value(audience), zone, None if by is None else PersonId(by)
    return Announcement(*what, number, Stage(stage), _moment(made), _moment(at), version, mends)


def _micros(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def _moment(at: int | None) -> datetime | None:
    return None if at is None else moment(at)
