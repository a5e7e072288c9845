"""The books line by line: each entry as it stands in the end, with what was learnt later of its lots and costs.

Which legs count, and as a part of which entry, is said in `core.ledger.flows.CountedLegs`, so that lines and flows
agree over any span.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.ledger.flows import CountedLegs
from core.ledger.model import Kind
from core.shared.money import UNKNOWN
from core.statements.model import BookLine, Move

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from core.ledger.flows import CountedLeg
    from core.ledger.model import Account, Entry

    Legs = dict[tuple[Account, int], list[Move]]

SEVERAL: Final = 2


def book_lines(entries: Iterable[Entry], unknown_lots: AbstractSet[int] = frozenset()) -> tuple[BookLine, ...]:
    """The lines of all entries of a wallet, sorted by (when, number). The entries may come in any order.

    `unknown_lots` are lots of unknown cost that were drawn from when an unknown cost was still booked as none.
    """
    counted = CountedLegs(entries)
    legs: dict[int, Legs] = {}
    expiries: dict[tuple[int, datetime], int] = {}
    for number in sorted(counted.entries):
        entry = counted.entries[number]
        for one in counted.of(entry):
            line = _expiry_of(one, expiries) if one.fact.kind is Kind.EXPIRY else one.fact.number
            move = _move(one, unknown_lots)
            legs.setdefault(line, {}).setdefault((move.account, move.lot), []).append(move)
    lines = (_line(counted.entries[number], of) for number, of in legs.items())
    return tuple(sorted((line for line in lines if line.moves), key=lambda line: (line.when, line.number)))


def _expiry_of(one: CountedLeg, expiries: dict[tuple[int, datetime], int]) -> int:
    """Which line has what expired: of a lot at its moment, there is one, however often more of the past was learnt."""
    if one.fact.happened is None:
        return one.fact.number
    return expiries.setdefault((one.home.lot, one.fact.happened), one.fact.number)


def _move(one: CountedLeg, unknown_lots: AbstractSet[int]) -> Move:
    home = one.home
    return Move(one.beyond.account, home.lot, home.connects, UNKNOWN if home.lot in unknown_lots else home.price)


def _line(entry: Entry, legs: Legs) -> BookLine:
    moves = (some[0] if len(some) < SEVERAL else _sum(some) for some in legs.values())
    return BookLine(
        entry.number,
        entry.when,
        entry.at,
        entry.happened is not None,
        Kind.EXPIRY if entry.kind is Kind.UNDO else entry.kind,
        tuple(move for move in moves if move.connects or (move.price is not None and any(move.price[:2]))),
        entry.memo,
        entry.job,
        entry.by,
        entry.of,
    )


def _sum(moves: list[Move]) -> Move:
    """Moves of one lot from or to one account, taken together."""
    prices = [move.price for move in moves if move.price is not None]
    price = sum(prices[1:], prices[0]) if prices else None
    return moves[0]._replace(connects=sum(move.connects for move in moves), price=price)
