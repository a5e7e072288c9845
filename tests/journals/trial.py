"""Reads many random journals: `python -m tests.journals.trial 300`, or with a first seed.

Every sixth wallet is one in which everything happens that can happen in one (`tests/imports/wide_walks.py`).
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from storage import open_store
from tests.imports.wide_walks import walk
from tests.journals.lives import ZONES, Life, life
from tests.journals.proof import journals_of, prove
from tests.journals.reading import by_beancount, by_hledger

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDE: Final = 6
LONG: Final = 90


async def wide(seed: int) -> Life:
    """A life in which pages are imported, taken back and confirmed as well."""
    async with open_store("memory://") as store:
        walker = await walk(store, seed)
        record = await walker.ann.record()
    days = [entry.when.date() for entry in record.entries]
    return Life(
        record.entries, record.head.lots, walker.ann.clock.at, ZONES[seed % len(ZONES)], (days[0], days[len(days) // 2])
    )


def _try(seeds: Iterator[int]) -> int:
    """Prove what comes of each seed; returns of how many it failed."""
    failed = 0
    for seed in seeds:
        try:
            lived = asyncio.run(life(seed, LONG) if seed % WIDE else wide(seed))
            days = (min(lived.days), max(lived.days))
            for one in (journals_of(lived, None), journals_of(lived, days)):
                found = by_beancount(one.beancount)
                prove(one, found)
                with TemporaryDirectory() as folder:
                    assert by_hledger(Path(folder), [one.hledger]) == [found]
        except Exception as error:  # noqa: BLE001 - the next ones are tried all the same
            failed += 1
            print(f"FAILED {seed}: {str(error)[:2000]}", flush=True)  # noqa: T201 - run by hand
    return failed


if __name__ == "__main__":
    _, number, *rest = sys.argv
    first = int(rest[0]) if rest else 0
    failures = _try(iter(range(first, first + int(number))))
    print(number, "wallets,", failures, "failed")  # noqa: T201 - as above
    sys.exit(failures > 0)
