"""What /undo does in a wallet that was linked: it never takes a link apart by halves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.linking.test_conversation import TWO, linked

if TYPE_CHECKING:
    from tests.bot.linking.accounts import Account


async def test_right_after_a_link_it_offers_to_part_again(both: tuple[Account, Account]) -> None:
    here, there = both
    await linked(both, TWO)
    asked = await here.say("/undo")
    assert asked.text.startswith("What was booked last is the link of your two wallets.")
    assert asked.buttons == ("Part again",)
    assert "Shall I part your accounts again?" in (await here.press("Part again")).text
    assert "32 Connects are available" in (await there.say("/balance")).text


async def test_one_entry_is_undone_by_its_number(both: tuple[Account, Account]) -> None:
    """The rest of what the link booked stays."""
    here, _ = both
    done = await linked(both, TWO)
    assert "with one wallet of 32 Connects" in done.text
    store = here.bot.store
    wallet = await store.people.wallet_of((await store.people.person(here.who, here.name)).id)
    assert wallet is not None
    spend = (await store.ledger.record(wallet.id)).entries[-1]
    assert (spend.memo, spend.delta) == ("Logo", -4)
    await here.say(f"/undo {spend.number}")
    assert "36 Connects are available" in (await here.say("/balance")).text
    assert (await here.bot.books.verify()).fault is None
