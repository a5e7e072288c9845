from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.limits.team import team

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.freelancer import OpenBooks
    from tests.core.limits.team import Team


@pytest.fixture(name="team")
async def _team(books: OpenBooks, clock: TestClock) -> Team:
    """A team on Saturday, 10 January 2026, at nine in the morning."""
    return await team(books, clock)
