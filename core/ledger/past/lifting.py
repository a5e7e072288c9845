"""Lifting: what a past change takes out of the way, so that no lot leaves its bounds meanwhile.

What is set down on other lots than the replay has it on is lifted, the latest first. Where something else is in the
way, it is lifted too, and set down again later.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from core.ledger.model import EXPIRED, Kind, issues
from core.ledger.past.replay import Short
from core.ledger.past.standing import Legs, add_leg, amount_of, on_lot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.ledger.model import Lot
    from core.ledger.past.issuing import Changes
    from core.ledger.past.replay import Replay
    from core.ledger.past.timeline import Past
    from core.ledger.past.writer import Move, Writer

PASSES = 3
"""How often the lifts are tried in turn before room is made for one of them."""


class StuckError(Exception):
    """A lot has no room for a correction, because Connects of it that came back were given a price of their own."""

    def __init__(self, short: Short) -> None:
        super().__init__()
        self.short = short


class Lifting:
    """What is set down in the books and what must be, and the entries that lift what is in the way.

    Facts are known by the numbers of their entries; what has expired of a lot by the lot's number below 0. `now` is
    what is set down of each at the moment, `target` what must be in the end; `lifted` are those that differ meanwhile.
    """

    def __init__(self, past: Past, replayed: Replay, changes: Changes, writer: Writer) -> None:
        self.past, self.replayed, self.changes, self.writer = past, replayed, changes, writer
        standing = past.standing
        self.now: dict[int, Legs] = {n: dict(legs) for n, legs in standing.legs.items() if n not in past.issued}
        self.now |= {-lot: {(lot, EXPIRED): amount} for lot, amount in standing.expired.items() if any(amount)}
        self.target = {one.number: legs for one, legs in replayed.legs.items() if one.number and one.lot is None}
        self.target |= {-lot: {(lot, EXPIRED): amount} for lot, amount in replayed.expired.items()}
        self.order = self._order()
        self.on_lot = self._by_lot()
        self.lifted: set[int] = set()
        self.lent: list[tuple[int, list[Move]]] = []

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

    def lift_all(self) -> None:
        """Lift what the replay has elsewhere, the latest first, and undo what is withdrawn."""
        waiting = [ref for ref in sorted(self.now, key=self.order.__getitem__, reverse=True) if self._wrong(ref)]
        for _ in range(PASSES):
            waiting = [ref for ref in waiting if self._shrinks_under_others(ref) or not self._lift_if_it_fits(ref)]
        for ref in sorted(waiting, key=self._shrinks):
            for lot in self._wrong(ref):
                self.make_room(ref, lot, taken_back(on_lot(self.now[ref], lot)))
            self._lift_if_it_fits(ref)
        for number, moves in reversed(self.lent):
            if not self.writer.fits(moves):
                raise StuckError(Short(self.writer.at, moves[-1][2].connects, number, None))
            self.recast(number, moves)

    def _wrong(self, ref: int) -> list[int]:
        """The lots on which something is set down that the replay does not have there."""
        now, target = self.now[ref], self.target.get(ref, {})
        if now == target:
            return []
        return [lot for lot in dict.fromkeys(lot for lot, _ in now) if on_lot(now, lot) != on_lot(target, lot)]

    def _lift_if_it_fits(self, ref: int) -> bool:
        now = self.now[ref]
        moves = taken_back({leg: now[leg] for lot in self._wrong(ref) for leg in on_lot(now, lot)})
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
            self.undo(ref, moves)
        elif ref < 0:
            self.writer.write(Kind.EXPIRY, self.writer.lots[-ref].expires, moves, by=self.writer.intent.by)
        else:
            self.recast(ref, moves)
        for lot, account, amount in moves:
            add_leg(self.now[ref], lot, account, amount)
        self.lifted.add(ref)

    def recast(self, number: int, moves: Sequence[Move], new_lots: Iterable[Lot] = ()) -> None:
        """Move something that an entry set down, or back, by an entry that is dated like it."""
        when = self.past.standing.entries[number].when
        self.writer.write(Kind.RECAST, when, moves, of=number, by=self.writer.intent.by, new_lots=new_lots)

    def undo(self, number: int, moves: Sequence[Move]) -> None:
        """Undo an entry as of when it happened."""
        when, memo = self.past.standing.entries[number].when, self.writer.intent.memo
        self.writer.write(Kind.UNDO, when, moves, of=number, memo=memo, by=self.writer.intent.by)

    def make_room(self, ref: int, lot: int, moves: Sequence[Move], after: int = -1) -> None:
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
                raise StuckError(Short(when, abs(moves[0][2].connects), ref if ref > 0 else None, None))

    def _lend(self, lot: int, connects: int) -> bool:
        """Take back, until all is lifted, what a valuation moved out of a lot: a spend and its return may be in it."""
        missing = connects - self.writer.lots[lot].left
        valuations = [n for n in self.past.issued if self.past.standing.entries[n].kind is Kind.VALUATION]
        for number in valuations:
            for (home, beyond), (valued, _) in pairwise(self.past.standing.entries[number].moves):
                if home.lot == lot and valued.connects >= missing > 0:
                    given, taken = amount_of(home).part(missing), amount_of(valued).part(missing)
                    moves = [(valued.lot, beyond.account, -taken), (lot, beyond.account, -given)]
                    self.make_room(0, valued.lot, moves[:1])
                    self.recast(number, moves)
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
        moves = taken_back(legs)
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


def taken_back(legs: Legs) -> list[Move]:
    """The moves that take legs back, the last one first."""
    return [(*leg, -amount) for leg, amount in reversed(legs.items())]
