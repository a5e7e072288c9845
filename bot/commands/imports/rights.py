"""Who may import into a wallet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from bot.command.declaration import UnfitError
from bot.command.permissions import PERMISSIONS, is_or_was, role_there
from bot.reply.parts import say
from core.wallets.team import Role

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from core.shared.ids import PersonId, WalletId


class ForWallet(Protocol):
    """A draft of whatever kind, which is for a wallet."""

    @property
    def id(self) -> str:
        """What its buttons name it by."""
        ...

    @property
    def wallet(self) -> WalletId:
        """The wallet into which it would be booked."""
        ...

    @property
    def person(self) -> PersonId:
        """Who sent the page."""
        ...

    def moved(self, wallet: WalletId, person: PersonId) -> Self:
        """The same for another wallet."""
        ...


D = TypeVar("D", bound=ForWallet)


async def may_import(call: Call, wallet: WalletId) -> bool:
    """Whether a wallet is somebody's own, or that of a group in which their role allows it."""
    if await call.store.people.group_of(wallet) is None:
        own = await call.store.people.wallet_of(call.person.id)
        return own is not None and own.id == wallet
    role = await role_there(call, wallet)
    return isinstance(role, Role) and PERMISSIONS["import"].allows(role, changes=True)


async def usable(call: Call, draft: D | None) -> tuple[D, bool]:
    """The draft, if whoever calls may book it, and whether it is for other books by now; UnfitError if it has ended.

    Whoever links their accounts, or unlinks them, has other books since then. What they had sent goes there.
    """
    here = draft is not None and call.wallet is not None and call.wallet.id == draft.wallet
    if draft is None or not (here if call.of_group else await is_or_was(call, draft.person)):
        raise UnfitError(say("import-ended"))
    if here or call.of_group:
        return draft, False
    if call.wallet is not None and await call.store.people.group_of(draft.wallet) is None:
        return draft.moved(call.wallet.id, call.person.id), True
    if not await may_import(call, draft.wallet):
        raise UnfitError(say("import-not-admin"))
    return draft, False
