"""Two accounts of one person, with books on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.linking.accounts import Account, accounts_of

if TYPE_CHECKING:
    from tests.bot.stage import Bot


@pytest.fixture
async def both(bot: Bot) -> tuple[Account, Account]:
    """The same person on two platforms, with books on each."""
    here, there = accounts_of(bot, {"telegram": "Ann", "discord": "ann"})
    for one in (here, there):
        await one.say("/start")
        await one.say("/spend 4 Logo")
    return here, there
