"""The input of the functions with which the daily review finds the alerts that are due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.delivery.notice import Notice
from core.forecast.advice import LooseEnds
from core.forecast.coverage import Typing, spans_of
from core.forecast.monthly_lots import Facts, arrivals_in
from core.ledger.queries import available, cost_states
from core.shared.calendar import day_in
from core.shared.money import CostState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.alerts.ports import TeamWeek, Waiting
    from core.forecast.burn_rate import BurnRate
    from core.ledger.model import Entry, Snapshot
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Batch
    from core.wallets.settings import Alerts, Settings

OVERLAP: Final = timedelta(days=1)
"""How long before the due time of a review something may have fallen due that it still reports, because the review of
the day before may have been skipped: this happens when a wallet's time zone changes."""


class ReviewContext(NamedTuple):
    """What a review knows about one wallet.

    `entries` are what happened in the last weeks, oldest first; `began` is the start of its books, as far back as they
    were read. `since` is when this review was due. `rearmed` is when the runway alert was last re-armed, in ISO format
    (empty: never). `titles` gives the title of a promotion by the number of a lot that came from it. `batches` are the
    wallet's imports, and `waiting` the proposals about which somebody may be asked today. `ends` is what proposals
    leave open, as far as a recap is due, and `team` who spent what, as far as the summary of a team is.
    """

    wallet: Snapshot
    settings: Settings
    rulebook: Rulebook
    entries: tuple[Entry, ...]
    began: datetime
    burn_rate: BurnRate | None
    since: datetime
    now: datetime
    rearmed: str = ""
    titles: Mapping[int, str] = {}
    batches: tuple[Batch, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    ends: LooseEnds = LooseEnds()
    team: TeamWeek | None = None

    @property
    def alerts(self) -> Alerts:
        """The alert settings of the wallet."""
        return self.settings.alerts

    @property
    def zone(self) -> str:
        """The time zone of its holder."""
        return self.settings.zone

    @property
    def today(self) -> date:
        """The current date in that zone."""
        return day_in(self.zone, self.now)

    @property
    def connects(self) -> int:
        """The Connects that can be spent now."""
        return available(self.wallet.lots, self.now)

    @property
    def unknown_lots(self) -> frozenset[int]:
        """The numbers of the lots whose cost nobody has stated, as far as they are open or their beginning was read."""
        states = {lot.number: lot.cost_state for lot in self.wallet.lots} | cost_states(self.entries)
        return frozenset(number for number, state in states.items() if state is CostState.UNKNOWN)

    @property
    def monthly_facts(self) -> Facts:
        """What the monthly lots of the last weeks are found from."""
        arrivals = arrivals_in(self.entries)
        typing = Typing(self.began, max((day_in(self.zone, one.at) for one in arrivals), default=None))
        spans = spans_of(self.batches, typing, self.zone, self.now)
        return Facts(arrivals, spans, self.settings, self.rulebook, self.now)

    def fell_due(self, at: datetime) -> bool:
        """Whether a time has come that no earlier review has covered for certain."""
        return self.since - OVERLAP <= at <= self.now

    def notice(self, key: object, code: str, facts: Mapping[str, str | int]) -> Notice:
        """A notice to the wallet's holder; its key is made of the code, the wallet and `key`."""
        return Notice(f"{code}:{self.wallet.wallet}:{key}", code, facts, self.wallet.wallet)

    def snooze_over(self, code: str) -> datetime | None:
        """When the latest snooze of an alert ended (None: none has ended)."""
        return self.alerts.snooze_over(code, self.now)

    def snoozed(self, code: str) -> bool:
        """Whether an alert is snoozed now."""
        return self.alerts.snoozed_until(code, self.now) is not None
