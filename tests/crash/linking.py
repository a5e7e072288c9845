"""Links, their undos and forgettings by a process that is killed again and again: all of each is there, or nothing.

`python -m tests.crash.linking [KILLS] [SEED]`: one line for each store.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio import create_subprocess_exec, subprocess
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from core.ledger import rulebook
from core.links.model import Accounts
from core.links.preview import BalanceChoice, LinkAnswers
from core.links.service import LinkService
from core.shared.ids import PersonId, WalletId
from core.verification import verify
from storage import open_journal, open_store
from tests.clock import TestClock
from tests.core.freelancer import OpenBooks, freelancer
from tests.postgres import MissingError, running

if TYPE_CHECKING:
    from core.store import Store

SAID: Final = 20
"""Up to how many lines a process says before it is killed; each pair says four."""
ANSWERS: Final = LinkAnswers(BalanceChoice.KEPT, same=True)


async def work(url: str, name: str) -> None:
    """Link pairs of people, part most of them again, and forget one of each; say what was done."""
    clock, book = TestClock(), rulebook.default()
    async with open_store(url) as store:
        for number in count(1):
            await _pair(store, OpenBooks(store, book, clock), clock, f"{name}x{number}", parts=number % 2 == 0)


async def _pair(store: Store, books: OpenBooks, clock: TestClock, name: str, *, parts: bool) -> None:
    links = LinkService(store, books.rulebook, clock)
    ann, bob = [await freelancer(books, clock, name, platform) for platform in ("telegram", "discord")]
    await ann.spend(3, "Words")
    await bob.spend(4, "Words")
    _say("open", ann.person, ann.wallet, bob.person, bob.wallet)
    for accounts in (Accounts.TWO, Accounts.SAME):
        asked = ann.person, bob.person, accounts, ANSWERS
        stamp = (await links.preview(*asked)).stamp
        link = (await links.link(*asked, stamp=stamp, key=f"link:{name}:{accounts}")).link
        _say("linked")
        if parts or accounts is Accounts.TWO:
            await links.unlink(ann.person, link.id, f"apart:{name}:{accounts}")
    await store.forgetting.forget(bob.person, clock.now())
    _say("forgotten", bob.person)


def _say(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201 - the parent reads it


async def killed(url: str, name: str, lines: int) -> int:
    """Kill a process once it has said so many lines, and prove what it leaves; how many people were forgotten."""
    child = await create_subprocess_exec(
        sys.executable, "-m", "tests.crash.linking", "work", url, name, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    said = [await child.stdout.readline() for _ in range(lines)]
    child.kill()
    said += [line async for line in child.stdout]
    await child.wait()
    forgotten = 0
    async with open_journal(url) as journal:
        fault = (await verify(journal)).fault
        assert fault is None, fault
    async with open_store(url) as store:
        for what, *numbers in (line.decode().split() for line in said):
            if what == "open":
                people = zip(numbers[::2], numbers[1::2], strict=True)
                forgotten += sum([await _is_forgotten(store, int(one), int(wallet)) for one, wallet in people])
            if what == "forgotten":
                assert not await store.people.names([PersonId(int(numbers[0]))]), "it was said, but not done"
    return forgotten


async def _is_forgotten(store: Store, person: int, wallet: int) -> bool:
    """Whether somebody was forgotten: their name and their words are both there, or neither is."""
    named = bool(await store.people.names([PersonId(person)]))
    spend = (await store.ledger.record(WalletId(wallet))).entries[1]
    assert bool(spend.memo) is named, f"half of person {person} was forgotten"
    return not named


async def _often(url: str, kills: int, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - the moments come from a seed, no secret does
    forgotten = [await killed(url, f"{seed}-{turn}", dice.randint(1, SAID)) for turn in range(kills)]
    print(url.partition(":")[0], kills, "kills,", sum(forgotten), "forgotten, all proven")  # noqa: T201 - by hand


async def main(kills: int = 20, seed: int = 1) -> None:
    with TemporaryDirectory(prefix="linking-") as folder:
        await _often(f"sqlite:///{Path(folder) / 'books.db'}", kills, seed)
    try:
        with running() as server:
            await _often(server.make("linking"), kills, seed)
    except MissingError as missing:
        print(missing)  # noqa: T201 - as above


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        asyncio.run(work(*sys.argv[2:]))
    else:
        asyncio.run(main(*map(int, sys.argv[1:])))
