"""Who comes back: lost by an error, they get all of it again; who had left by choice is asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from bot.commands import by_name
from bot.dispatch.asides import LOOK_EVERY
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from core.delivery.notice import Notice, Target
from core.delivery.outcome import PlaceLost, Sent, Unreachable
from core.wallets.people import Chat, ChatKind, ChatRef
from tests.bot.carrier import FakeCarrier
from tests.bot.stage import PLATFORMS, on_stage
from tests.bot.stages.desk import DeskPlayer
from tests.bot.telling import deliver
from tests.bot.test_announcing import sent

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from tests.bot.stage import Addressee, Bot, Player, Stage

BLOCKED = "Do you want them again?"
REMOVED = "Announcements stopped when I was removed from this group."
BACK = "They come again now, as before."
LOST = "Announcements do not arrive any more:"
TEXT = "/announce Free review"
ANN = Target("desk", "ann", direct=True)
FACTS: Mapping[str, str | int] = {"about": "job", "name": "sweep"}


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    """Every platform in turn."""
    async with on_stage(request.param, bot) as stage:
        yield stage


def target_of(player: Player) -> Target:
    if isinstance(player, DeskPlayer):
        return Target("desk", player.group or player.name, direct=not player.group)
    return cast("Addressee", player).target


async def leave(bot: Bot, player: Player, why: str) -> None:
    """A person or a group is lost, as the platform reports it."""
    target = target_of(player)
    await bot.desk.chat_left(target.ref, target.kind, why)


async def readers(boss: DeskPlayer) -> int:
    """To how many chats an announcement would go."""
    heard = await boss.say(TEXT)
    send = next((label for label in heard.buttons if label.startswith("Send to ")), "Send to 0")
    return int(send.split()[2])


class TestOnEveryPlatform:
    async def test_who_had_blocked_the_bot_is_asked_once_and_gets_nothing_before_a_yes(
        self, bot: Bot, stage: Stage, boss: DeskPlayer
    ) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await ann.say("/subscribe art")
        assert await readers(boss) == 1
        await leave(bot, ann, "blocked")
        assert await readers(boss) == 0
        heard = await ann.say("/balance")
        assert "20 Connects are available." in heard.text
        assert heard.text.endswith(BLOCKED)
        assert heard.buttons[-2:] == ("Yes", "No")
        assert await readers(boss) == 0
        assert "about art" in (await ann.press("Yes")).text
        assert await readers(boss) == 1
        assert BLOCKED not in (await ann.say("/balance")).text

    async def test_who_does_not_answer_is_asked_once(self, bot: Bot, stage: Stage, boss: DeskPlayer) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await ann.say("/subscribe")
        await leave(bot, ann, "blocked")
        assert BLOCKED in (await ann.say("/balance")).text
        for _ in range(2):
            assert BLOCKED not in (await ann.say("/balance")).text
            bot.clock.at += LOOK_EVERY
        assert await readers(boss) == 0

    async def test_who_says_no_gets_no_more(self, bot: Bot, stage: Stage, boss: DeskPlayer) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await ann.say("/subscribe")
        await leave(bot, ann, "blocked")
        await ann.say("/balance")
        assert (await ann.press("No")).text == "This chat will get no more announcements."
        assert await readers(boss) == 0
        assert await bot.store.subscriptions.subscribers() == ()

    @pytest.mark.parametrize("why", ["deleted", "forbidden", "refused with 50013"])
    async def test_who_was_lost_by_an_error_has_it_all_back_and_is_told_once(
        self, bot: Bot, stage: Stage, boss: DeskPlayer, why: str
    ) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await ann.say("/subscribe art")
        await leave(bot, ann, why)
        assert await readers(boss) == 0
        heard = await ann.say("/balance")
        assert heard.text.endswith(BACK)
        assert heard.buttons[-1] == "Unsubscribe"
        assert await readers(boss) == 1
        assert "no more announcements" in (await ann.press("Unsubscribe")).text
        assert await readers(boss) == 0
        bot.clock.at += LOOK_EVERY
        assert BACK not in (await ann.say("/balance")).text

    async def test_a_newcomer_is_asked_nothing(self, bot: Bot, stage: Stage) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await leave(bot, ann, "blocked")
        heard = await ann.say("/balance")
        assert "nnouncements" not in heard.text

    async def test_in_a_group_an_admin_is_asked(self, bot: Bot, stage: Stage, boss: DeskPlayer) -> None:
        lead, bob = await stage.member("Lea", "Team", admin=True), await stage.member("Bob", "Team")
        await lead.say("/start")
        await lead.say("/subscribe")
        await leave(bot, lead, "removed")
        assert REMOVED not in (await bob.say("/balance")).text
        assert REMOVED in (await lead.say("/balance")).text
        assert await readers(boss) == 0
        assert "This chat will get announcements." in (await lead.press("Yes")).text
        assert await readers(boss) == 1

    async def test_a_line_that_arrives_twice_gets_the_question_twice(self, bot: Bot, stage: Stage) -> None:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await ann.say("/subscribe")
        await leave(bot, ann, "blocked")
        first, second = await ann.say_twice("/balance")
        assert BLOCKED in first.text
        assert first.text == second.text


async def test_only_an_admin_may_answer_for_a_group(bot: Bot, lead: DeskPlayer, bob: DeskPlayer) -> None:
    await lead.say("/subscribe")
    await leave(bot, lead, "removed")
    await lead.say("/balance")
    bob.buttons = lead.buttons
    assert "Only an admin" in (await bob.press("Yes")).text


async def test_who_unsubscribes_with_the_first_words_is_told_nothing_else(bot: Bot, ann: DeskPlayer) -> None:
    await ann.say("/subscribe")
    await leave(bot, ann, "deleted")
    assert (await ann.say("/unsubscribe")).text == "This chat will get no more announcements."


async def test_who_blocks_the_bot_again_is_asked_again(bot: Bot, ann: DeskPlayer) -> None:
    await ann.say("/subscribe")
    for _ in range(2):
        bot.clock.pass_(days=1)
        await leave(bot, ann, "blocked")
        bot.clock.pass_(days=1)
        assert BLOCKED in (await ann.say("/balance")).text


async def test_an_announcement_that_was_held_is_not_sent_before_a_yes(
    bot: Bot, ann: DeskPlayer, boss: DeskPlayer
) -> None:
    await ann.say("/subscribe")
    await boss.say(TEXT)
    await boss.press("Send to")
    await boss.press("Pause")
    await leave(bot, ann, "blocked")
    await ann.say("/balance")
    await boss.press("Resume")
    carrier = FakeCarrier("desk")
    await deliver(bot, carrier)
    assert "ann" not in carrier.chats


async def test_a_persons_alerts_wait_for_nobodys_yes(bot: Bot, ann: DeskPlayer) -> None:
    async def alerted() -> list[str]:
        carrier = FakeCarrier("desk")
        bot.clock.pass_(days=1)
        await bot.store.outbox.notify([Notice(f"{bot.clock.now()}", "alarm-over", FACTS, to=(ANN,))], bot.clock.now())
        await deliver(bot, carrier)
        return carrier.chats

    await ann.say("/subscribe")
    await leave(bot, ann, "blocked")
    assert await alerted() == []
    await ann.say("/balance")
    assert await alerted() == ["ann"]


class TestGroups:
    async def test_one_that_adds_the_bot_again_is_asked_with_the_greeting(self, bot: Bot, lead: DeskPlayer) -> None:
        team = Chat(ChatRef("desk", "Team"), ChatKind.GROUP, "Team")
        await lead.say("/subscribe")
        await bot.desk.chat_left(team.ref, team.kind, "removed")
        bot.clock.pass_(days=100)
        given = await bot.desk.chat_joined(team, "en")
        assert given is not None
        heard = lead.hear(given)
        assert "Hello!" in heard.text
        assert REMOVED in heard.text
        assert heard.buttons == ("Start", "What can you do?", "Yes", "No")
        assert await bot.desk.chat_joined(team, "en") is None
        assert REMOVED not in (await lead.say("/balance")).text
        lead.hear(given)
        assert "will get announcements" in (await lead.press("Yes")).text

    async def test_one_that_was_greeted_lately_is_only_asked(self, bot: Bot, lead: DeskPlayer) -> None:
        team = Chat(ChatRef("desk", "Team"), ChatKind.GROUP, "Team")
        await bot.desk.chat_joined(team, "en")
        await lead.say("/subscribe")
        await bot.desk.chat_left(team.ref, team.kind, "removed")
        given = await bot.desk.chat_joined(team, "en")
        assert given is not None
        assert lead.hear(given).text.startswith(REMOVED)

    async def test_if_the_question_does_not_arrive_the_next_admin_is_asked(self, bot: Bot, lead: DeskPlayer) -> None:
        team = Chat(ChatRef("desk", "Team"), ChatKind.GROUP, "Team")
        await lead.say("/subscribe")
        await bot.desk.chat_left(team.ref, team.kind, "removed")
        assert await bot.desk.chat_joined(team, "en") is not None
        await bot.desk.joining_not_heard(team.ref)
        assert REMOVED in (await lead.say("/balance")).text


class Topics:
    """Says where the bot may write."""

    def __init__(self) -> None:
        self.lacking: tuple[str, ...] | None = ("send",)

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        assert target.place == "news"
        return self.lacking

    def names(self, group: ChatRef) -> Mapping[str, str]:
        return {group.id: "Team"}


class TestPlaces:
    @pytest.fixture
    def topics(self, bot: Bot) -> Topics:
        topics = Topics()
        bot.desk = Desk(
            bot.store, bot.books, by_name(), Dialog(bot.store.notes), operators=bot.operators, places=topics
        )
        return topics

    @pytest.fixture
    async def lost(self, bot: Bot, topics: Topics, lead: DeskPlayer) -> DeskPlayer:
        """An admin of a group whose place for announcements is lost."""
        assert topics.lacking
        lead.place = "news"
        await lead.say("/subscribe art")
        lead.place = "talk"
        bot.clock.pass_(minutes=10)
        boss = DeskPlayer(bot, "boss")
        await boss.say(TEXT)
        await boss.press("Send to")
        await sent(bot, Sent("0"), PlaceLost("closed"))
        bot.clock.at += LOOK_EVERY
        return lead

    async def test_an_admin_is_told_once_and_may_choose_another(
        self, bot: Bot, lost: DeskPlayer, bob: DeskPlayer, boss: DeskPlayer
    ) -> None:
        assert await readers(boss) == 0
        assert LOST not in (await bob.say("/balance")).text
        heard = await lost.say("/balance")
        assert f"{LOST} the place where they go is closed." in heard.text
        assert heard.buttons[-2:] == ("Announcements here", "Unsubscribe")
        assert LOST not in (await lost.say("/balance")).text
        (kept,) = await bot.store.subscriptions.subscribers()
        assert kept.gone == "place:closed"

    async def test_it_comes_to_the_place_that_is_chosen(self, bot: Bot, lost: DeskPlayer, boss: DeskPlayer) -> None:
        await lost.say("/balance")
        assert "about art" in (await lost.press("Announcements here")).text
        (kept,) = await bot.store.subscriptions.subscribers()
        assert (kept.target.place, kept.tags, kept.gone) == ("talk", ("art",), "")
        assert await readers(boss) == 1

    async def test_one_that_can_be_written_to_again_is_restored(
        self, bot: Bot, lost: DeskPlayer, topics: Topics, boss: DeskPlayer
    ) -> None:
        topics.lacking = None
        assert LOST in (await lost.say("/balance")).text
        topics.lacking = ()
        bot.clock.at += LOOK_EVERY
        heard = await lost.say("/balance")
        assert heard.text.endswith(BACK)
        assert heard.buttons[-1] == "Unsubscribe"
        (kept,) = await bot.store.subscriptions.subscribers()
        assert kept.target.place == "news"
        assert await readers(boss) == 1

    async def test_in_the_lost_place_itself_only_the_rest_is_offered(self, lost: DeskPlayer) -> None:
        lost.place = "news"
        heard = await lost.say("/balance")
        assert LOST in heard.text
        assert "Announcements here" not in heard.buttons


async def test_who_was_lost_by_a_delivery_counts_nowhere(bot: Bot, ann: DeskPlayer, boss: DeskPlayer) -> None:
    await ann.say("/subscribe")
    await boss.say(TEXT)
    await boss.press("Send to")
    await sent(bot, Sent("0"), Unreachable("blocked"))
    assert await readers(boss) == 0
    chat = await bot.store.people.chat(ANN.ref)
    assert chat is not None
    assert chat.retired == "blocked"


@pytest.mark.parametrize(
    "line", ["/promote Bonus gives=20 ends=friday text=x", '/announce Tips cron="every monday at 9"', TEXT]
)
async def test_every_preview_leaves_out_who_is_gone(
    bot: Bot, ann: DeskPlayer, lead: DeskPlayer, boss: DeskPlayer, line: str
) -> None:
    for player in (ann, lead):
        await player.say("/subscribe")
    assert "everybody who subscribed: 2 chats" in (await boss.say(line)).text
    await leave(bot, lead, "removed")
    heard = await boss.say(line)
    assert "everybody who subscribed: 1 chat\n" in heard.text
    assert "Desk chats: 1" in heard.text
