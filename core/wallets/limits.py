"""What was spent of the limits of a wallet, in the periods of the wallet's last entry."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, NewType, TypeAlias

from core.wallets.team import Period, person_now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.shared.ids import PersonId
    from core.wallets.settings import Settings
    from core.wallets.team import Lift, Limit, Same

TallyKey = NewType("TallyKey", str)
"""A limit by its id, and the person whose spends count: "3:7". Without a person, those of all together count: "3"."""
NEAR_PERCENT: Final = 80
"""Percent of a limit from which on it is nearly used up."""
NOTHING_SPENT: Final[Mapping[TallyKey, int]] = {}


def tally_key(limit: int, person: PersonId | None) -> TallyKey:
    """The spends of a person, or (None) of all together, that count for a limit."""
    return TallyKey(f"{limit}" if person is None else f"{limit}:{person}")


@dataclass(frozen=True, slots=True)
class Tally:
    """What counts for a limit, of the spends of somebody, and under which key.

    `period` is the place of its period among those of `Period`. So much spent (`near`) nearly uses it up.
    """

    key: TallyKey
    period: int
    near: int


TalliesByCurrency: TypeAlias = tuple[tuple[str, tuple[Tally, ...]], ...]
"""The currency "" stands for Connects."""


@dataclass(frozen=True)
class LimitRules:
    """The limits that were set, and who is whom since two persons were linked.

    Where a person's spends count is worked out once, because each spend asks for it.
    """

    every: tuple[Limit, ...]
    same: Same = ()

    def tallies(self, person: PersonId | None, *, boost: bool) -> TalliesByCurrency:
        """Where the spends of a person count, boosts or others (None: nobody knows whose they are)."""
        found = self._tallies.get((person, boost))
        if found is None:
            now = None if person is None else person_now(self.same, person)
            found = self._tallies[person, boost] = self._work_out(now, boost=boost)
        return found

    def _work_out(self, person: PersonId | None, *, boost: bool) -> TalliesByCurrency:
        found: defaultdict[str, list[Tally]] = defaultdict(list)
        for limit in self.every:
            concerned = person is not None if limit.each else limit.person in {None, person}
            if concerned and (boost or not limit.boosts):
                found[limit.currency].append(_tally(limit, person if limit.each else limit.person))
        return tuple((currency, tuple(tallies)) for currency, tallies in found.items())

    @cached_property
    def _tallies(self) -> dict[tuple[PersonId | None, bool], TalliesByCurrency]:
        return {}


def _tally(limit: Limit, person: PersonId | None) -> Tally:
    near = max(-(-limit.amount * NEAR_PERCENT // 100), 1)
    return Tally(tally_key(limit.id, person), tuple(Period).index(limit.period), near)


class Limits(NamedTuple):
    """The limits of a wallet, with what was spent of them in the periods of `at`, when its last entry was booked.

    What is not in `spent` was not spent of. `at` is None if nothing was booked. `near`: the last change may have
    brought one near its end, or beyond.
    """

    zone: str
    rules: LimitRules
    lifts: tuple[Lift, ...] = ()
    at: datetime | None = None
    spent: Mapping[TallyKey, int] = NOTHING_SPENT
    near: bool = False

    @property
    def terms(self) -> tuple[object, ...]:
        """What holds, whatever was spent."""
        return self.zone, self.rules, self.lifts


def limits_of(settings: Settings) -> Limits | None:
    """The limits that settings have, with nothing spent of them (None: there are none)."""
    team = settings.team
    return Limits(settings.zone, LimitRules(team.limits, team.same), team.lifts) if team.limits else None


def counted_alike(one: Settings, other: Settings) -> bool:
    """Whether the same is counted under both settings, whatever their limits allow."""
    return (one.zone, one.team.same, _what_counts(one)) == (other.zone, other.team.same, _what_counts(other))


def _what_counts(settings: Settings) -> set[tuple[object, ...]]:
    return {(one.id, one.period, one.person, one.each, one.currency, one.boosts) for one in settings.team.limits}
