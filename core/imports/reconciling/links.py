"""Which spend a return belongs to: the page does not say, so it is found by job, or by title and member."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from core.imports.row_order import RowOrder
    from core.ledger.model import Account

LAST: Final = 1 << 62


class Spent(NamedTuple):
    """A spend of which `connects` have not come back. Its `id` is its entry's number, or is below 0 if it is new.

    `title` is folded, `member` is None if no page has named one. `order` says where pages show it.
    """

    id: int
    account: Account
    day: date
    connects: int
    title: str
    job: str
    member: str | None
    order: RowOrder


class Back(NamedTuple):
    """Connects that came back. `linked` is the spend that the books have them from (None: from an unknown one)."""

    id: int
    account: Account
    day: date
    connects: int
    title: str
    job: str
    member: str | None
    order: RowOrder
    linked: int | None = None


def links(spends: Iterable[Spent], backs: Iterable[Back]) -> Mapping[int, int]:
    """The spend of each return, by its id; a return without one is left out.

    A job decides if both know it, otherwise title and member must fit. It is no later than the return, on its own day
    by the order of a page that has both, and enough of it must be left. Among several, one with the same number of
    Connects comes first, then the latest. The result does not depend on the order in which they became known.
    """
    shelf = _Shelf(spends)
    found: dict[int, int] = {}
    ordered = sorted(
        backs, key=lambda back: (back.day, back.account, -back.connects, back.title, back.job, back.order.rank, back.id)
    )
    for by_job in (True, False):
        for back in ordered:
            if back.id not in found and (spend := shelf.take(back, by_job=by_job)) is not None:
                found[back.id] = spend
    return found


class _Shelf:
    """Spends by job, by title, and by what is left of them."""

    def __init__(self, spends: Iterable[Spent]) -> None:
        self._spends: dict[int, Spent] = {}
        self._places: defaultdict[tuple[Account, bool, str], defaultdict[int, list[_Order]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for spend in sorted(spends, key=_order):
            self._put(spend)

    def _put(self, spend: Spent) -> None:
        self._spends[spend.id] = spend
        for shelf in self._shelves(spend):
            insort(shelf[spend.connects], _order(spend))

    def _shelves(self, spend: Spent) -> list[dict[int, list[_Order]]]:
        names = [(True, spend.job)] if spend.job else []
        if spend.title:
            names.append((False, spend.title))
        return [self._places[spend.account, by_job, name] for by_job, name in names]

    def take(self, back: Back, *, by_job: bool) -> int | None:
        """Take a return's Connects from the spend that fits best (None: none fits)."""
        name = back.job if by_job else back.title
        amounts = self._places.get((back.account, by_job, name)) if name else None
        if amounts is None:
            return None
        best = self._latest(amounts.get(back.connects, []), back)
        if best is None:
            rest = (self._latest(some, back) for left, some in amounts.items() if left > back.connects)
            best = max((one for one in rest if one is not None), default=None)
        if best is None:
            return None
        number = best[-1]
        self._draw(self._spends[number], back.connects)
        return number

    def _latest(self, some: list[_Order], back: Back) -> _Order | None:
        """The latest spend that fits."""
        for place in range(bisect_right(some, (back.day, LAST, LAST)) - 1, -1, -1):
            if _fits(self._spends[some[place][-1]], back):
                return some[place]
        return None

    def _draw(self, spend: Spent, connects: int) -> None:
        for shelf in self._shelves(spend):
            some = shelf[spend.connects]
            del some[bisect_left(some, _order(spend))]
        if left := spend.connects - connects:
            self._put(spend._replace(connects=left))


_Order = tuple["date", int, int]


def _order(spend: Spent) -> _Order:
    return spend.day, spend.order.rank, spend.id


def _fits(spend: Spent, back: Back) -> bool:
    jobs = not spend.job or not back.job or spend.job == back.job
    members = spend.member is None or back.member is None or spend.member == back.member
    return jobs and members and (spend.day < back.day or _precedes(spend, back))


def _precedes(spend: Spent, back: Back) -> bool:
    """Whether a spend of the day of a return may be older, by what the pages that have both show."""
    lines = back.order.lines
    return all(line > lines[page] for page, line in spend.order.lines.items() if page in lines)
