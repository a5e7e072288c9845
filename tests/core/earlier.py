"""Books what happened earlier, as an import does: many facts in one change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.ledger.entry_builder import Intent
from core.ledger.model import Kind, Purpose, Source, expense_on, income_from
from core.ledger.past.facts import NewFact
from core.ledger.past.replay import Short
from core.ledger.past.restate import restate
from core.ledger.ports import Key, Scope

if TYPE_CHECKING:
    from core.books import Books
    from core.ledger.ports import Ledger
    from core.shared.ids import WalletId
    from core.shared.money import Price


def spent(connects: int, month: int, day: int, memo: str = "", year: int = 2026) -> NewFact:
    return NewFact(on(month, day, year), Kind.SPEND, connects, expense_on(Purpose.PROPOSAL), memo=memo)


def bought(connects: int, month: int, day: int, price: Price | None = None, year: int = 2026) -> NewFact:
    return NewFact(on(month, day, year), Kind.PURCHASE, connects, income_from(Source.PURCHASE), price)


def given(source: Source, connects: int, month: int, day: int, year: int = 2026) -> NewFact:
    return NewFact(on(month, day, year), Kind.GRANT, connects, income_from(source))


def on(month: int, day: int, year: int = 2026) -> datetime:
    """How an imported row of a day is dated."""
    return datetime(year, month, day, 10, tzinfo=UTC)


async def book_earlier(
    books: Books, ledger: Ledger, wallet: WalletId, *facts: NewFact, key: str = "import"
) -> tuple[int, ...]:
    """Book facts of the past in one change; the numbers of their entries."""
    record, now = await ledger.record(wallet), books.clock.now()
    asked = Key(f"{int(now.timestamp()):010d}:{key}", "asked")
    restated = restate(record, Intent(asked, now), books.rulebook, facts=facts)
    assert not isinstance(restated, Short), restated
    await ledger.write(Scope(wallet), asked, lambda _before: restated.change)
    return restated.numbers
