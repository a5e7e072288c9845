"""What must hold of the lines of any books, of the flows that they add up to, and of statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from core.ledger.flows import FlowKind, Movement, Stock, flows_of, movements_in, paid_in, summed, unknown_in
from core.ledger.model import Kind
from core.shared.calendar import DAY, day_in
from core.shared.money import UNKNOWN, CostState, Price
from core.statements.lines import book_lines
from core.statements.statement import statement_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from random import Random

    from core.ledger.model import Lot
    from core.ledger.ports import Record
    from core.statements.model import BookLine

SECOND = timedelta(seconds=1)
ZONES = ("UTC", "Europe/Kyiv", "America/Los_Angeles")
Held = tuple[int, dict[str, tuple[int, int]]]


def check_books(record: Record, dice: Random) -> tuple[BookLine, ...]:
    """Check the lines of a wallet against its lots and against what flows say of any spans, and some statements."""
    lots = record.head.lots
    shuffled = dice.sample(record.entries, len(record.entries))
    lines = book_lines(shuffled, unknown_in(lots))
    assert lines == tuple(sorted(lines, key=lambda line: (line.when, line.number)))
    assert all(line.moves and line.kind not in {Kind.UNDO, Kind.RECAST, Kind.AMENDMENT} for line in lines)
    assert sum(line.connects for line in lines) == record.head.balance
    assert sums_of(lines) == held_in(lots)
    _check_flows(record, lines, edges_of(record, dice))
    _check_statements(record, dice)
    return lines


def edges_of(record: Record, dice: Random) -> list[datetime]:
    """From before the first entry to behind the last one: some moments of entries, and some whole seconds."""
    moments = [entry.when for entry in record.entries]
    first, last = min(moments) - DAY, max(moments) + DAY
    between = (first + SECOND * dice.randrange(int((last - first) / SECOND)) for _ in range(4))
    return sorted([first, last, *dice.choices(moments, k=4), *between])


def _check_flows(record: Record, lines: Sequence[BookLine], edges: Sequence[datetime]) -> None:
    """The lines of a span add up to what flows say of it."""
    unknown, paid = unknown_in(record.head.lots), paid_in(record.head.lots)
    flows = flows_of(movements_in(record.entries, edges, unknown, paid), len(edges) - 1)
    assert flows == flows_of(_movements(lines, edges, paid), len(edges) - 1)
    for one in flows:
        assert one.delta == one.change.connects
        came = one.bought + sum(one.earned.values()) + one.opened + one.adjusted + one.other + one.returned
        assert one.delta == came - sum(one.spent.values()) - one.expired
        assert one.change_by(FlowKind.EXPIRED).connects == -one.expired
    assert sum((one.change for one in flows), Stock()) == stock_of(record.head.lots)


def _movements(lines: Iterable[BookLine], edges: Sequence[datetime], paid: frozenset[int]) -> Iterator[Movement]:
    for line in lines:
        span = sum(edge <= line.when for edge in edges) - 1
        for move in line.moves if 0 <= span < len(edges) - 1 else ():
            price = move.price
            unknown = -move.connects if price == UNKNOWN else 0
            currency, net, tax = (None, 0, 0) if price is None else (price.currency, -price.net, -price.tax)
            money = currency, -move.connects, net, tax
            bought = move.lot in paid or net + tax
            yield Movement(span, line.kind, move.account, *money, unknown, -move.connects if bought else 0)


def _check_statements(record: Record, dice: Random) -> None:
    """Each statement begins where the one before ended, and the last one ends with what is left."""
    entries, lots, zone = record.entries, record.head.lots, dice.choice(ZONES)
    now = max(entry.when for entry in entries)
    every = statement_of(entries, lots, None, zone, now)
    assert (every.opening, every.closing) == (Stock(), stock_of(lots))
    last = day_in(zone, now)
    middle = last - DAY * dice.randrange(1, 40)
    before = statement_of(entries, lots, (last - 80 * DAY, middle), zone, now)
    after = statement_of(entries, lots, (middle + DAY, last), zone, now)
    assert after.opening == before.closing
    assert after.closing == every.closing
    for one in (before, after):
        assert one.closing == sum((one.flows.change_by(flow) for flow in FlowKind), one.opening)


def sums_of(lines: Iterable[BookLine]) -> dict[int, Held]:
    """What each lot holds after these lines, if anything, and what that cost, as far as it is known."""
    connects: Counter[int] = Counter()
    money: defaultdict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for line in lines:
        for move in line.moves:
            connects[move.lot] += move.connects
            if move.price is not None and move.price.known:
                money[move.lot][move.price.currency, "net"] += move.price.net
                money[move.lot][move.price.currency, "tax"] += move.price.tax
    held = {lot: (left, _prices(money[lot])) for lot, left in connects.items()}
    return {lot: some for lot, some in held.items() if any(some)}


def _prices(sums: Counter[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    currencies = sorted({currency for currency, _ in sums})
    every = {currency: (sums[currency, "net"], sums[currency, "tax"]) for currency in currencies}
    return {currency: price for currency, price in every.items() if any(price)}


def held_in(lots: Iterable[Lot]) -> dict[int, Held]:
    """The same, as lots say it."""
    held: dict[int, Held] = {}
    for lot in lots:
        worth = lot.worth
        known = {} if worth is None or not any(worth[:2]) else {worth.currency: (worth.net, worth.tax)}
        if lot.left or known:
            held[lot.number] = (lot.left, known)
    return held


def check_below_zero(lines: Iterable[BookLine]) -> None:
    """No lot is below zero at the end of a day in UTC."""
    left: Counter[int] = Counter()
    day = None
    for line in lines:
        if line.when.date() != day:
            assert min(left.values(), default=0) >= 0, (day, left)
            day = line.when.date()
        for move in line.moves:
            left[move.lot] += move.connects
    assert min(left.values(), default=0) >= 0, (day, left)


def stock_of(lots: Iterable[Lot]) -> Stock:
    """What is left in lots."""
    left: Counter[CostState] = Counter()
    worth: list[Price] = []
    for lot in lots:
        left[lot.cost_state] += lot.left
        worth += [] if lot.worth is None else [lot.worth]
    return Stock(left[CostState.FREE], left[CostState.PAID], left[CostState.UNKNOWN], summed(worth))
