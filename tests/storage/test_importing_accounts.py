"""Imports of whole accounts hold on every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.imports.invariants import check_account

if TYPE_CHECKING:
    from core.store import Store


@pytest.mark.parametrize("seed", [2, 13])
async def test_an_account_is_the_same_in_any_pieces(store: Store, seed: int) -> None:
    await check_account(store, seed, (30, 60))
