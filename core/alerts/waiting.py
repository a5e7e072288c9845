"""Which proposal somebody is asked about today: the one that has waited longest without news, and none too often."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.ledger.sightings import BatchKind, standing
from core.shared.calendar import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.alerts.ports import Waiting
    from core.ledger.sightings import Batch
    from core.shared.ids import WalletId
    from core.shared.ports import Notes

ASKED_AGAIN_AFTER: Final = timedelta(days=14)
"""How long nobody is asked about a proposal again."""
AT_MOST_EVERY: Final = timedelta(days=3)
"""How long nobody is asked about another one. Who bids daily would be asked every day."""
RECENT: Final = timedelta(days=60)
"""How old a proposal may be that was sent before the first import. A first import brings years of them."""
MOST_WAITING: Final = 200
"""How many proposals are looked at, the newest."""


def first_worthwhile(batches: tuple[Batch, ...], now: datetime) -> datetime | None:
    """From when on proposals must have been sent for somebody to be asked about them (None: all count)."""
    pages = standing(batches, BatchKind.HISTORY, BatchKind.PROPOSALS)
    return min(pages[0].at, now - RECENT) if pages else None


def to_ask(
    found: Iterable[Waiting], asked: Mapping[str, date], since: datetime | None, before: datetime, today: date
) -> tuple[Waiting, ...]:
    """The proposals about which somebody may be asked today, the one with the oldest news first.

    Without news means since `before`. One about which they were asked today already stays the first, so that a review
    that is run again says the same. None if they were asked on one of the days before.
    """
    waiting = [one for one in found if one.since <= before and (since is None or one.sent >= since)]
    if any(timedelta() < today - day < AT_MOST_EVERY for day in asked.values()):
        return ()
    fresh = [one for one in waiting if today - asked.get(one.ref, date.min) >= ASKED_AGAIN_AFTER]
    todays = [one for one in waiting if asked.get(one.ref) == today]
    return (*_oldest_first(todays), *_oldest_first(fresh))


def _oldest_first(proposals: Sequence[Waiting]) -> list[Waiting]:
    return sorted(proposals, key=lambda one: (one.since, one.sent, one.ref))


class AskedAbout:
    """Remembers about which proposals of a wallet somebody was asked within the last two weeks, and on which day."""

    def __init__(self, notes: Notes, wallet: WalletId) -> None:
        """Keep it in `notes`."""
        self._notes, self._name = notes, f"stale:{wallet}"

    async def days(self, now: datetime) -> Mapping[str, date]:
        """The day of each proposal, by its name."""
        text = await self._notes.note(self._name, now) or ""
        return {ref: date.fromisoformat(day) for day, ref in (line.split(" ", 1) for line in text.splitlines())}

    async def note(self, ref: str, today: date, now: datetime) -> None:
        """Somebody was asked about a proposal today, or has said that there is no news."""
        kept = {name: day for name, day in (await self.days(now)).items() if today - day < ASKED_AGAIN_AFTER}
        text = "\n".join(f"{day} {name}" for name, day in sorted((kept | {ref: today}).items()))
        await self._notes.put_note(self._name, text, now + ASKED_AGAIN_AFTER + DAY)
