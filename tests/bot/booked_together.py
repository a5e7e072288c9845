"""Many entries of one change, as an import books them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core.ledger import rulebook
from core.ledger.entry_builder import EntryBuilder, Intent
from core.ledger.model import Change, Kind, Purpose, Snapshot, Source, expense_on
from core.ledger.requests import Request
from core.shared.ids import WalletId

if TYPE_CHECKING:
    from core.shared.ids import PersonId
    from tests.bot.stage import Bot


async def book_together(bot: Bot, spends: int, by: PersonId | None = None) -> None:
    """Buy Connects in the first wallet, and spend them one by one, all in one change of so many spends and one more."""
    now = bot.clock.now()
    request = Request(WalletId(1), f"{int(now.timestamp()):010d}:import:{spends}", by)
    await bot.books.write(request, ("import", spends), partial(_import, spends=spends))


def _import(before: Snapshot, intent: Intent, spends: int) -> Change:
    builder = EntryBuilder(before, intent, rulebook.default())
    builder.issue(Source.PURCHASE, spends)
    builder.enter(Kind.PURCHASE, last=False)
    for position in range(1, spends + 1):
        builder.draw(1, expense_on(Purpose.PROPOSAL))
        builder.enter(Kind.SPEND, memo=f"Job {position}", last=position == spends)
    return builder.change()
