"""In a group nobody is offered a button for what only admins may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.bot.meant import filled

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer

BOX: Final = filled("/spend Required Connects to submit a proposal: 16\nAvailable Connects: 271\nLINK")
NOT_YOURS: Final = "you can return and undo what you booked yourself"


async def test_a_balance_that_differs_is_set_by_admins(lead: DeskPlayer, bob: DeskPlayer) -> None:
    heard = await bob.say(BOX)
    assert "Upwork showed 271 Connects before this bid, but my books had 300." in heard.text
    assert heard.buttons == ("Undo", "Mark as returned", "Proposal")
    await lead.say("/undo")
    assert "Set the balance to 255" in (await lead.say(BOX)).buttons


async def test_a_bare_figure_was_bought_by_admins(lead: DeskPlayer, bob: DeskPlayer) -> None:
    assert "Bought" not in (await bob.say("16")).buttons
    assert "Bought" in (await lead.say("16")).buttons


async def test_the_spend_of_another_is_not_theirs_to_return(lead: DeskPlayer, bob: DeskPlayer) -> None:
    await lead.say(filled("/spend 16 LINK"))
    assert NOT_YOURS in (await bob.say(filled("/return LINK"))).text
