"""Who may import into a wallet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from core.shared.ids import WalletId


async def may_import(call: Call, wallet: WalletId) -> bool:
    """Whether a wallet is somebody's own, or that of a group of which they are an admin."""
    group = await call.store.people.group_of(wallet)
    if group is None:
        own = await call.store.people.wallet_of(call.person.id)
        return own is not None and own.id == wallet
    return call.admins is not None and bool(await call.admins.is_admin(group, call.person.id))
