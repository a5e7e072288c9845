"""Restating the past: the entries that turn what stands in the journal into what the replay gives.

Only differences are booked. What was drawn from other lots than the replay draws it from is lifted, and set down on the
right lots, by entries (`Kind.RECAST`) that are dated like the one they correct. No lot leaves its bounds meanwhile:
where something is in the way, it is lifted too, and set down again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.model import EXPIRED, Change, Entry, Kind, issues
from core.ledger.past.replay import Short
from core.ledger.past.standing import NOTHING, Amount, Legs, add_leg, amount_of, on_lot
from core.ledger.past.timeline import Changes, past_of
from core.ledger.past.writer import Writer, emptied
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Lot
    from core.ledger.past.facts import Fact, NewFact
    from core.ledger.past.replay import Replay
    from core.ledger.past.timeline import Past
    from core.ledger.past.writer import Move
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook

PASSES = 3
"""How often the lifts are tried in turn before room is made for one of them."""
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
    with_today: Change | None = None,
) -> Restated | Short:
    """Book new facts of the past and withdraw others, so that all is as if it had been booked when it happened.

    The Connects of `lifted` issues go out of the books although the entries stand; what was lifted before and is not
    among them comes back. A spend that finds too little is returned instead (`Short`). `with_today` is what a rule
    books as of today: one entry beside what had expired. It is booked in the same change, with what follows from it.
    """
    changes = Changes(facts, frozenset(withdrawn), frozenset(lifted))
    writer = Writer(record.head, intent)
    if with_today is not None:
        record = _as_of_today(record, with_today)
    past = past_of(record, rulebook, changes)
    replayed = past.replay(writer.at, rulebook)
    if replayed.shorts:
        return replayed.shorts[0]
    try:
        return _Restating(record, past, replayed, changes, writer).result(today=with_today is not None)
    except _StuckError as stuck:
        return stuck.short


def _as_of_today(record: Record, change: Change) -> Record:
    """What is known of the wallet, with the last entry of a change. What had expired is booked by the replay."""
    entry = replace(change.entries[-1], number=record.head.entries + 1)
    made = record.head.lots_made
    new = tuple(lot for lot in change.lots if lot.number > made)
    head = record.head._replace(lots=record.head.lots + new, lots_made=made + len(new))
    return record._replace(head=head, entries=(*record.entries, entry))


class _StuckError(Exception):
    """A lot has no room for a correction, because Connects of it that came back were given a price of their own."""

    def __init__(self, short: Short) -> None:
        super().__init__()
        self.short = short


class _Restating:
    """A restatement under way.

    Facts are known by the numbers of their entries; what has expired of a lot by the lot's number below 0. `now` is
    what is set down of each at the moment, `target` what must be in the end; `lifted` are those that differ meanwhile.
    """

    def __init__(self, record: Record, past: Past, replayed: Replay, changes: Changes, writer: Writer) -> None:
        self.record, self.past, self.replayed, self.changes, self.writer = record, past, replayed, changes, writer
        standing = past.standing
        self.now: dict[int, Legs] = {n: dict(legs) for n, legs in standing.legs.items() if n not in past.issued}
        self.now |= {-lot: {(lot, EXPIRED): amount} for lot, amount in standing.expired.items() if any(amount)}
        self.target = {one.number: legs for one, legs in replayed.legs.items() if one.number and one.lot is None}
        self.target |= {-lot: {(lot, EXPIRED): amount} for lot, amount in replayed.expired.items()}
        self.order = self._order()
        self.on_lot = self._by_lot()
        self.lifted: set[int] = set()
        self.lent: list[tuple[int, list[Move]]] = []
        self.numbers: dict[int, int] = {}

    def result(self, *, today: bool) -> Restated:
        before = {number: _cost(legs, self.writer.lots) for number, legs in self._spends()}
        expired = sum(legs[-ref, EXPIRED].connects for ref, legs in self.now.items() if ref < 0)
        self._issue()
        self._lift_all()
        if today:
            self._book_today(self.record.entries[-1])
        self._withdraw_issues()
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

    def _order(self) -> dict[int, int]:
        """The place of each standing fact in time; what is withdrawn comes last of all, and expiries even later."""
        order = {one.number: place for place, (one, _) in enumerate(self.replayed.steps) if one.number and not one.lot}
        last = len(order) + len(self.replayed.steps)
        return {ref: order.get(ref, last + abs(ref)) for ref in self.now}

    def _by_lot(self) -> dict[int, list[int]]:
        """What has legs on a lot, in the order of time."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for ref in sorted(self.now, key=self.order.__getitem__):
            for lot in dict.fromkeys(number for number, _ in self.now[ref]):
                found[lot].append(ref)
        return found

    def _issue(self) -> None:
        """Issue the new lots, and what was lifted before and comes back."""
        for one in sorted((one for one in self.past.new if one.lot), key=lambda one: one.lot.number if one.lot else 0):
            if one.lot is not None:
                self._book(one, {(one.lot.number, one.account): _full(one.lot)}, (one.lot,))
        for number, legs in self.past.issued.items():
            had = self.past.standing.legs[number]
            if back := [(lot, account, amount) for (lot, account), amount in legs.items() if (lot, account) not in had]:
                self._recast(number, back)

    def _book_today(self, entry: Entry) -> None:
        moves = [(leg.lot, beyond.account, amount_of(leg)) for leg, beyond in entry.moves]
        lots = self.writer.lots
        born = [emptied(lot) for lot in self.record.head.lots if lot.number not in lots]
        lots.update({lot.number: lot for lot in born})
        for lot in dict.fromkeys(lot for lot, _, _ in moves):
            self._make_room(0, lot, [move for move in moves if move[0] == lot])
        self.writer.write(entry.kind, None, moves, memo=entry.memo, by=entry.by, new_lots=born)

    def _lift_all(self) -> None:
        """Lift what the replay has elsewhere, the latest first, and undo what is withdrawn."""
        waiting = [ref for ref in sorted(self.now, key=self.order.__getitem__, reverse=True) if self._wrong(ref)]
        for _ in range(PASSES):
            waiting = [ref for ref in waiting if self._shrinks_under_others(ref) or not self._lift_if_it_fits(ref)]
        for ref in sorted(waiting, key=self._shrinks):
            for lot in self._wrong(ref):
                self._make_room(ref, lot, _reversed(on_lot(self.now[ref], lot)))
            self._lift_if_it_fits(ref)
        for number, moves in reversed(self.lent):
            if not self.writer.fits(moves):
                raise _StuckError(Short(self.writer.at, moves[-1][2].connects, number, None))
            self._recast(number, moves)

    def _wrong(self, ref: int) -> list[int]:
        """The lots on which something is set down that the replay does not have there."""
        now, target = self.now[ref], self.target.get(ref, {})
        if now == target:
            return []
        return [lot for lot in dict.fromkeys(lot for lot, _ in now) if on_lot(now, lot) != on_lot(target, lot)]

    def _lift_if_it_fits(self, ref: int) -> bool:
        now = self.now[ref]
        moves = _reversed({leg: now[leg] for lot in self._wrong(ref) for leg in on_lot(now, lot)})
        if not moves:  # it made room for something else already
            return True
        fitting = self._fitting(moves)
        if fitting is not None:
            self._lift(ref, fitting)
        return fitting is not None

    def _fitting(self, moves: Sequence[Move]) -> Sequence[Move] | None:
        """The moves in an order in which they fit (None: there is none).

        What came back into a lot that had expired went out of it again at once. Lifted in reverse, it would come in
        first, for which a full lot has no room.
        """
        if self.writer.fits(moves):
            return moves
        taking_first = sorted(moves, key=lambda move: move[2].connects)
        return taking_first if self.writer.fits(taking_first) else None

    def _shrinks(self, ref: int) -> bool:
        """Whether lifting a fact makes a lot smaller: a return had issued it."""
        return any(issues(account) for _, account in self.now[ref])

    def _shrinks_under_others(self, ref: int) -> bool:
        """Whether lifting a fact makes a lot smaller on which something else is set down, which needs the room."""
        shrunk = {lot for lot, account in self.now[ref] if issues(account)}
        return any(one != ref and on_lot(self.now[one], lot) for lot in shrunk for one in self.on_lot.get(lot, ()))

    def _lift(self, ref: int, moves: Sequence[Move]) -> None:
        """Take legs of a fact away. What is withdrawn is undone by the entry that takes the last of them."""
        whole = {(lot, account): -amount for lot, account, amount in moves} == self.now[ref]
        if whole and ref in self.changes.withdrawn:
            self._undo(ref, moves)
        elif ref < 0:
            self.writer.write(Kind.EXPIRY, self.writer.lots[-ref].expires, moves, by=self.writer.intent.by)
        else:
            self._recast(ref, moves)
        for lot, account, amount in moves:
            add_leg(self.now[ref], lot, account, amount)
        self.lifted.add(ref)

    def _recast(self, number: int, moves: Sequence[Move], new_lots: Iterable[Lot] = ()) -> None:
        when = self.past.standing.entries[number].when
        self.writer.write(Kind.RECAST, when, moves, of=number, by=self.writer.intent.by, new_lots=new_lots)

    def _undo(self, number: int, moves: Sequence[Move]) -> None:
        when, memo = self.past.standing.entries[number].when, self.writer.intent.memo
        self.writer.write(Kind.UNDO, when, moves, of=number, memo=memo, by=self.writer.intent.by)

    def _make_room(self, ref: int, lot: int, moves: Sequence[Move], after: int = -1) -> None:
        """Lift what stands later on a lot, until these moves on it fit: first what makes room itself, then the rest."""
        takes = sum(amount.connects for _, _, amount in moves) < 0
        while self._fitting(moves) is None:
            if not (
                any(self._lift_from(one, lot, takes=takes) for one in self._later(ref, lot, after))
                or any(self._lift_from(one, lot, takes=not takes) for one in self._later(ref, lot, after))
                or any(self._lift_part(one, lot, takes=takes) for one in self._later(ref, lot, after))
                or (takes and after < 0 and self._lend(lot, -sum(amount.connects for _, _, amount in moves)))
            ):
                when = self.past.standing.entries[ref].when if ref > 0 else self.writer.at
                raise _StuckError(Short(when, abs(moves[0][2].connects), ref if ref > 0 else None, None))

    def _lend(self, lot: int, connects: int) -> bool:
        """Take back, until all is lifted, what a valuation moved out of a lot: a spend and its return may be in it."""
        missing = connects - self.writer.lots[lot].left
        valuations = [n for n in self.past.issued if self.past.standing.entries[n].kind is Kind.VALUATION]
        for number in valuations:
            for (home, beyond), (valued, _) in pairwise(self.past.standing.entries[number].moves):
                if home.lot == lot and valued.connects >= missing > 0:
                    given, taken = amount_of(home).part(missing), amount_of(valued).part(missing)
                    moves = [(valued.lot, beyond.account, -taken), (lot, beyond.account, -given)]
                    self._make_room(0, valued.lot, moves[:1])
                    self._recast(number, moves)
                    self.lent.append((number, [(*move[:2], -move[2]) for move in reversed(moves)]))
                    return True
        return False

    def _later(self, ref: int, lot: int, after: int) -> Iterable[int]:
        """What has legs on a lot and is later than a place in time, the latest first."""
        refs = self.on_lot.get(lot, [])
        while refs and not on_lot(self.now[refs[-1]], lot):
            refs.pop()
        for one in reversed(refs):
            if self.order[one] <= after:
                return
            if one != ref and on_lot(self.now[one], lot):
                yield one

    def _lift_from(self, ref: int, lot: int, *, takes: bool) -> bool:
        """Lift all that a fact has on a lot, if it is a draw (`takes`) or is none, and if that fits."""
        legs = on_lot(self.now[ref], lot)
        moves = _reversed(legs)
        if takes != (sum(amount.connects for amount in legs.values()) < 0) or not self.writer.fits(moves):
            return False
        self._lift(ref, moves)
        return True

    def _lift_part(self, ref: int, lot: int, *, takes: bool) -> bool:
        """Lift as much as fits of what a fact has on a lot."""
        (leg, amount), *others = on_lot(self.now[ref], lot).items()
        state = self.writer.lots[lot]
        room = min(abs(amount.connects), state.size - state.left if takes else state.left)
        if others or not room or takes != (amount.connects < 0):
            return False
        self._lift(ref, [(*leg, -amount.part(room))])
        return True

    def _withdraw_issues(self) -> None:
        """Take back what was issued and is withdrawn or lifted. Nothing draws on those lots any more."""
        for number, target in sorted(self.past.issued.items(), reverse=True):
            had = self.past.standing.legs[number]
            moves = _reversed({leg: amount for leg, amount in had.items() if leg not in target})
            if number in self.changes.withdrawn:
                if not had:  # it was lifted before: an entry needs legs, so the undo sets it down and takes it back
                    own = self._own(number)
                    moves = [*((*leg, amount) for leg, amount in own.items()), *_reversed(own)]
                self._undo(number, moves)
            elif moves:
                self._recast(number, moves)

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
            self._recast(number, [(*leg, amount) for leg, amount in missing.items()], born)
            self.now[number] = dict(target)

    def _room_for(self, place: int, ref: int, legs: Legs) -> list[Lot]:
        """Make room for legs on each of their lots; returns the lots that they issue, still empty."""
        lots = self.writer.lots
        born = [emptied(self.replayed.lots[lot]) for lot in dict.fromkeys(lot for lot, _ in legs) if lot not in lots]
        lots.update({lot.number: lot for lot in born})
        for lot in dict.fromkeys(lot for lot, _ in legs):
            self._make_room(ref, lot, [(*leg, amount) for leg, amount in on_lot(legs, lot).items()], place)
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


def _reversed(legs: Legs) -> list[Move]:
    """The moves that take legs back, the last one first."""
    return [(*leg, -amount) for leg, amount in reversed(legs.items())]


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
