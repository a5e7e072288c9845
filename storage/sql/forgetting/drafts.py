"""What somebody had not published yet as an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from core.forgetting.drafts import announcement_left, promotion_left, series_left
from storage.sql.announcements import read_announcement, read_series
from storage.sql.promotions import read_promotion
from storage.sql.tables import promotions as p
from storage.sql.tables.codec import TERMS
from storage.sql.tables.compiler import columns

if TYPE_CHECKING:
    from core.shared.ids import PersonId
    from storage.sql.session import Session
    from storage.sql.tables.compiler import Compiler

PROMOTION = ("id", "status", "terms", "by", "seed", "made", "version", "given")


class DraftSql:
    """The statements that find what an operator made, and take the words out of it."""

    def __init__(self, to_text: Compiler) -> None:
        who: Any = bindparam("who")
        announced = select(*columns(p.Announcement, *p.Announcement.model_fields))
        self.announced = to_text(announced.where(col(p.Announcement.by) == who), "who")
        texts, states = ("text", "stage", "version"), ("status", "text", "version")
        announcement = update(p.Announcement).where(col(p.Announcement.id) == bindparam("this"))
        self.set_announcement = to_text(announcement, *texts, "this", sets=texts)
        series = select(*columns(p.Series, *p.Series.model_fields))
        self.series = to_text(series.where(col(p.Series.by) == who), "who")
        self.set_series = to_text(
            update(p.Series).where(col(p.Series.id) == bindparam("this")), *states, "this", sets=states
        )
        promotions = select(*columns(p.Promotion, *PROMOTION))
        self.promotions = to_text(promotions.where(col(p.Promotion.by) == who), "who")
        terms = ("status", "code", "terms", "version")
        promotion = update(p.Promotion).where(col(p.Promotion.id) == bindparam("this"))
        self.set_promotion = to_text(promotion, *terms, "this", sets=terms)


class Drafts:
    """Erases drafts, within a transaction of the writer."""

    def __init__(self, to_text: Compiler) -> None:
        self._sql = to_text.compiled(DraftSql)

    def erase(self, session: Session, person: PersonId) -> None:
        """Erase those of one person."""
        sql = self._sql
        for one in map(read_announcement, session.rows(sql.announced, person)):
            if (text := announcement_left(one)) != one:
                session.run(sql.set_announcement, text.text, text.stage.value, text.version, one.number)
        for series in map(read_series, session.rows(sql.series, person)):
            if (left := series_left(series)) != series:
                session.run(sql.set_series, left.status.value, left.text, left.version, series.id)
        for promotion in map(read_promotion, session.rows(sql.promotions, person)):
            if (gone := promotion_left(promotion)) != promotion:
                code, terms = gone.terms.code, TERMS.text(gone.terms)
                session.run(sql.set_promotion, gone.status.value, code, terms, gone.version, promotion.id)
