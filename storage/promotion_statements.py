"""The statements on promotions, claims and due times, compiled like those of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, func, insert, literal_column, select, update
from sqlmodel import col

from storage import telling_tables as p
from storage.statements import LIMIT, NONE_SKIPPED, columns

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

    from storage.statements import Compiler

NOTHING: Final[ColumnElement[int]] = literal_column("0")


class PromotionSql:
    """What is written and read of promotions."""

    def __init__(self, to_text: Compiler) -> None:
        self._due(to_text)
        self._promotions(to_text)
        self._claims(to_text)

    def _due(self, to_text: Compiler) -> None:
        this = col(p.Due.name) == bindparam("this")
        self.new_due = to_text(insert(p.Due), *p.Due.model_fields)
        self.drop_due = to_text(delete(p.Due).where(this), "this")
        seen = col(p.Due.at) == bindparam("seen")
        self.take_due = to_text(delete(p.Due).where(this, seen).returning(col(p.Due.name)), "this", "seen")
        self.next_due = to_text(select(func.min(col(p.Due.at))))
        soon = select(*columns(p.Due, "name", "at")).where(col(p.Due.at) <= bindparam("now"))
        self.due = to_text(
            soon.order_by(col(p.Due.at), col(p.Due.name)).limit(LIMIT).offset(NONE_SKIPPED), "now", "limit"
        )

    def _promotions(self, to_text: Compiler) -> None:
        this = col(p.Promotion.id) == bindparam("this")
        kept = ("id", "status", "terms", "by", "seed", "made", "version", "given")
        every = select(*columns(p.Promotion, *kept))
        newest = col(p.Promotion.id).desc()
        sets = tuple(name for name in p.Promotion.model_fields if name != "id")
        self.new = to_text(insert(p.Promotion).returning(col(p.Promotion.id)), *sets, sets=sets)
        self.one = to_text(every.where(this), "this")
        self.all = to_text(every.order_by(newest).limit(LIMIT).offset(NONE_SKIPPED), "limit")
        coded = every.where(col(p.Promotion.code) == bindparam("code"), col(p.Promotion.status) == bindparam("in"))
        self.coded = to_text(coded.order_by(newest), "code", "in")
        seen = col(p.Promotion.version) == bindparam("seen")
        moved = update(p.Promotion).where(this, seen).returning(col(p.Promotion.id))
        self.move = to_text(moved, "status", "version", "this", "seen", sets=("status", "version"))
        revised = ("code", "terms", "supply")
        self.revise = to_text(moved, *revised, "this", "seen", sets=revised)
        self.supply = to_text(select(*columns(p.Promotion, "supply", "given")).where(this).with_for_update(), "this")
        self.give = to_text(update(p.Promotion).where(this), "given", "this", sets=("given",))
        given = columns(p.Promotion, "id", "given")
        self.given = to_text(select(*given).where(col(p.Promotion.given) > NOTHING))

    def _claims(self, to_text: Compiler) -> None:
        of_it = col(p.Claim.promotion) == bindparam("of")
        theirs = col(p.Claim.person) == bindparam("who")
        every = select(*columns(p.Claim, *p.Claim.model_fields))
        self.claim = to_text(every.where(of_it, theirs), "of", "who")
        self.claims = to_text(every.where(of_it).order_by(col(p.Claim.number)), "of")
        self.last = to_text(select(func.coalesce(func.max(col(p.Claim.number)), NOTHING)).where(of_it), "of")
        self.new_claim = to_text(insert(p.Claim), *p.Claim.model_fields)
        sets = ("state", "entry")
        self.fulfil = to_text(update(p.Claim).where(of_it, theirs), *sets, "of", "who", sets=sets)
        seen = col(p.Claim.state) == bindparam("seen")
        settled = update(p.Claim).where(of_it, seen).returning(col(p.Claim.number))
        self.settle = to_text(settled, "state", "of", "seen", sets=("state",))
        self.settle_one = to_text(settled.where(theirs), "state", "of", "seen", "who", sets=("state",))
