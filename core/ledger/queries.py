"""What is looked up in the journal and in the lots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.ledger.model import Kind, Purpose, Source, expense_on, income_from

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from core.ledger.model import Entry, Lot
    from core.ledger.ports import Ledger
    from core.shared.ids import WalletId

PAGE: Final = 100
BEGINNINGS: Final = frozenset({income_from(Source.WELCOME), income_from(Source.OPENING)})
"""Where a wallet's first Connects come from; an undo takes them back by number only."""


async def latest_to_undo(ledger: Ledger, wallet: WalletId) -> int:
    """The number of the latest entry that can be undone and is no wallet's beginning (0: there is none)."""
    gone: set[int | None] = set()
    before: int | None = None
    while page := await ledger.history(wallet, before, PAGE):
        for entry in page:  # an undo comes before what it undid
            if entry.kind is Kind.UNDO:
                gone.add(entry.of)
            elif entry.kind is Kind.EXPIRY or entry.number in gone:
                continue
            elif entry.counterpart not in BEGINNINGS:
                return entry.number
        before = page[-1].number
    return 0


async def bid_before(ledger: Ledger, bid: Entry) -> Entry | None:
    """The latest proposal on the job of this one, if there is one before it that is not undone."""
    earlier = (entry for entry in await ledger.on_job(bid.wallet, bid.job) if entry.number < bid.number)
    return next((entry for entry in earlier if entry.counterpart == expense_on(Purpose.PROPOSAL)), None)


def available(lots: Iterable[Lot], now: datetime) -> int:
    """Connects that can be spent now."""
    return sum(lot.left for lot in lots if not lot.expired(now))


def ending(lots: Iterable[Lot], now: datetime, within: timedelta) -> list[tuple[datetime, Lot]]:
    """Lots with Connects left that expire within a span from now, the soonest first, each with its time."""
    soon = [
        (lot.expires, lot.number, lot)
        for lot in lots
        if lot.left and lot.expires is not None and now < lot.expires <= now + within
    ]
    return [(expires, lot) for expires, _, lot in sorted(soon)]
