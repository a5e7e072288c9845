"""Random walks through two wallets that are linked and parted again and again, as one account or as two.

After each link and each undo everything that is stored is proven. Run by hand:
`python -m tests.core.links.service_walks 100`, or with a first seed.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections import Counter
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from core.links.model import Accounts
from core.links.preview import BalanceChoice, LinkAnswers
from core.links.service import LinkService
from core.shared.refusals import LinkBuiltOn, RefusedError
from storage import open_store
from tests.core.links.two_walks import Walker, pair

if TYPE_CHECKING:
    from random import Random

    from core.links.preview import Unlinked
    from core.store import Store

STEPS, OFTEN = 40, 8
HAPPENED: Counter[str] = Counter()


class Pair:
    """Two wallets of one person, and what is done to them."""

    def __init__(self, store: Store, ann: Walker, bob: Walker) -> None:
        self.store, self.ann, self.bob, self.keys = store, ann, bob, count(1)
        keeper = ann.ann
        self.links = LinkService(store, keeper.books.rulebook, keeper.clock)
        self.persons = bob.ann.person, keeper.person

    @property
    def dice(self) -> Random:
        return self.ann.dice

    async def visit(self) -> None:
        """Link, do something else or nothing, and take apart what can be taken apart."""
        accounts = self.dice.choice([Accounts.SAME, Accounts.TWO])
        if not await self.link(accounts):
            return
        await self.ann.ann.verify()
        self.ann.ann.clock.pass_(days=self.dice.choice([0, 0, 30, 400]))
        await self.ann.ann.books.sweep()
        quiet = self.dice.random() < 0.6
        if not quiet:
            await self.ann.step()
        await self.ann.ann.verify()
        await self.unlink(accounts, quiet=quiet)

    async def link(self, accounts: Accounts) -> bool:
        """Whether they could be linked."""
        answers = LinkAnswers(None, self.dice.choice([True, False]))
        try:
            shown = await self.links.preview(*self.persons, accounts, answers)
            if shown.balances:
                chosen = self.dice.choice([*BalanceChoice, self.dice.randrange(300)])
                answers = LinkAnswers(chosen, answers.same)
                shown = await self.links.preview(*self.persons, accounts, answers)
            assert shown.ready, shown
            key = f"link {next(self.keys)}"
            done = await self.links.link(*self.persons, accounts, answers, stamp=shown.stamp, key=key)
        except RefusedError as error:
            HAPPENED[f"{accounts} {error}"] += 1
            return False
        assert done.balance == shown.after, (done.balance, shown.after)
        HAPPENED[accounts] += 1
        return True

    async def unlink(self, accounts: Accounts, *, quiet: bool) -> None:
        (link,) = await self.links.standing(self.persons[0])
        before = [books.before for books in (link.books, link.closed) if books is not None]
        try:
            undone = await self._unlinked(link.id)
        except RefusedError as error:
            if not isinstance(error.refusal, LinkBuiltOn) or (await self.links.on_top(link)).nothing:
                raise
            HAPPENED[f"{accounts} built on"] += 1
            raise StopWalkError from error
        await self.ann.ann.verify()
        for now, was in zip((undone.kept, undone.merged), before, strict=True):
            assert now is not None
            assert now <= was.balance or not quiet, (now, was)
        HAPPENED[f"{accounts} undone"] += 1

    async def _unlinked(self, number: int) -> Unlinked:
        return await self.links.unlink(self.persons[0], number, f"unlink {next(self.keys)}")  # type: ignore[arg-type] # the id of a link


class StopWalkError(Exception):
    """The two stay one, so that the walk is over."""


async def walk(store: Store, seed: int, steps: int = STEPS) -> None:
    ann, bob = await pair(store, seed)
    both = Pair(store, ann, bob)
    for number in range(steps):
        await ann.dice.choice([ann, bob]).step()
        if number % OFTEN == OFTEN - 1:
            try:
                await both.visit()
            except StopWalkError:
                return
    ann.ann.clock.at += timedelta(days=1)


async def _walk_often(number: int, first: int) -> None:
    failed = 0
    for seed in range(first, first + number):
        try:
            async with open_store("memory://") as store:
                await walk(store, seed)
        except Exception:  # noqa: BLE001 - the next ones are walked all the same
            failed += 1
            print(f"FAILED {seed}\n{traceback.format_exc()}", flush=True)  # noqa: T201 - run by hand
    print(number, "walks,", failed, "failed", dict(HAPPENED))  # noqa: T201 - as above


if __name__ == "__main__":
    _, number, *rest = sys.argv
    asyncio.run(_walk_often(int(number), int(rest[0]) if rest else 0))
