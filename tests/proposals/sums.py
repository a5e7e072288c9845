"""The cards of proposals, with what is attributed to none, add up to what the books spent on bids and boosts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from core.ledger.model import Purpose, expense_on
from core.ledger.past.standing import Standing
from core.proposals.deriving import derive
from core.proposals.refreshing import facts_of
from core.shared.money import UNKNOWN, CostState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.ledger.ports import Record
    from core.proposals.model import Proposal

BIDS = {expense_on(Purpose.PROPOSAL), expense_on(Purpose.BOOST)}
KNOWN, NOT_KNOWN = "of known cost", "of unknown cost"
"""Whether Connects were free or paid for is not compared: at less than a cent for each, what was paid may look free."""


def check_sums(record: Record) -> None:
    """Connects and money, to the cent. No entry is of two cards."""
    past, cards = Standing(record.entries), derive(facts_of(record))
    unclear = {one.number for card in cards for one in card.unclear if one.number}
    told = _told(cards)
    told.update(_spent(record, past, unclear))
    spent = _spent(record, past, past.legs)
    assert told == spent, f"the cards have {told}, the books {spent}"
    entries = [number for card in cards for number in card.entries]
    assert len(entries) == len(set(entries)), "an entry is of two cards"


def _told(cards: Sequence[Proposal]) -> Counter[str]:
    told: Counter[str] = Counter()
    for card in cards:
        told[KNOWN] += card.net.free + card.net.paid
        told[NOT_KNOWN] += card.net.unknown
        for price in card.net.money:
            told[price.currency] += price.total
    return told


def _spent(record: Record, past: Standing, numbers: Iterable[int]) -> Counter[str]:
    lots = {lot.number: lot for lot in record.head.lots}
    spent: Counter[str] = Counter()
    for number in numbers:
        for (lot, beyond), amount in past.legs.get(number, {}).items():
            if beyond in BIDS:
                state = lots[lot].cost_state
                spent[NOT_KNOWN if state is CostState.UNKNOWN else KNOWN] -= amount.connects
                spent[(lots[lot].price or UNKNOWN).currency] -= amount.net + amount.tax
    return spent
