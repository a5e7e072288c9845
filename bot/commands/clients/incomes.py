"""What is kept of incomes: in this wallet, and in those that were closed when its person linked their accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from core.incomes.model import Income
    from core.shared.ids import WalletId


async def kept_incomes(call: Call) -> tuple[Income, ...]:
    """All incomes, oldest first. What is kept in several wallets is one income."""
    every = [one for wallet in reversed(await _wallets(call)) for one in await call.store.incomes.of(wallet)]
    return tuple(sorted({one.ref: one for one in every}.values(), key=lambda one: one.day))


async def forget_incomes(call: Call) -> int:
    """Delete all of it. Returns how many incomes there were."""
    found = len(await kept_incomes(call))
    for wallet in await _wallets(call):
        await call.store.incomes.forget(wallet)
    return found


async def _wallets(call: Call) -> tuple[WalletId, ...]:
    own = call.open_wallet.id
    if call.of_group:
        return (own,)
    links = await call.store.links.links_of(call.person.id)
    return (own, *(link.closed.wallet for link in links if link.closed is not None and link.undone is None))
