"""Who of two stands for both: whoever has books, then a wallet, then the older one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Final

from core.ledger.model import Entry, Kind, Lot, Posting, Purpose, Snapshot, Source, expense_on, holding_of, income_from
from core.ledger.ports import Record
from core.ledger.sightings import Batch, BatchKind
from core.links.model import BooksState
from core.links.parties import Party, in_order, state_of
from core.shared.ids import PersonId, WalletId
from core.wallets.people import Wallet
from core.wallets.settings import Settings

AT: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)


def record(wallet: int, *entries: Entry, batches: tuple[Batch, ...] = (), lots: tuple[Lot, ...] = ()) -> Record:
    balance = sum(lot.left for lot in lots)
    return Record(Snapshot(WalletId(wallet), len(entries), len(lots), balance, lots=lots), entries, batches)


def entry(wallet: int, number: int, at: datetime, happened: datetime | None = None) -> Entry:
    legs = Posting(holding_of(WalletId(wallet)), -3, 1), Posting(expense_on(Purpose.PROPOSAL), 3, 1)
    return Entry(WalletId(wallet), number, at, Kind.SPEND, legs, 7, f"k{number}", "b", happened=happened)


def party(person: int, wallet: int = 0, *, books: bool = False) -> Party:
    who = PersonId(person), (PersonId(person),)
    if not wallet:
        return Party(*who)
    entries = (entry(wallet, 1, AT),) if books else ()
    return Party(*who, Wallet(WalletId(wallet), Settings()), record(wallet, *entries))


def test_the_first_of_these_stands_for_both_in_whatever_order_they_come() -> None:
    ranked = [party(9, 4, books=True), party(8, 5, books=True), party(7, 2), party(6, 3), party(1), party(2)]
    for one, other in permutations(range(len(ranked)), 2):
        found = in_order(ranked[one], ranked[other])
        assert found == (ranked[min(one, other)], ranked[max(one, other)])


def test_books_are_what_was_ever_booked_or_imported() -> None:
    imported = record(1, batches=(Batch(WalletId(1), 1, AT, "key"),))
    wallet = Wallet(WalletId(1), Settings())
    assert Party(PersonId(1), (PersonId(1),), wallet, record(1)).books is None
    assert Party(PersonId(1), (PersonId(1),), wallet, imported).books is imported
    assert party(1).books is None
    assert party(1, 1, books=True).books is not None


def test_whoever_has_no_wallet_is_shown_without_one() -> None:
    shown = party(1).side(AT)
    assert (shown.wallet, shown.balance, shown.entries, shown.since) == (None, 0, 0, None)


def test_what_is_shown_counts_what_has_not_expired_and_begins_when_the_first_thing_happened() -> None:
    year = timedelta(days=365)
    lots = tuple(
        Lot(number, Source.PURCHASE, AT - year, AT - year + timedelta(days=days), 10, 10)
        for number, days in ((1, 1), (2, 400))
    )
    dated = entry(1, 2, AT, AT - timedelta(days=30))
    one = Party(PersonId(1), (PersonId(1),), None, record(1, entry(1, 1, AT), dated, lots=lots))
    shown = one.side(AT)
    assert (shown.balance, shown.entries, shown.since) == (10, 2, AT - timedelta(days=30))


def test_the_state_of_books_counts_entries_and_imports() -> None:
    batches = tuple(Batch(WalletId(1), number, AT, "key") for number in (1, 2))
    assert state_of(record(1, entry(1, 1, AT), batches=batches)) == BooksState(1, 2, 0)


def test_books_of_two_accounts_stay_however_young_they_are() -> None:
    old, young = party(1, 1, books=True), party(2, 9)
    listed = Batch(WalletId(9), 1, AT, "link", kind=BatchKind.BESIDE)
    of_two = young._replace(record=record(9, batches=(listed,)))
    assert of_two.of_two_accounts
    assert in_order(old, of_two) == (of_two, old)
    undone = listed._replace(number=2, of=1)
    assert in_order(old, young._replace(record=record(9, batches=(listed, undone)))).kept == old


def test_a_wallet_is_unused_as_long_as_nothing_but_a_welcome_stands_in_it() -> None:
    legs = Posting(holding_of(WalletId(1)), 20, 1), Posting(income_from(Source.WELCOME), -20, 1)
    welcome = Entry(WalletId(1), 1, AT, Kind.GRANT, legs, 20, "k1", "b")
    batch = Batch(WalletId(1), 1, AT, "key")
    who = PersonId(1), (PersonId(1),), Wallet(WalletId(1), Settings())
    assert Party(*who, record(1, welcome)).is_unused
    assert party(1).is_unused
    assert not Party(*who, record(1, welcome, entry(1, 2, AT))).is_unused
    assert not Party(*who, record(1, welcome, batches=(batch,))).is_unused
    assert Party(*who, record(1, welcome, batches=(batch, batch._replace(number=2, of=1)))).is_unused
