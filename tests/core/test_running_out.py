"""When the Connects run out, beside a naive loop over the days; what to buy; and how a budget goes on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.forecast.budget_pace import budget_pace
from core.forecast.burn_rate import BurnRate
from core.forecast.buying import LONGER, Purchase, lacking, purchase_needed
from core.forecast.monthly_lots import Due
from core.forecast.running_out import FARTHEST, Means, Scenario, remaining, running_out, simulate
from core.forecast.unspent import Estimate, unspent
from core.ledger import rulebook
from core.ledger.entry_builder import order_of_use
from core.ledger.model import Budget, Lot, Source
from core.ledger.rules import price_of
from core.shared.calendar import beginning

DAY = timedelta(days=1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
RULES = rulebook.default()
STEADY = BurnRate(2000, 2000, 2000)


def lot(number: int, left: int, days: float | None, source: Source = Source.PURCHASE) -> Lot:
    """A lot of `left` Connects that expires in so many days (None: never)."""
    expires = None if days is None else NOW + days * DAY
    return Lot(number, source, NOW - (99 - number) * DAY, expires, left, left)


def due_in(days: int, connects: int) -> Due:
    return Due(NOW.date() + days * DAY, connects)


def means(*lots: Lot, coming: tuple[Due, ...] = (), rules: rulebook.Rulebook = RULES) -> Means:
    return Means(lots, coming, "UTC", rules, NOW)


def in_days(days: float) -> datetime:
    return NOW + days * DAY


class TestRemaining:
    def test_it_falls_until_none_are_left_and_rises_with_what_comes(self) -> None:
        held = means(lot(1, 20, 4), lot(2, 6, 100), coming=(due_in(8, 10),))
        days = [in_days(number) for number in (0, 1, 4, 6, 8, 9, 20)]
        assert list(remaining(held, 2000, days)) == [26, 24, 6, 2, 10, 8, 0]

    @given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 60)), max_size=5), st.integers(1, 9000))
    def test_none_are_left_from_the_moment_on_at_which_they_run_out(
        self, lots: list[tuple[int, int]], pace: int
    ) -> None:
        held = means(*(lot(number, left, days) for number, (left, days) in enumerate(lots)))
        out = simulate(held, pace).out
        assert out is not None
        assert list(remaining(held, pace, [out + timedelta(seconds=1), out + FARTHEST])) == [0, 0]


class TestCourse:
    def test_it_runs_out_when_the_last_connect_is_spent(self) -> None:
        assert simulate(means(lot(1, 5, 100)), 2000) == Scenario(in_days(2.5))

    def test_with_nothing_left_it_has_run_out_already(self) -> None:
        assert simulate(means(lot(1, 0, 100), lot(2, 9, 0)), 2000) == Scenario(NOW)

    def test_what_expires_unspent_shortens_it(self) -> None:
        assert simulate(means(lot(1, 20, 4), lot(2, 6, 100)), 2000) == Scenario(in_days(7), expired=12)

    def test_what_the_plan_gives_lengthens_it(self) -> None:
        assert simulate(means(lot(1, 8, 100), coming=(due_in(3, 10), due_in(34, 10))), 2000) == Scenario(
            in_days(9), 0, 10, 1
        )

    def test_what_comes_a_moment_too_late_does_not_help(self) -> None:
        found = simulate(means(lot(1, 8, 100), coming=(due_in(5, 10),)), 2000)
        assert found == Scenario(in_days(4))

    def test_what_comes_at_the_very_moment_helps(self) -> None:
        assert simulate(means(lot(1, 8, 100), coming=(due_in(4, 10),)), 2000) == Scenario(in_days(9), 0, 10, 1)

    def test_what_the_plan_gives_comes_when_its_day_begins_in_the_zone(self) -> None:
        found = Means((lot(1, 8, 100),), (due_in(4, 10),), "America/New_York", RULES, NOW)
        assert simulate(found, 2000) == Scenario(in_days(4))

    def test_it_may_last_as_far_as_anyone_looks(self) -> None:
        assert simulate(means(lot(1, 1000, None)), 2000) == Scenario(None)
        assert simulate(means(lot(1, 1000, 300)), 2000) == Scenario(None)

    def test_without_any_spend_all_of_it_expires(self) -> None:
        assert simulate(means(lot(1, 20, 4), lot(2, 6, 90)), 0) == Scenario(in_days(90), expired=26)

    def test_a_connect_that_was_begun_expires(self) -> None:
        assert simulate(means(lot(1, 2, 1), lot(2, 9, 100)), 1500).expired == 1

    def test_what_came_may_expire_again(self) -> None:
        """With lots that last for a month, a plan's lot is gone before the next one is used up."""
        brief = rulebook.parse({"expiry": {"months": 1}})
        found = simulate(means(lot(1, 1, 100), coming=(due_in(0, 60), due_in(60, 60)), rules=brief), 500)
        assert found == Scenario(in_days(31), expired=60 - 15 + 1, came=60, lots=1)


def naive(given: Means, pace: int) -> Scenario:
    """Spend whole Connects, one by one, each day anew."""
    held = {one: one.left for one in given.lots if not one.expired(NOW)}
    expired = came = lots = 0
    for day in range(FARTHEST // DAY):
        at = NOW + day * DAY
        for one in [one for one in held if one.expired(at)]:
            expired += held.pop(one)
        for number, due in enumerate(given.coming):
            if due.day == at.date():
                held[Lot(1000 + number, Source.MONTHLY, at, None, due.connects, due.connects)] = due.connects
                came, lots = came + due.connects, lots + 1
        for spent in range(pace + 1):
            left = sorted((one for one, number in held.items() if number), key=lambda one: order_of_use(one, RULES))
            if not left and (spent < pace or not pace):
                return Scenario(at + spent * DAY // max(pace, 1), expired, came, lots)
            if left and spent < pace:
                held[left[0]] -= 1
        held = {one: number for one, number in held.items() if number}
    return Scenario(None, expired, came, lots)


lots = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 60) | st.none()), max_size=6)
dues = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=3, unique_by=lambda one: one[0])


def made(lots: list[tuple[int, int | None]], coming: list[tuple[int, int]]) -> Means:
    """Lots and dues, each in so many days."""
    return means(
        *(lot(number, left, days) for number, (left, days) in enumerate(lots, 1)),
        coming=tuple(due_in(*one) for one in sorted(coming)),
        rules=rulebook.parse({"expiry": {"months": 0}}),
    )


@given(lots, dues, st.integers(0, 9))
def test_it_is_what_a_loop_over_the_days_finds(
    lots: list[tuple[int, int | None]], coming: list[tuple[int, int]], pace: int
) -> None:
    given = made(lots, coming)
    assert simulate(given, pace * 1000) == naive(given, pace)


@given(lots, dues, st.integers(1, 9000), st.integers(0, 9000))
def test_who_spends_faster_runs_out_earlier_and_loses_less(
    lots: list[tuple[int, int | None]], coming: list[tuple[int, int]], pace: int, more: int
) -> None:
    given = made(lots, coming)
    slow, fast = simulate(given, pace), simulate(given, pace + more)
    assert slow.out is None or (fast.out is not None and fast.out <= slow.out)
    assert fast.expired <= slow.expired


@given(lots, st.integers(1, 9000))
def test_what_expires_before_the_end_is_what_lots_show_as_unspent(
    lots: list[tuple[int, int | None]], pace: int
) -> None:
    """What is left when the last Connects expire has run out then, too, so that the two numbers are the same."""
    given = made(lots, [])
    found = unspent(given.lots, BurnRate(pace, pace, pace), NOW, RULES)
    assert found is not None
    assert simulate(given, pace).expired == found.usual.connects


@given(lots, dues, st.integers(100, 9000))
def test_what_is_bought_lasts_as_long_as_promised(
    lots: list[tuple[int, int | None]], coming: list[tuple[int, int]], pace: int
) -> None:
    rate, given = BurnRate(pace, pace, pace), made(lots, coming)
    out = simulate(given, pace).out
    if out is None or out + LONGER >= NOW + FARTHEST:
        return
    needed = lacking(given, rate, out, out + LONGER)
    bought = Lot(1 << 20, Source.PURCHASE, out, None, needed, needed)
    after = given._replace(lots=(bought,), coming=tuple(d for d in given.coming if d.day > out.date()), now=out)
    last = simulate(after, pace).out
    assert last is None or last >= out + LONGER
    less = simulate(after._replace(lots=(bought._replace(left=needed - 1),)), pace).out
    assert needed == 1 or (less is not None and less < out + LONGER)


class TestPurchase:
    def test_it_is_a_bundle_that_lasts_four_more_weeks(self) -> None:
        given, rate = means(lot(1, 20, 100)), BurnRate(2000, 1000, 4000)
        found = purchase_needed(given, rate, running_out(given, rate))
        assert found == Purchase(60, price_of(60, RULES), in_days(10), in_days(38))

    def test_what_the_plan_gives_meanwhile_need_not_be_bought(self) -> None:
        given = means(lot(1, 20, 100), coming=(due_in(20, 40),))
        assert lacking(given, STEADY, in_days(10), in_days(38)) == 20
        given = means(lot(1, 20, 100), coming=(due_in(38, 40),))
        assert lacking(given, STEADY, in_days(10), in_days(38)) == 56

    def test_nothing_is_needed_where_they_do_not_run_out(self) -> None:
        given = means(lot(1, 2000, None))
        assert purchase_needed(given, STEADY, running_out(given, STEADY)) is None


class TestBudget:
    MARCH = beginning(date(2026, 3, 1), "UTC")

    def test_the_pace_says_what_will_have_been_spent(self) -> None:
        now = datetime(2026, 3, 22, tzinfo=UTC)
        found = budget_pace(Budget(100, "UTC", self.MARCH, 70), BurnRate(4000, 1000, 6000), now)
        assert (found.spent, found.expected) == (70, Estimate(110, 80, 130))
        assert (found.passed, found.over) == (now + 7.5 * DAY, 10)
        assert found.ends == datetime(2026, 4, 1, tzinfo=UTC)

    def test_what_is_passed_already_or_not_at_all_has_no_day(self) -> None:
        now = datetime(2026, 3, 22, tzinfo=UTC)
        for spent, limit in ((101, 100), (70, 110)):
            found = budget_pace(Budget(limit, "UTC", self.MARCH, spent), BurnRate(4000, 1000, 6000), now)
            assert (found.passed, found.over) == (None, 0)

    def test_a_new_month_begins_at_nothing(self) -> None:
        found = budget_pace(Budget(100, "UTC", self.MARCH, 70), None, datetime(2026, 4, 2, tzinfo=UTC))
        assert (found.spent, found.expected, found.passed, found.over) == (0, None, None, 0)
