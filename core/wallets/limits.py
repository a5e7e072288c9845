"""What was spent of the limits of a wallet, each in the period of its last spend."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ids import PersonId
    from core.wallets.team import Lift, Limit


class Tally(NamedTuple):
    """What was spent of a limit since its period began, in the unit of the limit: by one person, or (None) by all."""

    limit: int
    since: datetime
    spent: int
    person: PersonId | None = None


class Limits(NamedTuple):
    """The limits of a wallet, with what was spent of them. A limit without a tally has not been spent of."""

    zone: str
    rules: tuple[Limit, ...]
    lifts: tuple[Lift, ...] = ()
    tallies: tuple[Tally, ...] = ()
