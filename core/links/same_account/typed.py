"""Which entries of two books of the same account are one fact, though no page has shown it in both."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from core.imports.known import kind_booked
from core.imports.model import Row
from core.imports.rows.typed_entries import (
    Candidate,
    TypedEntry,
    may_be_row,
    recognised,
    together,
    typed_entry,
)
from core.ledger.earning import EARNING, EarningClaim, once_keys_of
from core.ledger.model import Kind, source_of
from core.ledger.past.lineage import Lineage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from core.imports.known import Known
    from core.imports.model import RowKind
    from core.ledger.model import Entry
    from core.shared.ids import WalletId


class Pairs(NamedTuple):
    """Entries of the closed books, with those of the kept ones that they are for sure, or may be."""

    sure: Mapping[int, int]
    doubtful: Mapping[int, tuple[int, ...]]


def paired(typed: Iterable[Entry], merged: Known, kept: Known, used: Collection[int]) -> Pairs:
    """Pair entries that somebody typed with those of the kept books that are not `used`, one with one.

    The same job is a proof, and so is a name that can be rewarded once only. A like amount, day and title are not: two
    proposals may be alike.
    """
    typed, sure = list(typed), dict[int, int]()
    free = {number: entry for number, entry in kept.entries.items() if number not in used and may_be_row(entry)}
    once = {keys[0]: number for number, entry in free.items() if (keys := once_keys(entry, entry.wallet))}
    for entry in typed:
        keys = once_keys(entry, kept.record.head.wallet)
        if keys and (number := once.pop(keys[0], None)) is not None:
            sure[entry.number] = number
    theirs, ours = Lineage(merged.record), Lineage(kept.record)
    left = [
        typed_entry(entry, theirs) for entry in typed if entry.number not in sure and may_be_row(entry) and entry.delta
    ]
    rows = [_as_row(entry, kept, ours) for number, entry in free.items() if number not in sure.values()]
    numbers = [number for number in free if number not in sure.values()]
    found = recognised(left, _candidates(rows))
    doubtful: dict[int, tuple[int, ...]] = {}
    for number, places in _by_entry(found).items():
        said = next(one for one in left if one.entry.number == number)
        pair = tuple(numbers[place] for place in places)
        if said.job and all(rows[place][0].job == said.job for place in places):
            sure[number] = pair[0]
        else:
            doubtful[number] = pair
    return Pairs(sure, doubtful)


def once_keys(entry: Entry, wallet: WalletId) -> tuple[str, ...]:
    """The keys of which a grant takes one in a wallet, so that what has a name is claimed once (empty: it has none)."""
    source = source_of(entry.counterpart) if entry.kind is Kind.GRANT else None
    rule = None if source is None else EARNING.get(source)
    if source is None or rule is None or not rule.named or not entry.memo:
        return ()
    return once_keys_of(EarningClaim(source, wallet, entry.by, entry.at, entry.memo))


def _by_entry(found: Mapping[int, Sequence[int]]) -> Mapping[int, list[int]]:
    """The places that were given to each entry."""
    given: defaultdict[int, list[int]] = defaultdict(list)
    for place, (number, *_) in sorted(found.items()):
        given[number].append(place)
    return given


def _candidates(rows: Sequence[tuple[Row, RowKind]]) -> Iterator[Candidate]:
    for place, (row, kind) in enumerate(rows):
        yield Candidate((place,), row, kind)
    yield from together(dict(enumerate(rows)))


def _as_row(entry: Entry, kept: Known, lineage: Lineage) -> tuple[Row, RowKind]:
    """An entry as a page would show it, as far as it is known."""
    said: TypedEntry = typed_entry(entry, lineage)
    seen = kept.seen(entry.number)
    title = next((row.title for row in seen if row.title), said.title)
    job = said.job or next((row.job for row in seen if row.job), "")
    row = Row(entry.when.astimezone(UTC).date(), "", entry.delta, title, job)
    return row, kind_booked(entry)
