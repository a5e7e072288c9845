"""What /undo does in a wallet that was linked, which never takes a link apart by halves, and what nothing undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.linking.accounts import accounts_of
from tests.bot.linking.test_conversation import TWO, linked

if TYPE_CHECKING:
    from tests.bot.linking.accounts import Account
    from tests.bot.stage import Bot


async def test_right_after_a_link_it_offers_to_part_again(both: tuple[Account, Account]) -> None:
    here, there = both
    await linked(both, TWO)
    asked = await here.say("/undo")
    assert asked.text.startswith("What was booked last is the link of your two wallets.")
    assert asked.buttons == ("Separate again",)
    assert "Shall I separate your accounts again?" in (await here.press("Separate again")).text
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


async def test_what_a_promotion_has_given_since_keeps_them_together(bot: Bot, both: tuple[Account, Account]) -> None:
    """It can never be undone, so nobody is asked to undo it first."""
    here, _ = both
    bot.operators.add("console:Op")
    (lead,) = accounts_of(bot, {"console": "Op"})
    await lead.say('/promote title="Gift" text="Five for all" gives=5 starts=2026-01-10 ends=2026-12-31')
    await lead.press("Launch")
    await linked(both, TWO)
    await here.say("/spend 2 Poster")
    await here.say("/claim 1")
    heard = await here.say("/unlink")
    assert heard.text.startswith(
        "Your accounts cannot be separated any more. Since they were linked, a promotion has given"
    )
    assert "Promotion: Gift \u00b7 +5" in heard.text
    assert "Poster" not in heard.text
    assert heard.buttons == ()
