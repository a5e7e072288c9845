"""What the alerts ask of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from core.delivery.ports import OutboxStore
from core.ledger.ports import LedgerStore
from core.shared.ports import NoteStore
from core.wallets.ports import PeopleStore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from core.forecast.advice import LooseEnds
    from core.ledger.sightings import Batch
    from core.shared.ids import WalletId
    from core.team.model import TeamReport
    from core.wallets.team import Target


class AlertStore(LedgerStore, NoteStore, OutboxStore, PeopleStore, Protocol):
    """The parts of a store that the daily review and the expiry scan use."""


class Waiting(Protocol):
    """A proposal that nobody has answered."""

    @property
    def ref(self) -> str:
        """Its name in lines and buttons, such as "12"."""
        ...

    @property
    def title(self) -> str:
        """The title of its job."""
        ...

    @property
    def sent(self) -> datetime:
        """When it was sent."""
        ...

    @property
    def since(self) -> datetime:
        """When the last news of it is of."""
        ...


class TeamWeek(NamedTuple):
    """Who spent what in a week, and how many proposals were sent so far for each target, by its id."""

    report: TeamReport
    bids: Mapping[int, int]


class TeamWeeks(Protocol):
    """Knows who spent what of wallets that several people share."""

    async def week(self, wallet: WalletId, days: tuple[date, date], targets: Sequence[Target]) -> TeamWeek:
        """What the week with this first and last day came to."""
        ...


class WaitingProposals(Protocol):
    """Knows which proposals wait for an answer, and what they leave open."""

    async def stale(self, wallet: WalletId, before: datetime, limit: int) -> Sequence[Waiting]:
        """The newest proposals that were sent before a moment and have neither been answered nor ended."""
        ...

    async def loose_ends(self, wallet: WalletId, batches: Sequence[Batch]) -> LooseEnds:
        """What the proposals of a wallet with these imports leave open."""
        ...
