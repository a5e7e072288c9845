"""The bold, italics, links and times of a message, which Telegram sends beside its text. Pure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from telegram.constants import MessageEntityType

from bot.base.cleaning import cleaned, cleaned_line
from bot.reply.marks import Run, marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram import Message, MessageEntity

KEPT: Final = frozenset(
    {MessageEntityType.BOLD, MessageEntityType.ITALIC, MessageEntityType.TEXT_LINK, MessageEntityType.DATE_TIME}
)
UNIT: Final = 2  # bytes of one unit of UTF-16, in which Telegram counts


def marked_line(message: Message) -> str:
    """The text or the caption of a message with its marks; empty if it has none that are kept."""
    text, all_of_them = message.text or message.caption or "", message.entities or message.caption_entities
    entities = [entity for entity in all_of_them if entity.type in KEPT]
    return marked(_runs(text, entities)) if entities else ""


def _runs(text: str, entities: Sequence[MessageEntity]) -> Iterator[Run]:
    units = text.encode("utf-16-le", "surrogatepass")
    edges = {edge for entity in entities for edge in (entity.offset, entity.offset + entity.length)}
    for start, end in pairwise(sorted({0, *edges, len(units) // UNIT})):
        words = cleaned(units[start * UNIT : end * UNIT].decode("utf-16-le", "ignore"))
        yield _run(words, [one for one in entities if one.offset <= start and end <= one.offset + one.length])


def _run(words: str, entities: Sequence[MessageEntity]) -> Run:
    kinds = {entity.type for entity in entities}
    url = next((cleaned_line(entity.url) for entity in entities if entity.url), "")
    at = next((entity.unix_time for entity in entities if entity.unix_time is not None), None)
    unix = None if at is None else int(at.timestamp())
    return Run(words, MessageEntityType.BOLD in kinds, MessageEntityType.ITALIC in kinds, url, unix)
