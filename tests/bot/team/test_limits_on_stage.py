"""A limit on every platform: what is asked at a spend, what is booked, what the owner hears and allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.telling import deliver

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage


async def test_a_limit_is_passed_and_allowed(bot: Bot, stage: CarryingStage) -> None:
    lead = await stage.member("Lea", "Team", admin=True)
    bob = await stage.member("Bob", "Team")
    for line in ("/start", "/opening 300 free"):
        await lead.say(line)
    await bob.say("/spend 19 Shop")
    assert "each member: 20" in (await lead.say("/limit amount=20 per=day member=each act=block")).text.casefold()

    asked = await bob.say("/spend 16 Logo")
    assert "That would be 35 of 20 Connects today (Bob). 1 is left. The limit is whole again tomorrow." in asked.text
    assert asked.buttons == ("Already sent: book it", "Not sent")
    assert "That was not booked." in (await bob.press("Not sent")).text

    await bob.say("/spend 16 Logo")
    await stage.restart()
    booked = await bob.press("Already sent")
    assert "You have spent 35 of 20 Connects today: 15 over the limit." in booked.text

    await deliver(bot, stage.carrier)
    heard = await lead.read()
    assert "Bob is over the limit on Jan 10, 2026: 35 of 20 Connects are spent." in heard.text
    assert "Bob says it was sent already" in heard.text
    assert "another 15 Connects" in (await lead.press("Allow this")).text
    assert "35 spent, nothing left" in (await bob.say("/limit")).text
