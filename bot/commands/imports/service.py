"""The service that a command imports with."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.command.declaration import Call
    from core.imports.model import Answers, Imported, Page, Preview, UndoneImport
    from core.ledger.requests import Request
    from core.ledger.sightings import Batch
    from core.shared.ids import PersonId, WalletId


class ImportService(Protocol):
    """What commands need of the service of imports."""

    async def preview(self, wallet: WalletId, pages: Sequence[Page], answers: Answers, by: PersonId) -> Preview:
        """What would be booked."""
        ...

    async def book(self, request: Request, pages: Sequence[Page], answers: Answers, stamp: str) -> Imported:
        """Book what was shown under this stamp; refused (`BooksMoved`) if it would be something else by now."""
        ...

    async def undo(self, request: Request, number: int | None = None) -> UndoneImport:
        """Take an import back, the latest if no number is given."""
        ...

    async def batches(self, wallet: WalletId) -> tuple[Batch, ...]:
        """The imports of a wallet and their undos, oldest first."""
        ...


def imports_of(call: Call) -> ImportService:
    """The service on the books of a call."""
    service: ImportService = resolve_name("core.imports.service:Imports")(
        call.store, call.books.rulebook, call.books.clock
    )
    return service


async def may_import(call: Call, wallet: WalletId) -> bool:
    """Whether a wallet is somebody's own, or that of a group of which they are an admin."""
    group = await call.store.people.group_of(wallet)
    if group is None:
        own = await call.store.people.wallet_of(call.person.id)
        return own is not None and own.id == wallet
    return call.admins is not None and bool(await call.admins.is_admin(group, call.person.id))
