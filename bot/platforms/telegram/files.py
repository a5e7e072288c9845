"""Files that people send, fetched once they are wanted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.command.incoming import Attached, UnreadableError

if TYPE_CHECKING:
    from telegram import Document


def attached(document: Document) -> Attached:
    """A file as the desk takes it."""
    return Attached(document.file_name or "", document.file_size or 0, partial(_fetch, document))


async def _fetch(document: Document) -> bytes:
    """Ask where it is and fetch it; what a bot may fetch has 20 MB at most, also where no size was said."""
    try:
        where = await document.get_file()
        return bytes(await where.download_as_bytearray())
    except TelegramError as error:
        raise UnreadableError from error
