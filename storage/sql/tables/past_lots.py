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


def happened_by(moment: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether an entry counts for the lots at a moment.

    In a wallet where something was booked later than it happened, the past is as it is known in the end: what was
    valued later is drawn from before as well, and what was undone later never was.
    """
    other = aliased(t.Entry)
    kind, of, own = col(t.Entry.kind), col(t.Entry.of), col(other.wallet) == WALLET
    valued = select(col(other.number)).where(own, col(other.kind) == quoted(Kind.VALUATION))
    earlier = select(col(other.number)).where(own, when_of(other) <= moment)
    known_later = or_(kind == quoted(Kind.VALUATION), of.in_(valued), and_(kind == quoted(Kind.UNDO), of.in_(earlier)))
    dated = exists().where(own, col(other.happened).is_not(None))
    return or_(when_of(t.Entry) <= moment, and_(dated, known_later))


def when_of(entry: type[t.Entry]) -> ColumnElement[Any]:
    """When a fact happened."""
    return func.coalesce(col(entry.happened), col(entry.at))


def quoted(kind: Kind) -> ColumnElement[str]:
    """A kind of entries as a word of the statement, so that a database may plan by it."""
    return literal_column(f"'{kind.value}'")


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
