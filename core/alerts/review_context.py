"""What is known of one wallet on a morning, for the functions that say what is told of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.delivery.notice import Notice
from core.ledger.queries import available
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.alerts.forecast import Pace
    from core.ledger.model import Entry, Snapshot
    from core.ledger.rulebook import Rulebook
    from core.wallets.settings import Alerts, Settings

MADE_GOOD: Final = timedelta(days=1)
"""How long before a look something may have fallen due that it tells of: another one may have been left out, as where
a wallet's zone was changed."""


class Facts(NamedTuple):
    """What is known of one wallet on a morning.

    `entries` are those of the last weeks, oldest first; `began` is when its books begin, as far as they were read.
    `since` is when this look was due. `armed` is when it was last armed again to warn that Connects will not last long.
    `titles` names the promotions that lots came out of.
    """

    wallet: Snapshot
    settings: Settings
    book: Rulebook
    entries: tuple[Entry, ...]
    began: datetime
    pace: Pace | None
    since: datetime
    now: datetime
    armed: str = ""
    titles: Mapping[int, str] = {}

    @property
    def alerts(self) -> Alerts:
        """What its holder wants to hear."""
        return self.settings.alerts

    @property
    def zone(self) -> str:
        """Where its holder lives."""
        return self.settings.zone

    @property
    def today(self) -> date:
        """Which day it is there."""
        return day_in(self.zone, self.now)

    @property
    def connects(self) -> int:
        """What can be spent."""
        return available(self.wallet.lots, self.now)

    def fell(self, at: datetime) -> bool:
        """Whether something fell due that no look has told of yet."""
        return self.since - MADE_GOOD <= at <= self.now

    def notice(self, key: object, code: str, facts: Mapping[str, str | int]) -> Notice:
        """A notice of this wallet under a key of its code."""
        return Notice(f"{code}:{self.wallet.wallet}:{key}", code, facts, self.wallet.wallet)

    def snooze_over(self, code: str) -> datetime | None:
        """When a time in which nothing of a code was to be heard ended, if one did."""
        return self.alerts.snooze_over(code, self.now)

    def snoozed(self, code: str) -> bool:
        """Whether nothing of a code is to be heard at present."""
        return self.alerts.snoozed_until(code, self.now) is not None
