"""Keeps the incomes of a list of transactions for those who want it, and of nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from core.imports.transactions.model import Transactions


async def with_kept_incomes(call: Call, read: Transactions) -> Transactions:
    """The list with its incomes if they are kept now, and without them otherwise."""
    if not read.incomes or call.group or call.wallet is None or not call.wallet.settings.figures.incomes:
        return read._replace(incomes=())
    await call.store.incomes.keep(call.wallet.id, read.incomes)
    return read
