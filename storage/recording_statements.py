"""The statements on recurring announcements and on what was done, compiled like those of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, insert, literal_column, select, update
from sqlmodel import col

from core.promotions import Status
from storage import telling_tables as p
from storage.statements import LIMIT, NONE_SKIPPED, columns

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

    from storage.statements import Compiler


DRAFT: Final[ColumnElement[str]] = literal_column(f"'{Status.DRAFT}'")


class RecordingSql:
    """What is written and read of series and actions."""

    def __init__(self, to_text: Compiler) -> None:
        self._series(to_text)
        self._actions(to_text)

    def _series(self, to_text: Compiler) -> None:
        sets = tuple(name for name in p.Series.model_fields if name != "id")
        self.new_series = to_text(insert(p.Series).returning(col(p.Series.id)), *sets, sets=sets)
        every = select(*columns(p.Series, *p.Series.model_fields))
        this, seen = col(p.Series.id) == bindparam("this"), col(p.Series.version) == bindparam("seen")
        self.one_series = to_text(every.where(this), "this")
        begun = every.where(col(p.Series.status) != DRAFT).order_by(col(p.Series.id).desc())
        self.all_series = to_text(begun.limit(LIMIT).offset(NONE_SKIPPED), "limit")
        moved = update(p.Series).where(this, seen).returning(col(p.Series.id))
        self.move_series = to_text(moved, "status", "version", "this", "seen", sets=("status", "version"))

    def _actions(self, to_text: Compiler) -> None:
        sets = tuple(name for name in p.Action.model_fields if name != "id")
        self.new_action = to_text(insert(p.Action), *sets, sets=sets)
        self.known_action = to_text(
            select(*columns(p.Action, "id")).where(col(p.Action.key) == bindparam("name")), "name"
        )
        below = select(*columns(p.Action, *p.Action.model_fields)).where(col(p.Action.id) < bindparam("before"))
        by = {True: (col(p.Action.person) == bindparam("who"),), False: ()}
        here = {True: (col(p.Action.platform) == bindparam("on"), col(p.Action.chat) == bindparam("at")), False: ()}
        self.actions = {
            (chat, person): to_text(
                below.where(*here[chat], *by[person])
                .order_by(col(p.Action.id).desc())
                .limit(LIMIT)
                .offset(NONE_SKIPPED),
                *("before", *(("on", "at") if chat else ()), *(("who",) if person else ()), "limit"),
            )
            for chat in here
            for person in by
        }
        old = select(*columns(p.Action, "id")).where(col(p.Action.at) < bindparam("until")).order_by(col(p.Action.at))
        self.old_actions = to_text(old.limit(LIMIT).offset(NONE_SKIPPED), "until", "limit")
        self.forget_action = to_text(delete(p.Action).where(col(p.Action.id) == bindparam("this")), "this")
