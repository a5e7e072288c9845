"""A group's alerts have lost their place: an admin is told, and no alert is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Notice
from core.delivery.state import State
from core.shared.refusals import Outage, UnavailableError
from core.wallets.people import Chat, ChatKind, Identity, private_chat
from core.wallets.settings import Alerts
from tests.bot.channels import BILLING, GENERAL, Server, admin, alerts, opened_by_lea, server_for, wallet_of
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
def server(bot: Bot) -> Server:
    return server_for(bot)


@pytest.fixture
async def lea(bot: Bot, server: Server) -> DeskPlayer:
    assert server
    return await opened_by_lea(bot)


async def forget_place(bot: Bot) -> None:
    """As in a group whose wallet was opened by a version that knew no places."""
    kept = await bot.store.people.settings_of(await wallet_of(bot))
    await bot.store.people.save_settings(await wallet_of(bot), replace(kept, alerts=Alerts()))


LOW = "Running low: 284 Connects are left, below your warning level of 290."
UNTIL = "Until then I send them to you."
OF_TEAM = "In Team:"


class TestTold:
    @pytest.mark.parametrize(
        ("why", "said"),
        [
            (
                "unknown",
                "#general, where they went, no longer exists. Write /alerts here in the place where they should",
            ),
            ("closed", "#general, where they go, is closed. Open it again, or write /alerts here in another place."),
            ("rights", "I am no longer allowed to write in #general, where they go. Allow it again, or write /alerts"),
        ],
    )
    async def test_the_admin_who_opened_the_wallet_gets_the_alert_with_the_reason(
        self, bot: Bot, server: Server, lea: DeskPlayer, why: str, said: str
    ) -> None:
        server.lost[GENERAL] = why
        await lea.say("/spend 16 Logo")
        await deliver(bot, server)
        ((who, text),) = server.news()
        told, heading, alert = text.split("\n")
        assert (who, heading, alert) == ("Lea", OF_TEAM, LOW)
        assert told.startswith("Team gets no alerts now: ")
        assert told.endswith(UNTIL)
        assert said in told
        assert server.carried[-1].presses == ()
        lost = (await alerts(bot)).lost
        assert lost is not None
        assert (lost.why, lost.told) == (why, True)

    async def test_what_is_missing_is_named(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        server.lost[GENERAL], server.lacking[GENERAL] = "rights", ("embeds", "files")
        await lea.say("/spend 16 Logo")
        await deliver(bot, server)
        assert "in #general, where they go, I lack Embed Links and Attach Files." in server.news()[0][1]
        shown = (await lea.say("/alerts")).text
        assert "Sent to: #general, but nothing arrives there: I am not allowed to write there" in shown

    async def test_a_group_that_never_chose_one(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        await forget_place(bot)
        server.lost[""] = "unset"
        await lea.say("/spend 16 Logo")
        await deliver(bot, server)
        ((who, text),) = server.news()
        assert who == "Lea"
        assert text.startswith(
            "Nobody has chosen where the alerts of Team go. Until an admin writes /alerts here in one"
        )
        assert text.endswith(f"{OF_TEAM}\n{LOW}")

    async def test_of_a_loss_once_and_every_later_alert_comes_with_few_words(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        server.lost[GENERAL] = "closed"
        await lea.say("/spend 16 Logo")
        await deliver(bot, server)
        server.news()
        await lea.say("/alerts budget=20")
        await lea.say("/spend 4")
        await deliver(bot, server)
        ((who, text),) = server.news()
        assert who == "Lea"
        assert text.startswith("The alerts of Team still have no place, so this one comes to you.\nIn Team:\n")
        assert "budget" in text

    async def test_who_is_asked_in_turn(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        """Who gets the alerts, who opened the wallet, who changed its settings last; each only if an admin now."""
        zoe, maxi = await admin(bot, "Zoe"), await admin(bot, "Max")
        await zoe.say("/alerts runway=5")
        await maxi.say("/settings zone=UTC+2")
        server.lost[GENERAL] = "closed"
        for gone, told in ((set(), "Lea"), ({"Lea"}, "Max"), ({"Lea", "Max"}, "Zoe")):
            server.admins -= gone
            await bot.store.outbox.notify([Notice(f"t{told}", "test", {}, await wallet_of(bot))], bot.clock.now())
            await deliver(bot, server)
            assert [who for who, _ in server.news()] == [told]
        assert lea

    async def test_who_cannot_be_reached_is_passed_over(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        zoe = await admin(bot, "Zoe")
        await zoe.say("/alerts runway=5")
        server.lost[GENERAL], server.closed = "closed", {"Lea"}
        await lea.say("/spend 16 Logo")
        await deliver(bot, server)
        await deliver(bot, server)
        assert [who for who, _ in server.news()] == ["Zoe"]

    async def test_an_anonymous_admin_has_no_private_chat(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        nobody = await admin(bot, "Anonymous")
        nobody.seat = Identity("desk", "-1001")
        await nobody.say("/alerts runway=5")
        server.admins = {"-1001"}
        server.lost[GENERAL] = "closed"
        await lea.say("/spend 16 Logo")
        await deliver(bot, server)
        await deliver(bot, server)
        assert server.news() == []

    async def test_who_is_no_admin_any_more_when_it_is_sent_does_not_read_it(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        zoe = await admin(bot, "Zoe")
        await zoe.say("/alerts runway=5")
        server.lost[GENERAL] = "closed"
        server.leaving = {"Lea"}
        await lea.say("/spend 16 Logo")
        for _ in range(2):
            await deliver(bot, server)
        assert [who for who, _ in server.news()] == ["Zoe"]

    async def test_with_both_the_copy_is_not_repeated(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        await lea.say("/alerts where=both")
        server.lost[GENERAL] = "closed"
        await lea.say("/spend 16 Logo")
        await deliver(bot, server)
        first, second = (text for _, text in server.news())
        assert first == f"{OF_TEAM}\n{LOW}"
        assert second.startswith("Team gets no alerts now")
        assert LOW not in second
        await lea.say("/alerts budget=20")
        await lea.say("/spend 4")
        await deliver(bot, server)
        assert len(server.news()) == 1


class TestNobodyThere:
    @pytest.fixture
    async def lost(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        """Nobody can be told in private, so the alert waits."""
        server.lost[GENERAL], server.closed = "closed", {"Lea"}
        await lea.say("/spend 16 Logo")
        await deliver(bot, server)
        await deliver(bot, server)
        assert server.news() == []
        bot.clock.pass_(minutes=11)

    @pytest.mark.usefixtures("lost")
    async def test_the_next_admin_reads_it_beside_an_answer_once(self, bot: Bot, lea: DeskPlayer) -> None:
        bob = await DeskStage(bot).member("Bob", "Team")
        assert "do not arrive" not in (await bob.say("/balance")).text
        heard = await lea.say("/balance")
        said = "This group's alerts do not arrive any more in #general: it is closed. Where shall they go?"
        assert heard.text.endswith(said)
        assert heard.buttons[-2:] == ("Alerts here", "Choose another…")
        bot.clock.pass_(days=1)
        assert "do not arrive" not in (await lea.say("/balance")).text

    @pytest.mark.usefixtures("lost")
    async def test_the_alert_is_sent_once_there_is_a_place(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        heard = await lea.say("/alerts #billing")
        assert "The alert that could not be sent before is on its way there, if it still holds." in heard.text
        await deliver(bot, server)
        ((where, text),) = server.news()
        assert (where, text.partition("\n")[0]) == (BILLING, LOW)
        assert (await alerts(bot)).lost is None
        assert "could not be sent" not in (await lea.say("/alerts here")).text

    @pytest.mark.usefixtures("lost")
    async def test_it_is_not_sent_if_it_no_longer_holds(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        await lea.say("/buy 40 $6")
        await lea.say("/alerts #billing")
        await deliver(bot, server)
        assert server.news() == []

    @pytest.mark.usefixtures("lost")
    async def test_it_is_not_sent_if_it_is_stale(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        bot.clock.pass_(days=3)
        assert "could not be sent" not in (await lea.say("/alerts #billing")).text
        await deliver(bot, server)
        assert server.news() == []

    @pytest.mark.usefixtures("lost")
    async def test_a_private_chat_will_do(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        server.closed = set()
        await bot.desk.chat_reachable(Chat(private_chat(Identity("desk", "Lea")), ChatKind.PRIVATE))
        assert "could not be sent before" in (await lea.say("/alerts where=private")).text
        await deliver(bot, server)
        assert [who for who, _ in server.news()] == ["Lea"]

    async def test_the_latest_are_kept(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        server.lost[GENERAL], server.closed = "closed", {"Lea"}
        for number in range(7):
            await bot.store.outbox.notify([Notice(f"t{number}", "test", {}, await wallet_of(bot))], bot.clock.now())
            await deliver(bot, server)
            await deliver(bot, server)
        assert "The 5 alerts that could not be sent before" in (await lea.say("/alerts #billing")).text
        for _ in range(5):
            await deliver(bot, server)
        assert [where for where, _ in server.news()] == [BILLING] * 5

    async def test_of_one_that_replaces_another_only_the_latest_is_kept(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        server.lost[GENERAL], server.closed = "closed", {"Lea"}
        for line in ("/spend 16 Logo", "/buy 40 $6", "/spend 40 Shop"):
            await lea.say(line)
            for _ in range(2):
                await deliver(bot, server)
        assert "The alert that could not be sent before" in (await lea.say("/alerts #billing")).text


class TestFound:
    async def test_what_could_not_be_sent_before_comes_then(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        server.lost[GENERAL], server.closed = "rights", {"Lea"}
        await lea.say("/spend 16 Logo")
        for _ in range(2):
            await deliver(bot, server)
        del server.lost[GENERAL]
        await lea.say("/alerts test")
        for _ in range(2):
            await deliver(bot, server)
        assert [text.partition("\n")[0] for _, text in server.news()] == ["This is a test: alerts arrive here.", LOW]

    async def test_what_arrives_again_ends_the_loss(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        server.lost[GENERAL] = "rights"
        await lea.say("/spend 16 Logo")
        await deliver(bot, server)
        del server.lost[GENERAL]
        await lea.say("/alerts test")
        await deliver(bot, server)
        assert [who for who, _ in server.news()] == ["Lea", GENERAL]
        assert (await alerts(bot)).lost is None

    async def test_a_new_loss_is_told_again(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        server.lost = {GENERAL: "rights", BILLING: "unknown"}
        for line in ("/alerts test", "/alerts #billing", "/alerts test"):
            await lea.say(line)
            await deliver(bot, server)
        first, second = (text for _, text in server.news())
        assert "write in #general" in first
        assert "#billing, where they went, no longer exists" in second

    async def test_an_alert_on_its_way_to_the_former_place_follows(
        self, bot: Bot, server: Server, lea: DeskPlayer
    ) -> None:
        server.lost[GENERAL] = "unknown"
        await lea.say("/spend 16 Logo")
        await lea.say("/alerts #billing")
        await deliver(bot, server)
        await deliver(bot, server)
        ((where, text),) = server.news()
        assert (where, text.partition("\n")[0]) == (BILLING, LOW)
        assert (await alerts(bot)).lost is None

    async def test_the_end_of_an_admin_is_told_in_the_place(self, bot: Bot, server: Server, lea: DeskPlayer) -> None:
        await lea.say("/alerts where=private")
        server.admins = set()
        await lea.say("/spend 16 Logo")
        await deliver(bot, server)
        await deliver(bot, server)
        assert {where for where, _ in server.news()} == {GENERAL}


class TestFailures:
    async def test_if_the_store_is_out_of_reach_the_alert_is_tried_again(
        self, bot: Bot, server: Server, lea: DeskPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server.lost[GENERAL] = "closed"
        await lea.say("/spend 16 Logo")
        change = bot.books.change_settings

        async def away(*_: object) -> None:
            monkeypatch.setattr(bot.books, "change_settings", change)
            raise UnavailableError(Outage.LOST)

        monkeypatch.setattr(bot.books, "change_settings", away)
        await deliver(bot, server)
        bot.clock.pass_(seconds=10)
        await deliver(bot, server)
        assert [who for who, _ in server.news()] == ["Lea"]

    async def test_a_fault_leaves_the_outcome_as_it_is(
        self, bot: Bot, server: Server, lea: DeskPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await lea.say("/spend 16 Logo")

        async def broken(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(bot.books, "change_settings", broken)
        await deliver(bot, server)
        ((_, state, _why),) = await bot.store.outbox.deliveries(f"low:{await wallet_of(bot)}:2")
        assert state is State.SENT
