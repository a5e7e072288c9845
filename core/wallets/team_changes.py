"""Changes of how a wallet is shared: who has which role, where the feed goes, limits, lifts and targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.shared.refusals import OutOfRange, Refusal, Unknown
from core.wallets.team import Role

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ids import PersonId
    from core.wallets.team import Feed, Lift, Limit, Target, TeamSettings

MOST_KEPT: Final = 30
"""How many limits, and how many targets, a wallet can have."""
LIFTS_KEPT: Final = timedelta(days=62)
"""How long it is remembered what was allowed beyond a limit, after its period began: two months at most matter."""


def with_role(team: TeamSettings, person: PersonId, role: Role) -> TeamSettings | None:
    """The settings after somebody was given a role; None if no owner would be left, where there was one."""
    others = tuple(one for one in team.roles if one[0] != person)
    given = others if role is Role.MEMBER else tuple(sorted((*others, (person, role))))
    changed = replace(team, roles=given)
    return None if team.owned and not changed.owned else changed


def without_owners(team: TeamSettings) -> TeamSettings:
    """The settings with no owner named, so that the platform's admins are the owners again."""
    return replace(team, roles=tuple(one for one in team.roles if one[1] is not Role.OWNER))


def without_feed(team: TeamSettings, lost: Feed) -> TeamSettings:
    """How a wallet is shared once nothing can be shown in this place any more."""
    return replace(team, feed=None) if team.feed == lost else team


def without_feed_in(team: TeamSettings, platform: str, chat: str) -> TeamSettings:
    """How a wallet is shared once this chat no longer uses it."""
    there = team.feed is not None and (team.feed.platform, team.feed.chat) == (platform, chat)
    return replace(team, feed=None) if there else team


def feed_moved(team: TeamSettings, platform: str, old: str, new: str) -> TeamSettings:
    """How a wallet is shared once the chat `old` has become the chat `new`."""
    feed = team.feed
    if feed is None or (feed.platform, feed.chat) != (platform, old):
        return team
    return replace(team, feed=replace(feed, chat=new))


def same_subject(one: Limit, other: Limit) -> bool:
    """Whether two limits are about the same: one of them takes the place of the other."""
    return _subject(one) == _subject(other)


def _subject(limit: Limit) -> tuple[object, ...]:
    return limit.person, limit.each, limit.period, limit.currency, limit.boosts


def with_limit(team: TeamSettings, wanted: Limit) -> TeamSettings | Refusal:
    """The settings with a limit, which takes the place of the one with its id, and of those about the same.

    One with the id 0 is new, unless there is one about the same already: that keeps its id.
    """
    alike = next((one.id for one in team.limits if same_subject(one, wanted)), 0)
    number = wanted.id or alike or team.made + 1
    kept = tuple(one for one in team.limits if one.id != number and not same_subject(one, wanted))
    if len(kept) >= MOST_KEPT:
        return OutOfRange("limits", len(kept) + 1, 0, MOST_KEPT)
    limits = sorted((*kept, replace(wanted, id=number)), key=lambda one: one.id)
    known = {one.id for one in limits}
    lifts = tuple(lift for lift in team.lifts if lift.limit in known)
    return replace(team, limits=tuple(limits), lifts=lifts, made=max(team.made, number))


def without_limits(team: TeamSettings, *numbers: int) -> TeamSettings:
    """The settings without these limits, and without what was allowed beyond them."""
    gone = set(numbers)
    return replace(
        team,
        limits=tuple(one for one in team.limits if one.id not in gone),
        lifts=tuple(lift for lift in team.lifts if lift.limit not in gone),
    )


def with_lift(team: TeamSettings, lift: Lift, now: datetime) -> TeamSettings | Refusal:
    """The settings with more allowed beyond a limit. What was allowed long ago is forgotten."""
    if all(one.id != lift.limit for one in team.limits):
        return Unknown("limit", str(lift.limit))
    kept = tuple(one for one in team.lifts if one.since > now - LIFTS_KEPT)
    return replace(team, lifts=(*kept, lift))


def with_target(team: TeamSettings, wanted: Target) -> TeamSettings | Refusal:
    """The settings with a target, which takes the place of one for the same person and the same days."""
    alike = next((one.id for one in team.targets if _days(one) == _days(wanted)), 0)
    number = wanted.id or alike or team.made + 1
    kept = tuple(one for one in team.targets if one.id != number and _days(one) != _days(wanted))
    if len(kept) >= MOST_KEPT:
        return OutOfRange("targets", len(kept) + 1, 0, MOST_KEPT)
    targets = sorted((*kept, replace(wanted, id=number)), key=lambda one: one.id)
    return replace(team, targets=tuple(targets), made=max(team.made, number))


def _days(target: Target) -> tuple[object, ...]:
    return target.person, target.first, target.last


def without_targets(team: TeamSettings, *numbers: int) -> TeamSettings:
    """The settings without these targets."""
    return replace(team, targets=tuple(one for one in team.targets if one.id not in numbers))
