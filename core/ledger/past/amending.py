"""A price that is learnt later: what all that an entry issued did cost, to the cent. What was spent of it follows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.budget import SPENT_ON
from core.ledger.model import Kind, Source, issues, source_of
from core.ledger.past.replay import Short
from core.ledger.past.restate import restate
from core.ledger.past.standing import Standing
from core.ledger.rules import price_out_of_range
from core.ledger.valuation import stated_price
from core.shared.money import CostState
from core.shared.refusals import AlreadyDone, CostKnown, NotAmendable, NotEnoughThen, Refusal, Unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Entry, Lot
    from core.ledger.past.restate import Restated
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.shared.money import Price


def amend(
    record: Record, intent: Intent, prices: Mapping[int, Price], rulebook: Rulebook, *, rest: bool = False
) -> Restated | Short | Refusal:
    """State what entries that issued Connects did cost in all, by their numbers, whatever was booked before.

    A price of 0 means that they were free. `rest`: the prices are only of what is of unknown cost so far. Each price
    that is another gets an entry (`Kind.AMENDMENT`). The change has no entries if none is. Whether the past allows it
    follows from the replay (`Short`), as for every change about it.
    """
    standing = Standing(record.entries)
    lifted = standing.lifted
    for number, price in sorted(prices.items()):
        if refusal := _hindrance(standing, lifted, number) or price_out_of_range(price, rulebook):
            return refusal
        if not price.known:
            return NotAmendable(number, "unknown")
    return restate(record, intent, rulebook, lifted=lifted, amended=prices, rest=rest)


def amended(record: Record, intent: Intent, prices: Mapping[int, Price], rulebook: Rulebook) -> Change | Refusal:
    """The change of `amend` by itself, which must have something to book."""
    return _alone(amend(record, intent, prices, rulebook), min(prices))


def priced(
    record: Record, intent: Intent, connects: int, cost: Price | CostState, rulebook: Rulebook
) -> Change | Refusal:
    """State the cost of all Connects of unknown cost, of which there must be so many, whether spent or left."""
    issues = unpriced(record)
    unknown = sum(one.connects for one in issues)
    if not issues or connects != unknown:
        return CostKnown(unknown)
    rest = stated_price(cost, unknown, rulebook)
    if refusal := price_out_of_range(rest, rulebook):
        return refusal
    prices: dict[int, Price] = {}
    for one in issues:
        prices[one.number] = rest.share(one.connects, unknown)
        unknown, rest = unknown - one.connects, rest - prices[one.number]
    return _alone(amend(record, intent, prices, rulebook, rest=True), 0)


class Unpriced(NamedTuple):
    """An entry that issued Connects of unknown cost: how many, and how many of them are left."""

    number: int
    connects: int
    left: int


def unpriced(record: Record) -> tuple[Unpriced, ...]:
    """The entries that issued Connects whose cost nobody has said, in the order of their numbers."""
    found: list[Unpriced] = []
    for number, lots in sorted(lots_issued(record).items()):
        unknown = [lot for lot in lots if lot.cost_state is CostState.UNKNOWN]
        if unknown:
            found.append(Unpriced(number, sum(lot.size for lot in unknown), sum(lot.left for lot in unknown)))
    return tuple(found)


def lots_issued(record: Record) -> Mapping[int, list[Lot]]:
    """The lots in which Connects are that may have been paid for, by the entry that issued them."""
    standing = Standing(record.entries)
    found: defaultdict[int, list[Lot]] = defaultdict(list)
    for lot in record.head.lots:
        if lot.size and issues_for_money(root := standing.root(lot.number)):
            found[root.number].append(lot)
    return found


class Drawn(NamedTuple):
    """What was spent of some lots and did not come back: by how many spends, and what it costs, by currency."""

    spends: int
    cost: tuple[Price, ...]


def drawn(record: Record, lots: Collection[int]) -> Drawn:
    """What the spends that drew from some lots cost of them."""
    standing, known = Standing(record.entries), {lot.number: lot for lot in record.head.lots}
    spends: set[int] = set()
    cost: dict[str, Price] = {}
    for number, entry in standing.facts.items():
        for (lot, account), amount in standing.legs[number].items():
            if lot in lots and account in SPENT_ON:
                spends |= {number} if entry.kind is Kind.SPEND else set()
                if (price := (-amount).price(known[lot])) is not None:
                    cost[price.currency] = cost.get(price.currency, price.none) + price
    return Drawn(len(spends), tuple(cost.values()))


def _alone(outcome: Restated | Short | Refusal, number: int) -> Change | Refusal:
    if isinstance(outcome, Refusal):
        return outcome
    if isinstance(outcome, Short):
        return NotEnoughThen(outcome.when, outcome.missing, 0, outcome.number or 0)
    return outcome.change if outcome.change.entries else NotAmendable(number, "same")


def _hindrance(standing: Standing, lifted: Collection[int], number: int) -> Refusal | None:
    """The refusal if an entry issued nothing that can have cost something, or stands no more."""
    entry = standing.entries.get(number)
    if entry is None:
        return Unknown("entry", str(number))
    if not issues_for_money(entry):
        return NotAmendable(number, "kind")
    if number not in standing.facts:
        undone = (one.number for one in standing.entries.values() if one.kind is Kind.UNDO and one.of == number)
        return AlreadyDone("undo", next(undone))
    return NotAmendable(number, "lifted") if number in lifted else None


def issued_by(entry: Entry) -> int:
    """The Connects that an entry issued."""
    return sum(home.connects for home, beyond in entry.moves if home.connects > 0 and issues(beyond.account))


def issues_for_money(entry: Entry) -> bool:
    """Whether an entry issued Connects that may have been paid for, rather than given by a promotion of a group."""
    sources = {
        source_of(beyond.account) for home, beyond in entry.moves if home.connects > 0 and issues(beyond.account)
    }
    return entry.kind in {Kind.GRANT, Kind.PURCHASE, Kind.ADJUSTMENT} and bool(sources - {None, Source.PROMOTION})
