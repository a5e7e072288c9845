"""The journal by when facts happened: those of an import stand where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.model import Receipt
from tests.storage.importing import Seen, import_rows
from tests.storage.teller import booked

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.model import Entry
    from tests.storage.teller import Teller


async def since(teller: Teller, moment: datetime) -> list[int]:
    return numbers(await teller.store.ledger.happened_since(teller.wallet, moment))


async def latest(teller: Teller, limit: int) -> list[int]:
    return numbers(await teller.store.ledger.latest(teller.wallet, limit))


def numbers(entries: tuple[Entry, ...]) -> list[int]:
    return [entry.number for entry in entries]


async def imported(teller: Teller, *rows: Seen) -> None:
    assert isinstance(await import_rows(teller, *rows), Receipt)


async def test_what_was_imported_comes_before_what_happened_later(teller: Teller) -> None:
    booked(await teller.buy(40))
    teller.clock.pass_(days=1)
    typed = booked(await teller.spend(1)).entry
    rows = Seen(20, day=0), Seen(-2, "Logo", day=3), Seen(-1, "Shop", day=1)
    await imported(teller, *rows)
    assert await since(teller, rows[0].at) == [3, 5, 4, 1, 2]
    assert await since(teller, rows[1].at) == [4, 1, 2]
    assert await since(teller, typed.at) == [2]
    assert await latest(teller, 3) == [4, 1, 2]
    assert await latest(teller, 99) == [3, 5, 4, 1, 2]


async def test_all_of_one_moment_come_together_in_the_order_of_booking(teller: Teller) -> None:
    await imported(teller, Seen(20), Seen(-1, "Logo", day=1), Seen(-2, "Shop", day=1), Seen(-3, "Site", day=1))
    assert await latest(teller, 1) == [2, 3, 4]
