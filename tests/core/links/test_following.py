"""What follows a person at a link, and what an undo puts back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery.notice import Audience, Subscription, Target
from core.links.following import (
    PersonMerge,
    group_linked,
    settings_linked,
    settings_unlinked,
    subscriptions_linked,
    subscriptions_unlinked,
    whose_books,
)
from core.links.model import Accounts, Link, LinkedSettings
from core.shared.ids import LinkId, PersonId, WalletId
from core.wallets.people import Wallet
from core.wallets.settings import Alerts, FigureSettings, Plan, Settings, Where
from core.wallets.team import Act, Lift, Limit, Period, Role, TeamSettings, role_in
from core.wallets.team import Target as Goal

if TYPE_CHECKING:
    from core.links.model import LinkedSubscriptions

NOW: Final = datetime(2026, 1, 14, 12, tzinfo=UTC)
ANN, BOB, IVAN, ZOE = map(PersonId, range(1, 5))
WHO: Final = PersonMerge((BOB,), ANN)
OWN, OTHER, GROUP = map(WalletId, range(11, 14))
DAY: Final = date(2026, 1, 5)
people = st.sampled_from([ANN, BOB, IVAN, ZOE])
whom = st.none() | people
teams = st.builds(
    TeamSettings,
    roles=st.dictionaries(people, st.sampled_from([*Role]), max_size=4).map(lambda given: tuple(sorted(given.items()))),
    limits=st.lists(st.builds(Limit, st.just(0), st.integers(1, 3), st.sampled_from([*Period]), whom), max_size=4).map(
        lambda found: tuple(replace(one, id=place) for place, one in enumerate(found, 1))
    ),
    lifts=st.lists(st.builds(Lift, st.integers(1, 4), st.just(NOW), st.integers(1, 2), whom), max_size=3).map(tuple),
    targets=st.lists(st.builds(Goal, st.just(0), st.integers(1, 3), st.just(DAY), st.just(DAY), whom), max_size=3).map(
        lambda found: tuple(replace(one, id=place) for place, one in enumerate(found, 9))
    ),
)


def of_group(before: Settings | TeamSettings) -> tuple[LinkedSettings, ...]:
    before = Settings(team=before) if isinstance(before, TeamSettings) else before
    return settings_linked(WHO, None, None, [Wallet(GROUP, before)])


class TestGroups:
    @given(teams, st.sampled_from([None, ANN, BOB, ZOE]))
    @settings(max_examples=60)
    def test_nobody_is_named_as_who_they_were_and_an_undo_brings_all_back(
        self, team: TeamSettings, person: PersonId | None
    ) -> None:
        before = Settings(alerts=Alerts(where=Where.PRIVATE, person=person), team=team)
        (link,) = of_group(before)
        after = link.after.team
        named = [person for person, _ in after.roles]
        named += [one.person for some in (after.limits, after.lifts, after.targets) for one in some if one.person]
        assert BOB not in {*named, link.after.alerts.person}
        assert len({person for person, _ in after.roles}) == len(after.roles)
        assert (after.now(BOB), after.now(IVAN)) == (ANN, IVAN)
        assert group_linked(link.after, WHO) == link.after
        (back,) = settings_unlinked([link], {GROUP: link.after})
        assert back == LinkedSettings(GROUP, link.after, before)

    @pytest.mark.parametrize(
        ("one", "other", "then"),
        [
            (Role.OWNER, Role.MANAGER, Role.OWNER),
            (Role.VIEWER, Role.MANAGER, Role.MANAGER),
            (Role.MEMBER, Role.VIEWER, Role.VIEWER),  # nobody chose that somebody is a member
            (Role.VIEWER, Role.MODERATOR, Role.MODERATOR),
        ],
    )
    def test_the_higher_role_counts(self, one: Role, other: Role, then: Role) -> None:
        for roles in (((ANN, one), (BOB, other)), ((ANN, other), (BOB, one))):
            (link,) = of_group(TeamSettings(roles=tuple(pair for pair in roles if pair[1] is not Role.MEMBER)))
            assert role_in(link.after.team, ANN, admin=False) is then
            assert role_in(link.after.team, BOB, admin=False) is then

    def test_of_two_limits_about_the_same_the_tighter_one_stays(self) -> None:
        limits = (Limit(1, 30, Period.DAY, ANN), Limit(2, 20, Period.DAY, BOB), Limit(3, 20, Period.WEEK, BOB))
        (link,) = of_group(TeamSettings(limits=limits, lifts=(Lift(1, NOW, 5, ANN), Lift(2, NOW, 6, BOB))))
        assert link.after.team.limits == (replace(limits[1], person=ANN), replace(limits[2], person=ANN))
        assert link.after.team.lifts == (Lift(2, NOW, 6, ANN),)

    def test_of_two_that_are_equal_the_one_that_blocks_stays(self) -> None:
        limits = (Limit(1, 30, Period.DAY, ANN), Limit(2, 30, Period.DAY, BOB, act=Act.BLOCK))
        (link,) = of_group(TeamSettings(limits=limits))
        assert [one.id for one in link.after.team.limits] == [2]

    def test_of_two_targets_for_the_same_days_the_higher_one_stays(self) -> None:
        (link,) = of_group(TeamSettings(targets=(Goal(1, 10, DAY, DAY, ANN), Goal(2, 12, DAY, DAY, BOB))))
        assert link.after.team.targets == (Goal(2, 12, DAY, DAY, ANN),)

    def test_whoever_became_somebody_before_becomes_the_same_one(self) -> None:
        (link,) = settings_linked(
            PersonMerge((BOB, ZOE), ANN), None, None, [Wallet(GROUP, Settings(team=TeamSettings(same=((ZOE, BOB),))))]
        )
        assert link.after.team.same == ((BOB, ANN), (ZOE, ANN))
        assert link.after.team.all_who_are(ANN) == (ANN, BOB, ZOE)

    def test_what_an_owner_has_changed_since_stays(self) -> None:
        limits = (Limit(1, 30, Period.DAY, BOB), Limit(2, 40, Period.WEEK, BOB))
        (link,) = of_group(TeamSettings(roles=((BOB, Role.OWNER), (IVAN, Role.MEMBER)), limits=limits))
        team = link.after.team
        now = replace(team, roles=((IVAN, Role.OWNER),), limits=(replace(team.limits[0], amount=5), team.limits[1]))
        (back,) = settings_unlinked([link], {GROUP: replace(link.after, team=now, budget=7)})
        assert back.after.budget == 7
        assert back.after.team.roles == ((IVAN, Role.OWNER),)  # and nobody is an owner again who was made none
        assert back.after.team.limits == (Limit(1, 5, Period.DAY, ANN), limits[1])
        assert back.after.team.same == ()

    def test_a_group_that_is_gone_gets_nothing_back(self) -> None:
        assert settings_unlinked(of_group(TeamSettings()), {}) == ()


class TestOwn:
    KEPT: Final = Settings(zone="Europe/Kyiv", alerts=Alerts(runway=None, snoozed=(("low", NOW),)))
    MERGED: Final = Settings(
        zone="Asia/Tokyo",
        plan=Plan.PLUS,
        quiet="22-7",
        figures=FigureSettings(dark=True),
        alerts=Alerts(runway=3, cycle=4, snoozed=(("low", NOW + timedelta(1)), ("budget", NOW))),
    )

    def linked(self) -> LinkedSettings:
        (link,) = settings_linked(WHO, Wallet(OWN, self.KEPT), Wallet(OTHER, self.MERGED), ())
        return link

    def test_what_was_chosen_wins_and_the_rest_is_taken_over(self) -> None:
        after = self.linked().after
        assert (after.zone, after.plan, after.quiet, after.figures.dark) == ("Europe/Kyiv", Plan.PLUS, "22-7", True)
        assert (after.alerts.runway, after.alerts.cycle) == (None, 4)
        assert after.alerts.snoozed == (("low", NOW), ("budget", NOW))
        assert after.team.same == ((BOB, ANN),)

    def test_an_undo_leaves_what_was_chosen_since(self) -> None:
        link = self.linked()
        alerts = replace(link.after.alerts, cycle=9, snoozed=(("budget", NOW),))
        (back,) = settings_unlinked([link], {OWN: replace(link.after, zone="UTC", alerts=alerts)})
        assert (back.after.zone, back.after.plan, back.after.quiet) == ("UTC", Plan.BASIC, "")
        assert (back.after.alerts.cycle, back.after.alerts.snoozed) == (9, ())

    def test_whoever_has_no_books_changes_none(self) -> None:
        assert settings_linked(WHO, Wallet(OWN, self.KEPT), None, ()) == ()


class TestSubscriptions:
    HERE, THERE = Target("telegram", "1", direct=True), Target("discord", "2", direct=True)
    TAGS: Final = st.sampled_from(
        [(), ("art",), ("art", "rust"), ("rust",), ("-art",), ("-art", "-rust"), ("-rust", "-news")]
    )

    def linked(self, one: tuple[str, ...], other: tuple[str, ...], gone: str = "") -> LinkedSubscriptions:
        kept = Subscription(self.HERE, NOW, ANN, tags=one, gone=gone)
        found = subscriptions_linked([kept], [Subscription(self.THERE, NOW, BOB, tags=other)])
        assert found is not None
        return found

    @given(TAGS, TAGS)
    def test_the_one_that_stays_gets_what_either_of_them_got(
        self, one: tuple[str, ...], other: tuple[str, ...]
    ) -> None:
        link = self.linked(one, other)
        assert link.after.target == self.HERE
        for tag in ("art", "rust", "news", "else"):
            wanted = any(Audience(tags=(tag,)).includes(each) for each in link.before)
            assert Audience(tags=(tag,)).includes(link.after) is wanted
        assert sorted(subscriptions_unlinked(link, [link.after])) == sorted(link.before)

    def test_the_newest_stays_because_whoever_moves_subscribes_again(self) -> None:
        older, newer = (Subscription(self.HERE, at, ANN) for at in (NOW, NOW + timedelta(days=1)))
        newer = newer._replace(target=self.THERE)
        for one, other in ((older, newer), (newer, older)):
            found = subscriptions_linked([one], [other])
            assert found is not None
            assert found.after.target == self.THERE

    def test_a_chat_that_is_lost_does_not_stay(self) -> None:
        link = self.linked(("art",), ("rust",), gone="blocked")
        assert (link.after.target, link.after.tags) == (self.THERE, ("rust",))

    def test_an_undo_leaves_what_was_changed_since(self) -> None:
        link = self.linked(("art",), ("rust",))
        changed = link.after._replace(tags=("news",))
        assert subscriptions_unlinked(link, [changed]) == (link.before[1],)
        assert subscriptions_unlinked(link, []) == (link.before[1],)
        assert subscriptions_unlinked(link, [changed, link.before[1]]) == ()

    def test_one_alone_stays_as_it_is(self) -> None:
        assert subscriptions_linked([], [Subscription(self.HERE, NOW, BOB)]) is None


def test_whose_books_were_behind_a_chat() -> None:
    at, undone = NOW + timedelta(microseconds=7), NOW + timedelta(hours=1, microseconds=7)
    link = Link(LinkId(1), at, "key", Accounts.TWO, ANN, BOB, (BOB,), undone=undone)
    for moment, owner in ((-1, BOB), (0, ANN), (3599, ANN), (3600, BOB)):
        assert whose_books([link], BOB, NOW + timedelta(seconds=moment)) == owner
    assert whose_books([link], ANN, NOW) == ANN
    assert whose_books([link._replace(undone=None)], BOB, undone) == ANN
