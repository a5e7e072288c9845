"""What tests of several folders share."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import HealthCheck, settings

from storage import upgrade
from tests.postgres import MissingError, Server, running
from tests.programs import CHROMIUM, HLEDGER, needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from structlog.typing import EventDict


# The loopback servers speak plain HTTP: no client has to read every certificate there is, twice for each bot.
os.environ["SSL_CERT_FILE"] = str(Path(__file__).parent / "loopback/nobody.pem")
# Nothing that is imported or collected is garbage; it is looked for once all of it is there.
gc.disable()
# How long an example takes is the machine's affair. The long form is chosen by --hypothesis-profile=long.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("untimed"), max_examples=1000)
settings.load_profile("untimed")


def _plain(_logger: object, _name: str, event: EventDict) -> str:
    return str(event)


# What is logged is shown beside a failure. To draw it as for a terminal costs a tenth of all that a bot does.
structlog.configure(processors=[_plain])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a group come first, so that one worker has all of them: of a worker's tests, the last are stolen.

    They share what is expensive to start, such as a browser.
    """
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end, so that no garbage is looked for in it, again and again."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server with a migrated database to be copied; in CI it must be there."""
    try:
        with running() as server:
            upgrade(server.make("migrated"))
            yield server
    except MissingError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser."""
    return needed(CHROMIUM)


@pytest.fixture(scope="session")
def hledger() -> str:
    """The path of another program that keeps books."""
    return needed(HLEDGER)
