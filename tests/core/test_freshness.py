"""Up to which day the books know what happened, and the pace that follows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from core.forecast.burn_rate import BurnRate
from core.forecast.freshness import known_until
from core.forecast.outlook import forecast, grounds_of, outlook
from core.ledger.model import Entry, Kind, Posting, Purpose, expense_on, holding_of
from core.ledger.sightings import Batch, BatchKind
from core.shared.ids import WalletId
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer

WALLET = WalletId(1)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def history(last: date | None, number: int = 1, kind: BatchKind = BatchKind.HISTORY) -> Batch:
    return Batch(WALLET, number, NOW, f"key{number}", kind=kind, last=last)


def spend(at: datetime) -> Entry:
    legs = (Posting(holding_of(WALLET), -9, 1), Posting(expense_on(Purpose.PROPOSAL), 9, 1))
    return Entry(WALLET, 1, at, Kind.SPEND, legs, 0, "key", "body")


def test_books_that_are_kept_by_hand_are_up_to_date() -> None:
    assert known_until([], [], NOW) is None
    assert known_until([history(date(2026, 1, 1), kind=BatchKind.PROPOSALS), history(None, 2)], [], NOW) is None


def test_a_history_is_recent_for_a_week() -> None:
    assert known_until([history(date(2026, 3, 3))], [], NOW) is None
    assert known_until([history(date(2026, 3, 2))], [], NOW) == date(2026, 3, 2)
    assert known_until([history(date(2026, 3, 2)), history(date(2026, 2, 2), 2)], [], NOW) == date(2026, 3, 2)


def test_who_has_gone_on_by_hand_is_up_to_date() -> None:
    old = [history(date(2026, 3, 2))]
    assert known_until(old, [spend(datetime(2026, 3, 2, 23, tzinfo=UTC))], NOW) == date(2026, 3, 2)
    assert known_until(old, [spend(datetime(2026, 3, 3, tzinfo=UTC))], NOW) is None


class TestOutlook:
    async def seen(self, ann: Freelancer) -> tuple[BurnRate | None, bool, bool]:
        """The pace, whether the books are too young to tell, and whether nothing was spent for four weeks."""
        settings = await ann.books.store.people.settings_of(ann.wallet)
        now, rules = ann.clock.now(), ann.books.rulebook
        found = await outlook(ann.books.store.ledger, ann.wallet, settings, rules, now)
        assert (forecast(found, settings, rules, now).out is None) == (found.pace.rate is None)
        return found.pace.rate, found.pace.young, grounds_of(found, settings, rules, now).idle

    async def test_it_takes_a_week_to_know_a_pace(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.buy(60, dollars(900)))
        booked(await ann.spend(14))
        assert await self.seen(ann) == (None, True, False)
        clock.pass_(days=7)
        assert await self.seen(ann) == (BurnRate(2000, 2000, 2000), False, False)

    async def test_it_takes_four_weeks_to_know_that_nothing_is_spent(self, ann: Freelancer, clock: TestClock) -> None:
        clock.pass_(days=27)
        assert await self.seen(ann) == (None, False, False)
        clock.pass_(days=1)
        assert await self.seen(ann) == (None, False, True)
