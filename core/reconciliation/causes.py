"""Why the books and the balance that Upwork shows may differ: likely causes, each of which can be mended.

It is pure. What a cause says that it explains is by how much its mending changes the balance of the books.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.change_keys import change_key
from core.ledger.model import Kind, Purpose, expense_on
from core.ledger.sightings import BatchKind, standing
from core.ledger.summary import net_spends
from core.shared.calendar import day_in
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date, datetime

    from core.ledger.model import Entry, Lot
    from core.ledger.sightings import Batch
    from core.ledger.summary import NetSpend

LOOKED_BACK: Final = timedelta(days=90)
"""How far back causes are looked for, if the books were not confirmed meanwhile. Upwork's page reaches as far."""
ABOUT_NOW: Final = timedelta(days=2)
"""Upwork may let Connects expire by so much earlier than the books, which know the moment only roughly."""
BOOSTED_WITHIN: Final = timedelta(days=14)
"""How long after a bid its boost may be what is missing."""
DEAREST_BID: Final = 25
"""The most that a proposal usually costs without a boost."""
DEAREST_BOOST: Final = 60
"""The most that a boost usually costs."""
MOST_RETURNS: Final = 2
"""How many spends are named that may have come back; if there are more, it is asked which."""


class CauseKind(StrEnum):
    """What may be behind a difference."""

    NEVER_IMPORTED = "never_imported"
    IMPORT_OLD = "import_old"
    MONTHLY = "monthly"
    """The plan's lot has come and is not booked."""
    EXPIRED_HERE = "expired_here"
    """The books let Connects expire that Upwork still has."""
    EXPIRED_THERE = "expired_there"
    """Upwork let Connects expire that are about to expire in the books."""
    OWED = "owed"
    """What should have come back of a proposal is not booked."""
    RETURN = "return"
    """Something came back and is not booked. Without numbers: several spends would fit."""
    BID = "bid"
    TWICE = "twice"
    """Something stands in the books twice."""
    BOUGHT = "bought"
    BOOST = "boost"
    """The boost of a bid that is booked without one."""


class Cause(NamedTuple):
    """A likely cause. Mending it changes the balance of the books by `connects` (0: nobody can know before).

    `numbers` are the entries that it is about, `day` is when the last import was, or when the lot was due.
    """

    kind: CauseKind
    connects: int = 0
    numbers: tuple[int, ...] = ()
    day: date | None = None


class MonthlyLot(NamedTuple):
    """A plan's lot that is due and not booked."""

    connects: int
    day: date


class Owed(NamedTuple):
    """Spends of one proposal that should have come back, and how many Connects have not."""

    connects: int
    numbers: tuple[int, ...]


class Books(NamedTuple):
    """What is known of a wallet: all of its entries, imports and lots, and its figures.

    `agreed` is when the books and Upwork agreed last (None: not known). `unfed`: an import is old after so many days.
    `monthly` is the plan's lot, if it is missing. `owed` is what should have come back, newest first.
    """

    entries: Sequence[Entry]
    batches: Sequence[Batch]
    lots: Sequence[Lot]
    now: datetime
    zone: str
    agreed: datetime | None = None
    unfed: int = 7
    bundles: tuple[int, ...] = ()
    monthly: MonthlyLot | None = None
    owed: tuple[Owed, ...] = ()

    @property
    def since(self) -> datetime:
        """Since when something may have been missed."""
        return max(self.agreed or self.now - LOOKED_BACK, self.now - LOOKED_BACK)


def causes(books: Books, difference: int) -> tuple[Cause, ...]:
    """The likely causes why Upwork has `difference` Connects more (+) or fewer (-), the likeliest first.

    An import shows everything, so it comes first. Then come those that explain all, then those that explain a part.
    """
    if not difference:
        return ()
    found = _more(books, difference) if difference > 0 else _fewer(books, difference)
    fitting = [one for one in found if 0 < one.connects * _sign(difference) <= abs(difference)]
    fitting.sort(key=lambda one: one.connects != difference)
    return (*_stale(books), *fitting)


def _sign(number: int) -> int:
    return 1 if number > 0 else -1


def _more(books: Books, difference: int) -> Iterator[Cause]:
    """Why Upwork may have more."""
    if books.monthly is not None and books.monthly.day >= day_in(books.zone, books.since):
        yield Cause(CauseKind.MONTHLY, books.monthly.connects, day=books.monthly.day)
    yield from _twice(books, difference)
    yield from _expired_here(books, difference)
    owed = [one for one in books.owed if one.connects <= difference]
    owed = sorted(owed, key=lambda one: one.connects != difference)[:MOST_RETURNS]
    yield from (Cause(CauseKind.OWED, one.connects, one.numbers) for one in owed)
    yield from (one for one in _returns(books, difference) if all(one.numbers != other.numbers for other in owed))
    if difference in books.bundles:
        yield Cause(CauseKind.BOUGHT, difference)


def _fewer(books: Books, difference: int) -> Iterator[Cause]:
    """Why Upwork may have less."""
    yield from _expired_there(books)
    yield from _bids(books, -difference)
    yield from _twice(books, difference)
    yield from _boosts(books, difference)


def _stale(books: Books) -> Iterator[Cause]:
    imports = standing(tuple(books.batches), BatchKind.HISTORY)
    last = max((batch.last or batch.at.date() for batch in imports), default=None)
    if last is None:
        yield Cause(CauseKind.NEVER_IMPORTED)
    elif day_in(books.zone, books.now) - last > timedelta(days=books.unfed):
        yield Cause(CauseKind.IMPORT_OLD, day=last)


def _expired_here(books: Books, difference: int) -> Iterator[Cause]:
    """The expiry that explains it best."""
    gone = [entry for entry in books.entries if entry.kind is Kind.EXPIRY and entry.when >= books.since]
    fitting = [entry for entry in gone if 0 < -entry.delta <= difference]
    best = max(fitting, key=lambda entry: (-entry.delta, entry.number), default=None)
    if best is not None:
        yield Cause(CauseKind.EXPIRED_HERE, -best.delta, (best.number,))


def _expired_there(books: Books) -> Iterator[Cause]:
    until = books.now + ABOUT_NOW
    if soon := sum(lot.left for lot in books.lots if lot.expires and books.now < lot.expires <= until):
        yield Cause(CauseKind.EXPIRED_THERE, -soon)


def _returns(books: Books, difference: int) -> Iterator[Cause]:
    """The spends, or all that was spent on one bid, of which exactly so many can still come back."""
    earliest = books.now - LOOKED_BACK
    spends = [one for one in net_spends(books.entries) if one.connects > 0 and one.entry.when >= earliest]
    together: defaultdict[Hashable, list[NetSpend]] = defaultdict(list)
    for one in spends:
        together[bond(one.entry)].append(one)
    single = [(one.entry.number,) for one in spends if one.connects == difference]
    if len(single) > MOST_RETURNS:
        yield Cause(CauseKind.RETURN, difference)
        return
    bids = [mates for mates in together.values() if len(mates) > 1]
    whole = [mates for mates in bids if sum(one.connects for one in mates) == difference]
    fitting = [*single, *(tuple(one.entry.number for one in mates) for mates in whole)]
    for numbers in sorted(fitting, reverse=True)[:MOST_RETURNS]:
        yield Cause(CauseKind.RETURN, difference, numbers)


def bond(entry: Entry) -> Hashable:
    """What entries share that were spent on one bid: its job, or else the change and, in an import, day and title."""
    if entry.job:
        return entry.job
    change = change_key(entry.key)
    return (change,) if entry.happened is None else (change, entry.happened, entry.memo)


def _twice(books: Books, difference: int) -> Iterator[Cause]:
    """What was entered twice on one day: the latest of it that fits."""
    imported = {batch.key for batch in books.batches}
    seen: set[Hashable] = set()
    found: Cause | None = None
    for members in _units(books.entries, imported):
        alike = (day_in(books.zone, members[0].when), *sorted(map(_alike, members)))
        typed, back = change_key(members[0].key) not in imported, -sum(entry.delta for entry in members)
        fits = members[-1].at >= books.since and 0 < back * _sign(difference) <= abs(difference)
        if alike in seen and typed and fits and _can_be_undone(members, books):
            found = Cause(CauseKind.TWICE, back, tuple(entry.number for entry in members))
        seen.add(alike)
    if found is not None:
        yield found


def _units(entries: Sequence[Entry], imported: AbstractSet[str]) -> Iterable[Sequence[Entry]]:
    """The spends and purchases that stand whole, in their order; what was booked in one change is one, but for rows."""
    touched = {entry.of for entry in entries if entry.kind in {Kind.UNDO, Kind.RETURN}}
    units: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        if entry.kind in {Kind.SPEND, Kind.PURCHASE}:
            change = change_key(entry.key)
            units.setdefault(entry.number if change in imported else change, []).append(entry)
    return (unit for unit in units.values() if not any(entry.number in touched for entry in unit))


def _alike(entry: Entry) -> tuple[str, int, str]:
    return entry.counterpart, entry.delta, folded(entry.memo)


def _can_be_undone(members: Sequence[Entry], books: Books) -> bool:
    """Whether nothing was drawn from what it bought, and nothing that it spent would expire at once."""
    lots = {lot.number: lot for lot in books.lots}
    touched = [(lots[home.lot], home.connects) for entry in members for home, _ in entry.moves if home.lot in lots]
    return all(not lot.expired(books.now) and (connects < 0 or lot.left == lot.size) for lot, connects in touched)


def _bids(books: Books, missing: int) -> Iterator[Cause]:
    """A bid that was not typed: of the whole difference if that is likely, or else of the usual size."""
    account, earliest = expense_on(Purpose.PROPOSAL), books.now - LOOKED_BACK
    spent = [one.entry for one in net_spends(books.entries) if one.connects > 0 and one.entry.when >= earliest]
    sizes = Counter(-entry.delta for entry in spent if entry.counterpart == account)
    if missing <= DEAREST_BID or missing in sizes:
        yield Cause(CauseKind.BID, -missing)
        return
    usual = max((size for size in sizes if size < missing), key=lambda size: (sizes[size], size), default=None)
    if usual is not None:
        yield Cause(CauseKind.BID, -usual)


def _boosts(books: Books, difference: int) -> Iterator[Cause]:
    """The latest bid that has no boost yet, and has not come back."""
    if -difference > DEAREST_BOOST:
        return
    earliest = books.now - BOOSTED_WITHIN
    spends = [one for one in net_spends(books.entries) if one.connects > 0 and one.entry.when >= earliest]
    boosted = {bond(one.entry) for one in spends if one.entry.counterpart == expense_on(Purpose.BOOST)}
    for one in reversed(spends):
        if one.entry.counterpart == expense_on(Purpose.PROPOSAL) and bond(one.entry) not in boosted:
            yield Cause(CauseKind.BOOST, difference, (one.entry.number,))
            return
