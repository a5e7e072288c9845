"""Red-DiscordBot's bank on its JSON driver: `python -m benchmarks.peers.red FOLDER`, in the peers' environment."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Final

from redbot.core import bank, data_manager

from benchmarks.peers.callers import CALLERS, LOST, MANY, ONE, rate, report

USERS: Final = 1_000
BALANCE: Final = 1_000_000
IDENTIFIER: Final = "384734293238749"  # under which the bank stores its settings
SCHEMA: Final = 1


@dataclass(frozen=True)
class User:
    """What the bank reads of a Discord user."""

    id: int
    display_name: str = "Ann"


def write_bank(folder: Path) -> None:
    """The file of a bank that all users have used before, so that a withdrawal changes the balance only."""
    account = {"name": "Ann", "balance": BALANCE, "created_at": 1}
    settings = {
        "GLOBAL": {"schema_version": SCHEMA, "is_global": True},
        "USER": {str(number): account for number in range(USERS)},
    }
    file = folder / "cogs" / "Bank" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({IDENTIFIER: settings}), encoding="utf-8")


async def open_bank(folder: Path) -> None:
    """The part of the bot's start that the bank needs."""
    write_bank(folder)
    data_manager.basic_config = data_manager.basic_config_default | {
        "DATA_PATH": str(folder),
        "STORAGE_TYPE": "JSON",
        "STORAGE_DETAILS": {},
    }
    await bank._init()  # noqa: SLF001 - the bot would call it
    if await bank.get_balance(User(0)) != BALANCE:
        raise RuntimeError("the bank did not take up its file")


async def lost(withdrawals: int) -> int:
    """The number of lost updates among withdrawals of 1 from one account at the same time."""
    user = User(USERS - 1)
    before = await bank.get_balance(user)
    await asyncio.gather(*(bank.withdraw_credits(user, 1) for _ in range(withdrawals)))
    return withdrawals - int(before - await bank.get_balance(user))


async def main(folder: Path) -> None:
    await open_bank(folder)
    users = cycle(map(User, range(USERS)))
    figures: dict[str, float] = {
        ONE: await rate(1, lambda: bank.withdraw_credits(next(users), 1)),
        MANY: await rate(CALLERS, lambda: bank.withdraw_credits(next(users), 1)),
        LOST: await lost(CALLERS),
    }
    report(figures)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
