"""Values of core as rows and as JSON columns, and back."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar

from pydantic import TypeAdapter

from core.delivery.notice import Audience
from core.ledger.model import Account, Budget, Entry, Kind, Lot, Mark, Posting, Snapshot, Source
from core.promotions.model import Terms
from core.shared.ids import PersonId, WalletId
from core.shared.money import Price
from core.verification import EntryRow
from core.wallets.settings import Alerts, Plan, Settings
from storage.sql.tables.ledger import EPOCH, MICROSECOND, micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.ledger.model import Change

    Lots: TypeAlias = dict[tuple[WalletId, int], Lot]

T = TypeVar("T")
NAMES: Final = {"datetime": datetime, "Plan": Plan, "PersonId": PersonId}
"""What core names in the types of fields, but imports for the type checker only."""


class Codec(Generic[T]):
    """Writes a value with its fields in their order, and reads it back.

    A field that an old row lacks gets its default. What a `sparse` codec writes leaves out what is as by default, so
    that whoever chose nothing follows a default that changes.
    """

    def __init__(self, kind: type[T], *, sparse: bool = False) -> None:
        self._kind, self._sparse = kind, sparse

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        """Made when it is first used, for that takes longer than anything that is done with it."""
        adapter: TypeAdapter[T] = TypeAdapter(self._kind)
        adapter.rebuild(raise_errors=True, _types_namespace=NAMES)
        return adapter

    def text(self, value: T) -> str:
        """What is kept of a value; times are as `datetime.isoformat` writes them."""
        kept = self._adapter.dump_python(value, exclude_defaults=self._sparse)
        return json.dumps(kept, default=datetime.isoformat, separators=(",", ":"))

    def value(self, text: str) -> T:
        """The value that was kept as a text."""
        return self._adapter.validate_json(text)


ALERTS: Final = Codec(Alerts, sparse=True)
AUDIENCE: Final = Codec(Audience)
FACTS: Final = Codec(dict[str, str | int])
TERMS: Final = Codec(Terms)
Row: TypeAlias = tuple[Any, ...]
HEAD_WIDTH = 12
LOT_WIDTH = 11
ENTRY_WIDTH = 13


def entry_row(number: int, entry: Entry, first: int) -> Row:
    """An entry to be inserted as row `number` of the journal."""
    return (
        number,
        entry.wallet,
        entry.number,
        (entry.at - EPOCH) // MICROSECOND,
        entry.kind.value,
        entry.balance,
        entry.key,
        entry.body,
        entry.by,
        entry.memo,
        entry.job,
        entry.of,
        entry.seal,
        first,
    )


def posting_rows(number: int, entry: Entry) -> list[Row]:
    """The legs of the entry that is row `number` of the journal."""
    return [
        (number, line, leg.account, leg.connects, leg.lot, None, None, None)
        if (price := leg.price) is None
        else (number, line, leg.account, leg.connects, leg.lot, price.net, price.tax, price.currency)
        for line, leg in enumerate(entry.postings)
    ]


def wallet_row(after: Snapshot, at: datetime) -> Row:
    """Where a wallet's journal stands."""
    stands = after.entries, after.lots_made, after.balance, after.seal, (at - EPOCH) // MICROSECOND, after.low
    return (*stands, after.wallet)


def spent_row(budget: Budget, wallet: WalletId) -> Row:
    """What was spent of a budget, and in which month."""
    return (None if budget.month is None else micros(budget.month), budget.spent, wallet)


def born_row(wallet: WalletId, lot: Lot) -> Row:
    """A lot to be inserted."""
    expires = None if lot.expires is None else micros(lot.expires)
    currency = None if lot.price is None else lot.price.currency
    kept = (wallet, lot.number, lot.source.value, micros(lot.issued), expires, lot.size, lot.left, lot.left > 0)
    return (*kept, currency, *_money(lot.price), *_money(lot.worth))


def drawn_row(wallet: WalletId, lot: Lot) -> Row:
    """What moves when a lot is drawn from and stays open."""
    return (lot.left, *_money(lot.worth), wallet, lot.number)


def changed_row(wallet: WalletId, lot: Lot) -> Row:
    """Everything of a lot that can ever move."""
    return (lot.size, lot.left, lot.left > 0, *_money(lot.price), *_money(lot.worth), wallet, lot.number)


def _money(price: Price | None) -> tuple[int | None, int | None]:
    return (None, None) if price is None else (price.net, price.tax)


def read_lot(row: Row) -> Lot:
    """A lot as stored."""
    number, source, issued, expires, size, left, currency, price_net, price_tax, worth_net, worth_tax = row
    return Lot(
        number,
        Source(source),
        moment(issued),
        None if expires is None else moment(expires),
        size,
        left,
        _price(price_net, price_tax, currency),
        _price(worth_net, worth_tax, currency),
    )


def _price(net: int | None, tax: int | None, currency: str | None) -> Price | None:
    """Money as stored; where a part of it is missing, such a price is in no currency, and verify will say so."""
    if net is None and tax is None and currency is None:
        return None
    return Price(net or 0, tax or 0, currency or "")


def read_past_lot(row: Row) -> Lot:
    """A lot as some entries of the journal left it; what never moves comes from its row."""
    size, left, *money = (value or 0 for value in row[LOT_WIDTH:])
    currency = row[6]
    return read_lot((*row[:4], size, left, currency, *(money if currency else (None,) * len(money))))


def read_head(row: Row, lots: tuple[Lot, ...] = (), marks: tuple[Mark, ...] = ()) -> Snapshot:
    """A wallet's row."""
    wallet, entries, made, balance, seal, at, threshold, low, *spent = row
    when, budget = None if at is None else moment(at), read_budget(*spent)
    stands = WalletId(wallet), entries, made, balance, seal, when, threshold, bool(low), budget
    return Snapshot(*stands, lots, marks=marks)


def read_budget(limit: int | None, zone: str, month: int | None, spent: int) -> Budget | None:
    """A budget and what was spent of it, as stored (None: there is no budget)."""
    return None if limit is None else Budget(limit, zone, None if month is None else moment(month), spent)


def read_mark(row: Row) -> Mark:
    """A mark as stored."""
    name, wallet, number = row
    return Mark(name, WalletId(wallet), number)


def read_leg(row: Row) -> Posting:
    """A leg of an entry, as stored."""
    account, connects, lot, net, tax, currency = row
    return Posting(Account(account), connects, lot, _price(net, tax, currency))


def read_unchecked(rows: Iterable[Row]) -> Iterator[EntryRow]:
    """Entries as stored, whatever they say, from rows that are sorted by entry and hold one leg each."""
    for head, group in groupby(rows, key=lambda row: row[:ENTRY_WIDTH]):
        legs = tuple(read_leg(row[ENTRY_WIDTH:]) for row in group if row[ENTRY_WIDTH] is not None)
        wallet, number, at, kind, *rest = head
        yield EntryRow(wallet, number, moment(at), kind, legs, *rest)


def read_entries(rows: Iterable[Row]) -> Iterator[Entry]:
    """Entries as stored; one that is not balanced raises."""
    for row in read_unchecked(rows):
        yield Entry(
            WalletId(row.wallet),
            row.number,
            row.at,
            Kind(row.kind),
            row.postings,
            row.balance,
            row.key,
            row.body,
            None if row.by is None else PersonId(row.by),
            row.memo,
            row.job,
            row.of,
            row.seal,
        )


COLUMNS: Final = ("zone", "currency", "plan", "threshold", "budget", "quiet", "alerts")


def settings_row(settings: Settings) -> Row:
    """The values of the columns."""
    told = settings.zone, settings.currency, settings.plan.value, settings.threshold, settings.budget, settings.quiet
    return (*told, ALERTS.text(settings.alerts))


def read_settings(row: Row) -> Settings:
    """Settings out of the values of the columns."""
    zone, currency, plan, threshold, budget, quiet, alerts = row
    return Settings(zone, currency, Plan(plan), threshold, budget, quiet, ALERTS.value(alerts))


@lru_cache(maxsize=1024)
def read_marks(text: str) -> tuple[int, ...]:
    """How many days before Connects expire a holder wants to be told, out of the same column."""
    return ALERTS.value(text).expiring


class LotStates:
    """Lots by wallet and number: born in the batch, only drawn from, or changed otherwise."""

    def __init__(self) -> None:
        self.born: Lots = {}
        self.drawn: Lots = {}
        self.changed: Lots = {}

    def add(self, before: Snapshot, change: Change) -> None:
        """Take in the next change."""
        known = {lot.number: lot for lot in before.lots}
        for lot in change.lots:
            at = (before.wallet, lot.number)
            earlier = known.get(lot.number)
            if earlier is None or at in self.born:
                self.born[at] = lot
            elif lot.left and earlier.left and lot.size == earlier.size and at not in self.changed:
                self.drawn[at] = lot
            else:
                self.drawn.pop(at, None)
                self.changed[at] = lot
