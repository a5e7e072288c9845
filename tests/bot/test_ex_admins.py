"""Who is no admin of a group any more hears nothing of it in private, and cannot silence its alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.delivery.groups.admins import GroupAdmins
from bot.delivery.limits.rate_limit import rate_limiter_for
from bot.delivery.live_platforms import LivePlatform
from core.delivery.notice import Notice
from core.delivery.state import State
from core.shared.ids import PersonId
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Where
from tests.bot.carrier import FakeCarrier
from tests.bot.office import Office
from tests.bot.stage import on_stage
from tests.bot.stages.desk import DeskStage
from tests.bot.stages.discord import DiscordStage
from tests.bot.stages.telegram import TelegramStage
from tests.bot.telling import deliver, live_on

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.wallets.people import Wallet
    from tests.bot.stage import Addressee, Bot
    from tests.bot.stages.desk import DeskPlayer

EXPIRED: dict[str, str | int] = {"connects": 8, "expired": "2026-01-10T08:00+00:00", "left": 12}
BACK = "no longer decides about this group\u2019s alerts. What went to them in private comes here again."


async def wallet_in(bot: Bot, group: Addressee) -> Wallet:
    wallet = await bot.store.people.wallet_of(ChatRef(group.target.platform, group.target.chat))
    assert wallet is not None
    return wallet


class TestOnThePlatforms:
    @pytest.fixture(params=["telegram", "discord"])
    async def stage(self, request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[TelegramStage | DiscordStage]:
        async with on_stage(request.param, bot) as stage:
            assert isinstance(stage, TelegramStage | DiscordStage)
            live_on(bot, stage.carrier)
            yield stage

    @pytest.fixture
    async def lead(self, stage: TelegramStage | DiscordStage) -> Addressee:
        """An admin who stays one."""
        lead = await stage.member("Lea", "Team", admin=True)
        for line in ("/start", "/opening 40 free", "/settings low=30"):
            await lead.say(line)
        return lead

    @pytest.fixture
    async def ann(self, stage: TelegramStage | DiscordStage, lead: Addressee) -> Addressee:
        """The private chat of an admin who gets the alerts of the group, which Lea has opened."""
        assert lead
        ann = await stage.person("Ann")
        await ann.say("/start")
        in_group = await stage.member("Ann", "Team", admin=True)
        assert "Ann, in private" in (await in_group.say("/alerts where=private")).text
        return ann

    def dismiss(self, stage: TelegramStage | DiscordStage, how: str) -> None:
        """Ann is no admin any more, or no member either. A minute later, everybody knows."""
        if isinstance(stage, TelegramStage):
            chat, person = stage.groups["Team"], stage.people["Ann"]
            chat.leave(person) if how == "left" else chat.promote(person, "member")
        else:
            guild, member = stage.guilds["Team"], stage.people["Ann"]
            guild.remove(member) if how == "left" else guild.add(member)
        stage.bot.clock.pass_(seconds=61)

    @pytest.mark.parametrize("how", ["demoted", "left"])
    async def test_the_alert_comes_to_the_group_instead(
        self, bot: Bot, stage: TelegramStage | DiscordStage, lead: Addressee, ann: Addressee, how: str
    ) -> None:
        self.dismiss(stage, how)
        await lead.say("/spend 16 Logo")
        await deliver(bot, stage.carrier)
        await deliver(bot, stage.carrier)
        latest = [(await lead.read()).text for _ in range(2)]  # on Telegram, the last one twice
        assert any("Running low: 24 Connects are left" in text for text in latest)
        assert isinstance(stage, TelegramStage) or f"Ann {BACK}" in latest[0]
        wallet = await wallet_in(bot, lead)
        assert (wallet.settings.alerts.where, wallet.settings.alerts.person) == (Where.GROUP, None)
        ((target, state, why),) = await bot.store.outbox.deliveries(f"low:{wallet.id}:2")
        assert (target.direct, target.chat, state, why) == (True, ann.target.chat, State.CANCELLED, "not an admin")

    @pytest.mark.parametrize("how", ["demoted", "left"])
    async def test_a_button_of_an_alert_from_before_silences_nothing(
        self, bot: Bot, stage: TelegramStage | DiscordStage, lead: Addressee, ann: Addressee, how: str
    ) -> None:
        await lead.say("/spend 16 Logo")
        await deliver(bot, stage.carrier)
        assert "In Team:" in (await ann.read()).text
        self.dismiss(stage, how)
        assert "no longer decide about that group\u2019s alerts" in (await ann.press("Snooze for a week")).text
        alerts = (await wallet_in(bot, lead)).settings.alerts
        assert (alerts.snoozed, alerts.where, alerts.person) == ((), Where.GROUP, None)
        assert "are not sent to you" in (await ann.press("Snooze for a week")).text

    async def test_who_is_an_admin_reads_it_and_may_snooze_it(
        self, bot: Bot, stage: TelegramStage | DiscordStage, lead: Addressee, ann: Addressee
    ) -> None:
        bot.clock.pass_(minutes=5)
        await lead.say("/spend 16 Logo")
        await deliver(bot, stage.carrier)
        assert "24 Connects are left" in (await ann.read()).text
        assert "snoozed until" in (await ann.press("Snooze for a week")).text

    async def test_while_the_platform_cannot_say_it_waits(
        self, bot: Bot, stage: TelegramStage | DiscordStage, lead: Addressee, ann: Addressee
    ) -> None:
        bot.clock.pass_(minutes=5)
        if isinstance(stage, TelegramStage):
            stage.server.faults.fail(502, method="getChatMember")
        else:
            stage.server.faults.fail(503, route="GET /guilds/{guild_id}/members/{user_id}")
        await lead.say("/spend 16 Logo")
        key = f"low:{(await wallet_in(bot, lead)).id}:2"
        await deliver(bot, stage.carrier)
        ((_, state, _why),) = await bot.store.outbox.deliveries(key)
        assert state is State.PENDING
        bot.clock.pass_(minutes=1)
        await deliver(bot, stage.carrier)
        assert "24 Connects are left" in (await ann.read()).text


class TestAtTheDoor:
    """What becomes of each delivery, by the platform's answer."""

    @pytest.fixture
    def carrier(self, bot: Bot) -> FakeCarrier:
        carrier = FakeCarrier("desk")
        live_on(bot, carrier)
        return carrier

    @pytest.fixture
    async def group(self, bot: Bot, lead: DeskPlayer, carrier: FakeCarrier) -> Wallet:
        assert carrier
        await lead.say("/settings low=290")
        wallet = await bot.store.people.wallet_of(ChatRef("desk", lead.group))
        assert wallet is not None
        return wallet

    async def told(self, bot: Bot, carrier: FakeCarrier, chat: str) -> list[str]:
        """What a chat reads now."""
        before = len(carrier.carried)
        await deliver(bot, carrier)
        return [one.text for one in carrier.carried[before:] if one.chat == chat]

    async def test_with_both_places_the_group_reads_it_once(
        self, bot: Bot, lead: DeskPlayer, group: Wallet, carrier: FakeCarrier
    ) -> None:
        await lead.say("/alerts where=both")
        carrier.admin = False
        await lead.say("/spend 16 Logo")
        told = [text for _ in range(3) for text in await self.told(bot, carrier, "Team")]
        assert len(told) == 2
        assert sum("284 Connects are left" in text for text in told) == 1
        assert sum(BACK in text for text in told) == 1
        assert "Lea" not in carrier.chats
        assert (await bot.store.people.settings_of(group.id)).alerts.where is Where.GROUP

    async def test_what_cannot_be_known_waits_alone_and_not_for_ever(
        self, bot: Bot, lead: DeskPlayer, group: Wallet, carrier: FakeCarrier
    ) -> None:
        await lead.say("/alerts where=private quiet=off")
        own = await DeskStage(bot).person("Lea")
        await own.say("/start")
        carrier.admin = None
        await lead.say("/spend 16 Logo")
        wallet = await bot.books.wallet_of((await bot.books.person(Identity("desk", "Lea"), "Lea")).id)
        assert wallet is not None
        now = bot.clock.now()
        await bot.store.outbox.notify([Notice("n1", "expired", EXPIRED, wallet.id)], now)
        assert [text.partition(" ")[0] for text in await self.told(bot, carrier, "Lea")] == ["8"]
        for _ in range(3):
            bot.clock.pass_(days=1)
            assert await self.told(bot, carrier, "Lea") == []
        await deliver(bot, carrier)
        low = f"low:{group.id}:{await bot.books.newest(group.id)}"
        ((_, state, why),) = await bot.store.outbox.deliveries(low)
        assert (state, why) == (State.CANCELLED, "stale")

    async def test_one_that_waits_for_somebody_who_was_replaced_goes_to_the_new_one(
        self, bot: Bot, lead: DeskPlayer, group: Wallet, carrier: FakeCarrier
    ) -> None:
        assert group
        zoe = await DeskStage(bot).member("Zoe", "Team", admin=True)
        await lead.say("/alerts where=private")
        await lead.say("/spend 16 Logo")
        await zoe.say("/alerts where=private")
        for _ in range(2):
            await deliver(bot, carrier)
        assert carrier.chats == ["Zoe"]

    async def test_one_that_the_group_got_too_is_not_sent_anew_for_somebody_else(
        self, bot: Bot, lead: DeskPlayer, group: Wallet, carrier: FakeCarrier
    ) -> None:
        assert group
        zoe = await DeskStage(bot).member("Zoe", "Team", admin=True)
        await lead.say("/alerts where=both")
        await lead.say("/spend 16 Logo")
        await zoe.say("/alerts where=both")
        for _ in range(2):
            await deliver(bot, carrier)
        assert carrier.chats == ["Team"]

    async def test_a_persons_own_alerts_are_not_asked_about(
        self, bot: Bot, ann: DeskPlayer, carrier: FakeCarrier
    ) -> None:
        await ann.say("/alerts test")
        assert await self.told(bot, carrier, "ann") == ["This is a test: alerts arrive here."]
        assert carrier.asked == 0


class TestWhoIsAsked:
    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ((True,), True),
            ((False,), False),
            ((None,), None),
            ((False, True), True),
            ((False, None), None),
            ((), False),
        ],
    )
    async def test_any_identity_on_the_groups_platform_counts(
        self, answers: tuple[bool | None, ...], *, expected: bool | None
    ) -> None:
        office = Office()
        known = dict(zip(("1", "2"), answers, strict=False))

        class Carrier(FakeCarrier):
            async def is_admin(self, group: str, user: str) -> bool | None:
                assert group == "team"
                return known[user]

        carrier, person = Carrier(), PersonId(7)
        limiter, now = rate_limiter_for("telegram"), office.clock.at
        live = {"telegram": LivePlatform(carrier, limiter, office.sender, office.clock, now)}
        office.store.tables.identities[Identity("discord", "3")] = person
        for user in known:
            office.store.tables.identities[Identity("telegram", user)] = person
        admins = GroupAdmins(office.store.people, live)
        assert await admins.is_admin(ChatRef("telegram", "team"), person) is expected
        assert await admins.is_admin(ChatRef("discord", "team"), person) is None
