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
IDENTIFIER: Final = "384734293238749"  # under which the bank keeps its settings
SCHEMA: Final = 1


@dataclass(frozen=True)
class User:
    """As much of a Discord user as the bank looks at."""

    id: int
    display_name: str = "Ann"


def write_bank(folder: Path) -> None:
    """The file of a bank that all users have already used, so that a withdrawal changes the balance only."""
    account = {"name": "Ann", "balance": BALANCE, "created_at": 1}
    kept = {
        "GLOBAL": {"schema_version": SCHEMA, "is_global": True},
        "USER": {str(number): account for number in range(USERS)},
    }
    file = folder / "cogs" / "Bank" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({IDENTIFIER: kept}), encoding="utf-8")


async def open_bank(folder: Path) -> None:
    """What the bot does at its start, as far as the bank needs it."""
    write_bank(folder)
    data_manager.basic_config = data_manager.basic_config_default | {
        "DATA_PATH": str(folder),
        "STORAGE_TYPE": "JSON",
        "STORAGE_DETAILS": {},
    }
    await bank._init()  # noqa: SLF001 - without a bot nobody else calls it
    if await bank.get_balance(User(0)) != BALANCE:
        raise RuntimeError("the bank did not take up its file")


async def lost(withdrawals: int) -> int:
    """How many withdrawals of 1 from one account left no trace, all made at once."""
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
