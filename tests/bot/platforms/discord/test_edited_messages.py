"""Direct messages that their authors edit, and those that only get the preview of a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.stages.discord import ready
from tests.loopback.discord import POST_MESSAGE

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage

EDITED = "You changed this line. I had booked 5 Connects for Logo (#2)."


async def test_an_edit_offers_to_correct_what_the_message_had_booked(ann: DiscordPlayer) -> None:
    said = await ann.person.say(ann.chat, "spend 5 Logo")
    await ann.chat.next_message()
    await ann.person.edit(said, "spend 7 Logo")
    offered = await ann.read()
    assert offered.text.startswith(EDITED)
    assert offered.buttons == ("Book 7 instead", "Leave it")
    assert "15 Connects" in (await ann.say("/balance")).text
    assert "#4 booked: 7 Connects" in (await ann.press("Book 7")).text


async def test_each_edit_has_an_answer_of_its_own(stage: DiscordStage, ann: DiscordPlayer) -> None:
    said = await ann.person.say(ann.chat, "spend 5 Logo")
    await ann.chat.next_message()
    for connects in (7, 8):
        stage.bot.clock.pass_(seconds=1)
        await ann.person.edit(said, f"spend {connects} Logo")
        assert (await ann.read()).buttons[0] == f"Book {connects} instead"


async def test_the_preview_of_a_link_is_no_edit(stage: DiscordStage, ann: DiscordPlayer) -> None:
    said = await ann.person.say(ann.chat, "spend 5 https://www.upwork.com/jobs/~021234567890123456789")
    await ann.chat.next_message()
    stage.server.unfurl(said, "A job")
    await ready(stage)
    assert ann.chat.unread == []


async def test_nor_is_one_that_comes_after_an_edit(stage: DiscordStage, ann: DiscordPlayer) -> None:
    said = await ann.person.say(ann.chat, "spend 5 Logo")
    await ann.chat.next_message()
    await ann.person.edit(said, "spend 7 https://www.upwork.com/jobs/~021234567890123456789")
    await ann.read()
    stage.server.unfurl(said, "A job")
    await ready(stage)
    assert ann.chat.unread == []


async def test_what_the_bot_edits_itself_is_silent(stage: DiscordStage, ann: DiscordPlayer) -> None:
    await ann.person.say(ann.chat, "history")
    answer = await ann.chat.next_message()
    assert answer.message is not None
    stage.server.state.edit(answer.message, {"content": "spend 5"}, [])
    await ready(stage)
    assert len(stage.server.requests.to(POST_MESSAGE)) == 1


async def test_messages_in_servers_are_not_read(stage: DiscordStage, lead: DiscordPlayer) -> None:
    said = await lead.person.say(lead.chat, "spend 5 Logo")
    await lead.person.edit(said, "spend 7 Logo")
    await ready(stage)
    assert lead.chat.unread == []
