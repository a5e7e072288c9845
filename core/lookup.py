"""What is looked up in the journal: the entry that an undo without a number means, and an earlier bid on a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.model import Kind, Purpose, Source, expense_on, income_from

if TYPE_CHECKING:
    from core.model import Entry, WalletId
    from core.ports import Ledger

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
