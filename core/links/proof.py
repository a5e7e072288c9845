"""Proves what is stored of links: who stands for whom, which wallets are closed, and that every Connect came over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.change_keys import change_key
from core.ledger.erased.keys import is_erased_key
from core.ledger.model import Kind
from core.ledger.past.standing import Standing
from core.ledger.ports import Record
from core.ledger.sightings import BatchKind, undone
from core.links.facts import fact_lines
from core.links.model import Accounts, BooksState
from core.links.parties import state_of
from core.links.seal import seal_of_link
from core.links.steps import account_of_link

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from core.journal_reader import LinkTrace
    from core.ledger.model import Entry
    from core.ledger.sightings import Batch, Sighting
    from core.links.model import Link, LinkedBooks
    from core.shared.ids import PersonId, WalletId

    RecordOf = Callable[[WalletId], Record]

LISTS: Final = {Accounts.SAME: BatchKind.LINKED, Accounts.TWO: BatchKind.BESIDE}
"""Of what kind the list of all that was taken over is."""


class StoredLinks(NamedTuple):
    """All links in the order of their numbers, and what is stored apart from them that they must explain.

    `into`: who stands for whom. `closed`: the wallets that take no entries. `owners`: to whom these and those of links
    belong. `forgotten`: people of whom nothing is known any more, so that their wallets are closed, too.
    """

    links: tuple[Link, ...]
    into: Mapping[PersonId, PersonId]
    owners: Mapping[WalletId, PersonId]
    closed: Collection[WalletId]
    forgotten: Collection[PersonId]


def first_fault(stored: StoredLinks, traces: Sequence[LinkTrace], record_of: RecordOf) -> str | None:
    """The first thing that is wrong with all links (None: all fits).

    `traces` are what links left in the journal. `record_of` is asked for the wallets of links only.
    """
    for link in stored.links:
        for fault in (*_row(link), *_wallets(link, stored.owners)):
            return f"link {link.id} {fault}"
    for fault in (*_people(stored), *_closed(stored), *_strays(stored, traces)):
        return fault
    for link in stored.links:
        for fault in _books(link, record_of):
            return f"link {link.id}: {fault}"
    return None


def _row(link: Link) -> Iterator[str]:
    if link.seal != seal_of_link(link):
        yield "was changed after it was stored: its seal does not match"
    if link.erased and not is_erased_key(link.key):
        yield "has a seal of before something was erased, but nothing was"
    if link.merged not in link.persons or link.kept in link.persons:
        yield f"is stored as making {link.persons} one with person {link.kept}"
    if link.accounts is not Accounts.ALONE and (link.books is None or link.closed is None):
        yield f"is stored as a link of {link.accounts}, but not with the books for that"


def _wallets(link: Link, owners: Mapping[WalletId, PersonId]) -> Iterator[str]:
    for books, person in ((link.books, link.kept), (link.closed, link.merged)):
        if books is not None and (owner := owners.get(books.wallet)) != person:
            whose = f"belongs to {owner or 'nobody who is known'}"
            yield f"is of person {person}, but its wallet {books.wallet} {whose}"


def _people(stored: StoredLinks) -> Iterator[str]:
    """Everybody is whom the links that stand make them, in the order in which they were made."""
    expected: dict[PersonId, PersonId] = {}
    for link in _standing(stored):
        expected |= dict.fromkeys(link.persons, link.kept)
    for person in sorted({*expected, *stored.into}):
        if (there := stored.into.get(person)) != (now := expected.get(person)):
            yield f"person {person} is stored as {there or 'nobody else'} now, but the links give {now or 'nobody'}"


def _closed(stored: StoredLinks) -> Iterator[str]:
    """The wallets that are closed are those that a link closed, and those of people who were forgotten."""
    by_link = {link.closed.wallet: link for link in _standing(stored) if link.closed is not None}
    for wallet in sorted({*stored.closed} ^ {*by_link}):
        if wallet in by_link:
            yield f"wallet {wallet} is open, but link {by_link[wallet].id} closed it"
        elif stored.owners.get(wallet) not in stored.forgotten:
            yield f"wallet {wallet} is closed, but no link closed it"


def _strays(stored: StoredLinks, traces: Sequence[LinkTrace]) -> Iterator[str]:
    """Every list and every closing in the journal is that of a link."""
    made = [link for link in stored.links if link.accounts is not Accounts.ALONE]
    lists = {(link.books.wallet, link.books.after.imports) for link in made if link.books is not None}
    closings = {(link.closed.wallet, link.closed.after.entries) for link in made if link.closed is not None}
    for wallet, number, closing in traces:
        if (wallet, number) not in (closings if closing else lists):
            yield f"wallet {wallet}: {'entry' if closing else 'import'} {number} is of a link that is not stored"


def _standing(stored: StoredLinks) -> list[Link]:
    return [link for link in stored.links if link.undone is None]


def _books(link: Link, record_of: RecordOf) -> Iterator[str]:
    """What a link wrote into both books is there, is all that it wrote, and was taken back if it was undone."""
    for books in (link.books, link.closed):
        if books is not None:
            yield from _states(books, record_of(books.wallet))
            if link.accounts is Accounts.ALONE and books.before != books.after:
                yield f"wallet {books.wallet} has {_said(books.after)} by it, which it cannot have changed"
    if link.closed is None:
        return
    record = record_of(link.closed.wallet)
    if link.undone is None and (now := state_of(record)) != link.closed.after:
        yield f"wallet {link.closed.wallet} was closed with {_said(link.closed.after)}, but has {_said(now)}"
    if link.closed.after.balance:
        yield f"wallet {link.closed.wallet} was closed with a balance of {link.closed.after.balance}"
    if link.books is not None and link.accounts is not Accounts.ALONE:
        yield from _closing(link, link.closed, link.books, record.entries)
        yield from _together(link, link.books, record_of(link.books.wallet), link.closed, record)


def _together(link: Link, books: LinkedBooks, kept: Record, closed: LinkedBooks, record: Record) -> Iterator[str]:
    """The kept books have what was in those that were closed, and a list of it."""
    yield from _taken_over(link, books, kept)
    if link.accounts is Accounts.TWO:
        yield from _sum(books, kept.entries, closed, record.entries)
    batch = kept.batches[books.after.imports - 1] if 0 < books.after.imports <= len(kept.batches) else None
    if batch is None or batch.kind is not LISTS[link.accounts] or batch.of is not None:
        yield f"import {books.after.imports} of wallet {books.wallet} is not its list"
        return
    if link.undone is None and batch.number in undone(kept.batches):
        yield f"its list, import {batch.number} of wallet {books.wallet}, was undone"
    yield from _listed(link, books, batch, closed, record)


def _said(state: BooksState) -> str:
    return f"{state.entries} entries, {state.imports} imports and a balance of {state.balance}"


def _states(books: LinkedBooks, record: Record) -> Iterator[str]:
    """The books were as the link says that it found and left them."""
    for when, state in (("before", books.before), ("after", books.after)):
        balances = [0, *(entry.balance for entry in record.entries[: state.entries])]
        there = len(balances) == state.entries + 1 and 0 <= state.imports <= len(record.batches)
        if not there or balances[-1] != state.balance:
            yield f"wallet {books.wallet} did not have {_said(state)} {when} it"
    if books.after.entries < books.before.entries or books.after.imports < books.before.imports:
        yield f"wallet {books.wallet} has fewer entries or imports after it than before"


def _closing(link: Link, closed: LinkedBooks, books: LinkedBooks, entries: Sequence[Entry]) -> Iterator[str]:
    """The closed wallet was emptied into the kept one, and an undo brought it all back."""
    wallet, closing = closed.wallet, entries[closed.before.entries : closed.after.entries]
    if closed.after.imports != closed.before.imports:
        yield f"wallet {wallet} has imports by it"
    if any(change_key(entry.key) != f"{link.key}:close" for entry in closing):
        yield f"wallet {wallet} was closed by another action"
    left = [entry for entry in closing if entry.kind is not Kind.EXPIRY]
    if any((entry.kind, entry.counterpart) != (Kind.ADJUSTMENT, account_of_link(books.wallet)) for entry in left):
        yield f"what was left in wallet {wallet} did not go to wallet {books.wallet}"
    undo = next(iter(entries[closed.after.entries :]), None)
    if left and link.undone is not None and (undo is None or (undo.kind, undo.of) != (Kind.UNDO, left[-1].number)):
        yield f"wallet {wallet} was opened again without what was left in it"


def _taken_over(link: Link, books: LinkedBooks, kept: Record) -> Iterator[str]:
    """Everything between both states of the kept books is of the link, and none of it stands if it was undone."""
    own, theirs = f"{link.key}:link:", f"wallet {books.wallet}"
    for what, rows, first, last in (
        ("entry", kept.entries, books.before.entries, books.after.entries),
        ("import", kept.batches, books.before.imports, books.after.imports),
    ):
        for row in rows:
            if change_key(row.key).startswith(own) is not (first < row.number <= last):
                yield f"{theirs} has {what} {row.number}, which is not of it as it should be"
    for batch in kept.batches[books.before.imports : books.after.imports]:
        if link.undone is not None and batch.number not in undone(kept.batches):
            yield f"{theirs} has import {batch.number} of it, which was not undone with it"
    standing = Standing(kept.entries).facts if link.undone is not None else {}
    for number in range(*_numbers(books)):
        if number in standing:
            yield f"{theirs} has entry {number} of it, which was not undone with it"


def _sum(books: LinkedBooks, kept: Sequence[Entry], closed: LinkedBooks, entries: Sequence[Entry]) -> Iterator[str]:
    """Lots of another account stay apart, and have in them together what was left in the wallet that was closed."""
    known = {leg.lot for entry in kept[: books.before.entries] for leg in entry.postings}
    legs = (leg for entry in kept[books.before.entries : books.after.entries] for leg, _ in entry.moves)
    came = sum(leg.connects for leg in legs if leg.lot not in known)
    closing = entries[closed.before.entries : closed.after.entries]
    went = -sum(entry.delta for entry in closing if entry.kind is Kind.ADJUSTMENT)
    if came != went:
        yield f"wallet {books.wallet} got {came} Connects, but {went} were left in wallet {closed.wallet}"


def _numbers(books: LinkedBooks) -> tuple[int, int]:
    """The numbers of the entries that a link booked, and the one behind them."""
    return books.before.entries + 1, books.after.entries + 1


def _listed(link: Link, books: LinkedBooks, batch: Batch, closed: LinkedBooks, record: Record) -> Iterator[str]:
    """The list has each fact of the closed wallet once, with the entry that it is here."""
    found = Record(record.head, record.entries[: closed.before.entries], record.batches[: closed.before.imports])
    expected = {line.row_id: _fact(line) for line in fact_lines(found, {}, ())}
    listed = {line.row_id: _fact(line) for line in batch.sightings}
    if len(listed) != len(batch.sightings):
        yield "its list has a fact twice"
    for name in sorted({*expected, *listed}):
        if listed.get(name) != expected.get(name):
            yield f"its list does not have entry {name} as it was"
    own = range(*_numbers(books))
    for line in batch.sightings:
        if line.number and (line.booked is not (line.number in own) or line.number >= own.stop):
            yield f"its list has entry {line.row_id} as entry {line.number}, which it did not book like that"
    if link.accounts is Accounts.TWO and not all(line.booked for line in batch.sightings):
        yield "its list has a fact that it did not book"


def _fact(line: Sighting) -> tuple[object, ...]:
    return line.day, line.connects, line.at
