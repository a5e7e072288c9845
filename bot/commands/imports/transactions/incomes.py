"""Keeps the incomes of a list of transactions for those who want it, and of nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from core.imports.transactions.model import Transactions


async def keep_incomes(call: Call, read: Transactions) -> int:
    """Keep the incomes of a list if that is wanted here. Returns how many were kept."""
    if not read.incomes or call.group or call.wallet is None or not call.wallet.settings.figures.incomes:
        return 0
    await call.store.incomes.keep(call.wallet.id, read.incomes)
    return len(read.incomes)
