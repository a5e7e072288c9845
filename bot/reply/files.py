"""Files that are larger than a platform takes: compressed, or compressed in parts, and always said in words."""

from __future__ import annotations

import asyncio
import io
import zipfile
from dataclasses import replace
from itertools import takewhile
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from bot.reply.cutting import cut
from bot.reply.parts import File, Reply, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reply.parts import Part, Say

MOST_PARTS: Final = 9
MEGABYTE: Final = 1_000_000
ARCHIVED_AT: Final = (1980, 1, 1, 0, 0, 0)  # the same file is the same archive, whenever it is made
KINDS: Final = {".csv": "table", ".beancount": "journal", ".journal": "journal"}
"""Which text files are cut between records; all others are cut anywhere, once they are compressed."""
PARTED: Final = {"table": "file-parts-table", "journal": "file-parts-journal"}
"""What is said of the parts of each kind."""


async def within(given: Reply, largest: int | None) -> Reply:
    """A reply whose files have no more than `largest` bytes each (None: any number).

    Compressing dozens of megabytes takes seconds, so that is done in a thread; zlib lets the others run meanwhile.
    """
    if largest is None or all(len(part.content) <= largest for part in given.parts if isinstance(part, File)):
        return given
    return await asyncio.to_thread(made_to_fit, given, largest)


def made_to_fit(given: Reply, largest: int) -> Reply:
    """The same, at once."""
    return replace(given, parts=tuple(part for one in given.parts for part in _fitted(one, largest)))


def _fitted(part: Part, largest: int) -> Iterator[Part]:
    if not isinstance(part, File) or len(part.content) <= largest:
        yield part
        return
    archive = _zipped(part.name, part.content)
    if len(archive) <= largest:
        yield File(f"{part.name}.zip", archive, part.caption)
        yield say("file-zipped", name=part.name)
        return
    yield part.caption
    yield from (
        _records(part, archive, largest) or _volumes(part, archive, largest) or [_too_large(part, archive, largest)]
    )


def _records(part: File, archive: bytes, largest: int) -> list[Part]:
    """Parts with some of the records each, compressed; none if that is impossible, or if they were too many."""
    kind = KINDS.get(PurePath(part.name).suffix)
    if kind is None:
        return []
    for count in range(-(-len(archive) // largest), MOST_PARTS + 1):
        pieces = cut(part.content, kind, count)
        names = [_numbered(part.name, number, len(pieces)) for number in range(1, len(pieces) + 1)]
        files = list(takewhile(lambda file: len(file[1]) <= largest, map(_archived, names, pieces)))
        if len(files) == len(pieces) > 1:
            return _announced(say(PARTED[kind], name=part.name, parts=len(files)), files)
    return []


def _volumes(part: File, archive: bytes, largest: int) -> list[Part]:
    """The archive cut anywhere, as programs that unpack archives cut it; nothing if there were too many."""
    pieces = [archive[start : start + largest] for start in range(0, len(archive), largest)]
    if len(pieces) > MOST_PARTS:
        return []
    whole = f"{part.name}.zip"
    files = [(f"{whole}.{number:03}", piece) for number, piece in enumerate(pieces, start=1)]
    said = say("file-volumes", name=part.name, parts=len(files), first=files[0][0], whole=whole)
    return _announced(said, files)


def _too_large(part: File, archive: bytes, largest: int) -> Say:
    share = max(1, 100 * largest * MOST_PARTS // len(archive))
    return say(
        "file-too-large", name=part.name, megabytes=-(-len(part.content) // MEGABYTE), most=MOST_PARTS, share=share
    )


def _announced(said: Say, files: list[tuple[str, bytes]]) -> list[Part]:
    captions = (say("file-part", number=number, parts=len(files)) for number in range(1, len(files) + 1))
    return [said, *(File(name, content, caption) for (name, content), caption in zip(files, captions, strict=True))]


def _numbered(name: str, number: int, count: int) -> str:
    whole = PurePath(name)
    return f"{whole.stem} ({number} of {count}){whole.suffix}"


def _archived(name: str, content: bytes) -> tuple[str, bytes]:
    return f"{name}.zip", _zipped(name, content)


def _zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, ARCHIVED_AT), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
