"""What a period comes to, for somebody who must account for it in January."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.ledger.flows import FlowKind, Stock
from core.ledger.model import Source
from core.ledger.queries import began_on
from core.shared.money import CostState, Price
from core.statements.statement import statement
from tests.core.freelancer import dollars

if TYPE_CHECKING:
    from core.statements.model import Statement
    from tests.core.freelancer import Freelancer


async def stated(ann: Freelancer, *days: date) -> Statement:
    span = (days[0], days[-1]) if days else None
    return await statement(ann.books.store.ledger, ann.wallet, span, "UTC", ann.clock.at)


async def test_a_year_with_tax_in_two_currencies(ann: Freelancer) -> None:
    """Opened on 10 January 2026 with 60 Connects of unknown cost; what is left of each year is in the next one."""
    await ann.opening(60, CostState.UNKNOWN)
    await ann.buy(40, Price(600, 120, "EUR"))
    await ann.buy(80, dollars(1200, tax=108))
    ann.clock.pass_(days=30)
    await ann.spend(90)
    await ann.earn(Source.REWARD)
    ann.clock.pass_(days=30)
    await ann.books.give_back(ann.new_request, 5, 15)
    ann.clock.pass_(days=310)
    await ann.spend(10)
    year = await stated(ann, date(2026, 1, 1), date(2026, 12, 31))
    assert year.opening == Stock()
    change_by = year.flows.change_by
    assert change_by(FlowKind.OPENED) == Stock(unknown=60)
    assert change_by(FlowKind.BOUGHT) == Stock(paid=120, money=(Price(600, 120, "EUR"), dollars(1200, tax=108)))
    assert change_by(FlowKind.SPENT) == Stock(paid=-30, unknown=-60, money=(Price(-450, -90, "EUR"),))
    assert change_by(FlowKind.RETURNED) == Stock(paid=15, money=(Price(225, 45, "EUR"),))
    assert year.closing == Stock(free=30, paid=105, money=(Price(375, 75, "EUR"), dollars(1200, tax=108)))
    after = await stated(ann, date(2027, 1, 1), date(2027, 12, 31))
    assert after.opening == year.closing
    assert after.flows.change_by(FlowKind.EXPIRED) == -Stock(paid=105, money=year.closing.money)
    assert after.closing == Stock(free=20)
    assert (await stated(ann)).closing == after.closing


async def test_nothing_is_stated_of_days_before_the_books(ann: Freelancer) -> None:
    found = await stated(ann, date(1980, 1, 1), date(2025, 12, 31))
    assert (found.opening, found.closing, found.flows.delta) == (Stock(), Stock(), 0)
    assert (await stated(ann)).first is None


async def test_what_had_a_price_was_paid_though_its_lot_is_gone(ann: Freelancer) -> None:
    """Its expiry was seen a month late, and after that its Connects became those of another lot, with another price."""
    await ann.buy(40, dollars(600))
    ann.clock.pass_(days=400)
    await ann.earn(Source.REWARD)
    await ann.amend({2: Price(500, 0, "EUR")})
    seen = await stated(ann, date(2027, 2, 14), date(2027, 2, 14))
    assert seen.flows.change_by(FlowKind.EXPIRED) == -Stock(free=20, paid=40, money=(dollars(600),))


async def test_all_time_has_what_was_booked_before_the_clock_was_put_back(ann: Freelancer) -> None:
    ann.clock.pass_(hours=15)
    await ann.spend(5)
    ann.clock.pass_(minutes=-1)
    assert (await stated(ann)).closing == Stock(free=15)


async def test_books_begin_with_the_welcome_bonus_though_an_opening_took_its_place(ann: Freelancer) -> None:
    ann.clock.pass_(days=30)
    await ann.opening(60)
    assert began_on(await ann.books.store.ledger.lots(ann.wallet), "UTC") == date(2026, 1, 10)
    assert (await stated(ann, date(2026, 2, 1), date(2026, 2, 28))).opening == Stock(free=20)
