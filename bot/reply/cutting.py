"""Cuts text files between their records, by what stands at the cuts only: a large file is never read line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    End = Callable[[bytes, int, int], int]

TRANSACTION: Final = re.compile(rb"\n\r?\n(?=\d{4}[-/]\d{2}[-/]\d{2}\b)")
"""What stands before a transaction: an empty line, as every transaction begins with its date."""


def cut(content: bytes, kind: str, count: int) -> list[bytes]:
    """A table or a journal in about `count` parts of one size, fewer if a record is larger than that.

    Each part of a table begins with its header. The parts of a journal are the whole one if they are joined.
    """
    if kind == "journal":
        return _pieces(content, 0, count, _transaction_end)
    head = _row_end(content, 0, 0)
    return [content[:head] + piece for piece in _pieces(content, head, count, _row_end)]


def _pieces(content: bytes, start: int, count: int, end: End) -> list[bytes]:
    """What follows `start`, in parts that `end` with a record."""
    step, pieces = -(-(len(content) - start) // count), list[bytes]()
    while start < len(content):
        stop = end(content, start, min(start + step, len(content)))
        pieces.append(content[start:stop])
        start = stop
    return pieces


def _row_end(content: bytes, start: int, at: int) -> int:
    """Where the row ends in which `at` stands; `start` is where a row begins. Within quotes a line end ends no row."""
    quotes = content.count(b'"', start, at)
    while (line_end := content.find(b"\n", at)) >= 0:
        quotes += content.count(b'"', at, line_end)
        at = line_end + 1
        if quotes % 2 == 0:
            return at
    return len(content)


def _transaction_end(content: bytes, start: int, at: int) -> int:  # noqa: ARG001 - as `_row_end`
    found = TRANSACTION.search(content, at)
    return len(content) if found is None else found.end()
