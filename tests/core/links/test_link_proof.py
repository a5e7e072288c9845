"""What no seal can show of links: that they are true of both books, and that each Connect came over."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from core.journal_reader import LinkTrace
from core.ledger.model import Entry, Kind
from core.ledger.sightings import Batch, BatchKind
from core.links.model import Accounts, Link, LinkedBooks
from core.links.preview import BalanceChoice, LinkAnswers
from core.links.proof import StoredLinks, first_fault
from core.links.seal import sealed_link
from core.shared.ids import LinkId, PersonId, WalletId
from storage import open_store
from tests.clock import TestClock
from tests.storage.one_person import one_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.ledger.ports import Record

ANN, BEA, KEPT, CLOSED = PersonId(1), PersonId(2), WalletId(1), WalletId(2)


@dataclass(frozen=True)
class Stored:
    """All that the proof of one link is given."""

    links: StoredLinks
    traces: tuple[LinkTrace, ...]
    records: dict[WalletId, Record]

    @property
    def link(self) -> Link:
        return self.links.links[0]

    @property
    def books(self) -> LinkedBooks:
        assert self.link.books is not None
        return self.link.books

    @property
    def closed(self) -> LinkedBooks:
        assert self.link.closed is not None
        return self.link.closed

    @property
    def fault(self) -> str | None:
        return first_fault(self.links, self.traces, self.records.__getitem__)

    def with_link(self, link: Link) -> Stored:
        """The same with another link, which is sealed, so that its seal does not show what is wrong with it."""
        return replace(self, links=self.links._replace(links=(sealed_link(link),)))

    def with_books(self, wallet: WalletId, alter: Callable[[Record], Record]) -> Stored:
        return replace(self, records=self.records | {wallet: alter(self.records[wallet])})

    def with_list(self, alter: Callable[[Batch], Batch]) -> Stored:
        number = self.books.after.imports
        return self.with_books(KEPT, lambda one: _with_batch(one, alter(one.batches[number - 1])))

    def with_closing(self, closing: Entry) -> Stored:
        return self.with_books(CLOSED, lambda one: one._replace(entries=(*one.entries[:-1], closing)))


def _with_batch(record: Record, batch: Batch) -> Record:
    batches = record.batches
    return record._replace(batches=(*batches[: batch.number - 1], batch, *batches[batch.number :]))


async def _lived(accounts: Accounts, *, undone: bool = False) -> Stored:
    async with open_store("memory://") as store:
        both = await one_person(store, TestClock())
        answers = LinkAnswers(BalanceChoice.MERGED) if accounts is Accounts.SAME else LinkAnswers()
        link = (await both.link(accounts, answers, key="press")).link
        if undone:
            link = (await both.unlink(link)).link
        records = {wallet: await store.ledger.record(wallet) for wallet in (KEPT, CLOSED)}
    assert link.books is not None
    assert link.closed is not None
    traces = (
        LinkTrace(KEPT, link.books.after.imports, closing=False),
        LinkTrace(CLOSED, link.closed.after.entries, closing=True),
    )
    links = StoredLinks(
        (link,), {} if undone else {BEA: ANN}, {KEPT: ANN, CLOSED: BEA}, () if undone else (CLOSED,), ()
    )
    return Stored(links, traces, records)


@pytest.fixture(scope="module")
def same() -> Stored:
    return asyncio.run(_lived(Accounts.SAME))


@pytest.fixture(scope="module")
def two() -> Stored:
    return asyncio.run(_lived(Accounts.TWO))


@pytest.fixture(scope="module")
def undone() -> Stored:
    return asyncio.run(_lived(Accounts.TWO, undone=True))


def test_what_was_written_is_proven(same: Stored, two: Stored, undone: Stored) -> None:
    assert [one.fault for one in (same, two, undone)] == [None, None, None]


def test_a_link_that_was_changed_is_named(two: Stored) -> None:
    link = two.link._replace(key="other")
    assert replace(two, links=two.links._replace(links=(link,))).fault == (
        "link 1 was changed after it was stored: its seal does not match"
    )


def test_a_link_says_who_is_who(two: Stored, undone: Stored) -> None:
    wrong = two.with_link(two.link._replace(persons=(ANN, BEA)))
    assert wrong.fault == "link 1 is stored as making (1, 2) one with person 1"
    assert replace(two, links=two.links._replace(into={})).fault == (
        "person 2 is stored as nobody else now, but the links give 1"
    )
    assert replace(undone, links=undone.links._replace(into={BEA: ANN})).fault == (
        "person 2 is stored as 1 now, but the links give nobody"
    )
    owners = {KEPT: ANN, CLOSED: PersonId(3)}
    assert replace(two, links=two.links._replace(owners=owners)).fault == (
        "link 1 is of person 2, but its wallet 2 belongs to 3"
    )


def test_the_wallets_that_are_closed_are_those_of_links_and_of_people_who_were_forgotten(two: Stored) -> None:
    links = two.links
    assert replace(two, links=links._replace(closed=())).fault == "wallet 2 is open, but link 1 closed it"
    both = replace(two, links=links._replace(closed=(KEPT, CLOSED)))
    assert both.fault == "wallet 1 is closed, but no link closed it"
    assert replace(both, links=both.links._replace(forgotten=(ANN,))).fault is None


def test_what_is_in_the_books_without_a_link_is_named(two: Stored) -> None:
    alone = StoredLinks((), {}, {CLOSED: BEA}, (), ())
    assert (
        replace(two, links=alone).fault == f"wallet 1: import {two.books.after.imports} is of a link that is not stored"
    )
    assert replace(two, links=alone, traces=two.traces[1:]).fault == (
        f"wallet 2: entry {two.closed.after.entries} is of a link that is not stored"
    )


@pytest.mark.parametrize("field", ["entries", "imports", "balance"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("which", ["books", "closed"])
def test_the_states_of_both_books_are_proven(same: Stored, two: Stored, which: str, when: str, field: str) -> None:
    for one in (same, two):
        books: LinkedBooks = getattr(one.link, which)
        for by in (1, -1):
            state = getattr(books, when)
            other = state._replace(**{field: getattr(state, field) + by})
            wrong = books._replace(before=other) if when == "before" else books._replace(after=other)
            link = one.link._replace(books=wrong) if which == "books" else one.link._replace(closed=wrong)
            assert one.with_link(link).fault, (one.link.accounts, by)


def test_nothing_is_booked_in_a_closed_wallet(two: Stored) -> None:
    def spend(record: Record) -> Record:
        late = replace(record.entries[1], number=record.head.entries + 1)
        return record._replace(head=record.head._replace(entries=late.number), entries=(*record.entries, late))

    assert "but has 5 entries" in (two.with_books(CLOSED, spend).fault or "")


def test_what_was_left_went_to_the_kept_wallet(two: Stored, undone: Stored) -> None:
    closing = two.records[CLOSED].entries[-1]
    other = replace(closing, key="other")
    assert two.with_closing(other).fault == "link 1: wallet 2 was closed by another action"
    legs = tuple(leg._replace(account=leg.account.replace("link:1", "link:3")) for leg in closing.postings)  # type: ignore[arg-type] # an account
    assert two.with_closing(replace(closing, postings=legs)).fault == (
        "link 1: what was left in wallet 2 did not go to wallet 1"
    )
    opened = undone.with_closing(replace(undone.records[CLOSED].entries[-1], of=1))
    assert opened.fault == "link 1: wallet 2 was opened again without what was left in it"


def test_all_that_lies_between_both_states_is_of_the_link(two: Stored) -> None:
    def other_key(record: Record) -> Record:
        entries = [*record.entries]
        entries[two.books.before.entries] = replace(entries[two.books.before.entries], key="other")
        return record._replace(entries=tuple(entries))

    for wrong in (two.with_books(KEPT, other_key), two.with_list(lambda batch: batch._replace(key="other"))):
        assert "which is not of it as it should be" in (wrong.fault or "")


def test_the_list_has_each_fact_once(same: Stored, two: Stored) -> None:
    for one in (same, two):
        wrong = one.with_list(lambda batch: batch._replace(kind=BatchKind.PINNED))
        assert "is not its list" in (wrong.fault or "")
        fewer = one.with_list(lambda batch: batch._replace(sightings=batch.sightings[1:]))
        assert "its list does not have entry 2:" in (fewer.fault or "")
        twice = one.with_list(lambda batch: batch._replace(sightings=(*batch.sightings, batch.sightings[0])))
        assert twice.fault == "link 1: its list has a fact twice"
        for change in ({"connects": 1}, {"row_id": "2:9"}, {"day": TestClock().now().date().replace(year=2020)}):
            other = one.with_list(
                lambda batch, change=change: batch._replace(  # type: ignore[misc] # the lambda is used at once
                    sightings=(batch.sightings[0]._replace(**change), *batch.sightings[1:])
                )
            )
            assert "its list does not have entry 2:" in (other.fault or "")


def test_the_list_says_what_the_link_booked(same: Stored, two: Stored) -> None:
    def not_booked(batch: Batch) -> Batch:
        return batch._replace(sightings=tuple(line._replace(booked=False) for line in batch.sightings))

    def later(batch: Batch) -> Batch:
        return batch._replace(sightings=tuple(line._replace(number=99, booked=False) for line in batch.sightings))

    for one in (same, two):
        for wrong in (one.with_list(not_booked), one.with_list(later)):
            assert "which it did not book like that" in (wrong.fault or "")


def test_what_came_is_what_was_left(two: Stored) -> None:
    def one_more(record: Record) -> Record:
        entries = [*record.entries]
        place = next(n for n, entry in enumerate(entries) if n >= two.books.before.entries and entry.kind is Kind.SPEND)
        legs = tuple(leg._replace(connects=2 * leg.connects) for leg in entries[place].postings)
        entries[place] = replace(entries[place], postings=legs)
        return record._replace(entries=tuple(entries))

    assert two.with_books(KEPT, one_more).fault == "link 1: wallet 1 got 24 Connects, but 32 were left in wallet 2"


def test_what_was_undone_stands_no_longer(undone: Stored) -> None:
    entries, imports = undone.books.after.entries, undone.books.after.imports
    stands = undone.with_books(KEPT, lambda one: one._replace(entries=one.entries[:entries]))
    assert "of it, which was not undone with it" in (stands.fault or "")
    stands = undone.with_books(KEPT, lambda one: one._replace(batches=one.batches[:imports]))
    assert "of it, which was not undone with it" in (stands.fault or "")


def test_a_list_that_was_undone_alone_is_named(two: Stored) -> None:
    def undo(record: Record) -> Record:
        last = record.batches[-1]
        later = last._replace(number=last.number + 1, of=last.number, key="undo")
        return record._replace(batches=(*record.batches, later))

    assert "was undone" in (two.with_books(KEPT, undo).fault or "")


def test_links_follow_each_other(two: Stored) -> None:
    """Whoever was one with somebody goes with them."""
    cid = PersonId(3)
    first = sealed_link(Link(LinkId(1), two.link.at, "first", Accounts.ALONE, BEA, cid, (cid,)))
    second = sealed_link(Link(LinkId(2), two.link.at, "second", Accounts.ALONE, ANN, BEA, (BEA, cid)))
    stored = StoredLinks((first, second), {BEA: ANN, cid: ANN}, {}, (), ())
    assert first_fault(stored, (), two.records.__getitem__) is None
    assert first_fault(stored._replace(into={BEA: ANN, cid: BEA}), (), two.records.__getitem__) == (
        "person 3 is stored as 2 now, but the links give 1"
    )


def test_a_link_without_books_changes_none(two: Stored) -> None:
    books = two.books._replace(before=two.books.after)
    alone = two.link._replace(accounts=Accounts.ALONE, books=books, closed=None)
    stored = StoredLinks((sealed_link(alone),), {BEA: ANN}, {KEPT: ANN}, (), ())
    assert first_fault(stored, (), two.records.__getitem__) is None
    moved = stored._replace(links=(sealed_link(alone._replace(books=two.books)),))
    assert "which it cannot have changed" in (first_fault(moved, (), two.records.__getitem__) or "")
    with_closed = sealed_link(alone._replace(closed=two.closed._replace(after=two.closed.before)))
    stored = StoredLinks((with_closed,), {BEA: ANN}, two.links.owners, (CLOSED,), ())
    assert "was closed with" in (first_fault(stored, (), two.records.__getitem__) or "")
