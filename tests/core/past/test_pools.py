"""Which facts of books of two accounts draw only on Connects of their own, and until when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from core.ledger.model import Entry, Kind, Posting, Purpose, Snapshot, Source, expense_on, holding_of, income_from
from core.ledger.past.facts import Fact
from core.ledger.past.pools import Place, beside_of, pool_of
from core.ledger.ports import Record
from core.ledger.sightings import Batch, BatchKind, Sighting
from core.shared.ids import WalletId

WALLET: Final = WalletId(1)
AT: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)


def line(number: int, place: int, at: datetime | None = AT) -> Sighting:
    return Sighting(
        place, number, booked=True, day=date(2026, 1, 5), wording="", connects=-3, row_id=f"2:{place}", at=at
    )


def beside(*lines: Sighting, number: int = 1, of: int | None = None) -> Batch:
    return Batch(WALLET, number, AT, "link:2", kind=BatchKind.BESIDE, sightings=lines, of=of)


def entry(number: int, key: str, when: datetime = AT, *, issue: bool = False) -> Entry:
    beyond = income_from(Source.PURCHASE) if issue else expense_on(Purpose.PROPOSAL)
    connects = 3 if issue else -3
    legs = Posting(holding_of(WALLET), connects, number), Posting(beyond, -connects, number)
    kind = Kind.PURCHASE if issue else Kind.SPEND
    return Entry(WALLET, number, when, kind, legs, 7, key, "body")


def books(*entries: Entry, batches: tuple[Batch, ...]) -> Record:
    return Record(Snapshot(WALLET, len(entries), 0, 0), entries, batches)


def fact(of: Entry | None, when: datetime = AT) -> Fact:
    return Fact(when, dated=False, kind=Kind.SPEND, connects=3, account=expense_on(Purpose.PROPOSAL), entry=of)


OWN: Final = entry(1, "own")
FIRST, SECOND, LATER = entry(2, "link:1+00001"), entry(3, "link:1"), entry(4, "later")
BOTH: Final = books(OWN, FIRST, SECOND, LATER, batches=(beside(line(3, 1), line(2, 2, None)),))


class TestBatch:
    def test_books_are_of_two_accounts_as_long_as_one_stands(self) -> None:
        batch = beside(line(2, 1))
        assert beside_of([batch]) == batch
        assert beside_of([batch, beside(number=2, of=1)]) is None
        assert beside_of([]) is None
        assert beside_of([Batch(WALLET, 1, AT, "link:2", kind=BatchKind.LINKED)]) is None

    def test_of_books_of_one_account_there_is_no_pool(self) -> None:
        assert pool_of(books(OWN, batches=())) is None

    def test_an_account_of_which_nothing_stands_is_no_pool(self) -> None:
        assert pool_of(books(OWN, batches=(beside(line(0, 1)),))) is None


class TestPool:
    def test_its_facts_have_the_places_of_the_list(self) -> None:
        pool = pool_of(BOTH)
        assert pool is not None
        assert pool.places == {3: Place(1, exact=True), 2: Place(2, exact=False)}
        assert (pool.since, pool.last) == (AT, 3)

    def test_of_several_lines_of_an_entry_the_first_counts(self) -> None:
        pool = pool_of(books(OWN, FIRST, SECOND, batches=(beside(line(2, 1), line(2, 2), line(3, 3)),)))
        assert pool is not None
        assert [place.line for place in pool.places.values()] == [1, 3]

    def test_a_lot_that_no_line_names_is_of_the_one_that_is_as_old(self) -> None:
        old, young = entry(2, "link:1+00001", AT - HOUR, issue=True), entry(3, "link:1+00002", issue=True)
        part = entry(4, "link:1", AT - HOUR, issue=True)
        pool = pool_of(books(OWN, old, young, part, batches=(beside(line(2, 1), line(3, 2)),)))
        assert pool is not None
        assert pool.places[4] == pool.places[2]
        assert pool.last == 4

    def test_what_draws_and_no_line_names_is_in_none(self) -> None:
        pool = pool_of(books(OWN, FIRST, SECOND, batches=(beside(line(2, 1)),)))
        assert pool is not None
        assert 3 not in pool.places


class TestMarks:
    def marked(self, *facts: Fact) -> tuple[Fact, ...]:
        pool = pool_of(BOTH)
        assert pool is not None
        pool.mark(facts)
        return facts

    def test_facts_of_the_pool_get_their_places_and_how_well_their_time_is_known(self) -> None:
        exact, dated = self.marked(fact(SECOND), fact(FIRST))
        assert [(one.line, one.dated, one.since) for one in (exact, dated)] == [(1, False, None), (2, True, None)]

    def test_what_was_there_before_stays_as_it_is(self) -> None:
        (one,) = self.marked(fact(OWN))
        assert (one.line, one.since) == (None, None)

    def test_what_comes_later_draws_on_everything_from_the_day_of_the_link_on(self) -> None:
        day = timedelta(days=1)
        before, same, after, new = self.marked(
            fact(LATER, AT - day), fact(LATER), fact(LATER, AT + day), fact(None, AT + day)
        )
        assert [one.since for one in (before, same, after, new)] == [None, AT, AT, AT]
        assert {one.line for one in (before, same, after, new)} == {None}
