"""The reference store's links between persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.wallets.named import people_in
from core.wallets.people import ChatRef, Wallet

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.links.model import Link, LinkPlan, UnlinkPlan
    from core.shared.ids import PersonId
    from storage.memory.tables import Tables


class MemoryLinks:
    """Implements `core.links.ports.Links`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def link(self, plan: LinkPlan) -> Link | None:
        raise NotImplementedError

    async def unlink(self, plan: UnlinkPlan) -> Link | None:
        raise NotImplementedError

    async def links_of(self, person: PersonId) -> tuple[Link, ...]:
        now = self._tables.into.get(person, person)
        theirs = {now, *(one for one, into in self._tables.into.items() if into == now)}
        return tuple(link for link in self._tables.links.values() if theirs & {link.kept, link.merged})

    async def groups_with(self, persons: Collection[PersonId]) -> tuple[Wallet, ...]:
        wanted = set(persons)
        groups = (book for _, book in sorted(self._tables.books.items()) if isinstance(book.owner, ChatRef))
        return tuple(
            Wallet(book.id, book.settings)
            for book in groups
            if wanted & (people_in(book.settings) | self._tables.members.get(book.id, {}).keys())
        )
