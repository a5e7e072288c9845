"""What must hold of every account, however its pages arrive: in pieces, in any order and form, undone and taken again.

Run by hand with many accounts: `python -m tests.imports.invariants 100`.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from storage import open_store
from tests.imports.accounts import account
from tests.imports.keeper import keeper
from tests.imports.windows import FORMS, page, window

if TYPE_CHECKING:
    from core.imports.model import Page
    from core.store import Store
    from tests.imports.accounts import Account
    from tests.imports.keeper import Keeper

SAVED = "saved"
DAYS = (30, 60, 120, 200)
LONG = (*DAYS, 400, 730)


async def check_account(store: Store, seed: int, days: tuple[int, ...] = DAYS) -> None:
    """Import an account in pieces, and hold what stands in the books against the same pieces in another order."""
    dice = Random(seed)  # noqa: S311 - an account from a seed is wanted, not a secret
    lived = account(seed, days=dice.choice(days))
    form = SAVED if dice.random() < 0.5 else ""
    pages = pieces(lived, dice, form)
    dice.shuffle(pages)
    ann = await keeper(store, lived.last + timedelta(hours=1))
    for one in pages:
        await _take_undo_and_take_again(ann, one, dice)
    await _nothing_is_added_twice(ann, pages)
    await ann.verify()
    async with open_store("memory://") as memory:
        other = await keeper(memory, lived.last + timedelta(hours=1))
        whole = [page(window(lived, lived.last, days=10_000), SAVED)]
        if form != SAVED or lived.silent:  # one page has no balance of the time before something expired without a row
            whole = sorted(pages, key=repr)
        for one in whole:
            await other.take(one)
        assert await ann.state() == await other.state(), "the order of the pieces shows in the books"
    if not lived.silent:
        assert (await ann.record()).head.balance == lived.balance_at(lived.last), "it is not what the page says"


def pieces(lived: Account, dice: Random, form: str = "") -> list[Page]:
    """Pages of the last 90 days, copied now and then, the last one at the end."""
    found: list[Page] = []
    at = lived.first + timedelta(days=dice.randrange(5, 40), hours=dice.randrange(24))
    while at < lived.last:
        found.append(page(window(lived, at, days=90), form or dice.choice(FORMS)))
        at += timedelta(days=dice.randrange(5, 80), hours=dice.randrange(24))
    found.append(page(window(lived, lived.last, days=90), form or dice.choice(FORMS)))
    return [one for one in found if one.rows]


async def _take_undo_and_take_again(ann: Keeper, one: Page, dice: Random) -> None:
    before = await ann.state()
    shown, booked = await ann.take(one)
    if booked is None or dice.random() < 0.7:
        return
    after = await ann.state()
    await ann.undo(booked.batch.number)
    assert await ann.state() == before, "the undo does not leave the books as they were"
    again, _ = await ann.take(one)
    assert again.after == shown.after
    assert await ann.state() == after, "an import that was undone does not come back as it was"


async def _nothing_is_added_twice(ann: Keeper, pages: list[Page]) -> None:
    for one in pages:
        shown, booked = await ann.take(one)
        assert (shown.new, booked) == (0, None), "a page that is known adds something"


async def _check_many(number: int) -> None:
    for seed in range(number):
        async with open_store("memory://") as store:
            await check_account(store, seed, LONG)
        print(f"account {seed} holds")  # noqa: T201 - run by hand


if __name__ == "__main__":
    asyncio.run(_check_many(int(sys.argv[1])))
