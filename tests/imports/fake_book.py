"""The least that keeps books of imports: entries and sightings, without lots, costs or a balance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from core.imports.matching import State, Verdict, match
from core.imports.merging import merged
from core.imports.model import Answers
from core.ledger.change_keys import member_key
from core.ledger.model import (
    Account,
    Entry,
    Kind,
    Posting,
    Purpose,
    Snapshot,
    Source,
    expense_on,
    holding_of,
    income_from,
)
from core.ledger.ports import Record
from core.ledger.sightings import Batch, Sighting
from core.shared.ids import WalletId

if TYPE_CHECKING:
    from datetime import date

    from core.imports.merging import Merged
    from core.imports.model import Page, Row

WALLET = WalletId(1)
START = datetime(2026, 6, 1, tzinfo=UTC)


@dataclass
class FakeBook:
    """Books that grow by imports, by what is typed, and by undoing."""

    entries: list[Entry] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    now: datetime = START

    @property
    def record(self) -> Record:
        return Record(Snapshot(WALLET), tuple(self.entries), tuple(self.batches))

    def match(self, *pages: Page, answers: Answers | None = None) -> tuple[Merged, tuple[Verdict, ...]]:
        drop = merged(pages)
        return drop, match(drop, self.record, answers or Answers())

    def take(self, *pages: Page, answers: Answers | None = None) -> tuple[Verdict, ...]:
        """Import pages: book what is new, and keep what was seen. What is unsure is left."""
        drop, verdicts = self.match(*pages, answers=answers)
        number, key = len(self.batches) + 1, f"import{len(self.batches) + 1}"
        fresh = [at for at, verdict in enumerate(verdicts) if verdict.state is State.NEW]
        booked = {
            at: self._book(drop.rows[at], verdicts[at].connects, member_key(key, n) if n < len(fresh) else key)
            for n, at in enumerate(fresh, 1)
        }
        sightings: list[Sighting] = []
        for at, (row, verdict) in enumerate(zip(drop.rows, verdicts, strict=True)):
            numbers = {*verdict.entries, verdict.number} - {0} if verdict.state is not State.UNSURE else ()
            sightings += [_sighting(row, at + 1, each, booked=False) for each in sorted(numbers)]
            sightings += [_sighting(row, at + 1, booked[at], booked=True)] if at in booked else []
        self.batches.append(
            Batch(WALLET, number, self._tick(), key, None, drop.first, drop.last, drop.balance, None, tuple(sightings))
        )
        return verdicts

    def type(
        self, connects: int, memo: str, when: datetime, *, job: str = "", purpose: Purpose = Purpose.PROPOSAL
    ) -> int:
        """Type a spend (below 0) or a gain, and give its number."""
        kind, account = Kind.SPEND, expense_on(purpose)
        if connects > 0:
            kind, account = Kind.GRANT, income_from(Source.REWARD)
        key = f"typed{len(self.entries)}"
        return self._enter(kind, account, connects, key=key, happened=when, memo=memo, job=job)

    def undo(self, number: int) -> None:
        """Undo an entry by itself."""
        entry = self.entries[number - 1]
        self._enter(Kind.UNDO, entry.counterpart, -entry.delta, key=f"undo{number}", happened=entry.happened, of=number)

    def undo_import(self, number: int) -> None:
        """Undo an import: its entries go, except those that another standing import has seen."""
        key = f"back{number}"
        gone = {batch.of for batch in self.batches} | {number}
        kept = {
            sighting.number
            for batch in self.batches
            if batch.of is None and batch.number not in gone
            for sighting in batch.sightings
        }
        own = {sighting.number for batch in self.batches for sighting in batch.sightings if sighting.booked}
        undone = {entry.of for entry in self.entries if entry.kind is Kind.UNDO}
        going = sorted(own - kept - undone)
        for n, each in enumerate(going, 1):
            entry = self.entries[each - 1]
            name = member_key(key, n) if n < len(going) else key
            self._enter(Kind.UNDO, entry.counterpart, -entry.delta, key=name, happened=entry.happened, of=each)
        self.batches.append(Batch(WALLET, len(self.batches) + 1, self._tick(), key, of=number))

    @property
    def standing(self) -> list[Entry]:
        """The entries that were not undone."""
        undone = {entry.of for entry in self.entries if entry.kind is Kind.UNDO}
        return [entry for entry in self.entries if entry.kind is not Kind.UNDO and entry.number not in undone]

    @property
    def facts(self) -> list[tuple[date, int, str]]:
        """What stands: day, Connects and title of each entry."""
        return sorted((entry.when.date(), entry.delta, entry.memo) for entry in self.standing)

    def _book(self, row: Row, connects: int, key: str) -> int:
        happened = datetime.combine(row.day, time(10), UTC)
        account = expense_on(Purpose.PROPOSAL) if connects < 0 else income_from(Source.REWARD)
        kind = Kind.SPEND if connects < 0 else Kind.GRANT
        return self._enter(kind, account, connects, key=key, happened=happened, memo=row.title, job=row.job)

    def _enter(
        self,
        kind: Kind,
        account: Account,
        connects: int,
        *,
        key: str,
        happened: datetime | None,
        memo: str = "",
        job: str = "",
        of: int | None = None,
    ) -> int:
        legs = (Posting(holding_of(WALLET), connects, 1), Posting(account, -connects, 1))
        number = len(self.entries) + 1
        self.entries.append(
            Entry(WALLET, number, self._tick(), kind, legs, 0, key, "", memo=memo, job=job, of=of, happened=happened)
        )
        return number

    def _tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def _sighting(row: Row, line: int, number: int, *, booked: bool) -> Sighting:
    return Sighting(
        line, number, booked, row.day, row.wording, row.connects, row.title, row.job, row.member, row.row_id, row.at
    )
