"""What moved in spans of time, summed by the database: the rule of `core.ledger.flows.movements_in` as a statement."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, and_, bindparam, case, cast, exists, func, literal_column, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from core.ledger.budget import SPENT_ON
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

    from sqlalchemy import CTE, CompoundSelect, Select, Subquery
    from sqlalchemy.sql.elements import ColumnElement

    from core.shared.ids import WalletId
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler

SPAN, EARLIER, LATER = "{span}", "{earlier}", "{later}"
COUNTER: Final[ColumnElement[bool]] = literal_column("posting.line % 2 = 1")
"""Which legs are those beyond the wallet: each leg on the wallet has its counter leg right behind it."""
UNSTATED: Final[ColumnElement[str]] = literal_column(f"'{UNKNOWN.currency}'")
NOWHERE: Final[ColumnElement[Any]] = literal_column("CAST(NULL AS BIGINT)")
"""The span of what has a moment, and the moment of what has a span."""
ACCOUNT: Final = col(t.Posting.account)
CURRENCY: Final = col(t.Posting.currency)


def _of_wallet(name: str, number: ColumnElement[Any], *which: ColumnElement[bool]) -> CTE:
    """Numbers of a wallet's entries or lots, gathered once for the whole statement."""
    return select(number).where(number.table.c.wallet == WALLET, *which).cte(name)


def _word(word: str) -> ColumnElement[str]:
    return literal_column(f"'{word}'")


_ENTRIES, _LOTS = (t.METADATA.tables[name].alias("one") for name in ("entry", "lot"))
_UNDO = _ENTRIES.c.kind == quoted(Kind.UNDO)
UNDONE: Final = _of_wallet("undone", _ENTRIES.c.of, _UNDO, _ENTRIES.c.of.is_not(None))
VALUED: Final = _of_wallet("valued", _ENTRIES.c.number, _ENTRIES.c.kind == quoted(Kind.VALUATION))
DATED: Final = _of_wallet("dated", _ENTRIES.c.number, _ENTRIES.c.happened.is_not(None))
UNPRICED: Final = _of_wallet("unpriced", _LOTS.c.number, _LOTS.c.currency == UNSTATED)
PAID: Final = _of_wallet("paid", _LOTS.c.number, _LOTS.c.price_net + _LOTS.c.price_tax != ZERO)
GATHERED: Final = 7
"""So many of these a statement begins with."""


class FlowSql:
    """A statement for each number of spans, which is rounded up to a power of two, so that there are few of them."""

    def __init__(self, to_text: Compiler) -> None:
        self._sums = to_text(_sums(), *["wallet"] * GATHERED, "wallet", "first", "last")
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
        gathered = [wallet] * GATHERED
        return self._texts[spans], (*gathered, *halves, wallet, begins[0], begins[-1])

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


def _sums() -> CompoundSelect[Any]:
    """What moved, by span or by moment, kind, account and currency: what `core.ledger.flows.CountedLegs` counts."""
    return union_all(_plain(), _valued(), _left_in_spends())


def _plain() -> Select[Any]:
    """What counts when its entry happened."""
    when, kind, of = when_of(t.Entry), col(t.Entry.kind), col(t.Entry.of)
    recast, undo, about = kind == quoted(Kind.RECAST), kind == quoted(Kind.UNDO), aliased(t.Entry)
    fact = case((recast, of), else_=col(t.Entry.number))
    its_kind = select(col(about.kind)).where(col(about.wallet) == col(t.Entry.wallet), col(about.number) == of)
    valued = or_(kind == quoted(Kind.VALUATION), and_(recast, of.in_(select(VALUED))))
    counts = case(
        (undo, ZERO), (fact.in_(select(UNDONE)), ZERO), (and_(valued, exists(select(DATED))), ZERO), else_=ONE
    )
    moving = (
        select(
            col(t.Entry.id),
            case((recast, its_kind.scalar_subquery()), else_=kind).label("kind"),
            counts.label("counts"),
            literal_column(SPAN).label("span"),
        )
        .where(col(t.Entry.wallet) == WALLET, when >= bindparam("first"), when < bindparam("last"))
        .subquery("moving")
    )
    expired = and_(moving.c.kind == quoted(Kind.UNDO), _word(EXPIRED) == ACCOUNT, col(t.Posting.connects) > ZERO)
    groups = moving.c.span, moving.c.kind, ACCOUNT, CURRENCY
    return (
        select(groups[0], NOWHERE.label("moment"), *groups[1:], *_totals())
        .select_from(moving)
        .join(t.Posting, col(t.Posting.entry) == moving.c.id)
        .where(COUNTER, or_(moving.c.counts == ONE, expired))
        .group_by(*groups)
    )


def _valued() -> Select[Any]:
    """What was valued counts from when its lot was issued, if anything was booked later than it happened."""
    valued = aliased(t.Entry)
    moments = (
        select(col(valued.wallet), col(valued.id), col(valued.number))
        .where(col(valued.wallet) == WALLET, col(valued.number).in_(select(VALUED)), exists(select(DATED)))
        .where(col(valued.number).not_in(select(UNDONE)))
        .cte("valuations")
    )
    parts, issued = _with_corrections(moments, Kind.RECAST), col(t.Lot.issued)
    groups = issued, ACCOUNT, CURRENCY
    return (
        select(NOWHERE, issued, quoted(Kind.GRANT), *groups[1:], *_totals())
        .select_from(parts)
        .join(t.Posting, col(t.Posting.entry) == parts.c.id)
        .join(t.Lot, and_(col(t.Lot.wallet) == parts.c.wallet, col(t.Lot.number) == col(t.Posting.lot)))
        .where(COUNTER)
        .group_by(*groups)
    )


def _left_in_spends() -> Select[Any]:
    """The money that the undo of a return left in a spend, which counts when the spend happened."""
    back, spend = aliased(t.Entry), aliased(t.Entry)
    returns = (
        select(col(back.wallet), col(back.id), col(back.number), when_of(spend).label("moment"))
        .join(spend, and_(col(spend.wallet) == col(back.wallet), col(spend.number) == col(back.of)))
        .where(col(back.wallet) == WALLET, col(back.number).in_(select(UNDONE)), col(back.kind) == quoted(Kind.RETURN))
        .where(col(back.of).not_in(select(UNDONE)))
        .cte("returns")
    )
    parts = _with_corrections(returns, Kind.RECAST, Kind.UNDO)
    groups = parts.c.moment, ACCOUNT, CURRENCY
    return (
        select(NOWHERE, groups[0], quoted(Kind.SPEND), *groups[1:], *_totals())
        .select_from(parts)
        .join(t.Posting, col(t.Posting.entry) == parts.c.id)
        .where(COUNTER, ACCOUNT.in_([_word(account) for account in sorted(SPENT_ON)]))
        .group_by(*groups)
    )


def _with_corrections(facts: CTE, *kinds: Kind) -> Subquery:
    """Some entries, and those of some kinds that are about them."""
    about = aliased(t.Entry)
    others = [column for column in facts.c if column.name not in {"wallet", "id", "number"}]
    its_id, number = col(about.id), facts.c.number
    on = and_(col(about.wallet) == facts.c.wallet, col(about.of) == number)
    corrections = select(facts.c.wallet, its_id, number, *others).join(about, on)
    return union_all(select(facts), corrections.where(col(about.kind).in_([*map(quoted, kinds)]))).subquery()


def _totals() -> Iterator[ColumnElement[int]]:
    """The sums of Connects and of money, and of the Connects of unknown cost and of those that were paid for."""
    connects, lot = col(t.Posting.connects), col(t.Posting.lot)
    net, tax = col(t.Posting.net), col(t.Posting.tax)
    unknown = case((or_(CURRENCY == UNSTATED, lot.in_(select(UNPRICED))), connects), else_=ZERO)
    paid = case((or_(net + tax != ZERO, lot.in_(select(PAID))), connects), else_=ZERO)
    for one in (connects, net, tax, unknown, paid):
        yield cast(func.sum(one), BigInteger)


def read_movements(rows: Iterable[Row], edges: Sequence[datetime]) -> Iterator[Movement]:
    """What moved, from the rows of the statement."""
    begins = [*map(micros, edges)]
    for place, at, kind, account, currency, connects, net, tax, unknown, paid in rows:
        span = place if at is None else bisect_right(begins, at) - 1
        if 0 <= span < len(edges) - 1:
            money = currency, connects, net or 0, tax or 0
            yield Movement(span, Kind(kind), Account(account), *money, unknown, paid)
