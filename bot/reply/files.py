"""Files that are larger than a platform takes: cut into parts, compressed, or left out, and always said in words."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from bot.reply.parts import File, Reply, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reply.parts import Part

MOST_PARTS: Final = 9
MEGABYTE: Final = 1_000_000
ARCHIVED_AT: Final = (1980, 1, 1, 0, 0, 0)  # the same file is the same archive, whenever it is made


def within(given: Reply, largest: int | None) -> Reply:
    """A reply whose files have no more than `largest` bytes each (None: any number)."""
    if largest is None or all(len(part.content) <= largest for part in given.parts if isinstance(part, File)):
        return given
    return replace(given, parts=tuple(part for one in given.parts for part in _fitted(one, largest)))


def _fitted(part: Part, largest: int) -> Iterator[Part]:
    if not isinstance(part, File) or len(part.content) <= largest:
        yield part
        return
    pieces = _cut(part.content, largest) if PurePath(part.name).suffix == ".csv" else None
    if pieces is not None and len(pieces) <= MOST_PARTS:
        yield from _numbered(part, pieces)
        return
    packed = _zipped(part)
    yield part.caption
    if len(packed) <= largest:
        yield File(f"{part.name}.zip", packed, say("file-zipped", name=part.name))
    else:
        yield say("file-too-large", name=part.name, megabytes=_megabytes(part.content))


def _numbered(part: File, pieces: list[bytes]) -> Iterator[Part]:
    name, count = PurePath(part.name), len(pieces)
    yield part.caption
    yield say("file-in-parts", name=part.name, parts=count)
    for number, piece in enumerate(pieces, start=1):
        caption = say("file-part", number=number, parts=count)
        yield File(f"{name.stem} ({number} of {count}){name.suffix}", piece, caption)


def _cut(content: bytes, largest: int) -> list[bytes] | None:
    """A CSV file in parts, each with the header, cut between its rows; None if a row is too large by itself."""
    rows = _rows(content)
    header = next(rows)
    if len(header) > largest:
        return None
    pieces = [bytearray(header)]
    for row in rows:
        if len(header) + len(row) > largest:
            return None
        if len(pieces[-1]) + len(row) > largest:
            pieces.append(bytearray(header))
        pieces[-1] += row
    return list(map(bytes, pieces))


def _rows(content: bytes) -> Iterator[bytes]:
    """The rows of a CSV file. A line end within quotes does not end a row."""
    row, quoted = bytearray(), False
    for line in io.BytesIO(content):
        row += line
        quoted ^= line.count(b'"') % 2 == 1
        if not quoted:
            yield bytes(row)
            row.clear()
    if row:
        yield bytes(row)


def _zipped(part: File) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(part.name, ARCHIVED_AT), part.content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _megabytes(content: bytes) -> int:
    return -(-len(content) // MEGABYTE)
