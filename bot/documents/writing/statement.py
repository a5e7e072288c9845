"""The statement of a period, item by item: what was there, what came and went, and what all of it cost."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.documents.writing.costs import cost_state, states_of
from bot.documents.writing.period import period_of
from core.ledger.budget import SPENT_ON
from core.ledger.model import ADJUSTED, EXPIRED, RENEWED, Kind, Purpose, Source, source_of
from core.shared.money import CostState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.documents.model import DocumentOrder
    from core.ledger.model import Account
    from core.shared.money import Price
    from core.statements.model import BookLine, Move


class Section(StrEnum):
    """The parts of a statement, in their order. The amounts of all but the last add up to it."""

    OPENING = "opening"
    IN = "in"
    OUT = "out"
    CORRECTED = "corrected"
    CLOSING = "closing"


class Share(NamedTuple):
    """Connects with the same knowledge of their cost and in the same currency, and what they cost (None: no money)."""

    state: CostState
    connects: int
    price: Price | None = None


class Item(NamedTuple):
    """A line of the statement. Its shares have the sign of what they did to the balance."""

    section: Section
    name: str
    shares: tuple[Share, ...]


RENEWAL: Final = "renewed"
"""What came back after its lot had expired, into a new lot. It moves no Connects, but may change their cost."""
ITEMS: Final[Mapping[tuple[Section, str], int]] = {
    item: place
    for place, item in enumerate(
        dict.fromkeys(
            [
                (Section.OPENING, "opening"),
                *((Section.IN, source.value) for source in (Source.PURCHASE, Source.OPENING, *Source)),
                *((Section.OUT, purpose.value) for purpose in Purpose),
                (Section.OUT, "expired"),
                *((Section.CORRECTED, name) for name in (Kind.ADJUSTMENT.value, Kind.VALUATION.value, RENEWAL)),
                (Section.CLOSING, "closing"),
            ]
        )
    )
}
"""The place of each item."""
STATES: Final = {state: place for place, state in enumerate(CostState)}


def statement_items(order: DocumentOrder, lines: Iterable[BookLine]) -> tuple[Item, ...]:
    """The items of the order's period. Those that are empty are left out, except for the two balances."""
    period, states = period_of(order.days, order.zone), states_of(order.lots)
    found: dict[tuple[Section, str], _Sums] = {
        (Section.OPENING, "opening"): _Sums(),
        (Section.CLOSING, "closing"): _Sums(),
    }
    for line in lines:
        if period.ends_by(line.when):
            continue
        before = period.starts_after(line.when)
        for move in line.moves:
            item = (Section.OPENING, "opening") if before else _item_of(line.kind, move.account)
            for sums in (found.setdefault(item, _Sums()), found[Section.CLOSING, "closing"]):
                sums.add(move, cost_state(move, states))
    items = (Item(*key, tuple(found[key].shares())) for key in sorted(found, key=ITEMS.__getitem__))
    return tuple(one for one in items if one.shares or one.section in {Section.OPENING, Section.CLOSING})


def _item_of(kind: Kind, account: Account) -> tuple[Section, str]:
    """The item that a move belongs to, by the same rules as in `core.ledger.flows`."""
    if kind is Kind.VALUATION:
        return Section.CORRECTED, Kind.VALUATION.value
    if (purpose := SPENT_ON.get(account)) is not None:
        return (Section.IN, Source.RETURN.value) if kind is Kind.RETURN else (Section.OUT, purpose.value)
    if account == EXPIRED:
        return Section.OUT, "expired"
    source = None if account == ADJUSTED else source_of(account)
    if account == RENEWED or source is Source.RETURN:
        return Section.CORRECTED, RENEWAL
    if source is None or source is Source.ADJUSTMENT:
        return Section.CORRECTED, Kind.ADJUSTMENT.value
    return Section.IN, source.value


class _Sums:
    """What an item comes to."""

    def __init__(self) -> None:
        self._connects: Counter[tuple[CostState, str]] = Counter()
        self._money: dict[str, Price] = {}

    def add(self, move: Move, state: CostState) -> None:
        price = move.price
        currency = price.currency if price is not None and state is CostState.PAID else ""
        self._connects[state, currency] += move.connects
        if price is not None and currency:
            self._money[currency] = price if currency not in self._money else self._money[currency] + price

    def shares(self) -> Iterator[Share]:
        for state, currency in sorted(self._connects, key=lambda one: (STATES[one[0]], one[1])):
            connects, price = self._connects[state, currency], self._money.get(currency)
            if connects or (price is not None and any(price[:2])):
                yield Share(state, connects, price)
