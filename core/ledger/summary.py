"""Totals over a span of time, from the journal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.budget import SPENT_ON, spent_by
from core.ledger.earning import EARNED
from core.ledger.model import EXPIRED, Kind, Purpose, Source, expense_on, income_from, source_of
from core.shared.money import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from core.ledger.model import Account, Entry, Posting
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
    undone = {entry.of for entry in entries if entry.kind is Kind.UNDO}
    undone |= {entry.number for entry in entries if entry.of in undone and entry.kind is Kind.RECAST}
    within = [entry for entry in entries if start <= entry.when < end]
    standing = [entry for entry in within if entry.kind is not Kind.UNDO and entry.number not in undone]
    spent: Counter[Purpose] = Counter()
    gained: Counter[Source] = Counter()
    for entry in standing:
        for home, beyond in entry.moves:
            if entry.kind is Kind.SPEND:
                spent[SPENT_ON[beyond.account]] -= home.connects
            elif (source := source_of(beyond.account)) is not None:
                gained[source] += home.connects
    drawn = list(filter(_spent, _beyond(standing, Kind.SPEND, Kind.RETURN, Kind.RECAST)))
    back = [entry for entry in standing if entry.kind is Kind.RETURN]
    return Sums(
        entries=sum(not _is_silent(entry, undone) for entry in within),
        spent=spent,
        returned=sum(map(came_back, back)),
        bought=gained[Source.PURCHASE],
        earned=sum(connects for source, connects in gained.items() if source in EARNED),
        expired=sum(beyond.connects for entry in within for _, beyond in entry.moves if beyond.account == EXPIRED),
        proposals=_number(standing, Kind.SPEND, expense_on(Purpose.PROPOSAL)),
        interviews=_number(standing, Kind.GRANT, income_from(Source.INTERVIEW)),
        paid=_total([-price for price in _prices(_bought(standing))]),
        cost=_total(_prices(drawn)),
        unknown=sum(leg.connects for leg in drawn if leg.lot in unknown_lots or leg.price == UNKNOWN),
    )


def _is_silent(entry: Entry, undone: AbstractSet[int | None]) -> bool:
    """Whether an entry is no event of its own, but corrects one, or was taken out of the past again."""
    return entry.kind in {Kind.RECAST, Kind.AMENDMENT} or (
        entry.happened is not None and (entry.kind is Kind.UNDO or entry.number in undone)
    )


def _number(entries: Iterable[Entry], kind: Kind, account: Account) -> int:
    return sum(entry.kind is kind and entry.counterpart == account for entry in entries)


def _beyond(entries: Iterable[Entry], *kinds: Kind) -> list[Posting]:
    """The counter legs of all entries of these kinds."""
    return [beyond for entry in entries if entry.kind in kinds for _, beyond in entry.moves]


def _bought(entries: Iterable[Entry]) -> list[Posting]:
    """The legs on the account of purchases, with what corrects their prices."""
    account = income_from(Source.PURCHASE)
    return [leg for leg in _beyond(entries, Kind.PURCHASE, Kind.AMENDMENT, Kind.RECAST) if leg.account == account]


def _spent(leg: Posting) -> bool:
    return leg.account in SPENT_ON


def _prices(legs: Iterable[Posting]) -> list[Price]:
    return [leg.price for leg in legs if leg.price is not None and leg.price.known]


def _total(prices: Sequence[Price]) -> Price | None:
    """The sum of the prices, if it is positive and in one currency. What was corrected to another counts there only."""
    totals: dict[str, Price] = {}
    for price in prices:
        totals[price.currency] = totals.get(price.currency, price.none) + price
    found = [total for total in totals.values() if total.total]
    return found[0] if len(found) == 1 and found[0].total > 0 else None
