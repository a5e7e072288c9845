"""The links' service: a preview, then one link that writes exactly what it showed, and its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from core.ledger.seal import new_secret
from core.links.preview import UNANSWERED

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.ledger.ports import Ledger
    from core.ledger.rulebook import Rulebook
    from core.links.model import Accounts, Link
    from core.links.ports import Links
    from core.links.preview import LinkAnswers, Linked, LinkPreview, OnTop, Unlinked
    from core.shared.ids import LinkId, PersonId
    from core.shared.ports import Clock
    from core.wallets.ports import Directory


class LinkStore(Protocol):
    """What links need from a store."""

    @property
    def ledger(self) -> Ledger:
        """The journal and its projections."""
        ...

    @property
    def people(self) -> Directory:
        """People, chats, wallets and their settings."""
        ...

    @property
    def links(self) -> Links:
        """Links between persons."""
        ...


class LinkService:
    """Makes one person of two, and two of one again. Refusals are raised as `RefusedError`."""

    def __init__(
        self, store: LinkStore, rulebook: Rulebook, clock: Clock, secret: Callable[[], str] = new_secret
    ) -> None:
        """Link in `store`, by the figures of `rulebook`; `secret` gives each change the secret of its texts."""
        self._store, self.rulebook, self.clock, self._secret = store, rulebook, clock, secret

    async def preview(
        self, one: PersonId, other: PersonId, accounts: Accounts | None = None, answers: LinkAnswers = UNANSWERED
    ) -> LinkPreview:
        """What linking two persons would do now, in whatever order they are given.

        `accounts` is what somebody said of their wallets (None: not asked yet). It does not count if only one of them
        has books. Refused as `SamePerson`, `LinkedAlready` or `TwoAccountsAlready`.
        """
        raise NotImplementedError

    async def link(
        self, one: PersonId, other: PersonId, accounts: Accounts | None, answers: LinkAnswers, *, stamp: str, key: str
    ) -> Linked:
        """Link as the preview with this stamp showed, all of it or nothing.

        If something else would be shown by now, it is refused (`BooksMoved`). The same key links once.
        """
        raise NotImplementedError

    async def standing(self, person: PersonId) -> tuple[Link, ...]:
        """The links of a person that stand, oldest first. Only the last of them can be undone."""
        raise NotImplementedError

    async def on_top(self, link: Link) -> OnTop:
        """What was booked and linked since, on top of a link."""
        raise NotImplementedError

    async def unlink(self, person: PersonId, number: LinkId, key: str) -> Unlinked:
        """Undo a link of a person. Idempotent: one that is undone already is only shown (`replayed`).

        Refused as `Unknown` if it is not theirs, as `LinkBuiltOn` if something is on top of it.
        """
        raise NotImplementedError
