"""Words and their styles, where an entity does not fit the text: nothing that Telegram sends may keep a line out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, MessageEntity

from bot.base.cleaning import cleaned
from bot.platforms.discord.drawing.markup import drawn
from bot.platforms.telegram.updates.formatting import marked_line
from bot.platforms.telegram.updates.words import words_of
from bot.reply.marks import bare

JOB = "https://www.upwork.com/jobs/~021234567890123456789"


def message(text: str, *entities: MessageEntity) -> Message:
    return Message(1, datetime.now(UTC), Chat(7, "private"), text=text, entities=entities)


@pytest.mark.parametrize(
    ("text", "offset", "length"),
    [("\U0001f600 Logo", 0, 1), ("\U0001f600 Logo", 1, 3), ("\ud83dLogo", 0, 2), ("Logo", 2, 50), ("Logo", 50, 5)],
)
def test_a_link_that_begins_or_ends_within_a_letter_or_beyond_the_text(text: str, offset: int, length: int) -> None:
    linked = message(text, MessageEntity(MessageEntity.TEXT_LINK, offset, length, url=JOB))
    words = cleaned(words_of(linked))
    assert JOB in words
    assert words.replace(JOB, "").replace(" ", "").endswith("ogo")
    assert bare(marked_line(linked)).endswith("ogo")


def test_an_address_with_a_line_break_is_drawn() -> None:
    linked = message("Logo", MessageEntity(MessageEntity.TEXT_LINK, 0, 4, url="https://example.org/\na"))
    assert drawn(marked_line(linked), 1900) == "Logo (<https://example.org/> a)"
