"""No alert of a group is lost or told twice while its place or its readers are lost and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Notice
from core.shared.refusals import UnavailableError
from core.wallets.people import ChatKind, Identity, private_chat
from tests.bot.channels import BILLING, GENERAL, Server, admin, opened_by_lea, server_for, wallet_of
from tests.bot.failing import Failing, bot_on
from tests.bot.telling import deliver, sender_on

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

TEST = "This is a test: alerts arrive here."


@pytest.fixture
def server(bot: Bot) -> Server:
    return server_for(bot)


@pytest.fixture
async def lea(bot: Bot, server: Server) -> DeskPlayer:
    assert server
    return await opened_by_lea(bot)


async def alert(bot: Bot, key: str) -> None:
    await bot.store.outbox.notify([Notice(key, "test", {}, await wallet_of(bot))], bot.clock.now())


async def all_delivered(bot: Bot, server: Server) -> list[tuple[str, str]]:
    """The places and people that something came to, with the last line of it."""
    for _ in range(3):
        await deliver(bot, server)
        bot.clock.pass_(seconds=5)
    return [(who, text.split("\n")[-1]) for who, text in server.news()]


@pytest.mark.parametrize("at", range(1, 25))
async def test_an_outage_while_a_place_is_found_again_loses_nothing(
    bot: Bot, server: Server, lea: DeskPlayer, at: int
) -> None:
    assert lea
    server.lost[GENERAL], server.closed = "closed", {"Lea"}
    await alert(bot, "missed")
    assert await all_delivered(bot, server) == []
    server.lost.clear()
    await alert(bot, "found")
    sender = sender_on(bot_on(Failing(bot.store, at=at).as_store(), bot.clock), server)
    for _ in range(6):
        try:
            await sender.step()
            await sender.finish()
        except UnavailableError:
            pass
        bot.clock.pass_(seconds=4)
    await alert(bot, "next")
    bot.clock.pass_(seconds=20)
    assert len(server.news()) + len(await all_delivered(bot, server)) >= len(("missed", "found", "next"))
    assert await bot.store.outbox.deliveries("missed:placed") != ()


async def test_an_admin_who_leaves_before_the_message_comes_keeps_no_alert_to_herself(
    bot: Bot, server: Server, lea: DeskPlayer
) -> None:
    assert lea
    server.lost[GENERAL] = "closed"
    sender = sender_on(bot, server)
    await alert(bot, "a")
    await sender.step()
    await sender.finish()
    await bot.desk.chat_left(private_chat(Identity("desk", "Lea")), ChatKind.PRIVATE, "blocked")
    assert await all_delivered(bot, server) == []
    server.lost.clear()
    zoe = await admin(bot, "Zoe")
    assert "The alert that could not be sent before is on its way" in (await zoe.say("/alerts here")).text
    assert await all_delivered(bot, server) == [(GENERAL, TEST)]


async def test_who_chooses_another_place_first_reads_it_there_alone(bot: Bot, server: Server, lea: DeskPlayer) -> None:
    """The message that the alerts have no place would not be true any more."""
    server.lost[GENERAL] = "closed"
    sender = sender_on(bot, server)
    await alert(bot, "a")
    await sender.step()
    await sender.finish()
    lea.place = BILLING
    await lea.say("/alerts here")
    assert await all_delivered(bot, server) == [(BILLING, TEST)]


async def test_a_copy_that_came_in_private_does_not_come_again_with_the_one_for_the_group(
    bot: Bot, server: Server, lea: DeskPlayer
) -> None:
    await lea.say("/alerts where=both")
    server.lost[GENERAL] = "closed"
    await alert(bot, "a")
    lea.place = BILLING
    await lea.say("/alerts here")
    assert await all_delivered(bot, server) == [("Lea", TEST), (BILLING, TEST)]


async def test_a_place_is_found_by_what_can_be_seen_of_its_name(bot: Bot, server: Server, lea: DeskPlayer) -> None:
    assert bot
    server.named[BILLING] = "#\u202ebil\u200bling\n"
    assert "Sent to: #billing" in (await lea.say("/alerts place=#billing")).text


@pytest.mark.parametrize("order", ["place first", "reader first"])
async def test_an_alert_for_both_comes_to_another_admin_if_neither_can_get_it(
    bot: Bot, server: Server, lea: DeskPlayer, order: str
) -> None:
    await (await admin(bot, "Zoe")).say("/alerts runway=5")
    await lea.say("/alerts where=both")
    server.lost[GENERAL], server.closed = "closed", {"Lea"}
    if order == "reader first":
        bot.clock.pass_(minutes=5)
        await bot.desk.chat_unreachable(private_chat(Identity("desk", "Lea")), ChatKind.PRIVATE, "deleted")
    await alert(bot, "a")
    assert ("Zoe", TEST) in await all_delivered(bot, server)
    await alert(bot, "b")
    assert await all_delivered(bot, server) == [("Zoe", TEST)]


async def test_an_alert_that_its_reader_has_got_does_not_wait_for_the_group(
    bot: Bot, server: Server, lea: DeskPlayer
) -> None:
    await lea.say("/alerts where=both")
    server.lost[GENERAL] = "closed"
    for key in ("a", "b"):
        await alert(bot, key)
        assert ("Lea", TEST) in await all_delivered(bot, server)
    server.lost.clear()
    assert "could not be sent" not in (await lea.say("/alerts here")).text
    assert await all_delivered(bot, server) == []
