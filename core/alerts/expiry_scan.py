"""The scan for lots that expire soon, through an index. Each notice is sent once, however often the scan runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.types.expiring import expiring
from core.alerts.types.promotions import PROMOTION_ENDING
from core.ledger.model import Source
from core.shared.ports import LONGEST_NOTE
from core.wallets.settings import EXPIRY_DAYS, FARTHEST_EXPIRY_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.alerts.ports import AlertStore
    from core.ledger.model import Lot
    from core.ledger.ports import Expiring
    from core.shared.ids import WalletId
    from core.shared.ports import Clock

SCANNED_UNTIL: Final = "watch:expiring"
"""The note that keeps the time of the last scan."""
MOST_AT_ONCE: Final = 1000
SLICE: Final = 50


class ExpiryScan:
    """Finds lots that expire soon, and puts notices into the outbox."""

    def __init__(self, store: AlertStore, clock: Clock) -> None:
        """Scan the lots in `store`; `clock` is the only source of the time."""
        self._store, self._clock = store, clock

    async def run(self) -> int:
        """Notify the holders of lots that have come near their expiry; returns the number of notices.

        Somebody may have chosen any number of days before an expiry. For each number, the scan reads only the lots that
        have reached it since the last scan. The time of the last scan is kept, so that after a downtime it catches up.
        """
        now = self._clock.now()
        last = await self._store.notes.note(SCANNED_UNTIL, now)
        notified = 0
        for days in range(FARTHEST_EXPIRY_DAY, 0, -1):
            since = await self._first_since(days, now) if last is None else datetime.fromisoformat(last)
            notified += await self._scan(days, since, now)
        await self._store.notes.put_note(SCANNED_UNTIL, now.isoformat(), now + LONGEST_NOTE)
        return notified

    async def _scan(self, days: int, since: datetime, now: datetime) -> int:
        """Notify the holders of lots that have come within so many days of their expiry since a time."""
        ahead, notified = timedelta(days=days), 0
        after, until = max(since + ahead, now), now + ahead
        while found := await self._next_batch(after, until):
            notified += await self._notify(chosen(found, days, now), days, now)
            after = found[-1].lot.expires or until
        return notified

    async def _first_since(self, days: int, now: datetime) -> datetime:
        """Where the first scan begins: where earlier versions, with a note for each number of days, ended."""
        if (last := await self._store.notes.note(f"{SCANNED_UNTIL}:{days}", now)) is not None:
            return datetime.fromisoformat(last)
        return now - timedelta(days=days) if days in EXPIRY_DAYS else now

    async def _next_batch(self, after: datetime, until: datetime) -> tuple[Expiring, ...]:
        """The next lots that expire in a span. Lots that expire at the same moment are never split between batches."""
        limit = MOST_AT_ONCE
        found = await self._store.ledger.expiring(after, until, limit)
        while len(found) == limit and found[0].lot.expires == found[-1].lot.expires:
            limit *= 2
            found = await self._store.ledger.expiring(after, until, limit)
        if len(found) < limit:
            return found
        return tuple(item for item in found if item.lot.expires != found[-1].lot.expires)

    async def _notify(self, found: Sequence[Expiring], days: int, now: datetime) -> int:
        """Store one notice for all the lots of a wallet that are due together; returns the number of notices."""
        wallets: dict[WalletId, list[Lot]] = {}
        for wallet, lot, _ in found:
            if not await self._sent_as_promotional(wallet, lot):
                wallets.setdefault(wallet, []).append(lot)
        notices = [expiring(wallet, lots, days) for wallet, lots in wallets.items()]
        notified = 0
        for at in range(0, len(notices), SLICE):  # a booking made meanwhile waits for one slice, not for all of them
            notified += await self._store.outbox.notify(notices[at : at + SLICE], now)
        return notified

    async def _sent_as_promotional(self, wallet: WalletId, lot: Lot) -> bool:
        """Whether the daily review has already sent a notice of the lot under the name of its promotion."""
        if lot.source is not Source.PROMOTION:
            return False
        return bool(await self._store.outbox.deliveries(f"{PROMOTION_ENDING.code}:{wallet}:{lot.number}"))


def chosen(found: Iterable[Expiring], days: int, now: datetime) -> list[Expiring]:
    """The lots to announce so many days ahead, because their holder chose that number of days.

    A lot that is already within a smaller number that its holder chose is left out, because one notice is enough. So is
    a lot that was issued with fewer days left: the reply to the entry that issued it gave its expiry.
    """
    return [
        item
        for item in found
        if days in item.days
        and item.lot.expires is not None
        and item.lot.expires > now + next_smaller(item.days, days)
        and item.lot.issued < item.lot.expires - timedelta(days=days)
    ]


def next_smaller(choices: Iterable[int], days: int) -> timedelta:
    """The largest of some numbers of days that is less than `days` (0 if there is none)."""
    return timedelta(days=max((choice for choice in choices if choice < days), default=0))
