"""What tests of several folders share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from storage import upgrade
from tests.postgres import MissingError, Server, running
from tests.programs import CHROMIUM, HLEDGER, needed

if TYPE_CHECKING:
    from collections.abc import Iterator


# How long an example takes is the machine's affair.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


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
