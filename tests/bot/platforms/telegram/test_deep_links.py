"""Links to the bot itself: a newcomer claims in a group and goes on in private, and posts elsewhere lead here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.promoting import launched, look
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.stages.telegram import TelegramPlayer
from tests.bot.telling import deliver
from tests.loopback.telegram.wire import bad_request

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.telegram import TelegramStage
    from tests.loopback.telegram.messages import Answer, Message

BONUS = 'Bonus gives=30 ends="3 days"'
HOME = "https://t.me/connects_bot"


@pytest.fixture
async def boss(bot: Bot) -> DeskPlayer:
    bot.operators.add("desk:boss")
    return await DeskStage(bot).person("boss")


async def offered(stage: TelegramStage, boss: DeskPlayer, line: str = BONUS) -> TelegramPlayer:
    """Eve, who has never written to the bot, in a group that has just got a promotion."""
    lead = await stage.member("Lea", "Team", admin=True)
    await lead.say("/subscribe")
    await launched(boss, line)
    await look(stage.bot)
    await deliver(stage.bot, stage.carrier)
    return await stage.member("Eve", "Team")


async def pressed(player: TelegramPlayer, label: str = "Claim") -> Answer:
    return await pressed_on(player, player.chat.last, label)


async def pressed_on(player: TelegramPlayer, message: Message, label: str = "Claim") -> Answer:
    press = await player.person.press(message, label)
    shown = await press.answered()
    await player.stage.server.settled()
    return shown


async def private(stage: TelegramStage, player: TelegramPlayer, link: str) -> str:
    """What somebody reads who follows a link and presses Start."""
    seen = len(player.person.private.sent)
    await player.person.follow(link)
    await stage.server.settled()
    return "\n".join(message.text for message in player.person.private.sent[seen:])


async def test_a_newcomers_press_claims_and_opens_the_private_chat(stage: TelegramStage, boss: DeskPlayer) -> None:
    eve = await offered(stage, boss)
    posted = len(eve.chat.sent)
    shown = await pressed(eve)
    assert (shown.text, shown.url) == ("", f"{HOME}?start=claim_1")
    assert len(eve.chat.sent) == posted
    assert not eve.person.private.sent
    told = await private(stage, eve, shown.url)
    for words in (
        "You got 30 Connects from “Bonus”.",
        "50 Connects",
        "Your wallet is open",
        "Tell me what you spend:",
    ):
        assert words in told
    assert (await pressed(eve)).text.startswith("Already claimed by Eve: 30 Connects")


async def test_who_never_starts_the_private_chat_loses_nothing(stage: TelegramStage, boss: DeskPlayer) -> None:
    eve = await offered(stage, boss)
    await pressed(eve)
    stage.bot.clock.pass_(days=1)
    assert "50 Connects are available" in (await (await stage.person("Eve")).say("/start")).text


async def test_if_the_link_is_refused_the_words_name_it(stage: TelegramStage, boss: DeskPlayer) -> None:
    eve = await offered(stage, boss)
    stage.server.faults.refuse(bad_request("URL_INVALID"), method="answerCallbackQuery")
    shown = await pressed(eve)
    assert shown.text.startswith("30 Connects for Eve from “Bonus”.")
    assert shown.text.endswith(f"\n{HOME}?start=claim_1")


async def test_readers_of_a_channel_claim_in_the_same_way(stage: TelegramStage, boss: DeskPlayer) -> None:
    lead = (await stage.person("Lea")).person
    news, eve = stage.server.channel("News", admins=[lead]), (await stage.person("Eve")).person
    news.join(eve)
    await TelegramPlayer(stage, lead, news).say("/subscribe")
    await launched(boss, BONUS)
    await look(stage.bot)
    await deliver(stage.bot, stage.carrier)
    posted = len(news.sent)
    assert (await pressed(TelegramPlayer(stage, eve, news))).url == f"{HOME}?start=claim_1"
    assert len(news.sent) == posted


async def test_nobody_claims_as_the_group_itself(stage: TelegramStage, boss: DeskPlayer) -> None:
    eve = await offered(stage, boss)
    eve.chat.promote(eve.person)
    await eve.person.say("/claim 1", eve.chat, anonymous=True)
    await stage.server.settled()
    assert "I cannot see whose wallet the Connects are for." in eve.chat.last.text
    assert (await pressed_on(eve, eve.chat.sent[1])).url == f"{HOME}?start=claim_1"


async def test_the_card_and_the_claim_copy_a_link_for_posts_elsewhere(stage: TelegramStage, boss: DeskPlayer) -> None:
    await launched(boss, BONUS)
    ann = await stage.person("Ann")
    await ann.say("/claim 1")
    link = ann.chat.last.button("Copy a link").copied
    assert link == f"{HOME}?start=claim_1"
    eve = await stage.person("Eve")
    assert "30 Connects for you" in await private(stage, eve, link)


async def test_start_offers_to_add_the_bot_with_the_rights_that_it_needs(stage: TelegramStage) -> None:
    ann = await stage.person("Ann")
    for number in range(2):
        await ann.say("/start")
        links = {chat: ann.chat.last.button(f"Add to a {chat}").url or "" for chat in ("group", "channel")}
        group = stage.server.group(f"Team {number}", admins=[ann.person], bot=False)
        channel = stage.server.channel(f"News {number}", admins=[ann.person], bot=False)
        ann.person.add_by(links["group"], group)
        ann.person.add_by(links["channel"], channel)
        assert "Hello!" in (await group.next_message()).text
        assert group.bot_status == "member"
        assert (
            "This chat will get announcements."
            in (await TelegramPlayer(stage, ann.person, channel).say("/subscribe")).text
        )


async def test_the_hash_of_a_draw_is_copied_whole(stage: TelegramStage, boss: DeskPlayer) -> None:
    eve = await offered(stage, boss, f"{BONUS} winners=1")
    promotion = (await stage.bot.store.promotions.newest(1))[0]
    whole = eve.chat.last.button("The whole SHA-256").copied
    assert whole is not None
    assert len(whole) == 64
    assert f"begins with {whole[:12]}." in eve.chat.last.text
    assert whole in (await eve.say(f"/draw@connects_bot {promotion.id}")).text


async def test_what_comes_of_a_claim_reaches_a_newcomer_once_the_chat_is_started(
    stage: TelegramStage, boss: DeskPlayer
) -> None:
    eve = await offered(stage, boss, f"{BONUS} approval=yes")
    shown = await pressed(eve, "Apply")
    await boss.say("/promo approve 1 claim=1")
    await deliver(stage.bot, stage.carrier)
    assert not eve.person.private.sent
    assert "You were given the Connects from “Bonus”." in await private(stage, eve, shown.url)
    stage.bot.clock.pass_(days=1)
    await eve.person.say("/alerts test")
    await stage.server.settled()
    await deliver(stage.bot, stage.carrier)
    assert "test" in eve.person.private.last.text
