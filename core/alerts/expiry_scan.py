"""The scan for lots that expire soon, through an index: each is told of once, however often one looks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.expiring import expiring
from core.alerts.promotions import PROMOTION_ENDING
from core.ledger.model import Source
from core.wallets.settings import EXPIRY_DAYS, FARTHEST_EXPIRY_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.alerts.ports import AlertStore
    from core.ledger.model import Lot
    from core.ledger.ports import Expiring
    from core.shared.ids import WalletId
    from core.shared.ports import Clock

LOOKED: Final = "watch:expiring"
LAST_LOOK: Final = timedelta(days=400)
MOST_AT_ONCE: Final = 1000
SLICE: Final = 50


class ExpiryScan:
    """Looks for what expires soon, and leaves notices in the outbox."""

    def __init__(self, store: AlertStore, clock: Clock) -> None:
        """Look into `store`; the time is asked of `clock` and of nothing else."""
        self._store, self._clock = store, clock

    async def run(self) -> int:
        """Tell of lots that came within a mark of their expiry since the last look; gives the number of notices.

        Every day is a mark that somebody may have chosen. Looked at are, for each, only the lots that came within it
        since the last look, through the index of lots by their expiry; how far it was looked is kept, so that a machine
        that slept catches up.
        """
        now = self._clock.now()
        looked = await self._store.notes.note(LOOKED, now)
        told = 0
        for days in range(FARTHEST_EXPIRY_DAY, 0, -1):
            since = await self._first(days, now) if looked is None else datetime.fromisoformat(looked)
            told += await self._within(days, since, now)
        await self._store.notes.put_note(LOOKED, now.isoformat(), now + LAST_LOOK)
        return told

    async def _within(self, days: int, since: datetime, now: datetime) -> int:
        """Tell what came within so many days since a time."""
        ahead, told = timedelta(days=days), 0
        after, until = max(since + ahead, now), now + ahead
        while found := await self._found(after, until):
            told += await self._tell(chosen(found, days, now), days, now)
            after = found[-1].lot.expires or until
        return told

    async def _first(self, days: int, now: datetime) -> datetime:
        """Where the first look begins: where earlier versions, with a note for each mark, have ended."""
        if (looked := await self._store.notes.note(f"{LOOKED}:{days}", now)) is not None:
            return datetime.fromisoformat(looked)
        return now - timedelta(days=days) if days in EXPIRY_DAYS else now

    async def _found(self, after: datetime, until: datetime) -> tuple[Expiring, ...]:
        """The next lots that expire in a span; all of those that expire at one moment, or none of them."""
        limit = MOST_AT_ONCE
        found = await self._store.ledger.expiring(after, until, limit)
        while len(found) == limit and found[0].lot.expires == found[-1].lot.expires:
            limit *= 2
            found = await self._store.ledger.expiring(after, until, limit)
        if len(found) < limit:
            return found
        return tuple(one for one in found if one.lot.expires != found[-1].lot.expires)

    async def _tell(self, found: Sequence[Expiring], days: int, now: datetime) -> int:
        """One notice for all lots of a wallet that come to a mark together."""
        wallets: dict[WalletId, list[Lot]] = {}
        for wallet, lot, _ in found:
            if not await self._told_as_promotional(wallet, lot):
                wallets.setdefault(wallet, []).append(lot)
        notices = [expiring(wallet, lots, days) for wallet, lots in wallets.items()]
        told = 0
        for at in range(0, len(notices), SLICE):  # nobody who books meanwhile waits for all of them
            told += await self._store.outbox.notify(notices[at : at + SLICE], now)
        return told

    async def _told_as_promotional(self, wallet: WalletId, lot: Lot) -> bool:
        """Whether the daily look told of it already, by the promotion that it came out of."""
        if lot.source is not Source.PROMOTION:
            return False
        return bool(await self._store.outbox.deliveries(f"{PROMOTION_ENDING.code}:{wallet}:{lot.number}"))


def chosen(found: Iterable[Expiring], days: int, now: datetime) -> list[Expiring]:
    """Lots whose holder chose this mark, but those within the holder's next mark as well: that one speaks for both.

    Of a lot that came within the mark, the answer to what brought it said when it expires.
    """
    return [
        one
        for one in found
        if days in one.days
        and one.lot.expires is not None
        and one.lot.expires > now + nearer(one.days, days)
        and one.lot.issued < one.lot.expires - timedelta(days=days)
    ]


def nearer(marks: Iterable[int], days: int) -> timedelta:
    """The next mark after one."""
    return timedelta(days=max((mark for mark in marks if mark < days), default=0))
