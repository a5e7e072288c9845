"""`python -m tests.crash [NAME...]`: the long form, one line for each name and store.

A name is a platform, whose sender is killed, or a way to receive Telegram's updates, `webhook` or `polling`. KILLS,
CHATS, EACH and SEED are the sizes for platforms; KILLS, PEOPLE, EACH and SEED those for updates.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from tests.crash import intake
from tests.crash.trial import Plan, carry_out
from tests.crash.world import WORLDS
from tests.postgres import MissingError, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.crash.trial import Verdict

SIZES: Final = {"chats": 200, "each": 10, "kills": 50, "seed": 1}
INTAKE: Final = {"people": 100, "each": 10, "kills": 100, "seed": 1}
WAYS: Final = ("webhook", "polling")


def main(names: list[str]) -> int:
    """Gives 1 where something was lost, or came twice that must not."""
    bad = 0
    with TemporaryDirectory(prefix="crash-", dir=".") as folder:
        for name in names or (*WORLDS, *WAYS):
            for url in _stores(Path(folder), name):
                verdict = asyncio.run(_played(name, url))
                print(verdict, flush=True)  # noqa: T201 - this is what it is for
                bad += not verdict.good
    return min(bad, 1)


async def _played(name: str, url: str) -> Verdict | intake.Verdict:
    if name in WAYS:
        return await intake.carry_out(intake.Plan(url, name == "webhook", **_sizes(INTAKE)))
    return await carry_out(Plan(name, url, **_sizes(SIZES)))


def _sizes(usual: Mapping[str, int]) -> dict[str, int]:
    return {name: int(os.environ.get(name.upper(), size)) for name, size in usual.items()}


def _stores(folder: Path, name: str) -> Iterator[str]:
    """A file, and where there is one, a server."""
    yield f"sqlite:///{folder / name}.db"
    try:
        with running() as server:
            yield server.make(name)
    except MissingError as error:
        print(error)  # noqa: T201 - as above


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
