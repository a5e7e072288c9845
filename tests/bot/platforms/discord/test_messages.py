"""Direct messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.wallets.people import ChatKind, ChatRef
from tests.loopback.discord import POST_MESSAGE

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage


async def test_a_conversation_in_plain_messages(ann: DiscordPlayer) -> None:
    for line, answer in (
        ("spend 16 Logo", "#2 booked: 16 Connects · Proposal: Logo"),
        ("16", "16 Connects: what happened to them?"),
        ("buy", "How many Connects did you buy?"),
        ("40", "#3 booked: 40 Connects bought"),
        ("/undo", "#3 is undone"),
    ):
        await ann.person.say(ann.chat, line)
        assert answer in ann.heard(await ann.chat.next_message()).text


async def test_choices_of_a_question_are_buttons(ann: DiscordPlayer) -> None:
    await ann.person.say(ann.chat, "spend")
    question = await ann.chat.next_message()
    assert question.labels == ["8 Connects", "12 Connects", "16 Connects", "20 Connects"]
    assert "#2 booked: 8" in (await (await ann.person.press(question, "8 Connects")).answer()).text


async def test_a_message_delivered_twice_is_booked_and_answered_once(stage: DiscordStage, ann: DiscordPlayer) -> None:
    said = await ann.person.say(ann.chat, "spend 5 Logo")
    stage.server.deliver_again(said)
    assert "#2 booked" in (await ann.chat.next_message()).text
    await stage.server.until(lambda: len(stage.server.requests.to(POST_MESSAGE)) == 2, "the second answer")
    assert "15 Connects are available." in (await ann.say("/balance")).text
    assert ann.chat.unread == []


async def test_messages_are_handled_in_order(ann: DiscordPlayer) -> None:
    for line in ("buy", "40", "spend 5 Logo", "undo"):
        await ann.person.say(ann.chat, line)
    said = [(await ann.chat.next_message()).text for _ in range(4)]
    assert "How many" in said[0]
    assert "\\#" not in said[1]
    assert [text.partition(" ")[0] for text in said[1:]] == ["#2", "#3", "#3"]


async def test_a_picture_without_words_is_answered_once(ann: DiscordPlayer) -> None:
    assert "I read words only" in (await ann.hand("shot.png", b"png")).text
    assert ann.chat.unread == []


async def test_a_long_answer_comes_in_several_messages(stage: DiscordStage, ann: DiscordPlayer) -> None:
    for day in range(150):
        stage.bot.clock.pass_(days=1)
        await ann.say(f"/buy {day + 1} price=@0.15")
    await ann.person.say(ann.chat, "expiring 3650")
    first = await ann.chat.next_message()
    second = await ann.chat.next_message()
    assert len(f"{first.text}\n{second.text}".splitlines()) == 152


async def test_a_chat_is_known_once_it_sent_something(stage: DiscordStage, ann: DiscordPlayer) -> None:
    ref = ChatRef("discord", f"dm{ann.person.id}")
    await ann.say("/balance")
    chat = await stage.bot.store.people.chat(ref)
    assert chat is not None
    assert (chat.kind, chat.retired) == (ChatKind.PRIVATE, "")


async def test_the_language_of_a_command_is_remembered_for_messages(stage: DiscordStage) -> None:
    eva = await stage.person("Eva")
    eva.person.locale = "de"
    await eva.say("/start")
    await eva.person.say(eva.chat, "balance")
    await eva.chat.next_message()
    note = await stage.bot.store.notes.note(f"discord:language:{eva.person.id}", stage.bot.clock.now())
    assert note == "de"


@pytest.mark.parametrize("name", ["bid.png", "photo.jpg", "voice-message.ogg", "clip.mp4"])
async def test_a_picture_or_a_sound_alone_gets_a_short_word(ann: DiscordPlayer, name: str) -> None:
    heard = await ann.hand(name, b"...")
    assert "I read words only, no pictures, voice messages or stickers." in heard.text


async def test_the_words_beside_a_picture_are_read(ann: DiscordPlayer) -> None:
    assert "#2 booked: 5 Connects" in (await ann.hand("bid.png", b"...", "spend 5 Logo")).text


async def test_a_file_beside_a_picture_is_a_file(stage: DiscordStage, ann: DiscordPlayer) -> None:
    stage.bot.operators.add(f"discord:{ann.person.id}")
    toml = b'title = "Bonus"\ntext = "Sun"\ngives = 20\nends = "3 days"\n'
    await ann.person.say(ann.chat, "", ("photo.png", b"..."), ("bonus.toml", toml))
    assert "1 promotion saved as a draft." in (await ann.read()).text
