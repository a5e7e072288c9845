"""What every store promises about expired Connects: one notice, with the entry that books them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Target
from tests.storage.teller import booked, proven

if TYPE_CHECKING:
    from core.delivery.notice import Notice
    from core.ledger.model import Receipt
    from tests.storage.sender import Sender
    from tests.storage.teller import Teller


@pytest.fixture(autouse=True)
async def _lot(teller: Teller) -> None:
    booked(await teller.reward(12))
    teller.clock.pass_(days=200)
    booked(await teller.buy(54))
    teller.clock.pass_(days=200)


async def notices_from(sender: Sender) -> list[Notice]:
    """The notices of an expiry, wherever they go."""
    found = [one for one in await sender.claim(9) if one.notice.code == "expired"]
    assert all(one.target == Target("test", "ann", direct=True) for one in found)
    return [one.notice for one in found]


def expired(receipt: Receipt, left: int) -> dict[str, str | int]:
    return {"connects": 12, "expired": receipt.entry.at.isoformat(), "left": left}


async def test_it_is_announced_once(teller: Teller, sender: Sender) -> None:
    receipt = booked(await teller.expire())
    await teller.expire()
    (notice,) = await notices_from(sender)
    assert (notice.wallet, notice.by) == (teller.wallet, None)
    assert notice.facts == expired(receipt, left=54)
    await proven(teller.store)


async def test_any_write_may_be_the_first_to_book_it(teller: Teller, sender: Sender) -> None:
    receipt = booked(await teller.spend(4))
    (notice,) = await notices_from(sender)
    assert notice.facts == expired(receipt, left=50)
    assert (await teller.expire()) != receipt
    assert await notices_from(sender) == []
