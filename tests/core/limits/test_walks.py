"""What was spent of limits after anything that a team does, counted again."""

from __future__ import annotations

import pytest

from storage import open_store
from tests.core.limits.walk import walk


@pytest.mark.parametrize("seed", range(6))
async def test_tallies_are_what_the_journal_gives(seed: int) -> None:
    async with open_store("memory://") as store:
        done = (await walk(store, seed, steps=80)).done
    assert done["spend Receipt"]
