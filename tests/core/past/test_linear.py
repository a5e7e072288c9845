"""The work of restating grows with the number of facts, not with its square. Calls are counted, nothing is timed."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from core.ledger import rulebook
from core.ledger.entry_builder import Intent
from core.ledger.model import Kind, Purpose, Snapshot, Source, expense_on, income_from
from core.ledger.past.facts import NewFact
from core.ledger.past.replay import Short
from core.ledger.past.restate import restate
from core.ledger.ports import Key, Record
from core.shared.ids import WalletId
from core.shared.money import UNKNOWN, Price
from tests.core.past.oracle import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from core.ledger.past.restate import Restated

FIGURES = replace(rulebook.default(), expiry_months=24)
AT = BEGINNING + timedelta(days=700)


def page(size: int) -> list[NewFact]:
    """An opening, and 600 days of spends, with a purchase now and then."""
    opening = NewFact(BEGINNING, Kind.GRANT, 9 * size, income_from(Source.OPENING), UNKNOWN)
    days = (BEGINNING + timedelta(days=number * 600 // size) for number in range(size))
    return [opening, *(_row(number, day) for number, day in enumerate(days))]


def _row(number: int, day: datetime) -> NewFact:
    if number % 20 == 7:
        return NewFact(day, Kind.PURCHASE, 100, income_from(Source.PURCHASE), Price(1500, 0, "USD"))
    return NewFact(day, Kind.SPEND, 8, expense_on(Purpose.PROPOSAL), memo=f"job {number}")


def restated(record: Record, facts: Sequence[NewFact]) -> tuple[Restated, Record]:
    outcome = restate(record, Intent(Key(f"{len(record.entries)}", "asked"), AT), FIGURES, facts=facts)
    assert not isinstance(outcome, Short)
    change, last = outcome.change, outcome.change.entries[-1]
    lots = {lot.number: lot for lot in (*record.head.lots, *change.lots)}
    head = Snapshot(WalletId(1), last.number, len(lots), last.balance, last.seal, last.at, lots=tuple(lots.values()))
    return outcome, Record(head, record.entries + change.entries, ())


def calls_of(work: Callable[[], object]) -> int:
    calls = [0]

    def count(_frame: object, event: str, _detail: object) -> None:
        calls[0] += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls[0]


def work_for(size: int) -> int:
    """Calls for learning every second fact after the others, which moves most of them to other lots."""
    facts = page(size)
    _, known = restated(Record(Snapshot(WalletId(1)), (), ()), [facts[0], *facts[1::2]])
    return calls_of(lambda: restated(known, facts[2::2]))


def test_twice_the_facts_take_twice_the_work() -> None:
    assert work_for(800) < 2.4 * work_for(400)
