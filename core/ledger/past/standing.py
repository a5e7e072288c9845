"""What stands in a wallet's journal: which legs each fact has by now, and what was issued into each lot.

The standing legs of an entry are its own, with those of the corrections (`Kind.RECAST`) that refer to it. A spend also
has what the undo of a return left in it: an undo may take out another share of the money than the return put back.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.budget import SPENT_ON
from core.ledger.model import EXPIRED, REPRICES, Account, Entry, Kind, Posting, issues

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.ledger.model import Lot
    from core.shared.money import Price


class Amount(NamedTuple):
    """Connects and their cost, into the wallet (+) or out of it (-). The lot says in which currency."""

    connects: int
    net: int = 0
    tax: int = 0

    def __neg__(self) -> Amount:
        return Amount(-self.connects, -self.net, -self.tax)

    def __add__(self, other: Amount) -> Amount:  # type: ignore[override] # amounts add up, tuples would be joined
        return Amount(self.connects + other.connects, self.net + other.net, self.tax + other.tax)

    def part(self, connects: int) -> Amount:
        """So many Connects of it, at their share of its cost. The rest is what remains when this is taken away."""
        whole = abs(self.connects)
        sign = -1 if self.connects < 0 else 1
        return Amount(sign * connects, self.net * connects // whole, self.tax * connects // whole)

    def price(self, lot: Lot) -> Price | None:
        """Its cost, in the lot's own currency."""
        return None if lot.price is None else lot.price._replace(net=self.net, tax=self.tax)


NOTHING = Amount(0)
Legs = dict[tuple[int, Account], Amount]
"""Amounts by lot and by the account beyond the wallet, in the order in which they were moved."""


def add_leg(legs: Legs, lot: int, account: Account, amount: Amount) -> None:
    """Add to the legs; what cancels out is left out."""
    total = legs.get((lot, account), NOTHING) + amount
    if any(total):
        legs[lot, account] = total
    else:
        legs.pop((lot, account), None)


def on_lot(legs: Legs, lot: int) -> Legs:
    """The legs on one lot."""
    return {leg: amount for leg, amount in legs.items() if leg[0] == lot}


def amount_of(leg: Posting) -> Amount:
    """A leg on the wallet as an amount."""
    return Amount(leg.connects) if leg.price is None else Amount(leg.connects, leg.price.net, leg.price.tax)


class Standing:
    """A wallet's journal, read once.

    `facts` are the entries that stand, by number. `legs` are theirs. `expired` is what has expired of each lot.
    `issuer` is the entry that issued a lot first, `origin` the lot out of which a valuation or an
    amendment made one.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.number: entry for entry in entries}
        self.undone = {entry.of for entry in self.entries.values() if entry.kind is Kind.UNDO}
        self.facts: dict[int, Entry] = {}
        self.legs: dict[int, Legs] = {}
        self.expired: defaultdict[int, Amount] = defaultdict(lambda: NOTHING)
        self.issuer: dict[int, int] = {}
        self.origin: dict[int, int] = {}
        for entry in self.entries.values():
            self._add(entry)

    @property
    def lifted(self) -> frozenset[int]:
        """The entries that issued Connects and stand, but whose Connects were lifted out of the books."""
        return frozenset(
            number
            for number, entry in self.facts.items()
            if entry.kind not in REPRICES
            and any(
                home.connects > 0 and issues(beyond.account) and (home.lot, beyond.account) not in self.legs[number]
                for home, beyond in entry.moves
            )
            and entry.kind is not Kind.RETURN
        )

    def root(self, lot: int) -> Entry:
        """The entry by which the Connects of a lot came in, whatever they were valued at later."""
        while lot in self.origin:
            lot = self.origin[lot]
        return self.entries[self.issuer[lot]]

    def renewed_by(self) -> dict[int, list[int]]:
        """The lots that returns issued, in the order of their numbers, by the numbers of the returns."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for lot, number in sorted(self.issuer.items()):
            if self.entries[number].kind is Kind.RETURN:
                found[number].append(lot)
        return found

    def _add(self, entry: Entry) -> None:
        corrects = entry.kind in {Kind.RECAST, Kind.UNDO}
        about = self.entries[entry.of] if corrects and entry.of is not None else entry
        self._note_issues(entry, about)
        if entry.kind is Kind.EXPIRY or about.number in self.undone:
            self._add_undone(entry, about)
            return
        if about is entry:
            self.facts[entry.number] = entry
            self.legs[entry.number] = {}
        legs = self.legs[about.number]
        for home, beyond in entry.moves:
            add_leg(legs, home.lot, beyond.account, amount_of(home))

    def _note_issues(self, entry: Entry, about: Entry) -> None:
        previous = 0
        for home, beyond in entry.moves:
            if home.connects > 0 and home.lot not in self.issuer and issues(beyond.account):
                self.issuer[home.lot] = about.number
                if about.kind in REPRICES:
                    self.origin[home.lot] = previous
            previous = home.lot

    def _add_undone(self, entry: Entry, about: Entry) -> None:
        """Of what was undone, what expired stays so, and a spend keeps the money that is left in it."""
        spend = about.of if about.kind is Kind.RETURN and about.of not in self.undone else None
        for home, beyond in entry.moves:
            if beyond.account == EXPIRED:
                self.expired[home.lot] += amount_of(home)
            elif spend is not None and beyond.account in SPENT_ON:
                add_leg(self.legs[spend], home.lot, beyond.account, amount_of(home))


def booked_again(entries: Sequence[Entry], end: int) -> Mapping[int, int]:
    """What was booked again behind the entry `end` as it had stood there, and the entries that it had been.

    A later link or import takes facts out to put others in their place; its undo brings them back under new numbers.
    """
    now = Standing(entries).facts
    gone: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, entry in Standing(entries[:end]).facts.items():
        if number not in now:
            gone[_shape(entry)].append(number)
    later = (number for number in now if number > end)
    return {number: some.pop(0) for number in later if (some := gone.get(_shape(now[number])))}


def _shape(entry: Entry) -> tuple[object, ...]:
    return entry.kind, entry.when, entry.counterpart, entry.delta, entry.memo, entry.job, entry.by
