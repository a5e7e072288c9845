"""The reference store's incomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.incomes.model import Income
    from core.shared.ids import WalletId
    from storage.memory.tables import Tables


class MemoryIncomes:
    """Implements `core.incomes.ports.Incomes`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def keep(self, wallet: WalletId, incomes: Sequence[Income]) -> int:
        kept = self._tables.incomes.setdefault(wallet, {})
        new = {income.ref for income in incomes} - kept.keys()
        kept |= {income.ref: income for income in incomes}
        return len(new)

    async def of(self, wallet: WalletId) -> tuple[Income, ...]:
        return tuple(sorted(self._tables.incomes.get(wallet, {}).values(), key=lambda one: (one.day, one.ref)))

    async def name_bid(self, wallet: WalletId, client: str, proposal: str) -> None:
        self._tables.named_bids.setdefault(wallet, {})[client] = proposal

    async def named_bids(self, wallet: WalletId) -> Mapping[str, str]:
        return {client: name for client, name in self._tables.named_bids.get(wallet, {}).items() if name}

    async def forget(self, wallet: WalletId) -> int:
        self._tables.named_bids.pop(wallet, None)
        return len(self._tables.incomes.pop(wallet, {}))
