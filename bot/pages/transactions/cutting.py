"""The parts of one paste of a list of transactions become one text again.

A client cuts where a message is full, which may be inside a cell, and trims blanks and line ends from each part. What
stood between two parts is found by trying what makes whole rows.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.pages.pieces import tidied
from bot.pages.transactions.reading import read_transactions
from bot.pages.transactions.table import transactions_in

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL: Final = 4096
"""Telegram's longest message: nothing was trimmed from one of this length."""


def joined_table(parts: Sequence[str]) -> str:
    """The parts of a paste, in the order of their messages, as one text."""
    whole = tidied(parts[0]) if parts else ""
    head = whole.lstrip().partition("\n")[0]
    for before, part in pairwise(parts):
        tail, beginning = whole.rpartition("\n")[2], tidied(part).partition("\n")[0]
        joints = ("", " ", "\n") if len(before.encode("utf-16-le")) // 2 >= FULL else (" ", "\n", "")
        whole += max(joints, key=lambda joint: _fit(head, f"{tail}{joint}{beginning}")) + tidied(part)
    return whole


def _fit(head: str, rows: str) -> tuple[int, int, int]:
    """How well some rows can be read: those that are whole, what is read of them, and what is not."""
    text = f"{head}\n{rows}"
    table, read = transactions_in(text), read_transactions(text)
    if table is None or read is None:
        return (0, 0, 0)
    broken = sum(not table.is_whole(row) for row in table.rows)
    return (-broken, len(read.fees) - len(read.unread), sum(read.others.values()))
