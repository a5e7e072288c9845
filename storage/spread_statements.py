"""The statements on deliveries as they are made, compiled like those of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, insert, literal_column, select
from sqlmodel import col

from storage import notice_tables as n
from storage.statements import NONE_SKIPPED, ONE, columns

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

    from storage.statements import Compiler

ABOUT_SOMETHING: Final[ColumnElement[bool]] = literal_column("about <> ''")


class SpreadSql:
    """What is written of deliveries, and read and written of slices."""

    def __init__(self, to_text: Compiler) -> None:
        sets = tuple(name for name in n.Delivery.model_fields if name != "id")
        self.delivery = to_text(insert(n.Delivery), *sets, sets=sets)
        of_it = col(n.Slice.notice) == bindparam("name")
        slices = select(*columns(n.Slice, "notice", "number", "readers"), *columns(n.Notice, "made", "urgent")).join(
            n.Notice, col(n.Notice.key) == col(n.Slice.notice)
        )
        in_order = slices.order_by(col(n.Slice.notice), col(n.Slice.number)).with_for_update(of=n.Slice)
        self.new = to_text(insert(n.Slice), *n.Slice.model_fields)
        self.any = to_text(select(*columns(n.Slice, "number")).limit(ONE).offset(NONE_SKIPPED))
        self.next = to_text(in_order.limit(ONE).offset(NONE_SKIPPED))
        self.about = to_text(in_order.where(ABOUT_SOMETHING, col(n.Notice.about) == bindparam("what")), "what")
        self.drop = to_text(delete(n.Slice).where(of_it, col(n.Slice.number) == bindparam("nth")), "name", "nth")
        self.forget = to_text(delete(n.Slice).where(of_it), "name")
