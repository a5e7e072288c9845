"""What links need from a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from core.ledger.ports import LedgerStore
from core.wallets.ports import PeopleStore

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.links.model import Link, LinkPlan, UnlinkPlan
    from core.shared.ids import PersonId
    from core.wallets.people import Wallet


class Links(Protocol):
    """Links between persons. Each of them is written whole or not at all, in one transaction."""

    async def link(self, plan: LinkPlan) -> Link | None:
        """Write a link: its steps, its settings, and who stands for whom since then.

        The wallet that it closes takes no more entries, and is found by nobody. Open claims of both on the same
        promotion fall to one (`core.promotions.merging`). None if the books, the settings or the persons are no longer
        those for which it was planned. Idempotent by the key of the link.
        """
        ...

    async def unlink(self, plan: UnlinkPlan) -> Link | None:
        """Undo a link, whose closed wallet is opened again; the link as it is then.

        None if the books or the persons are no longer those for which it was planned. Idempotent.
        """
        ...

    async def links_of(self, person: PersonId) -> tuple[Link, ...]:
        """The links that concern a person or anybody who is the same, undone ones included, oldest first."""
        ...

    async def groups_with(self, persons: Collection[PersonId]) -> tuple[Wallet, ...]:
        """The wallets of groups where any of these people is known: they wrote there, or its settings name them."""
        ...


class LinkStore(LedgerStore, PeopleStore, Protocol):
    """What the service needs from a store."""

    @property
    def links(self) -> Links:
        """Links between persons."""
        ...
