"""An invented freelancer of autumn 2024, who bids every third day: what Upwork shows of her account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Final

from core.ledger.sightings import Boosted
from core.proposals.my_proposals import Section
from tests.imports.accounts import APPLIED, BID, BOUGHT, Account, Fact
from tests.imports.my_proposals import Listed, copied_text
from tests.imports.renderings import rendered
from tests.imports.windows import WIDE, window

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW: Final = datetime(2024, 11, 12, 10, tzinfo=UTC)
BEGAN: Final = datetime(2024, 8, 16, 9, tzinfo=UTC)
EVERY: Final = timedelta(days=3)
JOBS: Final = tuple(
    f"{work} for a {place}"
    for place, work in product(
        ("bakery", "theatre", "museum", "school", "garage", "florist", "library"), ("Logo", "Poster", "Web shop", "Map")
    )
)
COSTS: Final = (8, 12, 16)
BOOSTS: Final = {2: 10, 9: 14, 16: 12, 23: 10}
"""Connects of the boosts, by the numbers of their bids."""
REPLIED: Final = {3, 9, 14, 16, 20}
VIEWED: Final = {5, 11, 18}
HIRED: Final = {7}
OPENING: Final = 40
PURCHASE: Final = 100


def history() -> bytes:
    """Her Connects History as she copies it: three months, with 28 bids."""
    facts = tuple(_facts())
    account = Account(0, facts, OPENING, (), BEGAN, NOW)
    return rendered(window(account, NOW), WIDE).encode()


def my_proposals() -> bytes:
    """Her page "My proposals" as she copies it."""
    listed = tuple(_listed(number, title) for number, title in enumerate(JOBS))
    return copied_text(listed[::-1], Random(1)).encode()  # noqa: S311 - the same text each time is wanted, no secret


def _facts() -> Iterator[Fact]:
    left, number = OPENING, 0
    for at, wording, connects, title in _moves():
        left, number = left + connects, number + 1
        yield Fact(str(4_000_000_000 + number), at, wording, connects, title, "", "", left)


def _moves() -> Iterator[tuple[datetime, str, int, str]]:
    for number, title in enumerate(JOBS):
        at = BEGAN + number * EVERY
        if number % 7 == 0:
            yield at - timedelta(hours=1), BOUGHT, PURCHASE, ""
        yield at, APPLIED, -COSTS[number % len(COSTS)], title
        if number in BOOSTS:
            yield at + timedelta(seconds=2), BID, -BOOSTS[number], title


def _listed(number: int, title: str) -> Listed:
    day = (BEGAN + number * EVERY).date()
    section = Section.ACTIVE if number in REPLIED else Section.ARCHIVED if number in HIRED else Section.SUBMITTED
    return Listed(
        section,
        day,
        (NOW.date() - day).days,
        title,
        "General Profile",
        Boosted.YES if number in BOOSTS and section is not Section.ARCHIVED else None,
        number in VIEWED,
        "Hired" if number in HIRED else "",
        "",
    )
