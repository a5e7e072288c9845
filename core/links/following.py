"""What follows a person when two become one: settings of wallets, what groups said of them, and announcements.

An undo puts back only what still stands as the link left it: what somebody has changed since then is meant.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from core.delivery.reach import is_reached
from core.links.model import LinkedSettings, LinkedSubscriptions
from core.shared.names import folded
from core.wallets.settings import Alerts, Settings
from core.wallets.team import Act, Role
from core.wallets.team_changes import same_subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from core.delivery.notice import Subscription
    from core.links.model import Link
    from core.shared.ids import PersonId, WalletId
    from core.wallets.people import Wallet
    from core.wallets.team import Lift, Limit, Target, TeamSettings

RANKS: Final = (Role.OWNER, Role.MANAGER, Role.MODERATOR, Role.VIEWER, Role.MEMBER)
"""Of two roles, the one that comes first is kept. One that was given counts more than that of all others."""
UNSET: Final = Settings()
Record = TypeVar("Record", Settings, Alerts)
Key = TypeVar("Key")
Value = TypeVar("Value")


class PersonMerge(NamedTuple):
    """Who becomes whom: `persons` are `kept` from now on."""

    persons: tuple[PersonId, ...]
    kept: PersonId

    def now(self, person: PersonId) -> PersonId:
        """Who a person is from now on."""
        return self.kept if person in self.persons else person


def whose_books(links: Iterable[Link], own: PersonId, at: datetime) -> PersonId:
    """Whose books were behind the chats of a person at a moment: their own, or those of whom they were linked with.

    The moment may be of the second before, as tokens of buttons are.
    """
    for link in links:
        until = None if link.undone is None else link.undone.replace(microsecond=0)
        if own in link.persons and link.at.replace(microsecond=0) <= at and (until is None or at < until):
            return link.kept
    return own


def settings_linked(
    who: PersonMerge, kept: Wallet | None, merged: Wallet | None, groups: Iterable[Wallet], unset: Settings = UNSET
) -> tuple[LinkedSettings, ...]:
    """The settings that a link changes: those of the kept wallet, and those of groups that know one of the merged.

    `unset` are those with which a wallet is opened.
    """
    found = []
    if kept is not None and merged is not None:
        own = _taken_over(kept.settings, merged.settings, unset)
        found.append(LinkedSettings(kept.id, kept.settings, replace(own, team=_team_linked(own.team, who))))
    found += [LinkedSettings(one.id, one.settings, group_linked(one.settings, who)) for one in groups]
    return tuple(one for one in found if one.before != one.after)


def group_linked(settings: Settings, who: PersonMerge) -> Settings:
    """A group's settings, once people in it are somebody else."""
    alerts, person = settings.alerts, settings.alerts.person
    alerts = alerts if person is None else replace(alerts, person=who.now(person))
    return replace(settings, alerts=alerts, team=_team_linked(settings.team, who))


def settings_unlinked(link: Iterable[LinkedSettings], now: Mapping[WalletId, Settings]) -> tuple[LinkedSettings, ...]:
    """The settings that an undo changes, by what they are now; a wallet that is gone has none to put back."""
    stand = [(one, now[one.wallet]) for one in link if one.wallet in now]
    found = [LinkedSettings(one.wallet, there, _put_back(one.before, one.after, there)) for one, there in stand]
    return tuple(one for one in found if one.before != one.after)


def subscriptions_linked(kept: Iterable[Subscription], merged: Iterable[Subscription]) -> LinkedSubscriptions | None:
    """What becomes of the subscriptions of both persons' private chats (None: at most one of them has any).

    Of those where something can be sent, the newest stays: whoever moves to another platform subscribes there again.
    """
    before = (*kept, *merged)
    if len(before) <= 1:
        return None
    stays = max(before, key=lambda one: (one.is_reached, one.since))
    wanted = [one.tags for one in before if is_reached(one.gone) == stays.is_reached]
    return LinkedSubscriptions(before, stays._replace(tags=_tags_of_all(wanted)))


def subscriptions_unlinked(link: LinkedSubscriptions, now: Collection[Subscription]) -> tuple[Subscription, ...]:
    """The subscriptions that an undo stores again, by those that both persons' private chats have now.

    If the one that was kept was dropped or changed since then, it stays so, and the others come back.
    """
    stands = {one.target: one for one in now}
    found = []
    for one in link.before:
        there = stands.get(one.target)
        if one.target != link.after.target:
            found += [one] if there is None else []
        elif there is not None and there.tags == link.after.tags:
            found.append(there._replace(tags=one.tags))
    return tuple(found)


def _taken_over(kept: Settings, merged: Settings, unset: Settings) -> Settings:
    """The kept settings, with those of the merged wallet where nobody has chosen any."""
    chosen = _filled(kept, merged, unset)
    alerts = _filled(kept.alerts, merged.alerts, unset.alerts)
    known = {code for code, _ in kept.alerts.snoozed}
    snoozed = (*kept.alerts.snoozed, *(one for one in merged.alerts.snoozed if one[0] not in known))
    figures = kept.figures if kept.figures != unset.figures else merged.figures
    return replace(chosen, alerts=replace(alerts, snoozed=snoozed), figures=figures, team=kept.team)


def _filled(kept: Record, merged: Record, unset: Record) -> Record:
    names = [one.name for one in fields(kept)]
    default = {name: getattr(merged, name) for name in names if getattr(kept, name) == getattr(unset, name)}
    return replace(kept, **default)


def _tags_of_all(wanted: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The tags of a subscription that gets what any of them gets."""
    lists = [{folded(tag): tag for tag in tags} for tags in wanted]
    if any(not tags for tags in lists):
        return ()
    named = {known: tag for tags in lists for known, tag in tags.items() if not known.startswith("-")}
    if all(any(not known.startswith("-") for known in tags) for tags in lists):
        return tuple(named.values())
    without = [tags for tags in lists if all(known.startswith("-") for known in tags)]
    shunned = {known: tag for known, tag in without[0].items() if all(known in tags for tags in without)}
    return tuple(tag for known, tag in shunned.items() if known.removeprefix("-") not in named)


def _team_linked(team: TeamSettings, who: PersonMerge) -> TeamSettings:
    """How a wallet is shared, once people are somebody else."""
    limits = _limits_linked(team, who)
    kept = {one.id for one in limits}
    lifts = tuple(replace(one, person=_now(one.person, who)) for one in team.lifts if one.limit in kept)
    pairs = {formerly: who.now(now) for formerly, now in team.same} | dict.fromkeys(who.persons, who.kept)
    return replace(
        team,
        roles=_roles_linked(team, who),
        limits=limits,
        lifts=lifts,
        targets=_targets_linked(team, who),
        same=tuple(sorted(pairs.items())),
    )


def _now(person: PersonId | None, who: PersonMerge) -> PersonId | None:
    return None if person is None else who.now(person)


def _roles_linked(team: TeamSettings, who: PersonMerge) -> tuple[tuple[PersonId, Role], ...]:
    found: dict[PersonId, Role] = {}
    for person, role in team.roles:
        now = who.now(person)
        found[now] = min(found.get(now, role), role, key=RANKS.index)
    return tuple(sorted(found.items()))


def _limits_linked(team: TeamSettings, who: PersonMerge) -> tuple[Limit, ...]:
    """The limits; of two that are about the same by now, the one that allows less."""
    found: list[Limit] = []
    for limit in sorted(team.limits, key=lambda one: (one.amount, one.act is not Act.BLOCK, one.id)):
        moved = replace(limit, person=_now(limit.person, who))
        if not any(same_subject(moved, other) for other in found):
            found.append(moved)
    return tuple(sorted(found, key=lambda one: one.id))


def _targets_linked(team: TeamSettings, who: PersonMerge) -> tuple[Target, ...]:
    """The targets; of two for the same person and days, the higher one."""
    found: dict[tuple[object, ...], Target] = {}
    for target in sorted(team.targets, key=lambda one: -one.bids):
        moved = replace(target, person=_now(target.person, who))
        found.setdefault((moved.person, moved.first, moved.last), moved)
    order = {one.id: place for place, one in enumerate(team.targets)}
    return tuple(sorted(found.values(), key=lambda one: order[one.id]))


def _put_back(before: Settings, after: Settings, now: Settings) -> Settings:
    """Settings as they are now, with what still stands as the link left it as it was before."""
    if now == after:
        return before
    alerts = _fields_back(before.alerts, after.alerts, now.alerts)
    snoozed = _items_back(dict(before.alerts.snoozed), dict(after.alerts.snoozed), dict(now.alerts.snoozed))
    return replace(
        _fields_back(before, after, now),
        alerts=replace(alerts, snoozed=tuple(snoozed.items())),
        figures=before.figures if now.figures == after.figures else now.figures,
        team=_team_back(before.team, after.team, now.team),
    )


def _fields_back(before: Record, after: Record, now: Record) -> Record:
    names = [one.name for one in fields(now)]
    return replace(now, **{name: getattr(before, name) for name in names if getattr(now, name) == getattr(after, name)})


def _items_back(before: Mapping[Key, Value], after: Mapping[Key, Value], now: Mapping[Key, Value]) -> dict[Key, Value]:
    """The items of now, with those of before that a link changed and nobody has changed since."""
    moved = [key for key in {**before, **after} if before.get(key) != after.get(key) and now.get(key) == after.get(key)]
    kept = {key: value for key, value in now.items() if key not in moved}
    return kept | {key: before[key] for key in moved if key in before}


def _team_back(before: TeamSettings, after: TeamSettings, now: TeamSettings) -> TeamSettings:
    limits = _items_back(*({one.id: one for one in team.limits} for team in (before, after, now)))
    targets = _items_back(*({one.id: one for one in team.targets} for team in (before, after, now)))
    return replace(
        now,
        roles=_roles_back(*(dict(team.roles) for team in (before, after, now))),
        limits=tuple(limits[number] for number in sorted(limits)),
        lifts=_lifts_back(before, after, now, limits),
        targets=tuple(targets[number] for number in sorted(targets)),
        same=tuple(sorted(_items_back(*(dict(team.same) for team in (before, after, now))).items())),
    )


def _roles_back(
    before: Mapping[PersonId, Role], after: Mapping[PersonId, Role], now: Mapping[PersonId, Role]
) -> tuple[tuple[PersonId, Role], ...]:
    """The roles. If one that the link changed was changed since, none comes back: what was taken away stays so."""
    moved = [person for person in {**before, **after} if before.get(person) != after.get(person)]
    stand = all(now.get(person) == after.get(person) for person in moved)
    return tuple(sorted(_items_back(before, after, now).items() if stand else now.items()))


def _lifts_back(
    before: TeamSettings, after: TeamSettings, now: TeamSettings, limits: Mapping[int, Limit]
) -> tuple[Lift, ...]:
    kept = {one.id for one in after.limits}
    moved = list(zip(after.lifts, (one for one in before.lifts if one.limit in kept), strict=False))
    found = [lift for lift in before.lifts if lift.limit not in kept and lift.limit in limits]
    for lift in now.lifts:
        place = next((place for place, (then, _) in enumerate(moved) if then == lift), None)
        found.append(lift if place is None else moved.pop(place)[1])
    return tuple(found)
