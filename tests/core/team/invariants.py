"""What must hold of the report on a team, whoever did what: no Connect and no cent of what was spent is lost."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from core.ledger.flows import flows_of, movements_in, summed, unknown_in
from core.shared.calendar import DAY, day_in
from core.statements.lines import book_lines
from core.team.attribution import add_namings, who_did
from core.team.report import edges_of, team_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from random import Random

    from core.ledger.flows import Flows
    from core.ledger.ports import Record
    from core.ledger.sightings import Sighting
    from core.shared.ids import PersonId
    from core.statements.model import BookLine
    from core.team.attribution import Naming
    from core.team.model import TeamReport, Who

    Days = tuple[date | None, date]
ZONES = ("UTC", "Europe/Kyiv", "America/Los_Angeles")


def check_team(
    record: Record, sightings: Iterable[tuple[int, Sighting]], people: Mapping[str, PersonId | None], dice: Random
) -> TeamReport:
    """Check the reports on all time and on its parts against what flows say of them; gives that on all time."""
    namings: dict[int, Naming] = {}
    add_namings(namings, sightings)

    def who(line: BookLine) -> Who:
        return who_did(line.by, namings.get(line.number), people)

    zone, moments = dice.choice(ZONES), [entry.when for entry in record.entries]
    last = day_in(zone, max(moments)) + DAY
    every = _report(record, who, (None, last), zone)
    flows = _flows(record, (None, last), zone)
    assert every.whole.connects == sum(flows.spent.values()) - flows.returned
    assert (every.whole.returned, every.whole.money) == (flows.returned, flows.cost)
    assert every.whole.unknown == flows.unknown
    _check_parts(record, who, every, zone, dice)
    return every


def _check_parts(record: Record, who: Callable[[BookLine], Who], every: TeamReport, zone: str, dice: Random) -> None:
    """Whatever the periods, each member's rows add up to that of all time, and none needs what was earlier."""
    cut = day_in(zone, dice.choice(record.entries).when)
    other = cut + dice.randrange(1, 30) * DAY
    parts = [_report(record, who, days, zone) for days in _spans(cut, other, every.last)]
    for part in parts:
        flows = _flows(record, (part.first, part.last), zone)
        assert part.whole.connects + part.whole.returned == sum(flows.spent.values())
        assert part.rows == tuple(sorted(part.rows, key=lambda row: -row.connects))
    spent: Counter[object] = Counter()
    for row in (row for part in parts for row in part.rows):
        spent[row.who.member] += row.connects
    assert spent == Counter({row.who.member: row.connects for row in every.rows})
    assert summed(price for part in parts for price in part.whole.money) == every.whole.money


def _spans(cut: date, other: date, last: date) -> list[Days]:
    inside = [cut, *([other] if other < last else [])]
    begins: list[date | None] = [None, *(day + DAY for day in inside)]
    before_all = cut - timedelta(days=365 * 40)
    begins[0] = before_all
    return list(zip(begins, [*inside, max(last, cut + DAY)], strict=True))


def _report(record: Record, who: Callable[[BookLine], Who], days: Days, zone: str) -> TeamReport:
    since, _ = edges_of(days, zone)
    needed = [entry for entry in record.entries if entry.when >= since]
    return team_report(book_lines(needed, unknown_in(record.head.lots)), who, {}, days, zone)


def _flows(record: Record, days: Days, zone: str) -> Flows:
    (found,) = flows_of(movements_in(record.entries, edges_of(days, zone), unknown_in(record.head.lots)), 1)
    return found
