"""What books that become part of others take along: their facts, what imports saw, and the proof that nothing is lost.

Everything here is pure, and works on a wallet's whole record. Steps are planned one after another, each on the record
as the step before it leaves it (`Chain`).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger import rules
from core.ledger.budget import spent_by
from core.ledger.change_keys import change_key
from core.ledger.entry_builder import Intent, builder_for, dated
from core.ledger.limits import within_limits_then
from core.ledger.model import Account, Change, Kind, Source, income_from
from core.ledger.past.facts import NewFact, draws, issue_moment
from core.ledger.past.issuing import issuing
from core.ledger.past.lineage import Lineage
from core.ledger.past.standing import Standing
from core.ledger.ports import Key
from core.ledger.seal import sealed_batch
from core.ledger.sightings import MOVED, Batch, BatchKind, Sighting, standing
from core.links.model import Step
from core.shared.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from core.ledger.model import Entry, Lot, Snapshot
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import ProposalSighting
    from core.shared.ids import PersonId, WalletId

COPIED: Final = (BatchKind.PROPOSALS, BatchKind.TOLD, BatchKind.TRANSACTIONS)


class Origin(StrEnum):
    """Where Connects came from that need not simply be booked in other books, too."""

    WELCOME = "welcome"
    OPENING = "opening"
    PROMOTION = "promotion"
    """The promotion's totals stay as they are: its Connects were booked in the books that are closed."""


ORIGINS: Final = {
    Source.WELCOME: Origin.WELCOME,
    Source.OPENING: Origin.OPENING,
    Source.PROMOTION: Origin.PROMOTION,
}


class Carried(NamedTuple):
    """A standing fact of a wallet, as it would be booked in another one, and the entry that it is there.

    Connects that got several prices are several facts of one entry, in the order in which they are used. `lot` is the
    one that holds them (None: it issues none).
    """

    entry: Entry
    fact: NewFact
    origin: Origin | None = None
    lot: Lot | None = None


class Act(NamedTuple):
    """The action that links or unlinks: who does it, when, under which key. `secret` gives a new secret each time."""

    key: str
    body: str
    at: datetime
    by: PersonId | None
    secret: Callable[[], str]

    def intent(self, suffix: str, memo: str = "") -> Intent:
        """The intent of one of its steps."""
        return Intent(Key(f"{self.key}:{suffix}", self.body), self.at, self.by, memo, self.secret())

    def after(self, *records: Record) -> Act:
        """The same, not before what was booked last in some books: the clock may have stepped back."""
        moments = (moment for one in records for moment in (one.head.at, one.head.import_at) if moment is not None)
        return self._replace(at=max((self.at, *moments)))


class Chain:
    """Steps of one wallet under KEY:WORD:1, KEY:WORD:2 and so on, each planned on what the one before it leaves."""

    def __init__(self, record: Record, act: Act, word: str) -> None:
        self.record, self._act, self._word = record, act, word
        self.steps: list[Step] = []

    def intent(self) -> Intent:
        """The intent of the next step."""
        return self._act.intent(f"{self._word}:{len(self.steps) + 1}")

    def moment(self, intent: Intent) -> datetime:
        """The date of what the next step books."""
        return dated(self.record.head, intent)

    def add(self, change: Change, intent: Intent) -> None:
        """Add a step."""
        step = step_of(self.record, change, intent)
        self.steps.append(step)
        self.record = record_after(self.record, step.change)

    @property
    def head(self) -> Snapshot:
        """The wallet before the next step, with all that a rule about imports asks for."""
        return head_of(self.record)

    def add_batch(self, batch: Batch) -> Batch:
        """Add a step that books nothing but an import, whose place, key and moment are filled in here."""
        intent, record = self.intent(), self.record
        numbered = batch._replace(
            wallet=record.head.wallet,
            number=len(record.batches) + 1,
            at=dated(record.head, intent),
            key=intent.key.name,
            salt=intent.secret,
        )
        sealed = sealed_batch(record.batches[-1].seal if record.batches else "", numbered)
        self.add(Change((), (), low=record.head.low, batch=sealed), intent)
        return sealed


def head_of(record: Record) -> Snapshot:
    """A wallet, with all that a rule about imports asks for."""
    batches = record.batches
    return record.head._replace(imports=len(batches), import_seal=batches[-1].seal if batches else "")


def step_of(record: Record, change: Change, intent: Intent) -> Step:
    """A change as a step. It tells nobody anything, because those who link see what comes of it."""
    planned = within_limits_then(record, rules.bounded(change), over_limits=True)
    if isinstance(planned, Refusal):
        raise RefusedError(planned)
    planned = planned._replace(notices=(), low=record.head.low if change.notices else change.low)
    if not planned.entries:
        planned = planned._replace(budget=record.head.budget, limits=record.head.limits)
    return Step(intent.key.name, head_of(record), planned)


def standing_facts(record: Record) -> tuple[Carried, ...]:
    """The facts of a wallet in the order of their entries, without what expired: that follows from them.

    Prices are as they are known in the end, lots keep their age and their last day, and returns name their spends by
    their places here.
    """
    past = Standing(record.entries)
    lots = _lots_by_issuer(record, past)
    found: list[Carried] = []
    places: dict[int, int] = {}
    for number, entry in past.facts.items():
        places[number] = len(found)
        if issuing(entry):
            found += (_issued(entry, lot) for lot in lots[number])
        elif draws(entry):
            found.append(Carried(entry, _fact(entry, -entry.delta)))
        elif entry.kind is Kind.RETURN:
            found.append(Carried(entry, _returned(entry, past, places)))
    return tuple(found)


def record_after(record: Record, change: Change) -> Record:
    """Everything about a wallet as a change leaves it."""
    head, batches = record.head, record.batches
    if change.batch is not None:
        batches, head = (*batches, change.batch), head._replace(import_at=change.batch.at)
    if not change.entries:
        return record._replace(head=head, batches=batches)
    last, lots = change.entries[-1], {lot.number: lot for lot in (*head.lots, *change.lots)}
    keys = [key for key in head.once_keys if key.name not in change.released]
    head = head._replace(
        entries=last.number,
        lots_made=len(lots),
        balance=last.balance,
        seal=last.seal,
        at=last.at,
        low=change.low,
        budget=change.budget,
        limits=change.limits,
        lots=tuple(lot for _, lot in sorted(lots.items())),
        once_keys=tuple(sorted((*keys, *change.once_keys))),
    )
    return record._replace(head=head, entries=(*record.entries, *change.entries), batches=batches)


def account_of_link(kept: WalletId) -> Account:
    """The account to which everything goes that is closed, because another wallet holds it now."""
    return Account(f"{MOVED}{kept}")


def closing(record: Record, intent: Intent, kept: WalletId, rulebook: Rulebook) -> Change | None:
    """Book all that is left out of a wallet (None: there is nothing to book)."""
    builder = builder_for(record.head, intent, rulebook)
    if not builder.balance:
        expired = rules.expire(record.head, intent, rulebook)
        return None if isinstance(expired, Refusal) else expired
    builder.draw(builder.balance, account_of_link(kept))
    builder.enter(Kind.ADJUSTMENT)
    return builder.change()._replace(low=record.head.low)


def reopening(record: Record, intent: Intent, key: str, rulebook: Rulebook) -> Change | None:
    """Undo the closing that was booked under a key (None: there was nothing to book out)."""
    closed = [entry for entry in record.entries if change_key(entry.key) == key and entry.kind is Kind.ADJUSTMENT]
    if not closed:
        return None
    change = rules.undo(record.head._replace(related=tuple(closed)), intent, closed[-1].number, rulebook)
    if isinstance(change, Refusal):
        raise RefusedError(change)
    return change._replace(low=record.head.low)


def copied_batches(
    record: Record,
    numbers: Mapping[int, int],
    first: int,
    kinds: Collection[BatchKind] = COPIED,
    *,
    without: Batch | None = None,
    balance_of: Callable[[Batch], int | None] = lambda _batch: None,
) -> tuple[Batch, ...]:
    """The standing imports of these kinds, as they are copied into other books in which `first` is the next number.

    `numbers` are the entries there, by those here; what is about another entry is left out. They hold as of the day as
    of which they held, and show the balance that `balance_of` gives (None: nothing is compared with it there).
    `Chain.add_batch` numbers and seals them.
    """
    found: list[Batch] = []
    places: dict[tuple[int, int], tuple[int, int]] = {}
    for batch in standing(record.batches, *kinds):
        if batch == without:
            continue
        number = first + len(found)
        sightings = tuple(_copied_rows(batch, numbers))
        proposals = tuple(_copied_proposals(batch, numbers, number, places))
        if not sightings and not proposals and batch.kind is not BatchKind.HISTORY:
            continue
        last = batch.last or batch.at.astimezone(UTC).date()
        copy = Batch(record.head.wallet, number, batch.at, "", batch.by, first=batch.first, last=last, kind=batch.kind)
        found.append(copy._replace(balance=balance_of(batch), sightings=sightings, proposals=proposals))
    return tuple(found)


def fact_lines(record: Record, numbers: Mapping[int, int], booked: Collection[int]) -> tuple[Sighting, ...]:
    """A line for each standing fact of a wallet, as `BatchKind.LINKED` and `BESIDE` list them.

    `numbers` are the entries that they are in the other books, `booked` those here that were booked there. What states
    a price later is the entry of what got the price; if that does not stand any more, it says nothing, and has no line.
    `connects` is what it moves by now, and `at` its second, if it is known.
    """
    past = Standing(record.entries)
    lines: list[Sighting] = []
    for number, entry in past.facts.items():
        about = _priced(entry, past)
        if about not in past.facts:
            continue
        lines.append(
            Sighting(
                len(lines) + 1,
                numbers.get(about, 0),
                about in booked,
                entry.when.astimezone(UTC).date(),
                "",
                sum(amount.connects for amount in past.legs[number].values()),
                row_id=f"{record.head.wallet}:{number}",
                at=entry.at if entry.happened is None else None,
            )
        )
    return tuple(lines)


def with_those_before(record: Record, numbers: Mapping[int, int]) -> Mapping[int, int]:
    """The same, with the entries in whose place others stand: what was seen of them was seen of those."""
    lineage = Lineage(record)
    current = ((entry.number, lineage.current(entry.number)) for entry in record.entries)
    return {before: numbers[now] for before, now in current if now in numbers}


def numbers_of(carried: Sequence[Carried], booked: Sequence[int]) -> Mapping[int, int]:
    """The entries that facts were booked as, by the entries that they were; of several the first."""
    found: dict[int, int] = {}
    for one, number in zip(carried, booked, strict=True):
        found.setdefault(one.entry.number, number)
    return found


def _lots_by_issuer(record: Record, past: Standing) -> Mapping[int, list[Lot]]:
    found: defaultdict[int, list[Lot]] = defaultdict(list)
    for lot in sorted(record.head.lots, key=lambda lot: (lot.issued, lot.number)):
        if lot.size:
            found[past.root(lot.number).number].append(lot)
    return found


def _issued(entry: Entry, lot: Lot) -> Carried:
    fact = _fact(entry, lot.size)._replace(account=income_from(lot.source), price=lot.price, expires=lot.expires)
    told = lot.expires is not None and lot.issued == issue_moment(entry.when, fact.account, lot.size, lot.price)
    if entry.happened is None or not told:
        fact = fact._replace(happened=lot.issued, exact=True)
    return Carried(entry, fact, ORIGINS.get(lot.source), lot)


def _returned(entry: Entry, past: Standing, places: Mapping[int, int]) -> NewFact:
    of = entry.of or 0
    fact = _fact(entry, -spent_by(entry))
    return fact._replace(account=past.entries[of].counterpart, of_new=places[of])


def _fact(entry: Entry, connects: int) -> NewFact:
    return NewFact(entry.when, entry.kind, connects, entry.counterpart, memo=entry.memo, job=entry.job, by=entry.by)


def _priced(entry: Entry, past: Standing) -> int:
    """The entry whose Connects an entry gives a price; itself, if it gives none."""
    if entry.kind is Kind.AMENDMENT:
        return entry.of or 0
    return past.root(entry.postings[0].lot).number if entry.kind is Kind.VALUATION else entry.number


def _copied_rows(batch: Batch, numbers: Mapping[int, int]) -> Iterator[Sighting]:
    line = 0
    for seen in batch.sightings:
        if seen.number in numbers:
            line += 1
            yield seen._replace(line=line, number=numbers[seen.number], booked=False, salt="", digest="", seal="")


def _copied_proposals(
    batch: Batch,
    numbers: Mapping[int, int],
    copy: int,
    places: dict[tuple[int, int], tuple[int, int]],
) -> Iterable[ProposalSighting]:
    line = 0
    for seen in batch.proposals:
        if (seen.number is not None and seen.number not in numbers) or (seen.seen and seen.seen not in places):
            continue
        line += 1
        places[batch.number, seen.line] = copy, line
        yield seen._replace(
            line=line,
            number=None if seen.number is None else numbers[seen.number],
            seen=None if seen.seen is None else places[seen.seen],
            salt="",
            digest="",
            seal="",
        )
