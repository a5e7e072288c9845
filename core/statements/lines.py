"""The books line by line: each entry as it stands in the end, with what was learnt later of its lots and costs.

Which legs count, and as a part of which entry, is said in `core.ledger.flows.CountedLegs`, so that lines and flows
agree over any span.
"""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from core.ledger.flows import CountedLegs
from core.ledger.model import Kind
from core.shared.money import UNKNOWN
from core.statements.model import BookLine, Move

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from core.ledger.flows import CountedLeg
    from core.ledger.model import Account, Entry, Posting


def book_lines(entries: Iterable[Entry], unknown_lots: AbstractSet[int] = frozenset()) -> tuple[BookLine, ...]:
    """The lines of all entries of a wallet, sorted by (when, number). The entries may come in any order.

    `unknown_lots` are lots of unknown cost that were drawn from when an unknown cost was still booked as none.

    After each day in UTC no lot holds less than nothing, and lots are what `Ledger.lots_at` says. Both hold unless an
    entry was undone at a later moment than it happened, as long as everything was booked at once: it is no line, though
    it was there until then. In the end, lots are what they are in any case.
    """
    counted = CountedLegs(entries)
    apart = {number for number, entry in counted.entries.items() if not _by_itself(counted, entry)}
    learnt = _learnt(counted, apart, unknown_lots)
    lines: list[BookLine] = []
    for number, entry in counted.entries.items():
        own = () if number in apart else entry.moves
        moves = [_move(home, beyond.account, unknown_lots) for home, beyond in own]
        if number in learnt:
            moves += learnt[number]
        if moves := moves if len(moves) == 1 else _netted(moves):
            lines.append(_line(entry, tuple(moves)))
    return tuple(sorted(lines, key=attrgetter("when", "number")))


def _learnt(counted: CountedLegs, apart: Iterable[int], unknown_lots: AbstractSet[int]) -> Mapping[int, list[Move]]:
    """The moves that a line has from corrections, or from an entry of which only a part counts, by the line's number.

    `apart` are the entries that do not stand by themselves. What expired of a lot at its moment is one line, however
    often more of the past was learnt.
    """
    learnt: defaultdict[int, list[Move]] = defaultdict(list)
    expiries: dict[tuple[int, datetime], int] = {}
    for number in sorted(apart):
        for one in counted.of(counted.entries[number]):
            learnt[_line_of(one, expiries)].append(_move(one.home, one.beyond.account, unknown_lots))
    return learnt


def _by_itself(counted: CountedLegs, entry: Entry) -> bool:
    """Whether all legs of an entry are a part of its own line."""
    return counted.plain(entry) and (entry.kind is not Kind.EXPIRY or entry.happened is None)


def _line_of(one: CountedLeg, expiries: dict[tuple[int, datetime], int]) -> int:
    number = one.fact.number
    if one.fact.kind is not Kind.EXPIRY or one.fact.happened is None:
        return number
    return expiries.setdefault((one.home.lot, one.fact.happened), number)


def _move(home: Posting, account: Account, unknown_lots: AbstractSet[int]) -> Move:
    return Move(account, home.lot, home.connects, UNKNOWN if home.lot in unknown_lots else home.price)


def _netted(moves: Iterable[Move]) -> list[Move]:
    """The moves with those of one lot from or to one account taken together, as far as that comes to anything."""
    found: dict[tuple[Account, int], Move] = {}
    for move in moves:
        place = move.account, move.lot
        found[place] = _sum(found[place], move) if place in found else move
    return [move for move in found.values() if move.connects or (move.price is not None and any(move.price[:2]))]


def _sum(one: Move, other: Move) -> Move:
    price = one.price if other.price is None else other.price if one.price is None else one.price + other.price
    return one._replace(connects=one.connects + other.connects, price=price)


def _line(entry: Entry, moves: tuple[Move, ...]) -> BookLine:
    """The line of an entry. What is left of an undo is what it let expire."""
    kind, dated = Kind.EXPIRY if entry.kind is Kind.UNDO else entry.kind, entry.happened is not None
    return BookLine(
        entry.number, entry.when, entry.at, dated, kind, moves, entry.memo, entry.job, entry.by, entry.of
    )  # fmt: skip
