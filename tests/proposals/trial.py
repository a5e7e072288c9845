"""Checks the proposals of many accounts. Run by hand: `python -m tests.proposals.trial 100`."""

from __future__ import annotations

import asyncio
import sys

from tests.imports.invariants import LONG
from tests.proposals.checks import check_clusters, check_costs, check_states


async def main(accounts: int) -> None:
    """Check so many accounts, and name those that fail."""
    for seed in range(accounts):
        for check in (check_costs, check_states, check_clusters):
            try:
                await check(seed, LONG)
            except AssertionError as fault:
                print(seed, fault)  # noqa: T201 - run by hand
    print(f"{accounts} accounts checked")  # noqa: T201 - the same


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
