"""What happened within a span of time, summed up from the journal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.budget import spent_by
from core.ledger.earning import EARNED
from core.ledger.model import EXPIRED, Kind, Purpose, Source, expense_on, income_from, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from core.ledger.model import Account, Entry, Posting
    from core.shared.money import Price

SPENT_ON: Final = {expense_on(purpose): purpose for purpose in Purpose}


def net_spends(entries: Iterable[Entry]) -> list[tuple[datetime, int]]:
    """Each spend with what of it did not come back, at the time it was made, however late the rest came back."""
    at: dict[int, datetime] = {}
    net: Counter[int] = Counter()
    about: dict[int, int] = {}
    for entry in entries:
        if entry.kind is Kind.SPEND:
            at[entry.number], net[entry.number] = entry.at, -entry.delta
        elif entry.of is not None:
            spend = about[entry.number] = about.get(entry.of, entry.of)
            net[spend] -= came_back(entry)
    return [(moment, net[number]) for number, moment in at.items()]


def came_back(entry: Entry) -> int:
    """Connects that an entry brings back from what they were spent on; negative where it takes them out again."""
    return -spent_by(entry)


class Sums(NamedTuple):
    """What happened within a span, in Connects; `paid` is what was bought for, `cost` what was spent was worth.

    A spend or a purchase that was undone did not happen. What was returned is counted in the span in which it was.
    Money is None where there is none, or more than one currency.
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


def sums(entries: Sequence[Entry], start: datetime, end: datetime) -> Sums:
    """The sums of the entries dated from a time up to and without another."""
    undone = {entry.of for entry in entries if entry.kind is Kind.UNDO}
    within = [entry for entry in entries if start <= entry.at < end]
    stands = [entry for entry in within if entry.kind is not Kind.UNDO and entry.number not in undone]
    spent: Counter[Purpose] = Counter()
    gained: Counter[Source] = Counter()
    for entry in stands:
        for home, beyond in entry.moves:
            if entry.kind is Kind.SPEND:
                spent[SPENT_ON[beyond.account]] -= home.connects
            elif (source := source_of(beyond.account)) is not None:
                gained[source] += home.connects
    back = [entry for entry in stands if entry.kind is Kind.RETURN]
    return Sums(
        entries=len(within),
        spent=spent,
        returned=sum(map(came_back, back)),
        bought=gained[Source.PURCHASE],
        earned=sum(connects for source, connects in gained.items() if source in EARNED),
        expired=sum(beyond.connects for entry in within for _, beyond in entry.moves if beyond.account == EXPIRED),
        proposals=_number(stands, Kind.SPEND, expense_on(Purpose.PROPOSAL)),
        interviews=_number(stands, Kind.GRANT, income_from(Source.INTERVIEW)),
        paid=_one([-price for price in _prices(_beyond(stands, Kind.PURCHASE))]),
        cost=_one(_prices(filter(_spent, _beyond(stands, Kind.SPEND, Kind.RETURN)))),
    )


def _number(entries: Iterable[Entry], kind: Kind, account: Account) -> int:
    return sum(entry.kind is kind and entry.counterpart == account for entry in entries)


def _beyond(entries: Iterable[Entry], *kinds: Kind) -> list[Posting]:
    """The legs beyond the wallet of all entries of these kinds."""
    return [beyond for entry in entries if entry.kind in kinds for _, beyond in entry.moves]


def _spent(leg: Posting) -> bool:
    return leg.account in SPENT_ON


def _prices(legs: Iterable[Posting]) -> list[Price]:
    return [leg.price for leg in legs if leg.price is not None]


def _one(prices: Sequence[Price]) -> Price | None:
    """The sum of prices in one currency, where it is more than nothing."""
    if len({price.currency for price in prices}) != 1:
        return None
    total = sum(prices[1:], prices[0])
    return total if total.total > 0 else None
