"""What balanced means: an entry's legs sum to zero within each lot, in Connects and in money."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.model import Posting


class UnbalancedError(ValueError):
    """The legs of an entry do not sum to zero, in Connects or in money, within each lot."""


def check_balanced(postings: Iterable[Posting]) -> None:
    """Raise `UnbalancedError` unless the legs sum to zero within each lot, in Connects and in money."""
    legs = tuple(postings)
    if not legs:
        raise UnbalancedError("an entry needs postings")
    if len(legs) % 2 == 0 and all(map(_cancel, legs[::2], legs[1::2])):
        return
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    for leg in legs:
        sums[leg.lot, "Connects"] += leg.connects
        if leg.price is not None:
            sums[leg.lot, leg.price.currency] += leg.price.net
            sums[leg.lot, f"{leg.price.currency} tax"] += leg.price.tax
    for (lot, unit), total in sums.items():
        if total:
            raise UnbalancedError(f"lot {lot} is off by {total} {unit}")


def _cancel(one: Posting, other: Posting) -> bool:
    """Whether two legs alone are balanced, as all pairs of the rules are: known without sums."""
    if one.lot != other.lot or one.connects + other.connects:
        return False
    price, back = one.price, other.price
    if price is None or back is None:
        return price is back
    return not (price.net + back.net or price.tax + back.tax) and price.currency == back.currency
