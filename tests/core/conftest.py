from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.ledger import rulebook
from storage import open_store
from tests.clock import TestClock
from tests.core.dawn import Dawn
from tests.core.freelancer import Freelancer, OpenBooks, freelancer

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def books(clock: TestClock) -> AsyncGenerator[OpenBooks]:
    """Empty books in memory, by the shipped rulebook; the end of each test proves them."""
    async with open_store("memory://") as store:
        books = OpenBooks(store, rulebook.default(), clock)
        yield books
        verdict = await books.verify()
        assert verdict.fault is None, verdict.fault


@pytest.fixture
async def ann(books: OpenBooks, clock: TestClock) -> Freelancer:
    return await freelancer(books, clock)


@pytest.fixture
def dawn(books: OpenBooks, clock: TestClock, ann: Freelancer) -> Dawn:
    return Dawn(books, clock, ann)
