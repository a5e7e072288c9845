"""Alerts on every platform, from the spend or the date that causes them to the message in the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.alerts.expiry_scan import ExpiryScan
from core.delivery.state import State
from core.wallets.people import ChatRef
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from tests.bot.stage import Addressee, Bot, CarryingStage


@pytest.fixture
async def ann(stage: CarryingStage) -> Addressee:
    ann = await stage.person("Ann")
    await ann.say("/start")
    return ann


async def test_a_group_is_notified_of_a_low_balance_by_a_separate_message(bot: Bot, stage: CarryingStage) -> None:
    lead = await stage.member("Lea", "Team", admin=True)
    await lead.say("/start")
    await lead.say("/opening 40 free")
    await lead.say("/settings low=30")
    assert "Running low" not in (await lead.say("/spend 16 Logo redesign")).text  # not everybody sees a reply
    await deliver(bot, stage.carrier)
    received = await lead.read()
    assert "Running low: 24 Connects are left, below your warning level of 30." in received.text
    assert "24 Connects" in (await lead.press("Lots")).text


@pytest.mark.parametrize(("bought", "left"), [(0, 24), (3, 27), (6, None)])
async def test_a_notice_that_was_delayed_until_morning_has_current_facts(
    bot: Bot, stage: CarryingStage, bought: int, left: int | None
) -> None:
    lead = await stage.member("Lea", "Team", admin=True)
    for line in ("/start", "/opening 40 free", "/settings low=30 zone=Asia/Tokyo"):
        await lead.say(line)
    bot.clock.pass_(hours=5)
    await lead.say("/spend 16 Logo redesign")
    await deliver(bot, stage.carrier)
    if bought:
        await lead.say(f"/buy {bought} $0.15 each")
    bot.clock.pass_(hours=10)
    await deliver(bot, stage.carrier)
    wallet = await bot.store.people.wallet_of(ChatRef(lead.target.platform, lead.target.chat))
    assert wallet is not None
    ((_, state, reason),) = await bot.store.outbox.deliveries(f"low:{wallet.id}:2")
    if left is None:
        assert (state, reason) == (State.CANCELLED, "over")
    else:
        assert state is State.SENT
        assert f"Running low: {left} Connects are left" in (await lead.read()).text


async def test_a_spend_in_private_warns_only_in_its_reply(bot: Bot, stage: CarryingStage, ann: Addressee) -> None:
    await ann.say("/settings low=10")
    assert "below" in (await ann.say("/spend 16 Logo redesign")).text
    await deliver(bot, stage.carrier)
    assert await bot.store.outbox.next_due(stage.carrier.name) is None


async def test_a_person_is_notified_once_that_connects_expire_soon(
    bot: Bot, stage: CarryingStage, ann: Addressee
) -> None:
    scan = ExpiryScan(bot.store, bot.clock)
    bot.clock.pass_(days=340)
    assert await scan.run() == 1
    assert await scan.run() == 0
    await deliver(bot, stage.carrier)
    received = await ann.read()
    assert "20 Connects expire" in received.text
    assert "Jan 10, 2027" in received.text


async def test_no_alert_is_sent_in_quiet_hours(bot: Bot, stage: CarryingStage, ann: Addressee) -> None:
    await ann.say("/settings zone=Europe/Kyiv")
    bot.clock.pass_(days=340, hours=14)
    await ExpiryScan(bot.store, bot.clock).run()
    await deliver(bot, stage.carrier)
    due = await bot.store.outbox.next_due(stage.carrier.name)
    assert due is not None
    assert due > bot.clock.now()
    bot.clock.pass_(hours=9)
    await deliver(bot, stage.carrier)
    assert "20 Connects expire" in (await ann.read()).text
