"""Temporary: the real one is written on another branch."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.shared.calendar import beginning, day_in
from core.statements.model import Statement, Stock

if TYPE_CHECKING:
    from core.ledger.ports import Ledger
    from core.shared.ids import WalletId


async def statement(
    ledger: Ledger, wallet: WalletId, days: tuple[date, date] | None, zone: str, now: datetime
) -> Statement:
    """The statement."""
    first = date(2000, 1, 1) if days is None else days[0]
    last = day_in(zone, now) if days is None else days[1]
    edges = (datetime(1990, 1, 1, tzinfo=now.tzinfo), beginning(first, zone), beginning(last + timedelta(days=1), zone))
    before, flows = await ledger.flows(wallet, edges)
    lots = await ledger.lots(wallet)
    unknown = sum(lot.left for lot in lots if lot.cost_state.value == "unknown")
    return Statement(
        None if days is None else first,
        last,
        Stock(free=before.delta),
        Stock(free=before.delta + flows.delta - unknown, unknown=unknown),
        flows,
    )
