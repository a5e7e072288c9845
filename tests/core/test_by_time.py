"""Sums, net spends and burn rates go by when facts happened, and recasts belong to what they correct."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.forecast.burn_rate import burn_rate
from core.ledger.model import (
    Account,
    Entry,
    Kind,
    Posting,
    Purpose,
    Source,
    expense_on,
    holding_of,
    income_from,
)
from core.ledger.summary import NetSpend, net_spends, sums
from core.shared.ids import WalletId
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Iterator

WALLET = WalletId(1)
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
WEEK = (datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC))
BIDS = expense_on(Purpose.PROPOSAL)


def on(day: int) -> datetime:
    """How an imported row of a day in November is dated."""
    return datetime(2026, 11, day, 10, tzinfo=UTC)


class Journal:
    """Entries as an import books them: all at one moment, most of them dated."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def book(
        self,
        kind: Kind,
        *legs: tuple[Account, int, int, int],
        happened: datetime | None = None,
        of: int | None = None,
    ) -> int:
        """Book legs of (account beyond the wallet, Connects into the wallet, lot, cents); the number of the entry."""
        number = len(self.entries) + 1
        postings = tuple(leg for one in legs for leg in _pair(*one))
        self.entries.append(Entry(WALLET, number, NOW, kind, postings, 0, f"k{number}", "b", of=of, happened=happened))
        return number

    def spend(self, connects: int, day: int, lot: int = 1, cents: int = 0) -> int:
        """A bid on a day."""
        return self.book(Kind.SPEND, (BIDS, -connects, lot, -cents), happened=on(day))


def _pair(beyond: Account, connects: int, lot: int, cents: int) -> Iterator[Posting]:
    price = Price(cents, 0, "USD") if cents else None
    yield Posting(holding_of(WALLET), connects, lot, price)
    yield Posting(beyond, -connects, lot, None if price is None else -price)


def test_a_week_has_what_happened_in_it_whenever_it_was_booked() -> None:
    journal = Journal()
    for day in (8, 9, 15, 16):
        journal.spend(day, day)
    journal.book(Kind.PURCHASE, (income_from(Source.PURCHASE), 60, 2, 900), happened=on(10))
    journal.book(Kind.RETURN, (BIDS, 9, 1, 0), happened=on(12), of=2)
    totals = sums(journal.entries, *WEEK)
    assert totals.spent == {Purpose.PROPOSAL: 24}
    assert (totals.bought, totals.paid) == (60, Price(900, 0, "USD"))
    assert (totals.returned, totals.proposals, totals.entries) == (9, 2, 4)
    assert sums(journal.entries, NOW, NOW + timedelta(days=1)).entries == 0


def test_a_spend_costs_what_its_own_legs_and_its_recasts_say() -> None:
    journal = Journal()
    spend = journal.spend(16, 10, lot=1, cents=240)
    journal.book(Kind.RECAST, (BIDS, 16, 1, 240), happened=on(10), of=spend)
    assert sums(journal.entries, *WEEK).cost is None
    journal.book(Kind.RECAST, (BIDS, -10, 2, -100), (BIDS, -6, 3, 0), happened=on(10), of=spend)
    totals = sums(journal.entries, *WEEK)
    assert totals.cost == Price(100, 0, "USD")
    assert totals.spent == {Purpose.PROPOSAL: 16}
    assert (totals.proposals, totals.entries) == (1, 1)


def test_what_was_unknown_is_known_once_a_recast_says_so() -> None:
    journal = Journal()
    spend = journal.spend(16, 10, lot=1)
    assert sums(journal.entries, *WEEK, frozenset({1})).unknown == 16
    journal.book(Kind.RECAST, (BIDS, 16, 1, 0), (BIDS, -16, 2, -240), happened=on(10), of=spend)
    totals = sums(journal.entries, *WEEK, frozenset({1}))
    assert (totals.unknown, totals.cost) == (0, Price(240, 0, "USD"))


def test_what_was_taken_out_of_the_past_leaves_no_trace() -> None:
    journal = Journal()
    spend = journal.spend(16, 10, cents=240)
    journal.book(Kind.RECAST, (BIDS, 16, 1, 240), (BIDS, -16, 2, -100), happened=on(10), of=spend)
    journal.book(Kind.UNDO, (BIDS, 16, 2, 100), happened=on(10), of=spend)
    totals = sums(journal.entries, *WEEK)
    assert (totals.entries, totals.spent, totals.cost, totals.proposals) == (0, {}, None, 0)
    assert net_spends(journal.entries) == [NetSpend(journal.entries[0], 0)]


def test_an_opening_that_was_replaced_by_an_earlier_one_counts_once() -> None:
    journal = Journal()
    welcome = journal.book(Kind.GRANT, (income_from(Source.WELCOME), 20, 1, 0), happened=on(10))
    journal.book(Kind.GRANT, (income_from(Source.OPENING), 80, 2, 0), happened=on(9))
    journal.book(Kind.RECAST, (income_from(Source.WELCOME), -20, 1, 0), happened=on(10), of=welcome)
    assert sums(journal.entries, *WEEK).earned == 0


def test_a_burn_rate_goes_by_the_weeks_in_which_connects_were_spent() -> None:
    journal = Journal()
    for day in (4, 11, 18, 25):
        journal.spend(70, day)
    rate = burn_rate(journal.entries, on(1), NOW)
    assert rate is not None
    assert rate.usual == rate.slow == rate.fast == 10_000
