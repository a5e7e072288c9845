"""What is looked for now and again, each through an index: what falls due is told once, however often one looks.

What was told is forgotten in time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.alerts import expiring
from core.people import EXPIRY_MARKS

if TYPE_CHECKING:
    from core.model import Lot, WalletId
    from core.ports import Clock, Store

LAST_LOOK: Final = timedelta(days=400)
MOST_AT_ONCE: Final = 1000
SLICE: Final = 50
KEPT: Final = timedelta(days=90)
"""How long after its end a notice is kept.

After that its key would be new, but it is not made again: that of `low` has the number of the entry that caused it,
which is booked once, and that of `expiring` a lot, which is told of up to 30 days before it expires and never after.
That of an announcement is the name of a note, which ends 90 days after it was written, or has the minute at which it
came again. Those of a promotion have its number, and what they tell falls due once.
"""
DOUBTS_KEPT: Final = timedelta(days=365)
ACTIONS_KEPT: Final = timedelta(days=365)


class Watch:
    """Looks, leaves notices in the outbox, and tidies it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Look into `store`; the time is asked of `clock` and of nothing else."""
        self._store, self._clock = store, clock

    async def expiring(self) -> int:
        """Tell of lots that came within a mark of their expiry since the last look; gives the number of notices.

        How far each mark was looked is kept, so that a machine that slept catches up, and a look that was cut short at
        `MOST_AT_ONCE` lots goes on at the next.
        """
        marks = zip(EXPIRY_MARKS, (*EXPIRY_MARKS[1:], 0), strict=True)
        return sum([await self._within(days, nearer) for days, nearer in marks])

    async def _within(self, days: int, nearer: int) -> int:
        """What came within `days`, and not within the next mark as well: that one speaks for both."""
        now, ahead, name = self._clock.now(), timedelta(days=days), f"watch:expiring:{days}"
        looked = await self._store.note(name, now)
        since = now - ahead if looked is None else datetime.fromisoformat(looked)
        after = max(since + ahead, now + timedelta(days=nearer))
        found, limit = await self._found(after, now + ahead)
        wallets: dict[WalletId, list[Lot]] = {}
        for wallet, lot in found:
            wallets.setdefault(wallet, []).append(lot)
        notices = [expiring(wallet, lots, days) for wallet, lots in wallets.items()]
        told = 0
        for at in range(0, len(notices), SLICE):  # nobody who books meanwhile waits for all of them
            told += await self._store.notify(notices[at : at + SLICE], now)
        last = found[-1][1].expires if len(found) == limit else None
        until = now if last is None else last - ahead - timedelta(microseconds=1)
        await self._store.put_note(name, until.isoformat(), now + LAST_LOOK)
        return told

    async def _found(self, after: datetime, until: datetime) -> tuple[tuple[tuple[WalletId, Lot], ...], int]:
        """Lots that expire in a span, and at how many it was cut short: never amid those that expire at one moment."""
        limit = MOST_AT_ONCE
        found = await self._store.expiring(after, until, limit)
        while len(found) == limit and found[0][1].expires == found[-1][1].expires:
            limit *= 2
            found = await self._store.expiring(after, until, limit)
        return found, limit

    async def tidy(self) -> None:
        """Give up what waits and is stale, also where nobody sends any more, and forget what was long ago."""
        now = self._clock.now()
        while await self._store.give_up(now, SLICE) == SLICE:  # nobody who books meanwhile waits for all of it
            pass
        while await self._store.forget_actions(now - ACTIONS_KEPT, SLICE) == SLICE:
            pass
        while await self._store.forget(now - KEPT, SLICE, doubts=now - DOUBTS_KEPT) == SLICE:
            pass
