"""A process killed at any moment leaves a sound database, with everything that it had acknowledged."""

from __future__ import annotations

import sys
from asyncio import create_subprocess_exec, subprocess
from typing import TYPE_CHECKING

import pytest

from core.shared.ids import PersonId, WalletId
from storage import open_store
from tests.clock import TestClock
from tests.storage.teller import Teller, booked, proven

if TYPE_CHECKING:
    from asyncio import StreamReader

WORKS_UNTIL_KILLED = """
import asyncio, sys
from storage import open_store
from tests.clock import TestClock
from tests.storage.teller import open_teller

async def work(teller, name):
    number = 0
    while True:
        number += 1
        key = f"{name}:{number}"
        await (teller.buy(50, key=key) if number % 10 == 1 else teller.spend(3, key))
        sys.stdout.write(f"{teller.wallet} {key}\\n")
        sys.stdout.flush()

async def main():
    async with open_store(sys.argv[1]) as store:
        tellers = [await open_teller(store, TestClock(), name) for name in ("ann", "bob", "eve")]
        await asyncio.gather(*(work(teller, f"{teller.wallet}:{turn}") for teller in tellers for turn in range(5)))

asyncio.run(main())
"""


@pytest.mark.parametrize("where", ["url", "postgres"])
@pytest.mark.parametrize("acknowledged", [1, 200])
async def test_everything_acknowledged_before_a_kill_is_there_after_it(
    request: pytest.FixtureRequest, where: str, acknowledged: int
) -> None:
    url: str = request.getfixturevalue(where)
    child = await create_subprocess_exec(sys.executable, "-c", WORKS_UNTIL_KILLED, url, stdout=subprocess.PIPE)
    assert child.stdout is not None
    keys = [await _line(child.stdout) for _ in range(acknowledged)]
    child.kill()
    keys += [line async for raw in child.stdout if (line := raw.decode()).endswith("\n")]
    await child.wait()
    async with open_store(url) as store:
        verdict = await proven(store)
        assert verdict.entries >= len(keys)
        for wallet, key in (line.split() for line in keys):
            teller = Teller(store, TestClock(), WalletId(int(wallet)), PersonId(1))
            given = await (teller.buy(50, key=key) if key.endswith("1") else teller.spend(3, key))
            assert booked(given).replayed, (key, given)
        assert await proven(store) == verdict


async def _line(stream: StreamReader) -> str:
    line = (await stream.readline()).decode()
    assert line.endswith("\n"), "the process ended by itself"
    return line
