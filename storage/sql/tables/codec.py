"""Turns values of core into rows and JSON columns, and back."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from core.delivery.notice import Audience
from core.journal_reader import EntryRow
from core.ledger.model import Account, Budget, Entry, Kind, Lot, OnceKey, Posting, Snapshot, Source
from core.promotions.model import Terms
from core.shared.ids import PersonId, WalletId
from core.shared.money import Price
from core.wallets.limits import LimitRules, Limits
from core.wallets.settings import Alerts, FigureSettings, Plan, Settings
from core.wallets.team import TeamSettings
from storage.sql.tables.ledger import EPOCH, MICROSECOND, micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from core.ledger.model import Change
    from core.wallets.team import Feed, Lift
    from storage.writer.group_commit import Decided

    Lots: TypeAlias = dict[tuple[WalletId, int], Lot]

T = TypeVar("T")
NAMES: Final = {"date": date, "datetime": datetime, "Plan": Plan, "PersonId": PersonId}
"""Names that core uses in the types of fields but imports for the type checker only."""


class Codec(Generic[T]):
    """Writes a value as JSON, with its fields in order, and reads it back.

    A field that an old row lacks gets its default; a field that nobody knows is ignored. A `sparse` codec does not
    write fields that have their default, so that a holder who chose nothing follows the default when it changes.
    """

    def __init__(self, kind: type[T], *, sparse: bool = False, names: Mapping[str, Any] = NAMES) -> None:
        self._kind, self._sparse, self._names = kind, sparse, names

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        """Built on first use, since building it takes far longer than using it."""
        adapter: TypeAdapter[T] = TypeAdapter(self._kind)
        adapter.rebuild(raise_errors=True, _types_namespace=self._names)
        return adapter

    def text(self, value: T) -> str:
        """A value as JSON text. Times and days are written as in ISO 8601.

        What could not be read back is refused here by a `pydantic.ValidationError`, not by all who read the row.
        """
        fields = self._adapter.dump_python(self._adapter.validate_python(value), exclude_defaults=self._sparse)
        return json.dumps(fields, default=_iso, separators=(",", ":"))

    def value(self, text: str) -> T:
        """The value of a stored text."""
        return self._adapter.validate_json(text)


def _iso(value: date) -> str:
    return value.isoformat()


ALERTS: Final = Codec(Alerts, sparse=True)
FIGURES: Final = Codec(FigureSettings, sparse=True)
TEAM: Final = Codec(TeamSettings, sparse=True)
AUDIENCE: Final = Codec(Audience)
FACTS: Final = Codec(dict[str, str | int])
TERMS: Final = Codec(Terms)
UNSHARED_TEXT: Final = "{}"
NO_TALLIES: Final = "{}"
Row: TypeAlias = tuple[Any, ...]
HEAD_WIDTH = 14
LOT_WIDTH = 11
ENTRY_WIDTH = 16
HAPPENED = -3


def entry_row(number: int, entry: Entry, first: int) -> Row:
    """An entry as row `number` of the journal. `first` is the number of the first entry of its change."""
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
        None if entry.happened is None else (entry.happened - EPOCH) // MICROSECOND,
        entry.salt,
        entry.digest,
    )


def posting_rows(number: int, entry: Entry) -> list[Row]:
    """The postings of the entry in row `number` of the journal."""
    return [
        (number, line, leg.account, leg.connects, leg.lot, None, None, None)
        if (price := leg.price) is None
        else (number, line, leg.account, leg.connects, leg.lot, price.net, price.tax, price.currency)
        for line, leg in enumerate(entry.postings)
    ]


def wallet_row(after: Snapshot, at: datetime) -> Row:
    """The columns of a wallet that move with its journal, and then its id."""
    moved = after.entries, after.lots_made, after.balance, after.seal, (at - EPOCH) // MICROSECOND, after.low
    return (*moved, tallies_text(after.limits), after.wallet)


def tallies_text(limits: Limits | None) -> str:
    """What was spent of limits, as JSON: so much by limit and person."""
    return NO_TALLIES if limits is None or not limits.spent else to_json(limits.spent).decode()


@lru_cache(maxsize=1024)
def _read_rules(team: str) -> tuple[LimitRules, tuple[Lift, ...]]:
    settings = TEAM.value(team)
    return LimitRules(settings.limits, settings.same), settings.lifts


@lru_cache(maxsize=1024)
def _read_feed(team: str) -> Feed | None:
    return TEAM.value(team).feed


def read_limits(zone: str, at: datetime | None, team: str, tallies: str) -> Limits | None:
    """The limits of a wallet, with what was spent of them (None: it has none)."""
    if team == UNSHARED_TEXT and tallies == NO_TALLIES:
        return None
    (rules, lifts), spent = _read_rules(team), from_json(tallies)
    return Limits(zone, rules, lifts, at, spent) if rules.every or spent else None


def spent_row(budget: Budget, wallet: WalletId) -> Row:
    """The columns of a wallet that count what was spent of its budget, and then its id."""
    return (None if budget.month is None else micros(budget.month), budget.spent, wallet)


def new_lot_row(wallet: WalletId, lot: Lot) -> Row:
    """A lot to insert."""
    expires = None if lot.expires is None else micros(lot.expires)
    currency = None if lot.price is None else lot.price.currency
    fixed = (wallet, lot.number, lot.source.value, micros(lot.issued), expires, lot.size, lot.left, lot.left > 0)
    return (*fixed, currency, *_money(lot.price), *_money(lot.worth))


def drawn_lot_row(wallet: WalletId, lot: Lot) -> Row:
    """The columns that change when a lot is drawn from and stays open, and then its key."""
    return (lot.left, *_money(lot.worth), wallet, lot.number)


def changed_lot_row(wallet: WalletId, lot: Lot) -> Row:
    """All columns of a lot that can change, and then its key."""
    return (lot.size, lot.left, lot.left > 0, *_money(lot.price), *_money(lot.worth), wallet, lot.number)


def _money(price: Price | None) -> tuple[int | None, int | None]:
    return (None, None) if price is None else (price.net, price.tax)


def read_lot(row: Row) -> Lot:
    """A lot from its columns."""
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
    """A price from its columns. If one of them is missing, the price has no currency, which `verify` reports."""
    if net is None and tax is None and currency is None:
        return None
    return Price(net or 0, tax or 0, currency or "")


def read_past_lot(row: Row) -> Lot:
    """A lot as some entries of the journal left it. The columns that never change come from its row."""
    size, left, *money = (value or 0 for value in row[LOT_WIDTH:])
    currency = row[6]
    return read_lot((*row[:4], size, left, currency, *(money if currency else (None,) * len(money))))


def read_head(row: Row, lots: tuple[Lot, ...] = (), once_keys: tuple[OnceKey, ...] = ()) -> Snapshot:
    """A wallet from its columns, with some of its lots and once-keys."""
    wallet, entries, made, balance, seal, at, threshold, low, *spent, team, tallies = row
    when, budget = None if at is None else moment(at), read_budget(*spent)
    head = WalletId(wallet), entries, made, balance, seal, when, threshold, bool(low), budget
    limits, feed = read_limits(spent[1], when, team, tallies), _read_feed(team)
    return Snapshot(*head, lots, once_keys=once_keys, limits=limits, feed=feed)


def read_budget(limit: int | None, zone: str, month: int | None, spent: int) -> Budget | None:
    """A budget and what was spent of it (None: the wallet has no budget)."""
    return None if limit is None else Budget(limit, zone, None if month is None else moment(month), spent)


def read_once_key(row: Row) -> OnceKey:
    """A once-key from its columns."""
    name, wallet, number = row
    return OnceKey(name, WalletId(wallet), number)


def read_posting(row: Row) -> Posting:
    """A posting from its columns."""
    account, connects, lot, net, tax, currency = row
    return Posting(Account(account), connects, lot, _price(net, tax, currency))


def read_unchecked(rows: Iterable[Row]) -> Iterator[EntryRow]:
    """Entries as they are stored, without checks. Rows are sorted by entry and hold one posting each."""
    for head, group in groupby(rows, key=lambda row: row[:ENTRY_WIDTH]):
        postings = tuple(read_posting(row[ENTRY_WIDTH:]) for row in group if row[ENTRY_WIDTH] is not None)
        wallet, number, at, kind, *rest = head
        if (happened := rest[HAPPENED]) is not None:
            rest[HAPPENED] = moment(happened)
        yield EntryRow(wallet, number, moment(at), kind, postings, *rest)


def read_entries(rows: Iterable[Row]) -> Iterator[Entry]:
    """Entries from such rows. One that is not balanced raises."""
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
            row.happened,
            row.salt,
            row.digest,
        )


SETTINGS: Final = ("zone", "currency", "plan", "threshold", "budget", "quiet", "alerts", "figures", "team")


def settings_row(settings: Settings) -> Row:
    """The values of the columns `SETTINGS`."""
    plain = settings.zone, settings.currency, settings.plan.value, settings.threshold, settings.budget, settings.quiet
    return (*plain, ALERTS.text(settings.alerts), FIGURES.text(settings.figures), TEAM.text(settings.team))


def read_settings(row: Row) -> Settings:
    """Settings from the columns `SETTINGS`."""
    zone, currency, plan, threshold, budget, quiet, alerts, figures, team = row
    plain = zone, currency, Plan(plan), threshold, budget, quiet
    return Settings(*plain, ALERTS.value(alerts), FIGURES.value(figures), TEAM.value(team))


@lru_cache(maxsize=1024)
def read_expiry_days(text: str) -> tuple[int, ...]:
    """How many days before an expiry a holder wants a reminder, from the text of the column `alerts`."""
    return ALERTS.value(text).expiring


def journal_rows(decided: Iterable[Decided], ids: Iterator[int]) -> tuple[list[Row], list[Row]]:
    """The entries of a batch and their postings, as rows to insert. Each entry takes the next of the `ids`."""
    entries: list[Row] = []
    postings: list[Row] = []
    for before, change, _ in decided:
        first = before.entries + 1
        for entry, number in zip(change.entries, ids, strict=False):
            entries.append(entry_row(number, entry, first))
            postings += posting_rows(number, entry)
    return entries, postings


class LotStates:
    """The last states of a batch's lots, by wallet and number: new ones, those only drawn from, and all others.

    A change may move lots that are not in its snapshot, because they were drained.
    """

    def __init__(self, decided: Iterable[Decided]) -> None:
        self.new: Lots = {}
        self.drawn: Lots = {}
        self.changed: Lots = {}
        for before, change, _ in decided:
            self._add(before, change)

    def _add(self, before: Snapshot, change: Change) -> None:
        known = {lot.number: lot for lot in before.lots}
        for lot in change.lots:
            at = (before.wallet, lot.number)
            earlier = known.get(lot.number)
            if lot.number > before.lots_made or at in self.new:
                self.new[at] = lot
            elif earlier is not None and at not in self.changed and _only_drawn(earlier, lot):
                self.drawn[at] = lot
            else:
                self.drawn.pop(at, None)
                self.changed[at] = lot


def _only_drawn(earlier: Lot, lot: Lot) -> bool:
    """Whether nothing changed but what is left of a lot, and what that is worth."""
    same = lot.size == earlier.size and (lot.price is earlier.price or lot.price == earlier.price)
    return same and lot.left > 0 and earlier.left > 0
