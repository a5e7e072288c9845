"""What the summary of a team's week is made of: the daily review asks for it, and knows neither cards nor names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.imports.remembered import members_named
from core.alerts.ports import TeamWeek
from core.stats.team import TeamFigures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.shared.ids import WalletId
    from core.shared.ports import Clock
    from core.store import Store
    from core.wallets.team import Target


class TeamWeeks:
    """Implements `core.alerts.ports.TeamWeeks`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Read the books in `store`."""
        self._figures, self._notes, self._clock = TeamFigures(store, clock), store.notes, clock

    async def week(self, wallet: WalletId, days: tuple[date, date], targets: Sequence[Target]) -> TeamWeek:
        """What the week with this first and last day came to."""
        people = await members_named(self._notes, wallet, self._clock.now())
        report = await self._figures.report(wallet, days, people)
        return TeamWeek(report, await self._figures.bids(wallet, targets, people))
