"""Whatever the account, the order and the form of its pages: the books come out the same."""

from __future__ import annotations

import pytest

from storage import open_store
from tests.imports.invariants import check_account


@pytest.mark.parametrize("seed", [*range(20, 27), 28, 29, 31])
async def test_an_account_is_the_same_in_any_pieces(seed: int) -> None:
    async with open_store("memory://") as store:
        await check_account(store, seed)
