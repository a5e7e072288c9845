"""Random walks through two wallets, put side by side again and again; the books of both go on in one of them.

Run by hand: `python -m tests.core.links.two_walks 100`, or with a first seed.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from core.ledger.rulebook import ON_EXPIRED, ORDERS, default
from core.links.model import Accounts
from core.links.preview import UNANSWERED
from core.links.service import LinkService
from core.proposals.service import Proposals
from core.shared.refusals import RefusedError
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store
from tests.core.links.beside import linked, unlinked
from tests.imports.accounts import account
from tests.imports.keeper import Keeper, keeper
from tests.imports.wide_walks import WideWalker

if TYPE_CHECKING:
    from core.store import Store

STEPS, OFTEN, LATER = 60, 6, 40


class Walker(WideWalker):
    """Somebody who does whatever there is to do in a wallet; `proves`: all is verified after each step."""

    proves = False

    async def hold(self) -> None:
        """What else holds of one wallet is held by `tests.imports.wide_walks`."""
        if self.proves:
            await self.ann.verify()


async def pair(store: Store, seed: int) -> tuple[Walker, Walker]:
    dice = Random(seed)  # noqa: S311 - accounts from a seed are wanted, not a secret
    lives = [account(2 * seed + one, days=dice.choice([20, 90, 200, 400])) for one in (0, 1)]
    now = max(one.last for one in lives) + timedelta(hours=1)
    figures = replace(
        default(),
        order=dice.choice(["received", "received", *ORDERS]),
        returns_expired=dice.choice(ON_EXPIRED),
        expiry_months=dice.choice([12, 12, 12, 1, 0]),
    )
    ann = await keeper(store, now, rulebook=figures)
    person = (await ann.books.person(Identity("test", "bob"), "Bob")).id
    wallet = (await ann.books.open(person, Settings(), "0000000002:open", person)).wallet.id
    bob = Keeper(store, ann.clock, ann.books, ann.imports, wallet, person, count(10**6))
    both = zip((ann, bob), lives, strict=True)
    one, other = (Walker(who, life, dice, Proposals(store, ann.books.rulebook, ann.clock)) for who, life in both)
    return one, other


async def walk(store: Store, seed: int, steps: int = STEPS) -> Counter[str]:
    """Walk in both, look at what a link would do on the way, link them in the end, and go on in one of them."""
    ann, bob = await pair(store, seed)
    for number in range(steps):
        await ann.dice.choice([ann, bob]).step()
        if number % OFTEN == OFTEN - 1:
            kept, merged = await ann.ann.record(), await bob.ann.record()
            at, book = ann.ann.clock.at, ann.ann.books.rulebook
            try:
                done = linked(kept, merged, at, book)
            except RefusedError:  # what was undone had been spent before: the past is short without it
                continue
            unlinked(kept, merged, done, at + timedelta(days=ann.dice.choice([0, 0, 30, 400])), book)
    return await _go_on(ann, bob)


async def _go_on(ann: Walker, bob: Walker) -> Counter[str]:
    """Link both, and do whatever there is to do then, with pages of either account."""
    links = LinkService(ann.ann.store, ann.ann.books.rulebook, ann.ann.clock)
    persons = ann.ann.person, bob.ann.person
    try:
        shown = await links.preview(*persons, Accounts.TWO)
        done = await links.link(*persons, Accounts.TWO, UNANSWERED, stamp=shown.stamp, key="together")
    except RefusedError as refused:
        return Counter({f"link: {type(refused.refusal).__name__}": 1})
    ann.proves, ann.newest, mine = True, await ann.ann.books.newest(ann.ann.wallet), ann.lived
    await ann.hold()
    ann.done.clear()
    for _ in range(LATER):
        ann.lived = ann.dice.choice([mine, bob.lived])
        await ann.step()
    if (await links.on_top(done.link)).nothing:
        await links.unlink(persons[0], done.link.id, "apart")
        await ann.hold()
        ann.done["unlinked"] += 1
    return ann.done


async def _walk_often(number: int, first: int) -> None:
    failed, total = 0, Counter[str]()
    for seed in range(first, first + number):
        try:
            async with open_store("memory://") as store:
                total += await walk(store, seed)
        except Exception:  # noqa: BLE001 - the next ones are walked all the same
            failed += 1
            print(f"FAILED {seed}\n{traceback.format_exc()}", flush=True)  # noqa: T201 - run by hand
    print(number, "walks,", failed, "failed", sorted(total.items()))  # noqa: T201 - as above


if __name__ == "__main__":
    _, number, *rest = sys.argv
    asyncio.run(_walk_often(int(number), int(rest[0]) if rest else 0))
