"""Prices that were stated of Connects that came back when their lot had expired: they hold in the other books, too.

Such a return issues its Connects again, so that no fact that is carried has their price: what states it later is booked
again behind the return.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.entry_builder import EntryBuilder
from core.ledger.model import Kind
from core.ledger.past.restate import restate
from core.ledger.past.standing import Standing
from core.shared.money import UNKNOWN, CostState, Price

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Lot
    from core.ledger.past.replay import Short
    from core.ledger.past.restate import Restated
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook


class Valued(NamedTuple):
    """So many Connects of a lot have this price."""

    lot: int
    connects: int
    price: Price


def revalued(
    kept: Record, merged: Record, numbers: Mapping[int, int], intent: Intent, rulebook: Rulebook
) -> Restated | Short | None:
    """The prices of the merged books as one entry of the kept ones (None: nobody stated any of what came back).

    `numbers` are the entries there, by those here. What was spent since then costs there what it costs here.
    """
    found = tuple(_valued(kept, merged, numbers))
    if not found:
        return None
    lifted = Standing(kept.entries).lifted
    return restate(kept, intent, rulebook, lifted=lifted, with_today=_valuation(kept, found, intent, rulebook))


def _valued(kept: Record, merged: Record, numbers: Mapping[int, int]) -> Iterator[Valued]:
    """What is valued of lots that returns issued, with the lots of the same returns in the kept books."""
    past, lots = Standing(merged.entries), _by_number(merged)
    parts: defaultdict[int, list[Lot]] = defaultdict(list)
    for number in sorted(past.origin):
        root = _renewed(past, number)
        if lots[number].size and past.issuer[root] in numbers and past.root(root).kind is Kind.RETURN:
            parts[root].append(lots[number])
    if not parts:
        return
    theirs, here, used = Standing(kept.entries).renewed_by(), _by_number(kept), set[int]()
    for root, some in sorted(parts.items()):
        needed, issued = sum(lot.size for lot in some), lots[root].issued
        for number in theirs.get(numbers[past.issuer[root]], ()):
            lot = here[number]
            fits = lot.cost_state is CostState.UNKNOWN and lot.issued == issued and lot.size >= needed
            if fits and number not in used:
                used.add(number)
                yield from (Valued(number, lot.size, lot.price or UNKNOWN) for lot in some)
                break


def _renewed(past: Standing, lot: int) -> int:
    """The lot out of which a lot was valued, and that one in turn: in the end the one that came in."""
    while lot in past.origin:
        lot = past.origin[lot]
    return lot


def _valuation(kept: Record, found: Sequence[Valued], intent: Intent, rulebook: Rulebook) -> Change:
    """The entry, as if nothing had been spent of the lots yet: the past is restated with it."""
    named = {one.lot for one in found}
    full = (lot._replace(left=lot.size, worth=lot.price) if lot.number in named else lot for lot in kept.head.lots)
    builder = EntryBuilder(kept.head._replace(lots=tuple(full)), intent, rulebook)
    for one in found:
        builder.value(one.lot, one.connects, one.price)
    builder.enter(Kind.VALUATION)
    return builder.change()


def _by_number(record: Record) -> Mapping[int, Lot]:
    return {lot.number: lot for lot in record.head.lots}
