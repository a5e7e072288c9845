"""The words of a message: its text, or the caption of what it carries, with the jobs that its words link to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram import MessageEntity

from core.shared.job_links import job_in

if TYPE_CHECKING:
    from telegram import Message

UNITS: Final = "utf-16-le"  # in whose units Telegram counts, two bytes each
HALVES: Final = "surrogatepass"  # halves of characters are taken out later, with all that nobody can see


def words_of(message: Message) -> str:
    """The words as they were typed. A job's address that lies hidden under some of them is written after them."""
    raw = (message.text or message.caption or "").encode(UNITS, HALVES)
    links = [one for one in message.entities or message.caption_entities if one.type == MessageEntity.TEXT_LINK]
    for link in sorted(links, key=lambda one: one.offset, reverse=True):
        begin, end = 2 * link.offset, 2 * (link.offset + link.length)
        if link.url and job_in(link.url) is not None and job_in(raw[begin:end].decode(UNITS, HALVES)) is None:
            gap = " " if raw[end:].decode(UNITS, HALVES)[:1].strip() else ""
            raw = raw[:end] + f" {link.url}{gap}".encode(UNITS) + raw[end:]
    return raw.decode(UNITS, HALVES)
