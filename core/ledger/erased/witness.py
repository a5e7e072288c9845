"""What proves entries and imports whose words were erased.

The seal of such a row covered its key or, in the first version, its memo. These named the person, so they are gone, and
the seal cannot be computed any more. It stays in its row as a link of the chain: the row after it is sealed with it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.erased.keys import is_erased_key
from core.ledger.seal import BYTES, SECOND, earlier_than, memo_fits, seal_of, seal_of_batch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from core.ledger.model import Entry, Lot
    from core.ledger.sightings import Batch
    from core.shared.ids import WalletId

ENTRY: Final = "entry"
IMPORT: Final = "import"
ORDER: Final = "order"
"""Where an entry stands among those of its day by its memo. Facts of a day count in that order, so it is still needed
to prove the past once memos are erased; until something else is booked there, and the past is written anew."""
RANK_DIGITS: Final = 6


class Witness(NamedTuple):
    """What proves an erased row of a wallet in place of its own seal.

    `kind` says whether it is an entry or an import, `number` which. `seal` covers what is left of the row, its old seal
    and the seal before it; in one of the kind `ORDER` it is a rank. `erasure` is the number of the forgetting; if there
    were several, the last one counts.
    """

    wallet: WalletId
    kind: str
    number: int
    seal: str
    erasure: int = 0


class Erasure(NamedTuple):
    """One forgetting, in a chain of its own. `seal` covers the erasure before it and all of its witnesses."""

    number: int
    at: datetime
    witnesses: int
    seal: str = ""


def witness_of_entry(previous: str, entry: Entry, new_lots: Iterable[Lot] = ()) -> str:
    """The seal of a witness for an entry as it is left. It follows the seal `previous`, and issues `new_lots`."""
    memo = "" if entry.seal.startswith(SECOND) else entry.memo  # the second version covers it by its digest
    return _hash(ENTRY, seal_of(previous, entry, new_lots), entry.seal, memo)


def witness_of_import(previous: str, batch: Batch, seals: Iterable[str]) -> str:
    """The seal of a witness for an import as it is left. `seals` are those of what it saw, as in `seal_of_batch`."""
    return _hash(IMPORT, seal_of_batch(previous, batch, seals), batch.seal)


def seal_of_erasure(previous: str, erasure: Erasure, witnesses: Iterable[Witness]) -> str:
    """The hash of a forgetting, of its witnesses and, through `previous`, of all forgettings before it."""
    rows = [f"{one.wallet},{one.kind},{one.number},{one.seal}" for one in sorted(witnesses)]
    return _hash(previous, str(erasure.number), erasure.at.isoformat(), str(erasure.witnesses), *rows)


def sealed_erasure(previous: Erasure | None, at: datetime, witnesses: Iterable[Witness]) -> Erasure:
    """A forgetting that follows the one before it (None: it is the first)."""
    every = tuple(witnesses)
    number, seal = (1, "") if previous is None else (previous.number + 1, previous.seal)
    erasure = Erasure(number, at, len(every))
    return erasure._replace(seal=seal_of_erasure(seal, erasure, every))


def witness_fault(previous: str, entry: Entry, new_lots: Iterable[Lot], witness: str) -> str | None:
    """What is wrong with an entry that has a witness (None: all fits)."""
    first = not entry.seal.startswith(SECOND)
    if not is_erased_key(entry.key) and (entry.memo or not first):
        return "has a witness, but nothing was erased that its seal covered"
    if earlier_than(previous, entry):
        return "has a seal of an earlier version than the entry before it"
    if witness != witness_of_entry(previous, entry, new_lots):
        return "was changed after it was erased: its witness does not match"
    if not first and not memo_fits(entry):
        return "was changed after it was erased: its memo does not match its digest"
    return None


def import_witness_fault(previous: str, batch: Batch, seals: Iterable[str], witness: str) -> str | None:
    """What is wrong with an import that has a witness (None: all fits)."""
    if not is_erased_key(batch.key):
        return "has a witness, but nothing was erased that its seal covered"
    if witness != witness_of_import(previous, batch, seals):
        return "was changed after it was erased: its witness does not match"
    return None


def flaw_in_erasures(erasures: Iterable[Erasure], witnesses: Iterable[Witness]) -> str | None:
    """The first thing that is wrong with the chain of all forgettings (None: all fits), by all their witnesses."""
    by_erasure: dict[int, list[Witness]] = {}
    for one in witnesses:
        by_erasure.setdefault(one.erasure, []).append(one)
    previous = ""
    for number, erasure in enumerate(erasures, 1):
        if erasure.number != number:
            return f"erasure {number} is missing: it is followed by erasure {erasure.number}"
        theirs = by_erasure.pop(number, [])
        if erasure.seal != seal_of_erasure(previous, erasure, theirs) or erasure.witnesses != len(theirs):
            return f"erasure {number} or one of its witnesses was changed: its seal does not match"
        previous = erasure.seal
    if by_erasure:
        stray = min(min(by_erasure.values()))
        return f"wallet {stray.wallet}: {stray.kind} {stray.number} has a witness of an erasure that does not exist"
    return None


def latest(witnesses: Iterable[Witness], kind: str) -> dict[int, str]:
    """The witness that counts of each entry or import of a wallet, by its number."""
    ordered = sorted((one for one in witnesses if one.kind == kind), key=lambda one: one.erasure)
    return {one.number: one.seal for one in ordered}


def ranked(entries: Iterable[Entry], ranks: Mapping[int, str]) -> tuple[Entry, ...]:
    """The entries with their ranks in place of memos."""
    return tuple(replace(one, memo=ranks[one.number]) if one.number in ranks else one for one in entries)


def ranks_of_days(entries: Iterable[Entry], erased: Collection[int]) -> dict[int, str]:
    """The ranks that take the place of memos on all days of which some are erased, by the numbers of entries.

    None if nothing was booked later than it happened.
    """
    every = tuple(entries)
    if all(entry.happened is None for entry in every):
        return {}
    of_day: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in every:
        of_day[entry.when.date()].append(entry)
    ranks: dict[int, str] = {}
    for day in of_day.values():
        if any(entry.number in erased for entry in day):
            memos = sorted({entry.memo for entry in day})
            ranks |= {entry.number: f"{memos.index(entry.memo):0{RANK_DIGITS}}" for entry in day}
    return ranks


def _hash(*facts: str) -> str:
    return blake2b("\x1f".join(facts).encode(), digest_size=BYTES).hexdigest()
