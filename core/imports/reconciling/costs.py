"""What an opening cost: what was said of it, also before it was derived anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.ledger.model import REPRICES, issues
from core.ledger.valuation import stated_price
from core.shared.money import UNKNOWN, CostState, Price, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.ledger.model import Entry
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook


class Part(NamedTuple):
    """So many Connects, and what they cost together."""

    connects: int
    price: Price


def costs_of(record: Record, entries: Sequence[Entry], standing: Iterable[Entry]) -> tuple[Part, ...]:
    """What the Connects cost that some entries issued, with the prices that they were given since."""
    lots = {home.lot: home.connects for entry in entries for home, beyond in entry.moves if issues(beyond.account)}
    known = {lot.number: lot for lot in record.head.lots}
    for entry in standing:
        if entry.kind in REPRICES:
            source = 0
            for home, _ in entry.moves:
                if home.connects > 0 and source in lots:
                    lots[home.lot] = home.connects
                source = source if home.connects > 0 else home.lot
    return tuple(
        Part(known[number].size, known[number].price or UNKNOWN) for number in sorted(lots) if known[number].size
    )


def costs_then(entries: Iterable[Entry], standing: Iterable[Entry]) -> tuple[Part, ...]:
    """What the Connects cost that some entries issued, which may have been undone since."""
    parts: dict[int, Part] = {}
    for entry in entries:
        for home, beyond in entry.moves:
            if issues(beyond.account):
                parts[home.lot] = Part(home.connects, home.price or UNKNOWN)
    for entry in standing:
        if entry.kind in REPRICES:
            source = 0
            for home, _ in entry.moves:
                if home.connects > 0 and source in parts:
                    parts[home.lot] = Part(home.connects, home.price or UNKNOWN)
                elif home.lot in parts:
                    source = home.lot
                    parts[source] = parts[source]._replace(connects=parts[source].connects + home.connects)
    return tuple(part for part in parts.values() if part.connects > 0)


def scaled(parts: Sequence[Part], connects: int) -> tuple[Part, ...]:
    """The costs of another number of Connects, by what was said of `parts`; what was not said is unknown."""
    if len(parts) == 1 and parts[0].price.known:
        return (Part(connects, parts[0].price.share(connects, parts[0].connects)),)
    found: list[Part] = []
    for part in (part for part in parts if part.price.known):
        taken = min(part.connects, connects)
        if taken:
            found.append(Part(taken, part.price.share(taken, part.connects)))
            connects -= taken
    return (*found, Part(connects, UNKNOWN)) if connects else tuple(found)


def stated(cost: Price | CostState, connects: int, rulebook: Rulebook) -> tuple[Part, ...]:
    """The cost of Connects of which somebody says what they cost."""
    return (Part(connects, stated_price(cost, connects, rulebook)),)


def unknown(parts: Iterable[Part]) -> bool:
    """Whether nobody has said what any of it cost."""
    return all(state_of(part.price) is CostState.UNKNOWN for part in parts)
