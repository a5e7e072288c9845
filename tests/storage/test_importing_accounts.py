"""Imports of whole accounts hold on every store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from core.imports.model import Answers
from tests.imports.invariants import check_account
from tests.imports.keeper import APPLIED, BOUGHT, keeper, page, row

if TYPE_CHECKING:
    from core.store import Store


@pytest.mark.parametrize("seed", [2, 13])
async def test_an_account_is_the_same_in_any_pieces(store: Store, seed: int) -> None:
    await check_account(store, seed, (30, 60))


async def test_presses_at_once_book_and_undo_once(store: Store) -> None:
    ann = await keeper(store)
    first = page(row(10, APPLIED, -16, "Logo"), row(9, BOUGHT, 40), balance=116)
    shown = await ann.preview(first)
    request = ann.request
    both = await asyncio.gather(*(ann.imports.book(request, [first], Answers(), shown.stamp) for _ in range(3)))
    assert sorted(one.replayed for one in both) == [False, True, True]
    assert {(one.rows, one.spent, one.balance) for one in both} == {(2, 16, 116)}
    request = ann.request
    undone = await asyncio.gather(*(ann.imports.undo(request) for _ in range(3)))
    assert sorted(one.replayed for one in undone) == [False, True, True]
    assert len((await ann.record()).batches) == 2
    await ann.verify()
