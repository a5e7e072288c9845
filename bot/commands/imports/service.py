"""The service that a command imports with."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.command.declaration import Call
    from core.imports.model import Answers, Page, Preview
    from core.ledger.model import Receipt
    from core.ledger.requests import Request
    from core.ledger.sightings import Batch
    from core.shared.ids import PersonId, WalletId


class ImportService(Protocol):
    """What commands need of the service of imports."""

    async def preview(self, wallet: WalletId, pages: Sequence[Page], answers: Answers, by: PersonId) -> Preview:
        """What would be booked."""
        ...

    async def book(self, request: Request, pages: Sequence[Page], answers: Answers, stamp: str) -> Receipt:
        """Book what was shown under this stamp; refused (`BooksMoved`) if it would be something else by now."""
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
