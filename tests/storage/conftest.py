from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage import open_store, upgrade
from tests.clock import TestClock
from tests.storage.teller import Teller, open_teller

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.ports import Store


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("storage") / "migrated.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def file(tmp_path: Path, migrated: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "books.db"))


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, url: str) -> AsyncGenerator[Store]:
    """Every store in turn: what one promises, all promise."""
    async with open_store("memory://" if request.param == "memory" else url) as store:
        yield store


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def teller(store: Store, clock: TestClock) -> Teller:
    return await open_teller(store, clock, "ann")
