"""What moved in spans of time, summed by the database: the rule of `core.ledger.flows.movements_in` as a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, bindparam, case, cast, func, literal_column, or_, select
from sqlmodel import col

from core.ledger.flows import Movement
from core.ledger.model import EXPIRED, Account, Kind
from core.shared.money import UNKNOWN
from storage.sql.tables import ledger as t
from storage.sql.tables.compiler import ONE, WALLET, ZERO
from storage.sql.tables.ledger import micros
from storage.sql.tables.past_lots import quoted, when_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.sql.elements import ColumnElement

    from core.shared.ids import WalletId
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler

SPAN, EARLIER, LATER = "{span}", "{earlier}", "{later}"
COUNTER: Final[ColumnElement[bool]] = literal_column("posting.line % 2 = 1")
"""Which legs are those beyond the wallet: each leg on the wallet has its counter leg right behind it."""
UNSTATED: Final[ColumnElement[str]] = literal_column(f"'{UNKNOWN.currency}'")


class FlowSql:
    """A statement for each number of spans, which is rounded up to a power of two, so that there are few of them."""

    def __init__(self, to_text: Compiler) -> None:
        self._sums = to_text(_sums(), "wallet", "wallet", "wallet", "first", "last")
        halved = case((when_of(t.Entry) < bindparam("edge"), literal_column(EARLIER)), else_=literal_column(LATER))
        self._halved = to_text(halved, "edge")
        self._texts: dict[int, str] = {}

    def statement(self, wallet: WalletId, edges: Sequence[datetime]) -> tuple[str, Row]:
        """The statement for the spans between some edges, and its values. The last edge is repeated."""
        spans = 1 << (len(edges) - 2).bit_length()
        if spans not in self._texts:
            self._texts[spans] = self._sums.replace(SPAN, self._span(range(spans)))
        begins = [*map(micros, edges), *[micros(edges[-1])] * (spans + 1 - len(edges))]
        halves = (begins[number] for number in _halves(range(spans)))
        return self._texts[spans], (wallet, wallet, *halves, wallet, begins[0], begins[-1])

    def _span(self, spans: range) -> str:
        """In which span an entry is, by halving: a thousand spans take ten comparisons.

        A thousand of them would take SQLAlchemy a fifth of a second to compile, so it compiles one.
        """
        if len(spans) == 1:
            return str(spans[0])
        earlier, later = _parts(spans)
        return self._halved.replace(EARLIER, self._span(earlier)).replace(LATER, self._span(later))


def _halves(spans: range) -> Iterator[int]:
    """The spans whose beginnings a statement compares with, in the order in which it does."""
    if len(spans) > 1:
        earlier, later = _parts(spans)
        yield later[0]
        yield from _halves(earlier)
        yield from _halves(later)


def _parts(spans: range) -> tuple[range, range]:
    half = len(spans) // 2
    return spans[:half], spans[half:]


def _sums() -> Select[Any]:
    """What moved, by span, kind, account and currency. What stands is that which was not undone; see `undone_in`."""
    when, kind = when_of(t.Entry), col(t.Entry.kind)
    undone = select(col(t.Entry.of)).where(
        col(t.Entry.wallet) == WALLET, kind == quoted(Kind.UNDO), col(t.Entry.of).is_not(None)
    )
    fact = case((kind == quoted(Kind.RECAST), col(t.Entry.of)), else_=col(t.Entry.number))
    moving = (
        select(
            col(t.Entry.id),
            kind,
            case((kind == quoted(Kind.UNDO), ZERO), (fact.in_(undone), ZERO), else_=ONE).label("stands"),
            literal_column(SPAN).label("span"),
        )
        .where(col(t.Entry.wallet) == WALLET, when >= bindparam("first"), when < bindparam("last"))
        .subquery("moving")
    )
    account, currency, connects = col(t.Posting.account), col(t.Posting.currency), col(t.Posting.connects)
    lots = select(col(t.Lot.number)).where(col(t.Lot.wallet) == WALLET, col(t.Lot.currency) == UNSTATED)
    unknown = case((or_(currency == UNSTATED, col(t.Posting.lot).in_(lots)), connects), else_=ZERO)
    groups = moving.c.span, moving.c.kind, account, currency
    sums = connects, col(t.Posting.net), col(t.Posting.tax), unknown
    return (
        select(*groups, *(cast(func.sum(one), BigInteger) for one in sums))
        .select_from(moving)
        .join(t.Posting, col(t.Posting.entry) == moving.c.id)
        .where(COUNTER, or_(moving.c.stands == ONE, account == literal_column(f"'{EXPIRED}'")))
        .group_by(*groups)
    )


def read_movements(rows: Iterable[Row]) -> Iterator[Movement]:
    """What moved, from the rows of the statement."""
    for span, kind, account, currency, connects, net, tax, unknown in rows:
        yield Movement(span, Kind(kind), Account(account), currency, connects, net or 0, tax or 0, unknown)
