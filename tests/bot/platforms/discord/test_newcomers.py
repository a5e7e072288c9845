"""Somebody without a wallet presses Claim on a server: only they see the answer, and all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.promoting import launched, look
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordStage


async def test_a_press_on_a_server_opens_the_wallet_and_claims(stage: DiscordStage) -> None:
    boss = await DeskStage(stage.bot).person("boss")
    lead = await stage.member("Lea", "Team", admin=True)
    await lead.say("/subscribe")
    await launched(boss, 'Bonus gives=30 ends="3 days"')
    await look(stage.bot)
    await deliver(stage.bot, stage.carrier)
    told = await lead.read()
    assert "Until Jan 13, 2026 09:00 UTC." in told.text
    assert "<t:1768294800:F> (<t:1768294800:R>)" in lead.shown[-1].content
    zoe = await stage.member("Zoe", "Team")
    zoe.shown.append(lead.shown[-1])
    heard = await zoe.press("Claim")
    assert "30 Connects for you from “Bonus”." in heard.text
    assert "I opened a wallet for you, with the usual settings." in heard.text
    assert zoe.shown[-1].ephemeral
    assert "50 Connects" in (await (await stage.person("Zoe")).say("/balance")).text


async def test_the_hash_of_a_draw_is_shown_to_the_one_who_presses(stage: DiscordStage) -> None:
    boss = await DeskStage(stage.bot).person("boss")
    lead = await stage.member("Lea", "Team", admin=True)
    await lead.say("/subscribe")
    await launched(boss, 'Draw gives=30 winners=1 ends="3 days"')
    await look(stage.bot)
    await deliver(stage.bot, stage.carrier)
    told = await lead.read()
    heard = await lead.press("The whole SHA-256")
    whole = heard.text.split(" is ")[1][:64]
    assert f"begins with {whole[:12]}." in told.text
    assert lead.shown[-1].ephemeral
