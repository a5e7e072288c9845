"""What the entries of a wallet issue: Connects, the prices that they were given later, and what is to be different."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.model import REPRICES, Kind, issues
from core.ledger.past.standing import NOTHING, Amount, Legs, add_leg, amount_of
from core.shared.money import UNKNOWN, CostState, state_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from core.ledger.model import Entry, Lot
    from core.ledger.past.facts import NewFact
    from core.ledger.past.standing import Standing
    from core.shared.money import Price


SOONER: Final = timedelta(microseconds=1)
"""A part of an issue that gets a price later keeps its place before the parts that were valued earlier."""


class Changes(NamedTuple):
    """What is to be different.

    New facts, entries that are withdrawn, issues whose Connects are lifted, and what all that an entry issued did cost
    (`rest`: all of it of which nobody has said what it cost).
    """

    facts: Sequence[NewFact] = ()
    withdrawn: Collection[int] = ()
    lifted: Collection[int] = ()
    amended: Mapping[int, Price] = {}
    rest: bool = False


class Amending(NamedTuple):
    """A price that is learnt now: of what the entry `of` issued. `legs` move all of it into `lot`, which has it."""

    of: int
    legs: Legs
    lot: Lot


class Issued(NamedTuple):
    """What is issued then.

    `legs` has what each entry issues or gives another price. `valued` is how much of a renewed lot was valued, by its
    number. `sizes` are the lots then, with what they cost.
    """

    legs: dict[int, Legs]
    valued: dict[int, int]
    sizes: dict[int, Amount]
    amending: tuple[Amending, ...]


def issuing(entry: Entry) -> bool:
    """Whether an entry issued Connects, or gave them another price."""
    return entry.kind in {Kind.GRANT, Kind.PURCHASE, *REPRICES} or (
        entry.kind is Kind.ADJUSTMENT and issues(entry.counterpart)
    )


def issued_then(standing: Standing, changes: Changes, known: Mapping[int, Lot], made: int) -> Issued:
    """What the entries issue with the changes. `made` is the highest number of a lot so far."""
    run = _Issuing(standing, changes)
    for number, entry in standing.facts.items():
        if entry.kind is Kind.AMENDMENT:
            run.amend(number, entry)
        elif issuing(entry):
            run.issue(number, entry)
    amending = []
    for of, price in sorted(changes.amended.items()):
        family = run.family(of)
        some = [one for one in family if not changes.rest or one[1].price(known[one[0]]) == UNKNOWN]
        if some and not _costs(some, known, price):
            made += 1
            origin = known[some[-1][0]]
            issued = origin.issued if some == family else origin.issued - SOONER
            amending.append(run.amend_now(of, some, price, origin._replace(number=made, issued=issued)))
    return Issued(run.legs, run.valued, run.sizes, tuple(amending))


def _costs(family: Sequence[tuple[int, Amount]], known: Mapping[int, Lot], price: Price) -> bool:
    """Whether Connects have this price already. What was free was so in any currency."""
    (number, amount), *others = family
    had = amount.price(known[number])
    return not others and (had == price or state_of(had) is state_of(price) is CostState.FREE)


class _Issuing:
    """The issues of a wallet, added up in the order of booking."""

    def __init__(self, standing: Standing, changes: Changes) -> None:
        self.standing, self.changes = standing, changes
        never = {*standing.undone, *changes.withdrawn}
        self.gone = {lot for lot, number in standing.issuer.items() if number in never}
        self.legs: dict[int, Legs] = {}
        self.valued: defaultdict[int, int] = defaultdict(int)
        self.sizes: defaultdict[int, Amount] = defaultdict(lambda: NOTHING)
        self.lots_of: defaultdict[int, dict[int, None]] = defaultdict(dict)

    def issue(self, number: int, entry: Entry) -> None:
        """Issue Connects, or value some. What was valued follows the lot out of which it came."""
        legs = self.legs[number] = {}
        withdrawn, lifted = number in self.changes.withdrawn, number in self.changes.lifted
        origin_gone = False
        for home, beyond in entry.moves:
            fresh = home.connects > 0
            if entry.kind is Kind.VALUATION:
                origin_gone = origin_gone if fresh else home.lot in self.gone
            if withdrawn or origin_gone or (lifted and fresh):
                self.gone |= {home.lot} if fresh else set()
                continue
            add_leg(legs, home.lot, beyond.account, amount_of(home))
            if not fresh and entry.kind is Kind.VALUATION and self.standing.root(home.lot).kind is Kind.RETURN:
                self.valued[home.lot] -= home.connects
        self._count(legs)

    def amend(self, number: int, entry: Entry) -> None:
        """Give Connects the price of an amendment.

        It takes them out of the lots that it took them out of, and out of others of the same issue in place of those
        that are not there any more, because an earlier price was taken back.
        """
        self.legs[number] = {}
        (fresh, beyond), of = entry.moves[-1], entry.of or 0
        family = dict(self.family(of))
        named = {home.lot: family[home.lot] for home, _ in entry.moves if home.lot in family}
        missing, legs = fresh.connects, Legs()
        for lot, amount in (named | family).items():
            if part := min(missing, amount.connects):
                legs[lot, beyond.account] = -amount.part(part)
                missing -= part
        if not missing and number not in self.changes.withdrawn:
            legs[fresh.lot, beyond.account] = amount_of(fresh)
            self.legs[number] = legs
            self._count(legs)

    def amend_now(self, of: int, family: Sequence[tuple[int, Amount]], price: Price, lot: Lot) -> Amending:
        """Give Connects that an entry issues a price, as a new lot that is as old as theirs."""
        account = next(beyond.account for home, beyond in self.standing.entries[of].moves if home.connects > 0)
        connects = sum(amount.connects for _, amount in family)
        self.standing.origin[lot.number], self.standing.issuer[lot.number] = family[-1][0], of
        legs = {(number, account): -amount for number, amount in family}
        legs[lot.number, account] = Amount(connects, price.net, price.tax)
        self._count(legs)
        return Amending(of, legs, lot._replace(size=connects, left=connects, price=price, worth=price))

    def family(self, of: int) -> list[tuple[int, Amount]]:
        """The lots in which the Connects are that an entry issued, and what they cost."""
        return [(lot, self.sizes[lot]) for lot in self.lots_of[of] if self.sizes[lot].connects > 0]

    def _count(self, legs: Legs) -> None:
        for (lot, _), amount in legs.items():
            self.sizes[lot] += amount
            if amount.connects > 0:
                self.lots_of[self.standing.root(lot).number][lot] = None
