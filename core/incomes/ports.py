"""What incomes need from a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.incomes.model import Income
    from core.shared.ids import WalletId


class Incomes(Protocol):
    """What clients paid, for those who want it kept. It is no part of the sealed books, so it can be deleted."""

    async def keep(self, wallet: WalletId, incomes: Sequence[Income]) -> int:
        """Keep incomes; one of the same `ref` takes the place of the one before. Returns how many were not known."""
        ...

    async def of(self, wallet: WalletId) -> tuple[Income, ...]:
        """All incomes of a wallet, oldest first."""
        ...

    async def name_bid(self, wallet: WalletId, client: str, proposal: str) -> None:
        """Note which proposal, by its name such as "12", won a client (empty: nobody knows)."""
        ...

    async def named_bids(self, wallet: WalletId) -> Mapping[str, str]:
        """What was noted so: the proposals' names by the clients'."""
        ...

    async def forget(self, wallet: WalletId) -> int:
        """Delete all of it. Returns how many incomes there were."""
        ...


class IncomeStore(Protocol):
    """What the service needs from a store."""

    @property
    def incomes(self) -> Incomes:
        """What clients paid."""
        ...
