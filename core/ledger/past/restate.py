"""Restating the past: the entries that turn what stands in the journal into what the replay gives.

Only differences are booked. What was drawn from other lots than the replay draws it from is lifted, and set down on the
right lots, by entries (`Kind.RECAST`) that are dated like the one they correct. No lot leaves its bounds meanwhile
(`core.ledger.past.lifting`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.model import EXPIRED, Change, Entry, Kind
from core.ledger.past.issuing import Changes
from core.ledger.past.lifting import Lifting, StuckError, taken_back
from core.ledger.past.standing import NOTHING, Amount, Legs, add_leg, amount_of, on_lot
from core.ledger.past.timeline import past_of
from core.ledger.past.writer import Writer, emptied
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Lot
    from core.ledger.past.facts import Fact, NewFact
    from core.ledger.past.replay import Replay, Short
    from core.ledger.past.timeline import Past
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook

Recost = tuple[Entry, Price | None, Price | None]


class Restated(NamedTuple):
    """A restated past.

    `change` is complete but for notices and a batch; it has no entries if nothing is different. `numbers` are the
    entries of the new facts. `recosted` are the spends that stood before and have another cost now: the entry, the cost
    before and after. `expired` is by how many more Connects have expired than was booked before.
    """

    change: Change
    numbers: tuple[int, ...]
    recosted: tuple[Recost, ...]
    expired: int
    balance: int


def restate(
    record: Record,
    intent: Intent,
    rulebook: Rulebook,
    *,
    facts: Sequence[NewFact] = (),
    withdrawn: Collection[int] = (),
    lifted: Collection[int] = (),
    amended: Mapping[int, Price] | None = None,
    rest: bool = False,
    with_today: Change | None = None,
) -> Restated | Short:
    """Book new facts of the past and withdraw others, so that all is as if it had been booked when it happened.

    The Connects of `lifted` issues go out of the books although the entries stand; what was lifted before and is not
    among them comes back. `amended` says what all that an entry issued did cost, by its number (`Kind.AMENDMENT`), or
    with `rest` that of it of which nobody has said what it cost. A spend that finds too little is returned instead
    (`Short`). `with_today` is what a rule books as of today: one entry beside what had expired. It is booked in the
    same change, with what follows from it.
    """
    changes = Changes(facts, frozenset(withdrawn), frozenset(lifted), amended or {}, rest)
    writer = Writer(record.head, intent)
    if with_today is not None:
        record = _as_of_today(record, with_today)
    past = past_of(record, rulebook, changes)
    replayed = past.replay(writer.at, rulebook)
    if replayed.shorts:
        return replayed.shorts[0]
    try:
        return _Restating(record, past, replayed, changes, writer).result(today=with_today is not None)
    except StuckError as stuck:
        return stuck.short


def _as_of_today(record: Record, change: Change) -> Record:
    """What is known of the wallet, with the last entry of a change. What had expired is booked by the replay."""
    entry = replace(change.entries[-1], number=record.head.entries + 1)
    made = record.head.lots_made
    new = tuple(lot for lot in change.lots if lot.number > made)
    head = record.head._replace(lots=record.head.lots + new, lots_made=made + len(new))
    return record._replace(head=head, entries=(*record.entries, entry))


class _Restating(Lifting):
    """A restatement under way."""

    def __init__(self, record: Record, past: Past, replayed: Replay, changes: Changes, writer: Writer) -> None:
        super().__init__(past, replayed, changes, writer)
        self.record = record
        self.numbers: dict[int, int] = {}

    def result(self, *, today: bool) -> Restated:
        before = {number: _cost(legs, self.writer.lots) for number, legs in self._spends()}
        expired = sum(legs[-ref, EXPIRED].connects for ref, legs in self.now.items() if ref < 0)
        self._issue()
        self.lift_all()
        if today:
            self._book_today(self.record.entries[-1])
        self._withdraw_issues()
        self._amend()
        self._set_down_all()
        after = {number: _cost(legs, self.writer.lots) for number, legs in self._spends()}
        entries = self.past.standing.entries
        recosted = tuple(
            (entries[number], before[number], cost) for number, cost in after.items() if cost != before[number]
        )
        now = sum(amount.connects for amount in self.replayed.expired.values())
        gone = self.changes.withdrawn
        keys = [
            key for key in self.record.head.once_keys if key.number in gone and key.wallet == self.record.head.wallet
        ]
        released = tuple(key.name for key in keys if not key.name.startswith("welcome:"))
        numbers = tuple(self.numbers[index] for index in range(len(self.past.new)))
        return Restated(self.writer.change(released), numbers, recosted, expired - now, self.writer.balance)

    def _spends(self) -> Iterable[tuple[int, Legs]]:
        """The spends that stood before and stand now, with their legs."""
        facts = self.past.standing.facts
        for number, legs in self.now.items():
            if number > 0 and number not in self.changes.withdrawn and facts[number].kind is Kind.SPEND:
                yield number, legs

    def _issue(self) -> None:
        """Issue the new lots, and what was lifted before and comes back."""
        for one in sorted((one for one in self.past.new if one.lot), key=lambda one: one.lot.number if one.lot else 0):
            if one.lot is not None:
                self._book(one, {(one.lot.number, one.account): _full(one.lot)}, (one.lot,))
        standing = self.past.standing
        for number, legs in self.past.issued.items():
            had = standing.legs[number]
            if standing.entries[number].kind is Kind.AMENDMENT:
                continue  # it comes after what is withdrawn, of which it may take the place
            if back := [(lot, account, amount) for (lot, account), amount in legs.items() if (lot, account) not in had]:
                self.recast(number, back)

    def _book_today(self, entry: Entry) -> None:
        moves = [(leg.lot, beyond.account, amount_of(leg)) for leg, beyond in entry.moves]
        lots = self.writer.lots
        born = [emptied(lot) for lot in self.record.head.lots if lot.number not in lots]
        lots.update({lot.number: lot for lot in born})
        for lot in dict.fromkeys(lot for lot, _, _ in moves):
            self.make_room(0, lot, [move for move in moves if move[0] == lot])
        self.writer.write(entry.kind, None, moves, memo=entry.memo, by=entry.by, new_lots=born)

    def _withdraw_issues(self) -> None:
        """Take back what was issued and is withdrawn or lifted. Nothing draws on those lots any more."""
        for number, target in sorted(self.past.issued.items(), reverse=True):
            had = self.past.standing.legs[number]
            moves = taken_back({leg: amount for leg, amount in had.items() if target.get(leg) != amount})
            if number in self.changes.withdrawn:
                if not had:  # it was lifted before: an entry needs legs, so the undo sets it down and takes it back
                    own = self._own(number)
                    moves = [*((*leg, amount) for leg, amount in own.items()), *taken_back(own)]
                self.undo(number, moves)
            elif moves:
                self.recast(number, moves)

    def _amend(self) -> None:
        """Amend prices: those that stand, of what is issued then, and those that are learnt now."""
        standing = self.past.standing
        for number, legs in self.past.issued.items():
            if standing.entries[number].kind is Kind.AMENDMENT:
                had = standing.legs[number]
                if moves := [(*leg, amount) for leg, amount in legs.items() if had.get(leg) != amount]:
                    self.recast(number, moves)
        intent = self.writer.intent
        for one in self.past.amending:
            moves = [(*leg, amount) for leg, amount in one.legs.items()]
            when, born = standing.entries[one.of].when, [emptied(one.lot)]
            self.writer.write(Kind.AMENDMENT, when, moves, of=one.of, memo=intent.memo, by=intent.by, new_lots=born)

    def _own(self, number: int) -> Legs:
        own: Legs = {}
        for home, beyond in self.past.standing.entries[number].moves:
            add_leg(own, home.lot, beyond.account, amount_of(home))
        return own

    def _set_down_all(self) -> None:
        """Book what is new and set down what was lifted, in the order of time; then what has expired."""
        for place, (one, _) in enumerate(self.replayed.steps):
            if one.lot is not None:
                continue
            legs = self.replayed.legs[one]
            if one.index is not None:
                self._book(one, legs, self._room_for(place, 0, legs))
            elif one.number is not None and one.number in self.lifted:
                self._set_down(place, one.number, legs)
        for ref in [ref for ref in self.target if ref < 0]:
            missing = _missing(self.now.get(ref, {}), self.target[ref])
            if missing:
                expires = self.writer.lots[-ref].expires
                moves = [(*leg, amount) for leg, amount in missing.items()]
                self.writer.write(Kind.EXPIRY, expires, moves, by=self.writer.intent.by)

    def _set_down(self, place: int, number: int, target: Legs) -> None:
        missing = _missing(self.now[number], target)
        if missing:
            born = self._room_for(place, number, missing)
            self.recast(number, [(*leg, amount) for leg, amount in missing.items()], born)
            self.now[number] = dict(target)

    def _room_for(self, place: int, ref: int, legs: Legs) -> list[Lot]:
        """Make room for legs on each of their lots; returns the lots that they issue, still empty."""
        lots = self.writer.lots
        born = [emptied(self.replayed.lots[lot]) for lot in dict.fromkeys(lot for lot, _ in legs) if lot not in lots]
        lots.update({lot.number: lot for lot in born})
        for lot in dict.fromkeys(lot for lot, _ in legs):
            self.make_room(ref, lot, [(*leg, amount) for leg, amount in on_lot(legs, lot).items()], place)
        return born

    def _book(self, one: Fact, legs: Legs, born: Sequence[Lot] = ()) -> None:
        """Book a new fact."""
        index = one.index or 0
        new = self.changes.facts[index]
        of = None if one.spend is None else one.spend.number or self.numbers[one.spend.index or 0]
        moves = [(*leg, amount) for leg, amount in legs.items()]
        empty = [emptied(lot) for lot in born]
        self.numbers[index] = self.writer.write(
            new.kind, new.happened, moves, of=of, memo=new.memo, job=new.job, by=new.by, new_lots=empty
        )


def _full(lot: Lot) -> Amount:
    return Amount(lot.size) if lot.price is None else Amount(lot.size, lot.price.net, lot.price.tax)


def _missing(now: Legs, target: Legs) -> Legs:
    """What must still be set down, where nothing stands that the target does not have."""
    missing: Legs = {}
    for leg, amount in target.items():
        if any(rest := amount + -now.get(leg, NOTHING)):
            missing[leg] = rest
    return missing


def _cost(legs: Legs, lots: Mapping[int, Lot]) -> Price | None:
    """What a spend cost, as far as it is known (None: nothing, or nobody has said)."""
    costs = [price for (lot, _), amount in legs.items() if (price := (-amount).price(lots[lot])) and price.total]
    return sum(costs[1:], costs[0]) if len({price.currency for price in costs}) == 1 else None
