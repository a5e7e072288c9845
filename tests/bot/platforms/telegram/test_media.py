"""Commands in captions and under links, what has no words, and lines that were edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.shared.ids import WalletId
from tests.bot.carried import overheard

if TYPE_CHECKING:
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage

MEDIA = ("photo", "video", "audio", "voice", "animation")
JOB = "https://www.upwork.com/jobs/Logo_~022010000000000000000/"
UNREAD = "I read words only"


async def settled(stage: TelegramStage, player: TelegramPlayer) -> list[str]:
    """What the bot has said in the chat, once it has received everything."""
    await stage.server.settled()
    return [message.text for message in player.chat.sent]


class TestCaption:
    @pytest.mark.parametrize("medium", MEDIA)
    async def test_a_command_in_it_is_carried_out(self, stage: TelegramStage, ann: TelegramPlayer, medium: str) -> None:
        await ann.person.show(medium, caption="/spend 5 Logo")
        assert "#2 booked: 5 Connects · Proposal: Logo" in (await settled(stage, ann))[-1]

    async def test_it_is_read_as_any_line(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        await ann.person.show("photo", caption="spend 5 Logo")
        assert "#2 booked" in (await settled(stage, ann))[-1]

    @pytest.mark.parametrize("name", ["shot.png", "clip.mp4"])
    async def test_so_is_that_of_a_picture_or_film_that_comes_as_a_file(
        self, stage: TelegramStage, ann: TelegramPlayer, name: str
    ) -> None:
        sent = await ann.person.send(name, b"...", caption="spend 5 Logo")
        assert "#2 booked: 5 Connects · Proposal: Logo" in (await settled(stage, ann))[-1]
        await ann.person.edit(sent, "spend 6 Logo")
        assert "You changed this line." in (await settled(stage, ann))[-1]

    async def test_a_command_below_a_file_is_carried_out(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        await ann.person.send("brief.pdf", b"...", caption="/spend 5 Logo")
        assert "#2 booked: 5 Connects · Proposal: Logo" in (await settled(stage, ann))[-1]

    async def test_in_a_group_and_in_a_channel_too(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        lead = await stage.member("Lea", "Team", admin=True)
        await lead.person.show("video", lead.chat, caption="/start@connects_bot")
        assert "The wallet of Team is open" in (await settled(stage, lead))[-1]
        news = stage.server.channel("News", admins=[ann.person])
        await ann.person.show("photo", news, caption="/start")
        await stage.server.settled()
        assert "The wallet of News is open" in news.last.text

    async def test_that_of_an_album_counts_once(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        seen = len(ann.chat.sent)
        for caption in ("/spend 5 Logo", "", "/spend 5 Logo", ""):
            await ann.person.show("photo", caption=caption, album="77")
        assert len(await settled(stage, ann)) == seen + 1
        assert "15 Connects" in (await ann.say("/balance")).text

    async def test_it_may_stand_below_any_picture_of_an_album(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        for caption in ("", "", "/spend 5 Logo"):
            await ann.person.show("photo", caption=caption, album="77")
        assert "#2 booked" in (await settled(stage, ann))[-1]


class TestWithoutWords:
    @pytest.mark.parametrize("medium", [*MEDIA, "sticker", "video_note"])
    async def test_it_gets_a_short_word_in_private(
        self, stage: TelegramStage, ann: TelegramPlayer, medium: str
    ) -> None:
        await ann.person.show(medium)
        assert UNREAD in (await settled(stage, ann))[-1]

    async def test_so_does_a_picture_that_comes_as_a_file(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        await ann.person.send("shot.png", b"...")
        assert UNREAD in (await settled(stage, ann))[-1]

    async def test_an_album_gets_one(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        seen = len(ann.chat.sent)
        for _ in range(4):
            await ann.person.show("photo", album="77")
        assert len(await settled(stage, ann)) == seen + 1
        await ann.person.show("photo", album="78")
        assert len(await settled(stage, ann)) == seen + 2

    async def test_a_group_gets_none(self, stage: TelegramStage) -> None:
        lead = await stage.member("Lea", "Team", admin=True)
        lead.chat.members[stage.server.bot.id] = "administrator"  # so that it sees everything
        for medium in MEDIA:
            await lead.person.show(medium, lead.chat)
        await lead.person.show("photo", lead.chat, caption="what a day")
        assert await settled(stage, lead) == []


class TestHiddenLink:
    async def test_a_bid_is_booked_with_its_job(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        await ann.person.say_linked("/spend 5 Logo \U0001f600", "Logo", JOB)
        assert "#2 booked: 5 Connects · Proposal: Logo" in (await settled(stage, ann))[-1]
        (spend, _) = await stage.bot.store.ledger.history(WalletId(1), None, 2)
        assert spend.job == "~022010000000000000000"

    @pytest.mark.parametrize(
        ("text", "words", "url", "heard"),
        [
            ("/spend 5 Logo, please", "Logo", JOB, f"/spend 5 Logo {JOB} , please"),
            ("\U0001f600 Logo 5", "Logo", JOB, f"\U0001f600 Logo {JOB} 5"),
            (f"/spend 5 {JOB}", JOB, JOB, f"/spend 5 {JOB}"),
            ("/spend 5 Logo", "Logo", "https://example.org/jobs", "/spend 5 Logo"),
        ],
    )
    async def test_its_address_is_read_after_its_words(  # noqa: PLR0917 - fixtures and what is tried
        self,
        stage: TelegramStage,
        ann: TelegramPlayer,
        monkeypatch: pytest.MonkeyPatch,
        text: str,
        words: str,
        url: str,
        heard: str,
    ) -> None:
        lines = overheard(stage.bot.desk, monkeypatch)
        await ann.person.say_linked(text, words, url)
        await stage.server.settled()
        assert getattr(lines[-1].said, "line", "") == heard


class TestEdited:
    async def test_it_offers_to_correct_what_was_booked(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        said = await ann.person.say("/spend 5 Logo")
        await stage.server.settled()
        stage.bot.clock.pass_(minutes=3)
        await ann.person.edit(said, "/spend 6 Logo")
        await stage.server.settled()
        assert ann.chat.last.text == "You changed this line. I had booked 5 Connects for Logo (#2)."
        assert ann.chat.last.rows == [["Book 6 instead", "Leave it"]]
        assert "14 Connects" in (await ann.press("Book 6")).text

    async def test_it_is_left_without_another_message(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        said = await ann.person.say("/spend 5 Logo")
        await ann.person.edit(said, "/spend 6 Logo")
        seen = len(await settled(stage, ann))
        assert (await ann.press("Leave it")).text == "I left it as it was booked."
        assert (len(ann.chat.sent), ann.chat.last.rows) == (seen, [])

    async def test_a_preview_that_is_loaded_is_no_edit(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        said = await ann.person.say("/balance https://example.org")
        seen = len(await settled(stage, ann))
        await ann.person.get_preview(said)
        assert len(await settled(stage, ann)) == seen

    async def test_it_may_come_twice(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        said = await ann.person.say("/spend 5 Logo")
        seen = len(await settled(stage, ann))
        with stage.server.deliver_twice("new update"):
            await ann.person.edit(said, "/spend 6 Logo")
        assert len(await settled(stage, ann)) == seen + 1

    async def test_a_caption_can_be_corrected(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        said = await ann.person.show("photo", caption="/spend 5 Logo", album="77")
        await ann.person.edit(said, "/spend 6 Logo")
        assert "I had booked 5 Connects for Logo" in (await settled(stage, ann))[-1]

    async def test_in_a_group_only_what_was_meant_for_the_bot(self, stage: TelegramStage) -> None:
        lead = await stage.member("Lea", "Team", admin=True)
        lead.chat.members[stage.server.bot.id] = "administrator"
        await lead.say("/start")
        await lead.say("/opening 300 free")
        said = await lead.person.say("hello", lead.chat)
        await lead.person.edit(said, "hello all")
        for_another = await lead.person.say("/spend@other_bot 5", lead.chat)
        await lead.person.edit(for_another, "/spend@other_bot 6")
        seen = len(await settled(stage, lead))
        assert seen == 2
        meant = await lead.person.say("/spend 5 Logo", lead.chat)
        await lead.person.edit(meant, "/spend 6 Logo")
        assert "I had booked 5 Connects for Logo (#2)." in (await settled(stage, lead))[-1]
        assert lead.chat.last.reply_to is meant

    async def test_in_a_channel_only_commands(self, stage: TelegramStage, ann: TelegramPlayer) -> None:
        news = stage.server.channel("News", admins=[ann.person])
        await ann.person.say("/start", news)
        await ann.person.say("/opening 300 free", news)
        spend = await ann.person.say("/spend 5 Logo", news)
        post = await ann.person.say("Good morning", news)
        await stage.server.settled()
        seen = len(news.sent)
        await ann.person.edit(post, "Good evening")
        await stage.server.settled()
        assert len(news.sent) == seen
        await ann.person.edit(spend, "/spend 6 Logo")
        await stage.server.settled()
        assert news.last.text == "You changed this line. I had booked 5 Connects for Logo (#2)."
        press = await ann.person.press(news.last, "Book 6 instead")
        assert "#4 booked: 6 Connects" in (await press.answered()).text
        assert len(news.sent) == seen + 1
