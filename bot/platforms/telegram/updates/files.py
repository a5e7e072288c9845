"""Files that people attach, fetched only if a command needs them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.command.incoming import Attached, UnreadableError

if TYPE_CHECKING:
    from telegram import Document


def attached(document: Document) -> Attached:
    """A document in the form that the desk takes."""
    return Attached(document.file_name or "", document.file_size or 0, partial(_fetch, document))


async def _fetch(document: Document) -> bytes:
    """Telegram gives bots files of 20 MB at most, so this is bounded even if the size is unknown."""
    try:
        where = await document.get_file()
        return bytes(await where.download_as_bytearray())
    except TelegramError as error:
        raise UnreadableError from error
