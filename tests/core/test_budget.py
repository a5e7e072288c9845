"""A budget counts the spends of its holder's calendar month, even those from before it was set."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ledger.budget import month_of, spent_at
from core.shared.calendar import tzinfo_of
from core.wallets.settings import Settings
from tests.core.test_properties import deeds, do, played

if TYPE_CHECKING:
    from core.ledger.model import Entry
    from tests.core.freelancer import Freelancer, OpenBooks

NOT_SPENT = ("expense:expired", "expense:adjustment", "expense:renewed")
zones = st.sampled_from(["UTC", "Europe/Kyiv", "America/New_York", "Pacific/Kiritimati", "America/Santiago"])
waits = st.tuples(st.just("wait"), st.integers(0, 900))


def counted(journal: tuple[Entry, ...], zone: str, now: datetime) -> int:
    """The same sum by hand, from the names of the month and of the accounts."""
    postings = [
        posting
        for entry in journal
        if f"{entry.at.astimezone(ZoneInfo(zone)):%Y-%m}" == f"{now.astimezone(ZoneInfo(zone)):%Y-%m}"
        for posting in entry.postings
    ]
    spends = [each for each in postings if each.account.startswith("expense:") and each.account not in NOT_SPENT]
    return sum(each.connects for each in spends)


@given(st.lists(st.one_of(deeds, waits), max_size=15), st.lists(st.one_of(deeds, waits), max_size=15), zones, zones)
@settings(max_examples=150)
def test_it_agrees_with_the_journal(
    before: list[tuple[Any, ...]], after: list[tuple[Any, ...]], first: str, second: str
) -> None:
    async def scene(books: OpenBooks, ann: Freelancer) -> None:
        for zone, story in ((first, before), (second, after)):
            await books.store.people.save_settings(ann.wallet, Settings(zone, budget=30))
            for deed in story:
                await do(ann, deed)
            budget, now = (await books.store.ledger.holding(ann.wallet)).budget, ann.clock.now()
            assert budget is not None
            assert spent_at(budget, now) == counted(await ann.journal(), zone, now)

    played(scene)


@pytest.mark.parametrize(
    ("at", "zone", "start"),
    [
        (datetime(2026, 1, 31, 21, 59, tzinfo=UTC), "Europe/Kyiv", datetime(2025, 12, 31, 22, tzinfo=UTC)),
        (datetime(2026, 1, 31, 22, 0, tzinfo=UTC), "Europe/Kyiv", datetime(2026, 1, 31, 22, tzinfo=UTC)),
        (datetime(2026, 4, 5, tzinfo=UTC), "Europe/Kyiv", datetime(2026, 3, 31, 21, tzinfo=UTC)),
        (datetime(2026, 2, 3, tzinfo=UTC), "Nowhere/At all", datetime(2026, 2, 1, tzinfo=UTC)),
    ],
)
def test_a_month_begins_in_the_holders_time_zone(at: datetime, zone: str, start: datetime) -> None:
    assert month_of(at, zone) == start


def test_an_unknown_zone_counts_as_utc() -> None:
    assert tzinfo_of("../etc") is UTC
