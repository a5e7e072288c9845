"""One wallet of the reference store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.ledger.budget import after
from core.ledger.limits import recounted
from core.ledger.model import Budget, Entry, Kind, Lot, Posting, Snapshot, issues
from core.proposals.refs import order_of
from core.wallets.limits import limits_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.ledger.sightings import Batch
    from core.proposals.model import Proposal
    from core.proposals.ports import Cluster, Mark
    from core.shared.ids import WalletId
    from core.wallets.limits import Limits
    from core.wallets.people import Owner
    from core.wallets.settings import Settings


@dataclass(slots=True)
class Cards:
    """The cards of one wallet, by the ids of their clusters."""

    mark: Mark | None = None
    clusters: dict[int, Cluster] = field(default_factory=dict)

    @property
    def proposals(self) -> list[Proposal]:
        """All cards, newest first."""
        every = (card for cluster in self.clusters.values() for card in cluster.proposals)
        return sorted(every, key=order_of, reverse=True)


@dataclass(slots=True)
class Book:
    """Everything about one wallet. Its balance and its seal are those of the last entry.

    `closed`: nothing is booked there any more.
    """

    id: WalletId
    owner: Owner
    settings: Settings
    entries: list[Entry] = field(default_factory=list)
    lots: dict[int, Lot] = field(default_factory=dict)
    batches: list[Batch] = field(default_factory=list)
    cards: Cards = field(default_factory=Cards)
    low: bool = False
    budget: Budget | None = None
    limits: Limits | None = None
    closed: bool = False

    def set_settings(self, settings: Settings) -> None:
        """Replace the settings, and count again what was spent of the budget and of limits."""
        self.low = self.low and self.settings.threshold == settings.threshold
        self.settings, self.budget = settings, None
        if settings.budget is not None:
            self.budget = after(Budget(settings.budget, settings.zone), self.entries)
        last = self.entries[-1].at if self.entries else None
        self.limits = recounted(limits_of(settings), last, self.entries)

    def head(self, lots: Iterable[Lot]) -> Snapshot:
        """The wallet with some of its lots, in order of their numbers."""
        head = Snapshot(
            self.id,
            threshold=self.settings.threshold,
            low=self.low,
            budget=self.budget,
            lots=tuple(sorted(lots, key=lambda lot: lot.number)),
            feed=self.settings.team.feed,
            limits=self.limits,
        )
        if not self.entries:
            return head
        last = self.entries[-1]
        made = len(self.lots)
        return head._replace(entries=last.number, lots_made=made, balance=last.balance, seal=last.seal, at=last.at)

    def at(self, entries: Iterable[Entry]) -> dict[int, Lot]:
        """The lots as these entries leave them, which need not be all up to the last."""
        lots = {number: _empty(lot) for number, lot in self.lots.items()}
        for entry in entries:
            for home, beyond in entry.moves:
                lots[home.lot] = _moved(lots[home.lot], home, issue=issues(beyond.account))
        return lots

    def happened_by(self, moment: datetime) -> list[Entry]:
        """The entries that count for the lots at a moment.

        In a wallet where something was booked later than it happened, the past is as it is known in the end: what was
        valued later is drawn from before as well, and what was undone later never was.
        """
        if all(entry.happened is None for entry in self.entries):
            return [entry for entry in self.entries if entry.at <= moment]
        valued = {entry.number for entry in self.entries if entry.kind is Kind.VALUATION}
        earlier = {entry.number for entry in self.entries if entry.when <= moment}
        return [
            entry
            for entry in self.entries
            if entry.number in earlier | valued
            or entry.of in valued
            or (entry.kind is Kind.UNDO and entry.of in earlier)
        ]

    def referring(self, numbers: set[int]) -> tuple[Entry, ...]:
        """The entries that refer to these, and the entries that refer to those."""
        first = {entry.number for entry in self.entries if entry.of in numbers}
        return tuple(entry for entry in self.entries if entry.of in numbers | first)


def _moved(lot: Lot, leg: Posting, *, issue: bool) -> Lot:
    """The lot with a leg added. Unlike in `Lot.moved`, it may hold too few between two entries that belong together."""
    price, worth, size = lot.price, lot.worth, lot.size + leg.connects if issue else lot.size
    if leg.price is not None and price is not None and worth is not None:
        price, worth = price + leg.price if issue else price, worth + leg.price
    return lot._replace(size=size, left=lot.left + leg.connects, price=price, worth=worth)


def _empty(lot: Lot) -> Lot:
    return lot._replace(size=0, left=0, price=lot.nothing, worth=lot.nothing)


def touched_by(entries: Iterable[Entry]) -> tuple[int, ...]:
    """The numbers of the lots that entries moved, in the order of their first move."""
    return tuple(dict.fromkeys(leg.lot for entry in entries for leg in entry.postings))
