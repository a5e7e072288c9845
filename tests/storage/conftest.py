from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage import open_store, upgrade
from tests.clock import TestClock
from tests.storage.disks import small_disk
from tests.storage.sender import Sender
from tests.storage.teller import Teller, open_teller

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    from core.store import Store
    from tests.postgres import Server


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


@pytest.fixture(name="small_disk")
def _small_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "small") as folder:
        yield folder


@pytest.fixture
def postgres(server: Server) -> Iterator[str]:
    """The address of an empty database at the newest schema, on a real server."""
    name = secrets.token_hex(8)
    yield server.make(name, "migrated")
    server.drop(name)


@pytest.fixture(scope="session")
def shared(server: Server) -> str:
    """The name of a database for all tests that know it as a store only, and so leave its schema alone."""
    server.make("shared", "migrated")
    return "shared"


@pytest.fixture
def emptied(server: Server, shared: str) -> Iterator[str]:
    """Its address; it is empty, and will be again."""
    yield server.url(shared)
    server.empty(shared)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest) -> AsyncGenerator[Store]:
    """Each store in turn: all of them promise the same."""
    fixtures = {"sqlite": "url", "postgresql": "emptied"}
    address: str = request.getfixturevalue(fixtures[request.param]) if request.param in fixtures else "memory://"
    async with open_store(address) as store:
        yield store


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def teller(store: Store, clock: TestClock) -> Teller:
    return await open_teller(store, clock, "ann")


@pytest.fixture
async def sender(store: Store, clock: TestClock) -> Sender:
    sender = Sender(store, clock)
    assert await sender.lease()
    return sender
