"""The statement of a period, from the entries at hand or from the store. Both give the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.flows import Stock, flows_of, movements_in, paid_in, unknown_in
from core.shared.calendar import DAY, EARLIEST, LATEST, beginning, day_in
from core.statements.model import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from core.ledger.flows import Flows
    from core.ledger.model import Entry, Lot
    from core.ledger.ports import Ledger
    from core.shared.ids import WalletId

    Days = tuple[date, date]


def statement_of(
    entries: Sequence[Entry], lots: Iterable[Lot], days: Days | None, zone: str, now: datetime
) -> Statement:
    """The statement of some days (None: from the first entry until today), from all entries and lots of a wallet."""
    lots, edges = tuple(lots), _edges(days, zone)
    flows = flows_of(movements_in(entries, edges, unknown_in(lots), paid_in(lots)), len(edges) - 1)
    return _statement(flows, days, zone, now)


async def statement(ledger: Ledger, wallet: WalletId, days: Days | None, zone: str, now: datetime) -> Statement:
    """The statement of some days (None: from the first entry until today), as of one moment."""
    return _statement(await ledger.flows(wallet, _edges(days, zone)), days, zone, now)


def _edges(days: Days | None, zone: str) -> list[datetime]:
    """The beginning of time, that of the period, and its end: what was there before follows from what moved before.

    All time has no end, because the clock may have been put back since something was booked.
    """
    if days is None:
        return [EARLIEST, LATEST]
    first, last = days
    return [EARLIEST, max(beginning(first, zone), EARLIEST), beginning(last + DAY, zone)]


def _statement(flows: Sequence[Flows], days: Days | None, zone: str, now: datetime) -> Statement:
    *before, within = flows
    opening = sum((one.change for one in before), Stock())
    first, last = (None, day_in(zone, now)) if days is None else days
    return Statement(first, last, opening, opening + within.change, within)
