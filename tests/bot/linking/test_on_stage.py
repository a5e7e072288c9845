"""One person on Telegram, Discord and the console at once, with the real client libraries, on one store."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, cast

from tests.bot.linking.accounts import code_from
from tests.bot.stage import CARRIERS, on_stage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage


async def test_one_person_on_three_platforms(bot: Bot) -> None:
    async with AsyncExitStack() as opened:
        stages = [cast("CarryingStage", await opened.enter_async_context(on_stage(one, bot))) for one in CARRIERS]
        here, there, desk = [await stage.person("Ann") for stage in stages]
        for one in (here, there):
            await one.say("/start")
        await here.say("/spend 4 Logo")
        await there.say("/buy 40 $6")

        asked = await there.say(f"/link {await code_from(here)}")
        assert "Telegram (Ann)" in asked.text
        assert "Do both stand for the same Upwork account?" in asked.text
        assert "Which balance does Upwork show now?" in (await there.press("Yes, the same account")).text
        await stages[1].restart()
        there = await stages[1].person("Ann")
        shown = await there.press("60 (Discord")
        assert "Then, in one wallet" in shown.text
        assert "Your yes is noted." in (await there.press("Link")).text
        await deliver(bot, stages[0].carrier)
        notice = await here.read()
        assert "wants to link that account with this one" in notice.text
        assert "Booked as a correction" in notice.text
        done = await here.press("Link")
        assert "with one wallet of 60 Connects." in done.text
        await deliver(bot, stages[1].carrier)
        assert "with one wallet of 60 Connects." in (await there.read()).text

        assert "no wallet yet" in (await desk.say(f"/link {await code_from(there)}")).text
        await desk.press("Link")
        await deliver(bot, stages[1].carrier)
        await there.read()
        assert "with one wallet of 60 Connects." in (await there.press("Link")).text
        assert "60 Connects are available" in (await desk.say("/balance")).text

        card = await desk.say("send my alerts to discord")
        assert "Where they come" in card.text
        assert "Discord" in card.text
        parted = await here.say("unlink my console")
        assert "Console" in parted.text
        assert "Done. You are two persons to me again" in (await here.press("Yes, separate them")).text
        await deliver(bot, stages[2].carrier)
        assert "have been separated again, on Telegram." in (await desk.read()).text
        assert "no wallet yet" in (await desk.say("/balance")).text
        await there.say("/unlink")
        await there.press("Yes, separate them")
        assert "16 Connects are available" in (await here.say("/balance")).text
        assert "60 Connects are available" in (await there.say("/balance")).text
