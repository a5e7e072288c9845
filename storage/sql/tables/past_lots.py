"""Lots as some entries of the journal left them, summed by the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, and_, case, cast, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from core.ledger.model import Kind
from storage.sql.tables import ledger as t
from storage.sql.tables.compiler import LOT, WALLET

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.sql.elements import ColumnElement

ORIGINS: Final = ("income:", "promotion:")
VALUATION: Final = f"'{Kind.VALUATION.value}'"


def lots_after(entries: ColumnElement[bool]) -> Select[Any]:
    """A wallet's lots, each with the sums over the postings of these entries."""
    moved = (
        select(col(t.Posting.lot), *(column.label(name) for name, column in _moved().items()))
        .join(t.Entry, col(t.Posting.entry) == col(t.Entry.id))
        .where(col(t.Entry.wallet) == WALLET, entries)
        .group_by(col(t.Posting.lot))
        .subquery("moved")
    )
    return (
        select(*LOT, *(moved.c[name] for name in _moved()))
        .select_from(t.Lot)
        .outerjoin(moved, moved.c.lot == col(t.Lot.number))
        .where(col(t.Lot.wallet) == WALLET)
        .order_by(col(t.Lot.number))
    )


def valued_in_a_dated_past() -> ColumnElement[bool]:
    """Whether an entry gave a lot another price, or undid that, in a wallet where something was booked later.

    There, costs go by what is known in the end, so what was valued later is drawn from before as well.
    """
    other = aliased(t.Entry)
    dated = exists().where(col(other.wallet) == WALLET, col(other.happened).is_not(None))
    valued = select(col(other.number)).where(col(other.wallet) == WALLET, col(other.kind) == literal_column(VALUATION))
    return and_(dated, or_(col(t.Entry.kind) == literal_column(VALUATION), col(t.Entry.of).in_(valued)))


def _moved() -> dict[str, ColumnElement[int]]:
    """The sums over postings that give a lot's columns, by the name of the column.

    Connects are issued by the accounts of income and of promotions (`core.ledger.model.issues`), where they count as
    negative.
    """
    side = func.substr(col(t.Posting.account), literal_column("1"), literal_column("7"))

    def total(unit: Any, *prefixes: str) -> ColumnElement[int]:
        counted = case(
            (side.in_([literal_column(f"'{one[:7]}'") for one in prefixes]), unit), else_=literal_column("0")
        )
        return cast(func.sum(counted), BigInteger)

    connects, net, tax = col(t.Posting.connects), col(t.Posting.net), col(t.Posting.tax)
    return {
        "size": total(-connects, *ORIGINS),
        "left": total(connects, "wallet:"),
        "price_net": total(-net, *ORIGINS),
        "price_tax": total(-tax, *ORIGINS),
        "worth_net": total(net, "wallet:"),
        "worth_tax": total(tax, "wallet:"),
    }
