"""The Friday summary of a team: when it is due, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest

from core.alerts.ports import TeamWeek
from core.alerts.review_context import ReviewContext
from core.alerts.types.team_week import MOST_MEMBERS, TEAM_WEEK, refresh_team_week, targets_in, team_week, week_due
from core.delivery.gathering import lines_in
from core.ledger import rulebook
from core.ledger.model import Purpose, Snapshot
from core.shared.ids import PersonId, WalletId
from core.shared.money import Price
from core.team.model import MemberRow, Outcomes, TeamReport, Who
from core.team.report import whole_of
from core.wallets.limits import LimitRules, Limits, tally_key
from core.wallets.settings import Settings
from core.wallets.team import Limit, Period, Target, TeamSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

WALLET: Final = WalletId(1)
ANN, IVAN = PersonId(1), PersonId(2)
DAY, MOMENT = timedelta(days=1), timedelta.resolution
FRIDAY: Final = datetime(2026, 1, 16, 9, tzinfo=UTC)
TARGET: Final = Target(3, 100, date(2026, 1, 1), date(2026, 1, 31), IVAN)
TEAM: Final = TeamSettings(weekly=True, targets=(TARGET,))


def row(who: Who, connects: int, *came: int) -> MemberRow:
    return MemberRow(who, {Purpose.PROPOSAL: connects}, 0, (Price(15 * connects, 0, "USD"),), 0, Outcomes(*came))


def week_of(*rows: MemberRow, bids: Mapping[int, int] | None = None) -> TeamWeek:
    report = TeamReport(date(2026, 1, 9), date(2026, 1, 15), rows, whole_of(rows))
    return TeamWeek(report, bids or {})


def context(
    now: datetime = FRIDAY, team: TeamWeek | None = None, *, settings: TeamSettings = TEAM, zone: str = "UTC"
) -> ReviewContext:
    return ReviewContext(
        Snapshot(WALLET),
        Settings(zone=zone, team=settings),
        rulebook.default(),
        (),
        now - 90 * DAY,
        None,
        since=now,
        now=now,
        team=team or week_of(row(Who(ANN), 16, 1)),
    )


class TestDue:
    @pytest.mark.parametrize(("after", "due"), [(-MOMENT, False), (0 * DAY, True), (DAY, True), (DAY + MOMENT, False)])
    def test_on_fridays_at_nine(self, after: timedelta, *, due: bool) -> None:
        assert (week_due(context(FRIDAY + after)) is not None) is due

    def test_a_late_review_sums_up_the_same_days(self) -> None:
        late = context(FRIDAY + 3 * DAY)._replace(since=FRIDAY)
        assert week_due(late) == (date(2026, 1, 9), date(2026, 1, 15))
        assert [notice.key for notice in team_week(late)] == ["team-week:1:2026-01-16"]

    @pytest.mark.parametrize(("hour", "due"), [(6, False), (7, True)])
    def test_by_the_clock_of_the_wallet_in_winter_and_in_summer(self, hour: int, *, due: bool) -> None:
        assert (week_due(context(FRIDAY.replace(hour=hour), zone="Europe/Kyiv")) is not None) is due
        summer = datetime(2026, 7, 17, hour - 1, tzinfo=UTC)
        assert (week_due(context(summer, zone="Europe/Kyiv")) is not None) is due

    def test_not_unless_somebody_wants_it(self) -> None:
        assert not TEAM_WEEK.enabled(Settings())
        assert team_week(context(settings=TeamSettings())) == ()

    def test_a_week_in_which_nothing_was_spent_says_nothing(self) -> None:
        assert team_week(context(team=week_of(bids={3: 0}))) == ()
        assert team_week(context()._replace(team=None)) == ()


class TestFacts:
    def test_who_spent_what_and_what_came_of_it(self) -> None:
        rows = row(Who(ANN), 40, 3, 2, 1), row(Who(None, "Zoe B."), 16, 1)
        (notice,) = team_week(context(team=week_of(*rows, bids={3: 63})))
        assert (notice.facts["from"], notice.facts["until"]) == ("2026-01-09", "2026-01-15")
        assert lines_in(notice.facts) == (
            {"by": ANN, "row": "member", "connects": 40, "bids": 3, "replies": 2, "hires": 1},
            {"page": "Zoe B.", "row": "member", "connects": 16, "bids": 1, "replies": 0, "hires": 0},
            {"row": "whole", "connects": 56, "bids": 4, "replies": 2, "hires": 1},
            {"row": "cost", "net": 840, "tax": 0, "currency": "USD"},
            {"by": IVAN, "row": "target", "last": "2026-01-31", "bids": 63, "goal": 100},
        )
        assert "next-topic" in notice.facts

    def test_the_least_of_many_members_are_summed_up(self) -> None:
        rows = [row(Who(PersonId(number)), 100 - number, 1) for number in range(MOST_MEMBERS + 3)]
        (notice,) = team_week(context(team=week_of(*rows)))
        words = [line["row"] for line in lines_in(notice.facts)]
        assert words == [*["member"] * MOST_MEMBERS, "others", "whole", "cost", "target"]
        others = lines_in(notice.facts)[MOST_MEMBERS]
        assert (others["members"], others["connects"]) == (3, 100 * 3 - 10 - 11 - 12)

    def test_what_is_over_a_limit_without_money(self) -> None:
        monday, rules = (
            datetime(2026, 1, 12, tzinfo=UTC),
            (
                Limit(1, 100, Period.WEEK, ANN),
                Limit(2, 1000, Period.WEEK, currency="USD"),
                Limit(3, 500, Period.WEEK),
            ),
        )
        spent = {tally_key(1, ANN): 130, tally_key(2, None): 1950, tally_key(3, None): 130}
        found = context()
        found = found._replace(wallet=found.wallet._replace(limits=Limits("UTC", LimitRules(rules), (), monday, spent)))
        (notice,) = team_week(found)
        limits = [line for line in lines_in(notice.facts) if line["row"] == "limit"]
        assert limits == [
            {"by": ANN, "row": "limit", "period": "week", "percent": 130, "boosts": 0, "spent": 130, "amount": 100},
            {"page": "", "row": "limit", "period": "week", "percent": 195, "boosts": 0},
        ]

    @pytest.mark.parametrize(
        ("first", "last", "wanted"),
        [(1, 9, True), (1, 8, False), (15, 31, True), (16, 31, False)],
    )
    def test_the_targets_of_these_days(self, first: int, last: int, *, wanted: bool) -> None:
        target = replace(TARGET, first=date(2026, 1, first), last=date(2026, 1, last))
        settings = Settings(team=TeamSettings(targets=(target,)))
        assert (targets_in(settings, (date(2026, 1, 9), date(2026, 1, 15))) == (target,)) is wanted

    def test_what_is_sent_late_gives_no_advice(self) -> None:
        (notice,) = team_week(context())
        late = refresh_team_week(notice, FRIDAY, Snapshot(WALLET), FRIDAY + DAY)
        assert "next-topic" not in late.facts
        assert lines_in(late.facts) == lines_in(notice.facts)
