"""Proves the books: walks the whole journal and derives every projection again. Names the first thing that is wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from core.ledger.budget import after
from core.ledger.earning import EarningClaim, once_key_of, once_key_of_claim
from core.ledger.entry_builder import BEFORE
from core.ledger.model import Budget, Entry, Kind, Lot, Snapshot, Source, holding_of, issues, source_of
from core.ledger.seal import seal_of
from core.shared.ids import PersonId, WalletId
from core.shared.refusals import Outage, UnavailableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from datetime import datetime

    from core.ledger.model import Posting
    from core.shared.money import Price


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verify found: the rows it walked, and the first fault in words (None: every Connect is accounted for).

    `fingerprint` stands for all entries of all wallets as they are now (empty where there is a fault). Books that were
    cut off at their end, or written anew with all their seals, are right in themselves; only who kept it notices.
    """

    wallets: int
    entries: int
    postings: int
    connects: int
    fault: str | None = None
    fingerprint: str = ""


UNREADABLE: Final = (ArithmeticError, AttributeError, TypeError, ValueError)
"""What is raised over a word or a figure that cannot even be read."""


class FaultError(Exception):
    """Something in the stored books cannot be true."""


class _Walk:
    """One wallet, derived again from its journal."""

    def __init__(self, head: Snapshot) -> None:
        self.head = head
        self.stored = {lot.number: lot for lot in head.lots}
        self.lots: dict[int, Lot] = {}
        self.number = self.first = self.balance = self.postings = 0
        self.seal = ""
        self.last: Entry | None = None
        self.marked: dict[int, str] = {}
        self.may_mark: set[tuple[str, int]] = set()
        self.given: Counter[str] = Counter()
        self.budget = None if head.budget is None else Budget(head.budget.limit, head.budget.zone)

    def step(self, row: EntryRow) -> None:
        entry = _entry(row)
        if entry.number != self.number + 1:
            raise FaultError(f"entry {self.number + 1} is missing: after {self.number} comes {entry.number}")
        if self.last is not None and entry.at < self.last.at:
            raise FaultError(f"entry {entry.number} is dated before entry {self.last.number}")
        if entry.of is not None and not 0 < entry.of < entry.number:
            raise FaultError(f"entry {entry.number} refers to entry {entry.of}, which is not before it")
        together = self.last is not None and self.last.key == entry.key + BEFORE
        first = self.first if together else entry.number
        if row.first != first:
            raise FaultError(f"entry {entry.number} says it was written from entry {row.first} on, not from {first} on")
        born = tuple(self._move(entry))
        self.balance += entry.delta
        if entry.balance != self.balance:
            raise FaultError(f"entry {entry.number} says balance {entry.balance}, the journal gives {self.balance}")
        if entry.seal != (seal := seal_of(self.seal, entry, born)):
            raise FaultError(f"entry {entry.number} was changed after it was booked: its seal does not fit")
        self._remember_mark(entry)
        self.budget = None if self.budget is None else after(self.budget, (entry,))
        self.number, self.first, self.seal, self.last = entry.number, first, seal, entry
        self.postings += len(entry.postings)

    def _move(self, entry: Entry) -> Iterator[Lot]:
        """Move the entry's Connects through the lots; gives the lots that came into being, as they are stored."""
        home = holding_of(entry.wallet)
        for leg, beyond in entry.moves:
            if leg.account != home or beyond.account == home or beyond.connects != -leg.connects:
                raise FaultError(f"entry {entry.number} has postings that are not in pairs")
            if leg.lot not in self.lots:
                yield self._bear(entry, leg.lot, leg.price)
            try:
                lot = self.lots[leg.lot].moved(leg.connects, leg.price, issue=issues(beyond.account))
            except ValueError as error:
                raise FaultError(f"entry {entry.number}: {error}") from error
            self.lots[leg.lot] = lot
            if source_of(beyond.account) is Source.PROMOTION:
                self.given[beyond.account] += leg.connects

    def _bear(self, entry: Entry, number: int, price: Price | None) -> Lot:
        stored = self.stored.get(number)
        if stored is None:
            raise FaultError(f"lot {number} of entry {entry.number} is missing")
        if stored.issued != entry.at:
            raise FaultError(f"lot {number} says it was issued at {stored.issued}, entry {entry.number} at {entry.at}")
        nothing = None if price is None else price.none
        born = stored._replace(size=0, left=0, price=nothing, worth=nothing)
        self.lots[number] = born
        return born

    def _remember_mark(self, entry: Entry) -> None:
        """A grant that happens once holds its mark until it is undone; the welcome holds it for good.

        An opening balance that no welcome came before holds the welcome's, if the wallet is a person's.
        """
        if entry.kind is Kind.GRANT and entry.delta > 0 and len(entry.moves) == 1:
            source = source_of(entry.counterpart)
            if source is Source.OPENING:
                welcome = once_key_of(EarningClaim(Source.WELCOME, entry.wallet, entry.by, entry.at))
                self.may_mark.add((welcome, entry.number))
            if mark := _mark_of(source, entry):
                self.marked[entry.number] = mark
        if entry.kind is Kind.UNDO and not self.marked.get(entry.of or 0, "welcome:").startswith("welcome:"):
            del self.marked[entry.of or 0]

    def finish(self) -> None:
        """Hold what the journal gave against the rows that are kept beside it."""
        head = self.head
        for name, kept, derived in (
            ("entries", head.entries, self.number),
            ("balance", head.balance, self.balance),
            ("seal", head.seal, self.seal),
            ("date", head.at, self.last.at if self.last else None),
            ("number of lots", head.lots_made, len(self.lots)),
            ("budget", head.budget, self.budget),
        ):
            if kept != derived:
                raise FaultError(f"its {name} is kept as {kept}, the journal gives {derived}")
        for number in sorted({*self.stored, *self.lots}):
            if self.stored.get(number) != self.lots.get(number):
                raise FaultError(f"lot {number} is kept as {self.stored.get(number)}, not {self.lots.get(number)}")
        marks = sorted({(mark.name, mark.number) for mark in head.once_keys} - self.may_mark)
        due = sorted((name, number) for number, name in self.marked.items())
        if marks != due:
            raise FaultError(f"its once-only marks are kept as {marks}, the journal gives {due}")


def _mark_of(source: Source | None, entry: Entry) -> str:
    """The mark that a grant from a source must hold (empty: none)."""
    if source is Source.PROMOTION:
        return once_key_of_claim(entry.counterpart, entry.by)
    if source is None:
        return ""
    return once_key_of(EarningClaim(source, entry.wallet, entry.by, entry.at, entry.memo))


def _entry(row: EntryRow) -> Entry:
    fields = row._asdict()
    del fields["first"]
    try:
        return Entry(
            **fields
            | {
                "wallet": WalletId(row.wallet),
                "kind": Kind(row.kind),
                "by": None if row.by is None else PersonId(row.by),
            }
        )
    except ValueError as error:
        raise FaultError(f"entry {row.number} is not balanced or not known: {error}") from error


async def verify(store: JournalReader) -> Verdict:
    """Walk everything; the verdict's `fault` names the first thing wrong, and where."""
    tally = _Tally()
    try:
        await tally.take(store)
    except FaultError as fault:
        return tally.verdict(str(fault))
    except UNREADABLE as error:
        return tally.verdict(f"after {tally.wallets} wallets, a row cannot be read: {error}")
    except UnavailableError as error:
        if error.why is not Outage.BROKEN:
            raise
        return tally.verdict(f"after {tally.wallets} wallets, the database cannot be read: it is damaged")
    return tally.verdict()


class _Tally:
    """What was walked so far."""

    def __init__(self) -> None:
        self.wallets = self.entries = self.postings = self.connects = self.lots = self.marks = 0
        self.given: Counter[str] = Counter()
        self._seals = hashlib.blake2b(digest_size=16)

    async def take(self, store: JournalReader) -> None:
        """Walk every wallet, look for rows that belong to none, and ask the database what it finds wrong itself."""
        totals = await store.totals()
        async for shelf in store.snapshots():
            walk = await _walk(shelf)
            self.wallets, self.entries = self.wallets + 1, self.entries + walk.number
            self.postings, self.connects = self.postings + walk.postings, self.connects + walk.balance
            self.lots, self.marks = self.lots + len(walk.lots), self.marks + len(shelf.head.once_keys)
            self.given.update(walk.given)
            self._seals.update(f"{shelf.head.wallet}:{walk.seal};".encode())
        if (fault := self._strays(totals) or await store.flaw()) is not None:
            raise FaultError(fault)

    def verdict(self, fault: str | None = None) -> Verdict:
        """What was found."""
        fingerprint = self._seals.hexdigest() if fault is None else ""
        return Verdict(self.wallets, self.entries, self.postings, self.connects, fault, fingerprint)

    def _strays(self, totals: Totals) -> str | None:
        """Rows that belong to no wallet, or keys that should not be there twice."""
        if totals.doubled_key is not None:
            return f"the key {totals.doubled_key} stands more than once"
        if dict(totals.given) != {account: number for account, number in self.given.items() if number}:
            return f"promotions are kept to have given {dict(totals.given)}, the journal says {dict(self.given)}"
        for name in ("wallets", "entries", "postings", "lots", "marks"):
            kept, count = getattr(totals, name), getattr(self, name)
            if kept != count:
                return f"{kept} {name} are stored, {count} belong to a wallet"
        return None


async def _walk(shelf: JournalSnapshot) -> _Walk:
    walk = _Walk(shelf.head)
    try:
        async for row in shelf.entries:
            walk.step(row)
        walk.finish()
    except FaultError as fault:
        raise FaultError(f"wallet {shelf.head.wallet}: {fault}") from fault
    return walk


class EntryRow(NamedTuple):
    """An entry as stored, unchecked, for verify; `first` is the number of the first entry written with it."""

    wallet: int
    number: int
    at: datetime
    kind: str
    postings: tuple[Posting, ...]
    balance: int
    key: str
    body: str
    by: int | None
    memo: str
    job: str
    of: int | None
    seal: str
    first: int


class JournalSnapshot(NamedTuple):
    """All that is stored of one wallet, unchecked; entries come in order of their number."""

    head: Snapshot
    entries: AsyncIterator[EntryRow]


class Totals(NamedTuple):
    """Rows in each table of the ledger, and a key that stands more than once (None: there is none).

    `given` is what the accounts of promotions are kept to have given.
    """

    wallets: int
    entries: int
    postings: int
    lots: int
    marks: int
    doubled_key: str | None
    given: Mapping[str, int]


class JournalReader(Protocol):
    """The whole journal for verify, wallet by wallet; all of it is read from one consistent state."""

    def snapshots(self) -> AsyncIterator[JournalSnapshot]:
        """Each wallet in order of id: its row with ALL its lots and marks, then its entries."""
        ...

    async def totals(self) -> Totals:
        """Count the rows, so that a row that belongs to no wallet is noticed."""
        ...

    async def flaw(self) -> str | None:
        """What the database finds wrong with itself: damaged pages, broken constraints, guards that are gone."""
        ...
