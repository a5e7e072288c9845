"""`python -m tests.crash [PLATFORM...]`: the long form, one line for each platform and store.

KILLS, CHATS, EACH and SEED are its sizes.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from tests.crash.trial import Plan, carry_out
from tests.crash.world import WORLDS
from tests.postgres import MissingError, running

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES: Final = {"chats": 200, "each": 10, "kills": 50, "seed": 1}


def main(names: list[str]) -> int:
    """Gives 1 where something was lost, or came twice that must not."""
    sizes = {name: int(os.environ.get(name.upper(), size)) for name, size in SIZES.items()}
    bad = 0
    with TemporaryDirectory(prefix="crash-", dir=".") as folder:
        for platform in names or WORLDS:
            for url in _stores(Path(folder), platform):
                verdict = asyncio.run(carry_out(Plan(platform, url, **sizes)))
                print(verdict, flush=True)  # noqa: T201 - this is what it is for
                bad += not verdict.good
    return min(bad, 1)


def _stores(folder: Path, platform: str) -> Iterator[str]:
    """A file, and where there is one, a server."""
    yield f"sqlite:///{folder / platform}.db"
    try:
        with running() as server:
            yield server.make(platform)
    except MissingError as error:
        print(error)  # noqa: T201 - as above


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
