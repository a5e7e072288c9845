"""Several people on the wallet of a group: who may do what there, and how much anybody may spend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias, overload

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.shared.ids import PersonId


Same: TypeAlias = "tuple[tuple[PersonId, PersonId], ...]"
"""Who is whom since two persons were linked, as (formerly, now)."""


class Role(StrEnum):
    """What somebody is in a group. Whoever has been given no role is a member."""

    OWNER = "owner"
    """Decides who is what, about limits and about settings."""
    MANAGER = "manager"
    """Books what comes in, and sees money."""
    MEMBER = "member"
    """Books what is spent."""
    VIEWER = "viewer"
    """Sees and exports everything, and books nothing: an accountant."""
    MODERATOR = "moderator"
    """Decides about the claims that the group's members make on promotions."""


SEE_MONEY: Final = frozenset({Role.OWNER, Role.MANAGER, Role.VIEWER})
"""The roles that see figures in money, whatever the members see."""


class Period(StrEnum):
    """The calendar period of a limit, in the zone of the wallet. A week begins on a Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Act(StrEnum):
    """What happens to a spend that is over a limit."""

    WARN = "warn"
    """It is booked, and a warning is shown."""
    BLOCK = "block"
    """It is not booked, unless somebody says that it was spent already."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How much may be spent in a period, net of what came back of it.

    `id` counts from 1 within the wallet and names it to buttons. `amount` is in Connects, or with a `currency` in minor
    units of money, tax included. It holds for one `person`; with `each` for every member apart; with neither of them
    for all together. `boosts`: only boosts count.
    """

    id: int
    amount: int
    period: Period
    person: PersonId | None = None
    each: bool = False
    currency: str = ""
    boosts: bool = False
    act: Act = Act.WARN


@dataclass(frozen=True, slots=True)
class Lift:
    """What an owner allowed beyond a limit in one period, which began at `since`: so many more of its unit.

    `person` is whose it is (None: the limit is one for all together).
    """

    limit: int
    since: datetime
    amount: int
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """So many proposals are to be sent from the first day to the last, by one person or (None) by all together."""

    id: int
    bids: int
    first: date
    last: date
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Where each booking is shown: a chat, and a part of it by the platform's id (empty: the chat itself)."""

    platform: str
    chat: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """How a group's wallet is shared.

    `roles` are those that were given. `money`: members see figures in money, too. `weekly`: a summary is sent on
    Fridays. `made` counts the limits and targets that were ever made. `same`: who is whom since two persons were
    linked; what is counted for a person counts for the one that they are now.
    """

    roles: tuple[tuple[PersonId, Role], ...] = ()
    money: bool = False
    weekly: bool = False
    feed: Feed | None = None
    limits: tuple[Limit, ...] = ()
    lifts: tuple[Lift, ...] = ()
    targets: tuple[Target, ...] = ()
    made: int = 0
    same: Same = ()

    @overload
    def now(self, person: PersonId) -> PersonId: ...

    @overload
    def now(self, person: PersonId | None) -> PersonId | None: ...

    def now(self, person: PersonId | None) -> PersonId | None:
        """Who somebody is now (None: nobody)."""
        return None if person is None else person_now(self.same, person)

    def all_who_are(self, person: PersonId) -> tuple[PersonId, ...]:
        """A person, and all who are that person since they were linked."""
        return (person, *(formerly for formerly, now in self.same if now == person))

    @property
    def owned(self) -> bool:
        """Whether an owner was named. Until then, the platform's admins of the group are its owners."""
        return any(role is Role.OWNER for _, role in self.roles)


def person_now(same: Same, person: PersonId) -> PersonId:
    """Who somebody is now."""
    return next((now for formerly, now in same if formerly == person), person)


UNSHARED: Final = TeamSettings()
"""Nobody has said anything about it."""


def sees_money(team: TeamSettings, role: Role) -> bool:
    """Whether somebody with a role sees figures in money."""
    return team.money or role in SEE_MONEY


def role_in(team: TeamSettings, person: PersonId, *, admin: bool) -> Role:
    """What a person is in a group. `admin`: the platform says that they are an admin of it."""
    if admin and not team.owned:
        return Role.OWNER
    return dict(team.roles).get(team.now(person), Role.MEMBER)
