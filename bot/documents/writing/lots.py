"""The table of lots: what each had at the end of the period, which adds up to what the entries leave."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bot.documents.writing.columns import Column, Content, Table, money_columns
from bot.documents.writing.costs import money_of
from bot.documents.writing.period import period_of
from core.shared.calendar import tzinfo_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo

    from bot.documents.model import DocumentOrder
    from bot.documents.writing.columns import Row
    from bot.documents.writing.period import Period
    from core.ledger.model import Lot
    from core.shared.money import Price
    from core.statements.model import BookLine


class Left(NamedTuple):
    """What is left in a lot at the end of a period, and what that cost (None: no money).

    `moved`: something happened to it in the period.
    """

    connects: int = 0
    worth: Price | None = None
    moved: bool = False


def lot_table(order: DocumentOrder, lines: Iterable[BookLine], currencies: tuple[str, ...]) -> Table:
    """The lots that had Connects in the period, in the order in which they were received."""
    columns = (
        Column("number", Content.NUMBER),
        Column("source", Content.WORD, words="choice"),
        Column("issued", Content.DAY),
        Column("expires", Content.DAY),
        Column("size", Content.CONNECTS, total=True),
        Column("left", Content.CONNECTS, total=True),
        Column("state", Content.WORD, words="sheet-state"),
        *money_columns(currencies, "price_net", "price_tax"),
        *money_columns(currencies, "worth_net", "worth_tax"),
    )
    left = left_of(lines, period_of(order.days, order.zone))
    lots = [lot for lot in order.lots if lot.number in left and (lot.size or left[lot.number].connects)]
    zone = tzinfo_of(order.zone)
    rows = (_row(lot, left[lot.number], zone, currencies) for lot in sorted(lots, key=lambda lot: lot.issued))
    return Table(columns, rows, len(lots))


def left_of(lines: Iterable[BookLine], period: Period) -> Mapping[int, Left]:
    """What is left at the end of a period, by the numbers of all lots that had Connects in it."""
    left: defaultdict[int, Left] = defaultdict(Left)
    for line in lines:
        if period.ends_by(line.when):
            continue
        for move in line.moves:
            connects, worth, moved = left[move.lot]
            worth = move.price if worth is None or move.price is None else worth + move.price
            left[move.lot] = Left(connects + move.connects, worth, moved or period.has(line.when))
    return {number: lot for number, lot in left.items() if lot.connects or lot.moved}


def _row(lot: Lot, left: Left, zone: tzinfo, currencies: tuple[str, ...]) -> Row:
    price = {} if lot.price is None else {lot.price.currency: lot.price}
    worth = {} if left.worth is None else {left.worth.currency: left.worth}
    return (
        lot.number, lot.source.value, lot.issued.astimezone(zone).date(),
        None if lot.expires is None else lot.expires.astimezone(zone).date(), lot.size, left.connects,
        lot.cost_state.value, *money_of(price, currencies), *money_of(worth, currencies),
    )  # fmt: skip
