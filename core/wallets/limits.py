"""What was spent of the limits of a wallet, each in the period of the wallet's last entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.shared.ids import PersonId
    from core.wallets.settings import Settings
    from core.wallets.team import Lift, Limit

Whose: TypeAlias = "tuple[int, PersonId | None]"
"""A limit by its id, and whose spends are counted (None: those of all together)."""


class Tally(NamedTuple):
    """What was spent of a limit since its period began, in the unit of the limit."""

    since: datetime
    spent: int


NOTHING_SPENT: Final[Mapping[Whose, Tally]] = {}


class Limits(NamedTuple):
    """The limits of a wallet, with what was spent of them.

    What has no tally was not spent of. A tally of a period that is over counts as none.
    """

    zone: str
    rules: tuple[Limit, ...]
    lifts: tuple[Lift, ...] = ()
    tallies: Mapping[Whose, Tally] = NOTHING_SPENT


def limits_of(settings: Settings) -> Limits | None:
    """The limits that settings have, with nothing spent of them (None: there are none)."""
    team = settings.team
    return Limits(settings.zone, team.limits, team.lifts) if team.limits else None


def counted_alike(one: Settings, other: Settings) -> bool:
    """Whether the same is counted under both settings, whatever their limits allow."""
    return (one.zone, _counted(one)) == (other.zone, _counted(other))


def _counted(settings: Settings) -> set[tuple[object, ...]]:
    return {(one.id, one.period, one.person, one.each, one.currency, one.boosts) for one in settings.team.limits}
