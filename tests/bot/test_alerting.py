"""Conversations about alerts: how their settings are shown and changed, and how alerts are snoozed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings, Where
from tests.bot.carrier import FakeCarrier
from tests.bot.telling import live_on

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


async def settings(bot: Bot, player: DeskPlayer) -> Settings:
    """The settings of the wallet of a player's chat."""
    person = await bot.books.person(Identity("desk", player.name), player.name)
    wallet = await bot.books.wallet_of(ChatRef("desk", player.group) if player.group else person.id)
    assert wallet is not None
    return wallet.settings


class TestShown:
    async def test_each_alert_with_its_state(self, ann: DeskPlayer) -> None:
        await ann.say("/settings")
        reply = await ann.press("All alerts")
        assert reply.text == (
            "Your alerts\n"
            "Expiring Connects: 30, 14, 7, 1 days before\n"
            "Runway: when they will last fewer than 7 days\n"
            "On: Monthly Connects, Promotions and contests, Import reminder, Questions about proposals, Weekly digest\n"
            "Off: Low balance, Budget\n"
            "Quiet hours: 22:00 to 08:00"
        )
        assert reply.buttons == (
            *("Change warning level", "Change expiry days", "Change runway", "Change budget"),
            *("Switch on or off", "Change quiet hours", "Send a test"),
        )

    @pytest.mark.parametrize("day", [29, 30, 31])
    async def test_a_cycle_that_began_late_in_a_month_renews_on_the_1st(self, ann: DeskPlayer, day: int) -> None:
        reply = await ann.say(f"/alerts cycle={day}")
        assert "Monthly Connects (on the 1st of the month, as for every cycle that began on the 29th" in reply.text
        assert f"on day {day}" not in reply.text
        assert "on day 28 of the month" in (await ann.say("/alerts cycle=28")).text

    async def test_in_a_group_the_place_where_they_are_sent(self, lead: DeskPlayer) -> None:
        shown = (await lead.say("/alerts")).text
        assert shown.startswith("This group's alerts\n")
        assert "Sent to: this group" in shown
        assert (await lead.say("/settings")).text.startswith("This group's settings\n")
        reply = await lead.say("/alerts where=both")
        assert reply.text.startswith("Saved. This group's alerts are now:\n")
        assert "Sent to: this group, and Lea in private" in reply.text
        assert "They go to your private chat with me, which must be open" in reply.text
        assert "Sent to: Lea, in private" in (await lead.say("/alerts where=private")).text


class TestChanged:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("low=20", Settings(threshold=20)),
            ("budget=300", Settings(budget=300)),
            ("budget=off", Settings()),
            ("quiet=23:30-7", Settings(quiet="23:30-7")),
            ("quiet=off", Settings(quiet="off")),
            ("quiet=usual", Settings()),
        ],
    )
    async def test_by_a_named_option(self, ann: DeskPlayer, bot: Bot, line: str, expected: Settings) -> None:
        await ann.say(f"/alerts {line}")
        assert await settings(bot, ann) == expected

    async def test_by_many_in_one_line(self, ann: DeskPlayer, bot: Bot) -> None:
        reply = await ann.say(
            "/alerts days=1, 30,7 runway=0 cycle=15 monthly=off promotions=off digest=off unfed=5 stale=off"
        )
        off = "Low balance, Runway, Budget, Monthly Connects, Promotions and contests, Questions about proposals"
        on = "Import reminder (after 5 days without an import)"
        assert f"Expiring Connects: 30, 7, 1 days before\nOn: {on}\nOff: {off}, Weekly digest\n" in reply.text
        alerts = (await settings(bot, ann)).alerts
        kept = alerts.expiring, alerts.runway, alerts.cycle, alerts.monthly, alerts.promotions, alerts.digest
        assert kept == ((30, 7, 1), None, 15, False, False, False)
        assert (alerts.unfed, alerts.stale) == (5, False)

    async def test_by_a_button_that_asks_and_a_button_that_switches(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/alerts")
        assert "How many days before" in (await ann.press("Change expiry days")).text
        assert "3 days before" in (await ann.say("3")).text
        await ann.press("Switch on or off")
        assert "Off: Low balance, Budget, Weekly digest" in (await ann.press("Switch off: Weekly digest")).text
        await ann.press("Switch on or off")
        assert "Off: Low balance, Budget\n" in (await ann.press("Switch on: Weekly digest")).text
        assert (await settings(bot, ann)).alerts.expiring == (3,)

    async def test_off_switches_off_a_setting_that_is_a_number_or_a_list(self, ann: DeskPlayer) -> None:
        reply = await ann.say("/alerts days=off runway=off low=off cycle=off")
        assert "Off: Low balance, Expiring Connects, Runway, Budget\n" in reply.text
        assert "On: Monthly Connects, " in reply.text

    @pytest.mark.parametrize(
        ("line", "explanation"),
        [
            ("days=90", "Each may be from 1 to 60; off means none."),
            ("days=soon", "is not a list of days"),
            ("days=1,2,3,4,5,6,7,8,9,10,11", "At most 10 days"),
            ("quiet=8-8", "is not a span of hours"),
            ("quiet=late", "Write it as 22-8"),
            ("budget=-1", "from 0 to 100,000"),
            ("cycle=32", "from 0 to 31"),
            ("monthly=perhaps", "on or off"),
            ("where=private", "Alerts here are private already"),
            ("20", "I did not understand"),
        ],
    )
    async def test_an_unfit_value_is_explained(self, ann: DeskPlayer, bot: Bot, line: str, explanation: str) -> None:
        assert explanation in (await ann.say(f"/alerts {line}")).text.replace("100000", "100,000")
        assert await settings(bot, ann) == Settings()

    async def test_in_a_group_by_admins_only(self, bob: DeskPlayer, lead: DeskPlayer, bot: Bot) -> None:
        assert "for admins" in (await bob.say("/alerts where=private")).text
        await lead.say("/alerts where=private")
        alerts = (await settings(bot, lead)).alerts
        lea = await bot.books.person(Identity("desk", "Lea"), "Lea")
        assert (alerts.where, alerts.person) == (Where.PRIVATE, lea.id)
        await lead.say("/alerts where=group")
        assert (await settings(bot, lead)).alerts.person is None


class TestBudget:
    async def test_spends_are_shown_even_from_before_it_was_set(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 6 Logo")
        reply = await ann.say("/alerts budget=12")
        assert "Budget: 6 of 12 Connects spent this month (50%)" in reply.text

    async def test_a_spend_beyond_a_percentage_is_booked_with_a_warning(self, ann: DeskPlayer) -> None:
        await ann.say("/alerts budget=10")
        assert "budget" not in (await ann.say("/spend 7")).text
        assert "Most of your budget for this month is used: 8 of 10" in (await ann.say("/spend 1")).text
        reply = await ann.say("/spend 5")
        assert "#4 booked" in reply.text
        assert "Your budget for this month is used up: 13 of 10 Connects are spent." in reply.text
        assert "8 of 10" in (await ann.say("/undo 4")).text

    async def test_it_starts_again_with_the_month_of_the_holders_time_zone(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/alerts budget=10")
        await ann.say("/settings zone=Europe/Kyiv")
        await ann.say("/spend 9")
        bot.clock.pass_(days=21, hours=12.5)  # 21:30 on January 31st, in Kyiv 23:30
        assert "9 of 10" in (await ann.say("/alerts")).text
        bot.clock.pass_(hours=1)
        assert "0 of 10" in (await ann.say("/alerts")).text
        await ann.say("/settings zone=UTC")
        assert "9 of 10" in (await ann.say("/alerts")).text


class TestSnoozed:
    async def test_for_a_week_and_unsnoozed(self, ann: DeskPlayer, bot: Bot) -> None:
        reply = await ann.say("/snooze low 7")
        assert reply.text == "Low balance: snoozed until Jan 17, 2026 09:00 UTC."
        assert "Low balance: off (snoozed until Jan 17, 2026 09:00 UTC)" in (await ann.say("/alerts")).text
        await ann.press("Switch on or off")
        assert (await ann.press("Unsnooze: Low balance")).text == "Low balance: no longer snoozed."
        assert not (await settings(bot, ann)).alerts.snoozed

    async def test_the_confirmation_can_be_undone(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/snooze promotion-ending 3")
        await ann.press("Unsnooze")
        assert not (await settings(bot, ann)).alerts.snoozed

    async def test_a_second_snooze_replaces_the_first_and_others_stay(self, ann: DeskPlayer, bot: Bot) -> None:
        for line in ("low 7", "digest 7", "low 3"):
            await ann.say(f"/snooze {line}")
        kept = {code: (until - bot.clock.now()).days for code, until in (await settings(bot, ann)).alerts.snoozed}
        assert kept == {"low": 3, "digest": 7}

    async def test_a_snooze_that_ended_is_remembered_for_a_while(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/snooze low 7")
        for days, codes in ((20, ["low", "digest"]), (30, ["digest"])):
            bot.clock.pass_(days=days)
            await ann.say("/snooze digest 7")
            assert [code for code, _ in (await settings(bot, ann)).alerts.snoozed] == codes

    async def test_in_a_group_by_admins_only(self, bob: DeskPlayer, lead: DeskPlayer) -> None:
        assert (await bob.say("/snooze low 7")).text == "In a group, /snooze is for admins."
        assert "snoozed until" in (await lead.say("/snooze low 7")).text
        assert "for admins" in (await bob.say("/wake low")).text

    async def test_a_groups_alert_from_the_private_chat_that_gets_it(
        self, ann: DeskPlayer, lead: DeskPlayer, bot: Bot
    ) -> None:
        wallet = await bot.books.wallet_of(ChatRef("desk", "Team"))
        assert wallet is not None
        line = f"/snooze low 7 of={wallet.id}"
        assert "are not sent to you" in (await ann.say(line)).text
        person = (await bot.books.person(Identity("desk", "ann"), "ann")).id
        alerts = replace(wallet.settings.alerts, where=Where.PRIVATE, person=person)
        await bot.store.people.save_settings(wallet.id, replace(wallet.settings, alerts=alerts))
        assert "I cannot check right now" in (await ann.say(line)).text
        live_on(bot, FakeCarrier("desk"))
        await ann.say(line)
        assert (await settings(bot, lead)).alerts.snoozed
        assert not (await settings(bot, ann)).alerts.snoozed
        await ann.press("Unsnooze")
        assert not (await settings(bot, lead)).alerts.snoozed
        assert "There is no wallet 99." in (await ann.say("/snooze low 7 of=99")).text
