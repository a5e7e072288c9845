"""Moderators decide on the claims that members made in their group, and on no others."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from core.wallets.people import ChatRef, Identity
from core.wallets.team import Role, TeamSettings
from tests.bot.carrier import FakeCarrier
from tests.bot.linked import Linking
from tests.bot.promoting import launched, look
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage

BONUS: Final = 'Bonus gives=20 ends="3 days" approval=on moderators=on'
NONE: Final = "No claims from this group are waiting."


async def as_role(bot: Bot, name: str, role: Role | None) -> None:
    """Give somebody a role in the group Team beside Lea, who is its owner; or take theirs away."""
    wallet = await bot.books.wallet_of(ChatRef("desk", "Team"))
    assert wallet is not None
    people = {one: await bot.store.people.person(Identity("desk", one), one) for one in ("Lea", name)}
    roles = {**dict(wallet.settings.team.roles), people["Lea"].id: Role.OWNER, people[name].id: role}
    given = tuple((person, one) for person, one in roles.items() if one is not None)
    await bot.store.people.save_settings(wallet.id, replace(wallet.settings, team=TeamSettings(given)))


async def member(bot: Bot, name: str, group: str = "Team") -> DeskPlayer:
    """A member of a group who has an own wallet."""
    await DeskPlayer(bot, name).say("/start")
    return DeskPlayer(bot, name, group)


@pytest.fixture
async def mia(bot: Bot, lead: DeskPlayer) -> DeskPlayer:
    """A moderator of the group Team."""
    del lead
    mia = await member(bot, "Mia")
    await as_role(bot, "Mia", Role.MODERATOR)
    return mia


async def told(bot: Bot, claim: int) -> list[str]:
    """The chats that are notified of a claim on the first promotion."""
    return [target.chat for target, *_ in await bot.store.outbox.deliveries(f"promotion:1:asked:{claim}")]


class TestOnEveryPlatform:
    async def test_who_decides_in_a_group_is_notified_and_decides_there(
        self, bot: Bot, stage: CarryingStage, boss: DeskPlayer
    ) -> None:
        lea, zoe = await stage.member("Lea", "Team", admin=True), await stage.member("Zoe", "Team")
        await lea.say("/start")
        await launched(boss, BONUS)
        await (await stage.person("Zoe")).say("/start")
        assert "asked for “Bonus”. Each claim is reviewed" in (await zoe.say("/claim 1")).text
        await deliver(bot, stage.carrier)
        assert "Zoe asked for “Bonus”. Moderators of this group can decide" in (await lea.read()).text
        assert "#1 Zoe" in (await lea.press("Claims")).text
        assert "Approved: #1 Zoe" in (await lea.press("Approve")).text
        assert "40 Connects" in (await (await stage.person("Zoe")).say("/balance")).text


class TestDeciding:
    async def test_only_claims_of_this_group_on_promotions_that_allow_it(
        self, bot: Bot, boss: DeskPlayer, mia: DeskPlayer
    ) -> None:
        await launched(boss, BONUS)
        await launched(boss, BONUS.replace("moderators=on", ""))
        zoe = await member(bot, "Zoe")
        await zoe.say("/claim 1")
        await zoe.say("/claim 2")
        await (await member(bot, "Eve", "Elsewhere")).say("/claim 1")
        private = await DeskStage(bot).person("Ivo")
        await private.say("/start")
        await private.say("/claim 1")
        heard = await mia.say("/claims")
        assert [line.partition(":")[0] for line in heard.text.splitlines()[1:]] == ["#1 Zoe"]
        assert heard.buttons == ("Approve #1", "Decline #1")
        for line in ("/claims approve 1 claim=2", "/claims approve 1 claim=3", "/claims refuse 1 claim=9"):
            assert "There is no claim" in (await mia.say(line)).text
        assert "There is no promotion 2." in (await mia.say("/claims approve 2 claim=1")).text
        assert "Declined: #1 Zoe" in (await mia.press("Decline")).text
        assert (await mia.say("/claims")).text == NONE
        assert (await mia.say("/claims approve")).text == NONE
        assert len(await bot.store.outbox.deliveries("promotion:1:refused:3")) == 1

    async def test_the_decision_is_in_the_audit_log_with_who_made_it(
        self, bot: Bot, boss: DeskPlayer, lead: DeskPlayer, mia: DeskPlayer
    ) -> None:
        await launched(boss, BONUS)
        await (await member(bot, "Zoe")).say("/claim 1")
        await mia.say("/claims")
        await mia.press("Approve")
        heard = (await lead.say("/audit")).text
        assert "Mia" in heard
        assert "/claims do=approve number=1 claim=1" in heard

    async def test_nor_on_what_they_have_claimed_from_another_account(
        self, bot: Bot, boss: DeskPlayer, mia: DeskPlayer
    ) -> None:
        await launched(boss, BONUS)
        zoe = await member(bot, "Zoe")
        await zoe.say("/claim 1")
        await Linking(bot, "Mia", "Zoe").link()
        assert "Your own claim waits too." in (await mia.say("/claims")).text
        assert "Approved" not in (await mia.say("/claims approve 1 claim=1")).text
        assert "asked for “Bonus”" in (await mia.say("/claim 1")).text  # which is that very claim
        assert "Approved: #1" in (await boss.say("/promo approve 1 claim=1")).text
        assert "You were given the Connects" in (await DeskPlayer(bot, "Mia").say("/claim 1")).text
        assert "60 Connects" in (await DeskPlayer(bot, "Zoe").say("/balance")).text

    async def test_nobody_decides_on_their_own_claim(self, bot: Bot, boss: DeskPlayer, mia: DeskPlayer) -> None:
        await launched(boss, BONUS)
        await mia.say("/claim 1")
        assert await told(bot, 1) == ["Team"]
        own = "Your own claim waits too. Another moderator or an operator decides on it."
        assert (await mia.say("/claims")).text == f"No other claims on “Bonus” are waiting.\n{own}"
        assert own in (await mia.say("/claims approve 1 claim=1")).text
        anonymous = DeskPlayer(bot, "Team", "Team", admin=True, seat=Identity("desk", "Team"))
        await as_role(bot, "Team", Role.OWNER)
        assert "whether a claim is your own" in (await anonymous.say("/claims")).text
        assert "Approved: #1 Mia" in (await boss.say("/promo approve 1 claim=1")).text

    async def test_several_promotions_are_chosen_from(self, bot: Bot, boss: DeskPlayer, mia: DeskPlayer) -> None:
        zoe = await member(bot, "Zoe")
        for title in ("Spring", "Summer"):
            await launched(boss, BONUS.replace("Bonus", title))
        await zoe.say("/claim 1")
        await zoe.say("/claim 2")
        heard = await mia.say("/claims")
        assert heard.buttons == ("Summer: 1", "Spring: 1")
        assert "On which promotion?" in (await mia.say("/claims approve claim=1")).text
        await mia.say("/claims")
        assert "1 claim on “Spring”" in (await mia.press("Spring")).text
        assert (await mia.press("Back")).buttons == ("Summer: 1", "Spring: 1")
        assert "Approved: #1 Zoe" in (await mia.say("/claims approve 2 claim=1")).text

    async def test_what_one_has_decided_is_not_decided_again(
        self, bot: Bot, boss: DeskPlayer, lead: DeskPlayer, mia: DeskPlayer
    ) -> None:
        await launched(boss, BONUS)
        zoe = await member(bot, "Zoe")
        await zoe.say("/claim 1")
        await mia.say("/claims")
        await lead.say("/claims")
        heard = [one.text for one in await asyncio.gather(mia.press("Approve"), lead.press("Decline"))]
        given = "Approved: #1 Zoe" in heard[0]
        other = "That claim was already approved." if given else "That claim was already declined."
        assert other in heard[given]
        balance = (await DeskPlayer(bot, "Zoe").say("/balance")).text
        assert f"{40 if given else 20} Connects are available" in balance

    async def test_a_role_that_was_taken_away_decides_nothing(
        self, bot: Bot, boss: DeskPlayer, mia: DeskPlayer
    ) -> None:
        await launched(boss, BONUS)
        await (await member(bot, "Zoe")).say("/claim 1")
        await mia.say("/claims")
        await as_role(bot, "Mia", None)
        refused = (await mia.press("Approve")).text
        assert "moderator" in refused
        assert "moderator" in (await mia.say("/claims")).text
        assert "1 claim on “Bonus”" in (await boss.say("/promo claims 1")).text

    async def test_what_was_changed_meanwhile_counts(self, bot: Bot, boss: DeskPlayer, mia: DeskPlayer) -> None:
        await launched(boss, f"{BONUS} supply=20")
        for name in ("Zoe", "Eve", "Ivo"):
            await (await member(bot, name)).say("/claim 1")
        bot.clock.pass_(days=3)
        await look(bot)
        await mia.say("/claims")
        assert "Approved: #1 Zoe" in (await mia.press("Approve #1")).text
        assert "All of it has been given out" in (await mia.press("Approve #2")).text
        await mia.say("/claims")
        assert "Declined: #2 Eve" in (await mia.press("Decline #2")).text

    async def test_an_operator_can_end_it_after_the_launch(self, bot: Bot, boss: DeskPlayer, mia: DeskPlayer) -> None:
        await launched(boss, BONUS)
        await (await member(bot, "Zoe")).say("/claim 1")
        await mia.say("/claims")
        await boss.say("/edit 1 moderators off")
        assert "There is no promotion 1." in (await mia.press("Approve")).text
        assert (await mia.say("/claims")).text == NONE
        await boss.say("/edit 1 moderators on")
        assert "#1 Zoe" in (await mia.say("/claims")).text

    async def test_moderators_without_approval_make_no_sense(self, boss: DeskPlayer) -> None:
        heard = await boss.say('/promote Bonus gives=2 ends="3 days" moderators=on text=x')
        assert "Give approval=on as well" in heard.text


class TestBeingNotified:
    async def test_moderators_are_notified_in_private_of_the_first_claim_that_waits(
        self, bot: Bot, boss: DeskPlayer, mia: DeskPlayer
    ) -> None:
        await launched(boss, BONUS)
        zoe = await member(bot, "Zoe")
        await zoe.say("/claim 1")
        await zoe.say("/claim 1")
        await (await member(bot, "Eve")).say("/claim 1")
        assert [await told(bot, number) for number in (1, 2)] == [["Mia"], []]
        carrier = FakeCarrier(name="desk")
        await deliver(bot, carrier)
        assert "Zoe asked for “Bonus” in Team. Write /claims there to decide." in carrier.carried[-1].text
        await mia.say("/claims")
        await mia.press("Approve #1")
        await mia.press("Approve #2")
        await (await member(bot, "Ivo")).say("/claim 1")
        assert await told(bot, 3) == ["Mia"]

    async def test_nobody_is_notified_where_moderators_do_not_decide(
        self, bot: Bot, boss: DeskPlayer, mia: DeskPlayer
    ) -> None:
        await launched(boss, BONUS.replace("moderators=on", ""))
        await (await member(bot, mia.name)).say("/claim 1")
        assert not await told(bot, 1)

    async def test_the_group_is_notified_where_no_private_chat_is_known(
        self, bot: Bot, boss: DeskPlayer, lead: DeskPlayer
    ) -> None:
        await as_role(bot, "Gus", Role.MODERATOR)
        await launched(boss, BONUS)
        await (await member(bot, "Zoe", lead.group)).say("/claim 1")
        assert await told(bot, 1) == ["Team"]

    async def test_a_group_without_a_wallet_is_notified_itself(self, bot: Bot, boss: DeskPlayer) -> None:
        await launched(boss, BONUS)
        await (await member(bot, "Zoe", "Guild")).say("/claim 1")
        assert await told(bot, 1) == ["Guild"]
        admin = await DeskStage(bot).member("Gus", "Guild", admin=True)
        await admin.say("/claims")
        assert "Approved: #1 Zoe" in (await admin.press("Approve")).text
