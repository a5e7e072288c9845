"""Alerts on every platform: snoozed by a button, sent in private, delayed by quiet hours, and tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.delivery.state import State
from core.wallets.people import ChatRef
from tests.bot.telling import deliver, live_on

if TYPE_CHECKING:
    from core.shared.ids import WalletId
    from tests.bot.stage import Addressee, Bot, CarryingStage


@pytest.fixture
async def lead(stage: CarryingStage) -> Addressee:
    """An admin of a group that holds 40 Connects and is warned below 30."""
    lead = await stage.member("Lea", "Team", admin=True)
    for line in ("/start", "/opening 40 free", "/settings low=30"):
        await lead.say(line)
    return lead


async def wallet_of(bot: Bot, group: Addressee) -> WalletId:
    wallet = await bot.store.people.wallet_of(ChatRef(group.target.platform, group.target.chat))
    assert wallet is not None
    return wallet.id


async def outcome(bot: Bot, key: str) -> tuple[State, str]:
    ((_, state, reason),) = await bot.store.outbox.deliveries(key)
    return state, reason


async def test_one_press_snoozes_an_alert_for_a_week(bot: Bot, stage: CarryingStage, lead: Addressee) -> None:
    wallet = await wallet_of(bot, lead)
    await lead.say("/spend 16 Logo")
    await deliver(bot, stage.carrier)
    assert "Snooze for a week" in (await lead.read()).buttons
    assert "Low balance: snoozed until Jan 17, 2026" in (await lead.press("Snooze for a week")).text
    await lead.say("/buy 30 $4.50")
    await lead.say("/spend 30 Shop")
    await deliver(bot, stage.carrier)
    assert await outcome(bot, f"low:{wallet}:4") == (State.CANCELLED, "over")
    bot.clock.pass_(days=7)
    await lead.say("/buy 30 $4.50")
    await lead.say("/spend 30 Shop")
    await deliver(bot, stage.carrier)
    assert await outcome(bot, f"low:{wallet}:6") == (State.SENT, "")


async def test_in_a_group_only_admins_may_snooze(bot: Bot, stage: CarryingStage, lead: Addressee) -> None:
    bob = await stage.member("Bob", "Team")
    await lead.say("/spend 16 Logo")
    await deliver(bot, stage.carrier)
    await bob.read()
    assert (await bob.press("Snooze for a week")).text == "Only an admin can press that."


async def test_an_alert_that_was_switched_off_while_it_waits_is_not_sent(
    bot: Bot, stage: CarryingStage, lead: Addressee
) -> None:
    await lead.say("/spend 16 Logo")
    await lead.say("/alerts low=off")
    await deliver(bot, stage.carrier)
    assert await outcome(bot, f"low:{await wallet_of(bot, lead)}:2") == (State.CANCELLED, "over")


async def test_a_groups_alert_in_private_names_the_group_and_acts_only_on_it(
    bot: Bot, stage: CarryingStage, lead: Addressee
) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    owner = await stage.member("Ann", "Team", admin=True)
    await owner.say("/alerts where=private")
    await owner.say("/spend 16 Logo")
    await ann.say("/balance")  # the user of the console is in one chat at a time
    await deliver(bot, stage.carrier)
    received = await ann.read()
    assert "In Team:" in received.text
    assert "Running low: 24 Connects are left" in received.text
    assert received.buttons == ("Snooze for a week",)
    live_on(bot, stage.carrier)
    await ann.press("Snooze for a week")
    group = await bot.store.people.settings_of(await wallet_of(bot, lead))
    assert [code for code, _ in group.alerts.snoozed] == ["low"]
    assert "silent until" not in (await ann.say("/alerts")).text


async def test_a_test_alert_goes_where_alerts_go_even_in_quiet_hours(
    bot: Bot, stage: CarryingStage, lead: Addressee
) -> None:
    bot.clock.pass_(hours=15)
    place = "#general" if stage.carrier.name == "discord" else "this group"
    live_on(bot, stage.carrier)
    assert f"It goes to {place} on " in (await lead.say("/alerts test")).text
    await deliver(bot, stage.carrier)
    assert "This is a test: alerts arrive here." in (await lead.read()).text


@pytest.mark.parametrize(("quiet", "hours"), [("off", 0), ("usual", 8), ("23-1", 1)])
async def test_the_chosen_quiet_hours_hold(
    bot: Bot, stage: CarryingStage, lead: Addressee, quiet: str, hours: int
) -> None:
    await lead.say(f"/alerts quiet={quiet}")
    bot.clock.pass_(hours=15)  # midnight
    await lead.say("/spend 16 Logo")
    key = f"low:{await wallet_of(bot, lead)}:2"
    await deliver(bot, stage.carrier)
    assert ((await outcome(bot, key))[0] is State.SENT) == (hours == 0)
    bot.clock.pass_(hours=hours)
    await deliver(bot, stage.carrier)
    assert (await outcome(bot, key))[0] is State.SENT


class TestBudget:
    async def test_a_group_is_notified_and_a_delayed_notice_is_up_to_date(
        self, bot: Bot, stage: CarryingStage, lead: Addressee
    ) -> None:
        await lead.say("/alerts budget=20 low=off")
        bot.clock.pass_(hours=15)
        await lead.say("/spend 17 Logo")
        await lead.say("/spend 2 Boost")
        await deliver(bot, stage.carrier)
        bot.clock.pass_(hours=8)
        await deliver(bot, stage.carrier)
        received = await lead.read()
        assert "Most of your budget for this month is used: 19 of 20 Connects are spent." in received.text
        assert received.buttons == ("History", "Snooze for a week")

    @pytest.mark.parametrize("line", ["/return #2", "/alerts budget=100", "/alerts budget=off"])
    async def test_a_notice_that_is_no_longer_true_is_dropped(
        self, bot: Bot, stage: CarryingStage, lead: Addressee, line: str
    ) -> None:
        await lead.say("/alerts budget=20 low=off")
        bot.clock.pass_(hours=15)
        await lead.say("/spend 17 Logo")
        await lead.say(line)
        bot.clock.pass_(hours=8)
        await deliver(bot, stage.carrier)
        key = f"budget:{await wallet_of(bot, lead)}:2026-01:20:80"
        assert await outcome(bot, key) == (State.CANCELLED, "over")

    async def test_in_a_new_month_a_notice_of_the_old_one_is_dropped(
        self, bot: Bot, stage: CarryingStage, lead: Addressee
    ) -> None:
        await lead.say("/alerts budget=20 low=off")
        bot.clock.pass_(days=21, hours=14)  # 23:00 on January 31st
        await lead.say("/spend 20 Logo")
        bot.clock.pass_(hours=9)
        await deliver(bot, stage.carrier)
        key = f"budget:{await wallet_of(bot, lead)}:2026-01:20:100"
        assert await outcome(bot, key) == (State.CANCELLED, "over")
