"""In which of a server's channels notices are sent: in the one that was chosen, or in none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.reply.parts import Fields, File, reply, say
from core.delivery.outcome import Failed, Later, PlaceLost, Sent
from tests.bot.carried import SPEAK, TOLD, overheard
from tests.bot.stages.discord import ready, retired
from tests.loopback.discord import (
    ANNOUNCEMENTS,
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_THREADS,
    POST_MESSAGE,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
)

if TYPE_CHECKING:
    from bot.reply.parts import Reply
    from core.delivery.outcome import Outcome
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord import Chat, Guild

GET_CHANNEL = "GET /channels/{channel_id}"
BOXED = reply(Fields(((say("button-lots"), 1),)))
FILED = reply(File("connects.csv", b"1,2\n", say("button-lots")))


async def sent_to(
    stage: DiscordStage, lead: DiscordPlayer, place: Chat | str, given: Reply = TOLD, nonce: str = "n1"
) -> Outcome:
    await ready(stage)
    target = lead.target._replace(place=place if isinstance(place, str) else str(place.id))
    return await stage.carrier.carry(target, given, SPEAK, nonce)


async def lacks(stage: DiscordStage, lead: DiscordPlayer, place: Chat | str) -> tuple[str, ...] | None:
    await ready(stage)
    return await stage.carrier.lacks(lead.target._replace(place=place if isinstance(place, str) else str(place.id)))


def told(guild: Guild) -> list[str]:
    return [name for name, chat in guild.chats.items() if chat.unread]


class TestTheChosenOne:
    async def test_it_is_sent_to_the_chosen_channel(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        assert isinstance(await sent_to(stage, lead, guild.channel("offers")), Sent)
        assert told(guild) == ["offers"]
        assert await lacks(stage, lead, guild.channel("offers")) == ()

    async def test_an_announcement_channel_works(self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild) -> None:
        assert isinstance(await sent_to(stage, lead, guild.channel("offers", ANNOUNCEMENTS)), Sent)
        assert told(guild) == ["offers"]

    async def test_without_a_place_nothing_is_sent_although_there_is_a_system_channel(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        guild.greet_in("welcome")
        assert await sent_to(stage, lead, "") == PlaceLost("unset")
        assert told(guild) == []
        assert await retired(stage, lead.target.chat) == ""

    @pytest.mark.parametrize("place", ["404", "general"])
    async def test_a_channel_that_there_is_not(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, place: str
    ) -> None:
        assert await sent_to(stage, lead, place) == PlaceLost("unknown")
        assert (told(guild), await lacks(stage, lead, place)) == ([], ("unknown",))

    async def test_a_channel_of_another_server(self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild) -> None:
        other = await stage.member("Ann", "Other")
        assert await sent_to(stage, lead, other.chat) == PlaceLost("unknown")
        assert await lacks(stage, lead, other.chat) == ("unknown",)
        assert (told(guild), other.chat.unread) == ([], [])

    @pytest.mark.parametrize(("lacking", "name"), [(SEND_MESSAGES, "send"), (VIEW_CHANNEL, "view")])
    async def test_a_channel_that_is_closed_to_the_bot(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, lacking: int, name: str
    ) -> None:
        offers = guild.channel("offers")
        guild.deny_bot("offers", lacking)
        assert await sent_to(stage, lead, offers) == PlaceLost("rights")
        assert name in (await lacks(stage, lead, offers) or ())
        assert (told(guild), stage.server.requests.to(POST_MESSAGE)) == ([], [])

    @pytest.mark.parametrize(
        ("lacking", "given", "name"), [(EMBED_LINKS, BOXED, "embeds"), (ATTACH_FILES, FILED, "files")]
    )
    async def test_what_cannot_be_shown_is_not_sent_but_the_rest_is(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, *, lacking: int, given: Reply, name: str
    ) -> None:
        offers = guild.channel("offers")
        guild.deny_bot("offers", lacking)
        assert await sent_to(stage, lead, offers, given) == PlaceLost("rights")
        assert await lacks(stage, lead, offers) == (name,)
        assert isinstance(await sent_to(stage, lead, offers), Sent)

    @pytest.mark.parametrize(("code", "why"), [(50001, "rights"), (50013, "rights"), (10003, "unknown")])
    async def test_a_refusal_before_the_gateways_event_loses_the_place_and_not_the_server(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, code: int, why: str
    ) -> None:
        offers = guild.channel("offers")
        await ready(stage)
        stage.server.faults.refuse(code, route=POST_MESSAGE)
        assert await sent_to(stage, lead, offers) == PlaceLost(why)
        assert (told(guild), await retired(stage, lead.target.chat)) == ([], "")

    async def test_an_admin_gives_every_right_back(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        offers = guild.channel("offers")
        guild.deny_bot("offers", SEND_MESSAGES)
        assert await sent_to(stage, lead, offers) == PlaceLost("rights")
        guild.deny_bot("offers", 0)
        assert isinstance(await sent_to(stage, lead, offers), Sent)

    async def test_a_server_that_is_down_cannot_say_what_is_lacking(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        guild.go_down()
        assert await lacks(stage, lead, lead.chat) is None
        assert await stage.carrier.lacks(lead.target._replace(chat="404")) is None

    async def test_nothing_is_lacking_in_private(self, stage: DiscordStage, ann: DiscordPlayer) -> None:
        assert await stage.carrier.lacks(ann.target) == ()

    async def test_without_a_connection_nobody_can_say(self, stage: DiscordStage, lead: DiscordPlayer) -> None:
        await stage.close()
        assert await stage.carrier.lacks(lead.target) is None
        await stage.start()


class TestThreads:
    async def test_a_thread_works_also_after_a_restart(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        offers = guild.thread("offers", lead.chat)
        await stage.restart()
        assert isinstance(await sent_to(stage, lead, offers), Sent)
        assert told(guild) == ["offers"]

    async def test_to_write_in_threads_is_a_right_of_its_own(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        offers = guild.thread("offers", lead.chat)
        guild.deny_bot("general", SEND_MESSAGES)
        assert isinstance(await sent_to(stage, lead, offers), Sent)
        guild.deny_bot("general", SEND_MESSAGES_IN_THREADS)
        assert await sent_to(stage, lead, offers, nonce="n2") == PlaceLost("rights")
        assert "threads" in (await lacks(stage, lead, offers) or ())
        assert isinstance(await sent_to(stage, lead, lead.chat, nonce="n3"), Sent)

    @pytest.mark.parametrize("restarts", [False, True])
    async def test_an_archived_thread_is_written_to_and_opens(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, *, restarts: bool
    ) -> None:
        offers = guild.thread("offers", lead.chat)
        guild.archive("offers")
        if restarts:
            await stage.restart()
        assert await lacks(stage, lead, offers) == ()
        assert isinstance(await sent_to(stage, lead, offers), Sent)
        assert not offers.archived
        asked = len(stage.server.requests.to(GET_CHANNEL))
        assert isinstance(await sent_to(stage, lead, offers, nonce="n2"), Sent)
        assert (told(guild), len(stage.server.requests.to(GET_CHANNEL))) == (["offers"], asked)

    @pytest.mark.parametrize("archived", [True, False])
    async def test_a_locked_thread_is_closed(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, *, archived: bool
    ) -> None:
        offers = guild.thread("offers", lead.chat)
        guild.archive("offers", locked=True)
        if not archived:
            guild.reopen(offers)
        assert await sent_to(stage, lead, offers) == PlaceLost("closed")
        assert await lacks(stage, lead, offers) == ("threads",)
        assert stage.server.requests.to(POST_MESSAGE) == []

    async def test_who_manages_threads_writes_in_locked_ones(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        offers = guild.thread("offers", lead.chat)
        guild.archive("offers", locked=True)
        guild.allow_everybody(MANAGE_THREADS)
        assert isinstance(await sent_to(stage, lead, offers), Sent)

    @pytest.mark.parametrize("code", [160005, 50083])
    async def test_a_thread_that_was_just_locked_is_closed(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, code: int
    ) -> None:
        offers = guild.thread("offers", lead.chat)
        await ready(stage)
        stage.server.faults.refuse(code, route=POST_MESSAGE)
        assert await sent_to(stage, lead, offers) == PlaceLost("closed")

    async def test_a_thread_whose_channel_is_gone_is_gone(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        offers = guild.thread("offers", guild.channel("other"))
        guild.delete_channel("other")
        assert await sent_to(stage, lead, offers) == PlaceLost("unknown")

    @pytest.mark.parametrize(("code", "why", "word"), [(50001, "rights", "view"), (10003, "unknown", "unknown")])
    async def test_one_that_cannot_be_asked_for_is_lost(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, *, code: int, why: str, word: str
    ) -> None:
        offers = guild.thread("offers", lead.chat)
        guild.archive("offers")
        stage.server.faults.refuse(code, route=GET_CHANNEL, times=2)
        assert await sent_to(stage, lead, offers) == PlaceLost(why)
        assert await lacks(stage, lead, offers) == (word,)

    async def test_if_discord_does_not_say_now_nothing_is_lost(
        self, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        offers = guild.thread("offers", lead.chat)
        guild.archive("offers")
        stage.server.faults.fail(503, route=GET_CHANNEL)
        assert isinstance(await sent_to(stage, lead, offers), Later)
        for fail in (503, 403):
            stage.server.faults.fail(fail, route=GET_CHANNEL)
            assert await lacks(stage, lead, offers) is None
        stage.server.faults.refuse(59999, route=GET_CHANNEL)
        assert await sent_to(stage, lead, offers) == Failed("refused with 59999")


async def test_a_limit_is_no_reason_to_use_another_channel(
    stage: DiscordStage, lead: DiscordPlayer, guild: Guild
) -> None:
    offers = guild.channel("offers")
    stage.server.faults.rate_limit(20, route=POST_MESSAGE, chat=offers)
    assert isinstance(await sent_to(stage, lead, offers), Later)
    assert told(guild) == []


async def test_a_command_says_in_which_channel_it_was_used(
    stage: DiscordStage, lead: DiscordPlayer, guild: Guild, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, offers = overheard(stage.bot.desk, monkeypatch), guild.channel("offers")
    await (await lead.person.slash(offers, "help")).answer()
    ann = await stage.person("Ann")
    await ann.say("/help")
    assert [one.place for one in heard] == [str(offers.id), ""]


class TestTheGreeting:
    """The only message that looks for a channel by itself."""

    @pytest.fixture
    async def agency(self, stage: DiscordStage) -> Guild:
        """A server that is about to invite the bot."""
        await ready(stage)
        return stage.server.guild("Agency")

    async def test_it_stands_in_the_system_channel(self, agency: Guild) -> None:
        agency.greet_in("welcome")
        agency.invite_bot()
        assert "/subscribe" in (await agency.channel("welcome").next_message()).text
        assert told(agency) == []

    async def test_or_in_the_first_in_which_the_bot_may_write(self, agency: Guild) -> None:
        agency.greet_in("welcome")
        agency.deny_bot("welcome", EMBED_LINKS)
        agency.deny_bot("general", SEND_MESSAGES)
        agency.channel("random")
        agency.invite_bot()
        await agency.channel("random").next_message()
        assert told(agency) == []

    async def test_or_nowhere(self, stage: DiscordStage, agency: Guild) -> None:
        agency.deny_bot("general", VIEW_CHANNEL)
        with capture_logs() as logs:
            agency.invite_bot()
            await ready(stage)
        assert [entry["outcome"] for entry in logs if entry["event"] == "greeted"] == ["placelost"]
        assert (told(agency), await retired(stage, str(agency.id))) == ([], "")
