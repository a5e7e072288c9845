"""Whatever happens, every store reads the cards that follow from everything that was booked, seen and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.imports.walks import walk

if TYPE_CHECKING:
    from core.store import Store


@pytest.mark.parametrize("seed", [1, 4])
async def test_cards_that_are_read_are_those_that_follow_from_everything(store: Store, seed: int) -> None:
    await walk(store, seed)
