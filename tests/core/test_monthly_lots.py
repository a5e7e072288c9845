"""Monthly lots: when they are due, and which were missed, over the days that the books really cover."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forecast.coverage import Span, Typing, covered_since, spans_of
from core.forecast.monthly_lots import Arrival, Facts, MonthlyLots, expected, monthly_lots
from core.ledger import rulebook
from core.ledger.sightings import Batch
from core.shared.calendar import DAY, day_in, last_of_cycle, next_of_cycle, nine_on, tzinfo_of
from core.shared.ids import WalletId
from core.wallets.settings import Alerts, Plan, Settings

ZONES = ("UTC", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata")
RULES = rulebook.default()
WALLET = WalletId(1)


def on(day: date, zone: str = "UTC", hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=tzinfo_of(zone)).astimezone(UTC)


def lots(
    *came: date | tuple[date, int],
    today: date,
    since: date = date(2026, 1, 1),
    cycle: int | None = None,
    plan: Plan = Plan.PLUS,
    zone: str = "UTC",
    spans: tuple[Span, ...] | None = None,
) -> MonthlyLots:
    """What is known at noon of a day, in books that are kept by hand since a day, unless `spans` are given."""
    pairs = ((one, 100) if isinstance(one, date) else one for one in came)
    arrivals = [Arrival(on(day, zone), connects) for day, connects in pairs]
    typed = (Span(since, today, on(since, zone)),)
    settings = Settings(zone=zone, plan=plan, alerts=Alerts(cycle=cycle))
    return monthly_lots(Facts(arrivals, typed if spans is None else spans, settings, RULES, on(today, zone)))


def missed(found: MonthlyLots) -> list[date]:
    return [due.day for due in found.missed]


class TestDue:
    def test_it_comes_on_the_day_of_the_last_one(self) -> None:
        found = lots(date(2026, 1, 5), today=date(2026, 1, 20))
        assert (found.due, found.next) == (None, (date(2026, 2, 5), 100, None))

    @pytest.mark.parametrize("day", [29, 30, 31])
    def test_a_cycle_that_began_late_in_a_month_renews_on_the_1st(self, day: int) -> None:
        found = lots(date(2026, 1, day), today=date(2026, 2, 10))
        assert (found.due, found.next) == (None, (date(2026, 3, 1), 100, None))
        assert lots(cycle=day, today=date(2026, 2, 2)).due == (date(2026, 2, 1), 100, None)

    def test_it_is_due_until_it_comes_or_is_missed(self) -> None:
        for day in (5, 6, 7):
            found = lots(date(2026, 1, 5), today=date(2026, 2, day))
            assert found.due == (date(2026, 2, 5), 100, None)
            assert not found.missed
        found = lots(date(2026, 1, 5), today=date(2026, 2, 8))
        assert found.due is None
        assert missed(found) == [date(2026, 2, 5)]
        assert found.missed[0].known == datetime(2026, 2, 8, 9, tzinfo=UTC)

    def test_one_that_comes_early_is_not_due_again(self) -> None:
        found = lots(date(2026, 1, 5), date(2026, 1, 30), today=date(2026, 2, 1), cycle=5)
        assert (found.due, found.next) == (None, (date(2026, 3, 5), 100, None))

    def test_without_a_plan_that_has_one_or_a_day_none_is_due(self) -> None:
        assert lots(today=date(2026, 5, 1)) == MonthlyLots()
        assert lots(today=date(2026, 5, 1), cycle=3, plan=Plan.AGENCY) == MonthlyLots()

    def test_none_is_due_on_the_day_on_which_the_books_began(self) -> None:
        assert lots(today=date(2026, 3, 6), since=date(2026, 3, 5), cycle=5).due is None
        assert lots(today=date(2026, 3, 6), since=date(2026, 3, 4), cycle=5).due is not None


class TestUpgrades:
    """Whoever upgrades in the middle of a cycle gets a part of the lot, and the cycle stays."""

    def test_the_part_stands_for_its_cycle_and_moves_no_day(self) -> None:
        came = ((date(2026, 1, 5), 10), (date(2026, 2, 5), 10), (date(2026, 2, 20), 46))
        found = lots(*came, today=date(2026, 3, 1))
        assert found.next == (date(2026, 3, 5), 100, None)
        assert not found.missed

    def test_it_stands_for_the_lot_of_its_cycle_if_that_did_not_come(self) -> None:
        assert not lots(date(2026, 1, 5), (date(2026, 2, 20), 46), today=date(2026, 3, 1)).missed

    def test_as_many_are_expected_as_came_if_that_is_more(self) -> None:
        facts = Facts([Arrival(on(date(2026, 1, 5)), 100)], (), Settings(), RULES, on(date(2026, 1, 9)))
        assert expected(facts) == 100
        assert expected(facts._replace(arrivals=[Arrival(on(date(2026, 1, 5)), 46)])) == 10
        assert expected(facts._replace(settings=Settings(plan=Plan.AGENCY))) == 100


class TestMissed:
    def test_each_is_named_with_its_day(self) -> None:
        assert missed(lots(date(2026, 1, 5), date(2026, 4, 5), today=date(2026, 6, 20))) == [
            *(date(2026, 2, 5), date(2026, 3, 5), date(2026, 5, 5), date(2026, 6, 5)),
        ]

    def test_not_before_the_first_that_came_unless_the_day_was_set(self) -> None:
        assert missed(lots(date(2026, 3, 5), today=date(2026, 3, 20))) == []
        found = lots(date(2026, 3, 5), today=date(2026, 3, 20), cycle=5)
        assert missed(found) == [date(2026, 1, 5), date(2026, 2, 5)]

    def test_not_outside_of_what_imports_cover(self) -> None:
        later = on(date(2026, 6, 1))
        spans = (
            Span(date(2026, 1, 1), date(2026, 2, 7), later, imported=True),
            Span(date(2026, 3, 4), date(2026, 3, 20), later, imported=True),
            Span(date(2026, 3, 21), date(2026, 4, 8), later, imported=True),
        )
        found = lots(date(2026, 1, 5), today=date(2026, 6, 20), spans=spans)
        assert missed(found) == [date(2026, 3, 5), date(2026, 4, 5)]  # the page of February ends two days later
        assert {due.known for due in found.missed} == {later}
        assert found.due == (date(2026, 6, 5), 100, None)  # it may have come since

    def test_an_import_that_is_late_tells_when_it_is_known(self) -> None:
        span = Span(date(2026, 1, 1), date(2026, 2, 9), on(date(2026, 2, 9)), imported=True)
        assert lots(date(2026, 1, 5), today=date(2026, 2, 9), spans=(span,)).missed[0].known == span.known

    def test_until_its_month_is_over_no_second_one_can_be_booked(self) -> None:
        typed_late = date(2026, 2, 3)  # for January 28
        assert lots(typed_late, today=date(2026, 2, 28), cycle=28, since=date(2026, 1, 10)).due is None
        found = lots(typed_late, today=date(2026, 3, 1), cycle=28, since=date(2026, 1, 10))
        assert found.due == (date(2026, 2, 28), 100, None)

    def test_one_that_would_have_expired_by_now_is_not_named(self) -> None:
        found = lots(date(2024, 1, 5), today=date(2026, 1, 20), since=date(2024, 1, 1))
        assert min(missed(found)) > date(2025, 1, 1)

    def test_pages_have_days_in_utc(self) -> None:
        noon = Arrival(datetime(2026, 1, 5, 12, tzinfo=UTC), 100)
        spans = (Span(date(2026, 1, 1), date(2026, 1, 20), on(date(2026, 1, 20)), imported=True),)
        settings = Settings(zone="Pacific/Auckland", plan=Plan.PLUS)
        facts = Facts([noon], spans, settings, RULES, on(date(2026, 1, 20)))
        assert monthly_lots(facts).next == (date(2026, 2, 5), 100, None)
        assert monthly_lots(facts._replace(spans=())).next == (date(2026, 2, 6), 100, None)


@given(
    st.sampled_from(ZONES),
    st.integers(1, 31),
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    st.lists(st.booleans(), min_size=14, max_size=14),
    st.integers(0, 40),
)
def test_what_did_not_come_is_named_and_nothing_else(
    zone: str, cycle: int, start: date, came: list[bool], after: int
) -> None:
    """In every zone and month: each lot of a year either came, is missed, or is due by now."""
    days = [last_of_cycle(cycle, start)]
    while len(days) <= len(came):
        days.append(next_of_cycle(cycle, days[-1]))
    days = days[1:]
    today = days[-1] + after * DAY
    arrivals = [day for day, here in zip(days, came, strict=True) if here]
    found = lots(*arrivals, today=today, since=days[0] - 2 * DAY, cycle=cycle, zone=zone)
    assert all(day_in(zone, nine_on(day, zone)) == day for day in days)
    lacking = {day for day in days if day not in arrivals}
    open_days = {found.due.day} if found.due else set[date]()
    assert {*missed(found)} <= lacking | {one for one in missed(found) if one > days[-1]}
    recent = {day for day in lacking if day > today - timedelta(days=364) and day + 3 * DAY <= today}
    assert recent <= {*missed(found)} | open_days
    assert found.next is not None
    assert found.next.day > today
    assert found.next.day.day in {cycle, 1}


@given(st.integers(1, 31), st.dates(date(2023, 1, 1), date(2030, 12, 31)))
def test_the_next_day_of_a_cycle_follows_the_last_one(cycle: int, day: date) -> None:
    last, following = last_of_cycle(cycle, day), next_of_cycle(cycle, day)
    assert last <= day < following
    assert 28 <= (following - last).days <= 31
    assert last_of_cycle(cycle, following - DAY) == last
    assert last_of_cycle(cycle, following) == following


class TestCoverage:
    AT = datetime(2026, 3, 1, tzinfo=UTC)

    def batch(self, number: int, first: date, last: date, of: int | None = None) -> Batch:
        return Batch(WALLET, number, self.AT + number * DAY, f"key{number}", None, first, last, of=of)

    def test_books_that_are_kept_by_hand_cover_the_days_since_they_began(self) -> None:
        (span,) = spans_of((), Typing(self.AT, None), "Pacific/Auckland", self.AT + 9 * DAY)
        assert span == (date(2026, 3, 1), date(2026, 3, 10), self.AT, False)
        assert spans_of((), Typing(None, None), "UTC", self.AT) == ()

    def test_after_the_last_import_nothing_is_known_unless_a_lot_was_typed(self) -> None:
        batches = (self.batch(1, date(2026, 1, 1), date(2026, 2, 20)),)
        now = self.AT + 30 * DAY
        assert [span.imported for span in spans_of(batches, Typing(self.AT, date(2026, 2, 5)), "UTC", now)] == [True]
        typed = spans_of(batches, Typing(self.AT, date(2026, 3, 5)), "UTC", now)
        assert [span.imported for span in typed] == [True, False]

    def test_an_import_that_was_undone_covers_nothing(self) -> None:
        undone = Batch(WALLET, 2, self.AT, "key2", of=1)
        spans = spans_of(
            (self.batch(1, date(2026, 1, 1), date(2026, 2, 20)), undone), Typing(None, None), "UTC", self.AT
        )
        assert spans == ()

    def test_days_are_covered_together_since_the_last_page_that_it_takes(self) -> None:
        one = Span(date(2026, 1, 1), date(2026, 1, 10), self.AT)
        two = Span(date(2026, 1, 11), date(2026, 1, 20), self.AT + DAY)
        later = Span(date(2026, 1, 1), date(2026, 1, 31), self.AT + 2 * DAY)
        asked = date(2026, 1, 9), date(2026, 1, 12)
        assert covered_since((two, one, later), *asked) == self.AT + DAY
        assert covered_since((one, later), *asked) == self.AT + 2 * DAY
        assert covered_since((one,), *asked) is None
        assert covered_since((one, two._replace(first=date(2026, 1, 12))), *asked) is None
