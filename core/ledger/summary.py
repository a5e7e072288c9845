"""Totals over a span of time, from the journal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.budget import spent_by
from core.ledger.flows import flows_of, movements_in, undone_in
from core.ledger.model import Kind, Purpose, Source, expense_on, income_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from core.ledger.model import Account, Entry
    from core.shared.money import Price


class NetSpend(NamedTuple):
    """A spend, and how many of its Connects have not come back, by returns or by an undo."""

    entry: Entry
    connects: int


def net_spends(entries: Iterable[Entry]) -> list[NetSpend]:
    """Each of the spends, oldest first like the entries, less what came back of it however late."""
    spends: list[Entry] = []
    net: Counter[int] = Counter()
    spend_of: dict[int, int] = {}
    for entry in entries:
        if entry.kind is Kind.SPEND:
            spends.append(entry)
            net[entry.number] = -entry.delta
        elif entry.of is not None and entry.kind is not Kind.RECAST:
            spend = spend_of[entry.number] = spend_of.get(entry.of, entry.of)
            net[spend] -= came_back(entry)
    return [NetSpend(spend, net[spend.number]) for spend in spends]


def came_back(entry: Entry) -> int:
    """Connects that an entry brings back from what they were spent on; negative if it takes them out again."""
    return -spent_by(entry)


class Sums(NamedTuple):
    """Totals over a span, in Connects; `paid` is the price of what was bought, `cost` the cost of what was spent.

    An entry that was undone counts as if it had not happened, and a recast is a part of the entry that it corrects.
    Returns count in the span in which they happened. `entries` counts what was booked, with the undos of today's facts.
    Money is None if there is none, or more than one currency. `unknown` are Connects that were spent and not returned,
    whose cost nobody has stated, so that it is not part of `cost`.
    """

    entries: int
    spent: Mapping[Purpose, int]
    returned: int
    bought: int
    earned: int
    expired: int
    proposals: int
    interviews: int
    paid: Price | None
    cost: Price | None
    unknown: int = 0


def sums(
    entries: Sequence[Entry], start: datetime, end: datetime, unknown_lots: AbstractSet[int] = frozenset()
) -> Sums:
    """The sums of the entries that happened from `start` (included) to `end` (excluded).

    `unknown_lots` are lots of unknown cost that were drawn from when an unknown cost was still booked as none.
    """
    undone = undone_in(entries)
    within = [entry for entry in entries if start <= entry.when < end]
    standing = [entry for entry in within if entry.kind is not Kind.UNDO and entry.number not in undone]
    (flows,) = flows_of(movements_in(entries, (start, end), unknown_lots), 1)
    return Sums(
        entries=sum(not _is_silent(entry, undone) for entry in within),
        spent=flows.spent,
        returned=flows.returned,
        bought=flows.bought,
        earned=sum(flows.earned.values()),
        expired=flows.expired,
        proposals=_number(standing, Kind.SPEND, expense_on(Purpose.PROPOSAL)),
        interviews=_number(standing, Kind.GRANT, income_from(Source.INTERVIEW)),
        paid=_only(flows.paid),
        cost=_only(flows.cost),
        unknown=flows.unknown,
    )


def _is_silent(entry: Entry, undone: AbstractSet[int | None]) -> bool:
    """Whether an entry is no event of its own, but corrects one, or was taken out of the past again."""
    return entry.kind in {Kind.RECAST, Kind.AMENDMENT} or (
        entry.happened is not None and (entry.kind is Kind.UNDO or entry.number in undone)
    )


def _number(entries: Iterable[Entry], kind: Kind, account: Account) -> int:
    return sum(entry.kind is kind and entry.counterpart == account for entry in entries)


def _only(prices: Sequence[Price]) -> Price | None:
    return prices[0] if len(prices) == 1 and prices[0].total > 0 else None
