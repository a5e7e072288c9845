from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import open_store
from tests.imports.keeper import Keeper, keeper

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


@pytest.fixture
async def ann() -> AsyncGenerator[Keeper]:
    """A keeper in memory; the end of each test proves the books."""
    async with open_store("memory://") as store:
        ann = await keeper(store)
        yield ann
        await ann.verify()
