"""Recognises what somebody hands over to be imported. Decides nothing else."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.incoming import Answered, Attached, Edited, Filled, Typed, UnreadableError
from bot.commands.imports.booked import numbers_in
from bot.commands.imports.importing import ACTS
from bot.pages import Came, NotAPage, Why, came_of, looks_like_page, read_file
from bot.pages.files import LARGEST

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from bot.command.incoming import Incoming

IMPORT: Final = "import"
CALLED: Final = re.compile(r"\s*/?import(?:@\w+)?(?=\s|$)\s*", re.IGNORECASE)
OTHERS: Final = frozenset({Why.ARCHIVE, Why.DOCUMENT, Why.EMPTY, Why.TABLE, Why.TOO_LARGE, Why.UNKNOWN})
"""What may be meant as a file of promotions."""


class Handed(NamedTuple):
    """A text and files. `asked`: /import was said with them, so that they are certainly meant.

    `rest`: the text looks like nothing, but a client has cut it off from a page.
    """

    text: str
    files: tuple[Attached, ...]
    asked: bool
    rest: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.text or self.files)


def handed_in(incoming: Incoming) -> Handed:
    """What came in to be imported, which may be nothing."""
    said = incoming.said
    files = tuple(file for file in (incoming.file, *incoming.others) if file is not None)
    if isinstance(said, Filled):
        asked = said.command == IMPORT and not said.values
        return Handed("", files if asked else (), asked)
    if isinstance(said, Answered):
        return Handed(said.line if looks_like_page(said.line) else "", (), asked=False)
    if not isinstance(said, Typed | Edited):
        return Handed("", (), asked=False)
    called = CALLED.match(said.line)
    if called is not None:
        return _called(said.line[called.end() :] or incoming.quoted, files)
    if said.line.lstrip().startswith("/"):
        return Handed("", (), asked=False)
    return Handed(said.line if looks_like_page(said.line) else "", files, asked=False)


def _called(words: str, files: tuple[Attached, ...]) -> Handed:
    """What was handed over with /import. Words that say what to do about an import are left to the command."""
    first = words.partition(" ")[0]
    acts = first in ACTS or bool(numbers_in(first))
    if looks_like_page(words) or not (acts or files):
        return Handed(words.strip(), files, asked=True)
    return Handed("", files, asked=not acts)


def fetched_once(incoming: Incoming) -> Incoming:
    """The same with files that are fetched once, however often they are read."""
    if incoming.file is None:
        return incoming
    return replace(incoming, file=_once(incoming.file), others=tuple(map(_once, incoming.others)))


def _once(file: Attached) -> Attached:
    return replace(file, read=_Fetched(file.read).read)


class _Fetched:
    """The content of a file, once it has been fetched."""

    def __init__(self, read: Callable[[], Awaitable[bytes]]) -> None:
        self._read: Callable[[], Awaitable[bytes]] = read
        self._content: bytes | None = None

    async def read(self) -> bytes:
        if self._content is None:
            self._content = await self._read()
        return self._content


async def page_in(file: Attached, told: date | None) -> Came | NotAPage | None:
    """What is in a file, read while other work goes on; None if it could not be fetched."""
    if file.size > LARGEST:
        return NotAPage(Why.TOO_LARGE)
    try:
        content = await file.read()
    except UnreadableError:
        return None
    read = await asyncio.to_thread(read_file, content, told)
    return read if isinstance(read, NotAPage) else came_of(read)
