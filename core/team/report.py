"""Who spent what in a period: the lines of the books, row by row of those who did it.

What comes back counts where its spend does: for the same member, and in the same period, however late. So the sum of
all rows is what was spent in the period less all that ever came back of it, and over all time what flows and statements
say was spent net, to the cent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.ledger.budget import SPENT_ON
from core.ledger.flows import summed
from core.ledger.model import Kind
from core.shared.calendar import DAY, EARLIEST, LATEST, beginning
from core.shared.money import UNKNOWN
from core.team.model import NO_OUTCOMES, MemberRow, Outcomes, TeamReport, Who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from core.ledger.model import Purpose
    from core.shared.ids import PersonId
    from core.shared.money import Price
    from core.statements.model import BookLine, Move
    from core.team.model import Member

    Days = tuple[date | None, date]
    WhoDid = Callable[[BookLine], Who]

NOBODY: Final = Who()


@dataclass(slots=True)
class _Spent:
    """What is found of a member so far."""

    who: Who
    spent: Counter[Purpose] = field(default_factory=Counter)
    returned: int = 0
    prices: list[Price] = field(default_factory=list)
    unknown: int = 0

    def add(self, move: Move, *, back: bool) -> None:
        self.spent[SPENT_ON[move.account]] -= move.connects
        self.returned += move.connects if back else 0
        if move.price == UNKNOWN:
            self.unknown -= move.connects
        elif move.price is not None:
            self.prices.append(-move.price)

    def row(self, outcomes: Outcomes) -> MemberRow:
        spent = {purpose: connects for purpose, connects in self.spent.items() if connects}
        return MemberRow(self.who, spent, self.returned, summed(self.prices), self.unknown, outcomes)


def edges_of(days: Days, zone: str) -> tuple[datetime, datetime]:
    """When a period begins and ends; all time has no end, because the clock may have been put back."""
    first, last = days
    if first is None:
        return EARLIEST, LATEST
    return max(beginning(first, zone), EARLIEST), beginning(last + DAY, zone)


def team_report(
    lines: Iterable[BookLine], who_did: WhoDid, outcomes: Mapping[Who, Outcomes], days: Days, zone: str
) -> TeamReport:
    """Who spent what, from the lines of a wallet (`book_lines`): those since the first day, or more of them.

    `outcomes` are of the proposals that were sent in these days.
    """
    first, last = days
    since, before = edges_of(days, zone)
    spent = _spent_in((line for line in lines if line.when >= since), who_did, before)
    came: defaultdict[Member, Outcomes] = defaultdict(Outcomes)
    for who, some in outcomes.items():
        came[who.member] += some
        spent.setdefault(who.member, _Spent(who))
    rows = (one.row(came.get(member, NO_OUTCOMES)) for member, one in spent.items())
    shown = tuple(sorted((row for row in rows if _is_something(row)), key=_by_spend))
    return TeamReport(first, last, shown, whole_of(shown))


def own_rows(report: TeamReport, person: PersonId) -> TeamReport:
    """The report as a member may see it: their own row, and all together."""
    return report._replace(rows=tuple(row for row in report.rows if row.who.person == person))


def whole_of(rows: Iterable[MemberRow]) -> MemberRow:
    """The sum of some rows."""
    rows = tuple(rows)
    spent: Counter[Purpose] = Counter()
    for row in rows:
        spent.update(row.spent)
    return MemberRow(
        NOBODY,
        {purpose: connects for purpose, connects in spent.items() if connects},
        sum(row.returned for row in rows),
        summed(price for row in rows for price in row.money),
        sum(row.unknown for row in rows),
        sum((row.outcomes for row in rows), NO_OUTCOMES),
    )


def _spent_in(lines: Iterable[BookLine], who_did: WhoDid, before: datetime) -> dict[Member, _Spent]:
    """What each member spent before the end of the period. A return goes where its spend is."""
    moved = [(line, [move for move in line.moves if move.account in SPENT_ON]) for line in lines]
    by_number = {line.number: line for line, moves in moved if moves}
    found: dict[Member, _Spent] = {}
    for line, moves in moved:
        back = line.kind is Kind.RETURN
        spend = by_number.get(line.of or 0) if back else line
        if not moves or spend is None or spend.when >= before:
            continue
        who = who_did(spend)
        one = found.setdefault(who.member, _Spent(who))
        if not one.who.name:
            one.who = one.who._replace(name=who.name)
        for move in moves:
            one.add(move, back=back)
    return found


def _is_something(row: MemberRow) -> bool:
    return bool(row.spent or row.returned or row.money or row.outcomes.bids)


def _by_spend(row: MemberRow) -> tuple[object, ...]:
    """The most first. Of two who spent the same, whoever sent more; whoever is a person here; the one who was first."""
    return -row.connects, -row.outcomes.bids, row.who.person is None, row.who.person or 0, row.who.name
