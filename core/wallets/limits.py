"""What was spent of the limits of a wallet, in the periods of the wallet's last entry."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, NewType

from core.wallets.team import Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.shared.ids import PersonId
    from core.wallets.settings import Settings
    from core.wallets.team import Lift, Limit

Whose = NewType("Whose", str)
"""A limit by its id, and the person whose spends count: "3:7". Without a person, those of all together count: "3"."""
NEAR_PERCENT: Final = 80
"""Percent of a limit from which on it is nearly used up."""
NOTHING_SPENT: Final[Mapping[Whose, int]] = {}


def whose(limit: int, person: PersonId | None) -> Whose:
    """The spends of a person, or (None) of all together, that count for a limit."""
    return Whose(f"{limit}" if person is None else f"{limit}:{person}")


class Counted(NamedTuple):
    """A limit for which the spends of somebody count.

    `period` is the place of its period among those of `Period`. So much spent (`near`) nearly uses it up.
    """

    whose: Whose
    currency: str
    boosts: bool
    period: int
    near: int


class Rules(tuple["Limit", ...]):  # noqa: SLOT001 - it keeps what it has worked out
    """The limits of a wallet. Which of them concern a person is worked out once, because each spend asks for it."""

    def concerning(self, person: PersonId | None) -> tuple[Counted, ...]:
        """The limits for which the spends of a person count (None: nobody knows whose they are)."""
        found = self._known.get(person)
        if found is None:
            found = self._known[person] = tuple(
                _counted(rule, person if rule.each else rule.person)
                for rule in self
                if (person is not None if rule.each else rule.person in {None, person})
            )
        return found

    @cached_property
    def _known(self) -> dict[PersonId | None, tuple[Counted, ...]]:
        return {}


def _counted(rule: Limit, person: PersonId | None) -> Counted:
    near = max(-(-rule.amount * NEAR_PERCENT // 100), 1)
    return Counted(whose(rule.id, person), rule.currency, rule.boosts, tuple(Period).index(rule.period), near)


class Limits(NamedTuple):
    """The limits of a wallet, with what was spent of them in the periods of `at`, when its last entry was booked.

    What is not in `spent` was not spent of. `at` is None if nothing was booked. `pressed`: the last change may have
    brought one near its end, or beyond.
    """

    zone: str
    rules: Rules
    lifts: tuple[Lift, ...] = ()
    at: datetime | None = None
    spent: Mapping[Whose, int] = NOTHING_SPENT
    pressed: bool = False

    @property
    def terms(self) -> tuple[object, ...]:
        """What holds, whatever was spent."""
        return self.zone, self.rules, self.lifts


def limits_of(settings: Settings) -> Limits | None:
    """The limits that settings have, with nothing spent of them (None: there are none)."""
    team = settings.team
    return Limits(settings.zone, Rules(team.limits), team.lifts) if team.limits else None


def counted_alike(one: Settings, other: Settings) -> bool:
    """Whether the same is counted under both settings, whatever their limits allow."""
    return (one.zone, _what_counts(one)) == (other.zone, _what_counts(other))


def _what_counts(settings: Settings) -> set[tuple[object, ...]]:
    return {(one.id, one.period, one.person, one.each, one.currency, one.boosts) for one in settings.team.limits}
