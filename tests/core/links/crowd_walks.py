"""Random walks through wallets of several people who are linked, parted and forgotten in whatever order.

After each deed everything that is stored is proven, the Connects of all are counted, and whoever was forgotten has left
no words. Run by hand: `python -m tests.core.links.crowd_walks 20`, or with a first seed, and with the URL of a store:
`python -m tests.core.links.crowd_walks 5 500 sqlite:////tmp/crowd-SEED.db`.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from core.imports.service import Imports
from core.links.model import Accounts
from core.links.preview import BalanceChoice, LinkAnswers
from core.links.service import LinkService
from core.proposals.service import Proposals
from core.shared.refusals import RefusedError
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store
from tests.core.links.two_walks import Walker
from tests.imports.accounts import Account, account
from tests.imports.keeper import Keeper, keeper

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from core.ledger.ports import Record
    from core.links.model import Link
    from core.shared.ids import PersonId
    from core.store import Store

PEOPLE, STEPS = 4, 60
HAPPENED: Counter[str] = Counter()


@dataclass
class Member(Walker):
    """One of them, with an identity of their own."""

    who: Identity = field(kw_only=True)


class Crowd:
    """Several people, some of whom are the same by now."""

    def __init__(self, store: Store, seed: int, first: Keeper, lives: Sequence[Account]) -> None:
        self.store, self.first, self.lives, self.keys = store, first, lives, count(1)
        self.dice = Random(seed)  # noqa: S311 - accounts from a seed are wanted, not a secret
        self.books, self.clock = first.books, first.clock
        self.links = LinkService(store, self.books.rulebook, self.clock)
        self.members: list[Member] = []

    async def join(self, who: Identity) -> None:
        """Somebody comes, or comes back, with a new wallet and an account of their own on Upwork."""
        person = (await self.books.person(who, f"Name {who.user}")).id
        key = f"{int(self.clock.at.timestamp()):010d}:open:{next(self.keys)}"
        wallet = (await self.books.open(person, Settings(), key, person)).wallet.id
        numbers = count(10**5 * next(self.keys))
        one = Keeper(
            self.store, self.clock, self.books, Imports(self.store, self.books.rulebook, self.clock), wallet, person,
            numbers,
        )  # fmt: skip
        proposals = Proposals(self.store, self.books.rulebook, self.clock)
        self.members.append(Member(one, self.dice.choice(self.lives), self.dice, proposals, who=who))

    async def deed(self) -> None:
        deeds = {self.step: 12, self.link: 4, self.unlink: 3, self.forget: 1, self.wait: 1}
        (deed,) = self.dice.choices([*deeds], [*deeds.values()])
        await deed()
        await self.first.verify()

    async def step(self) -> None:
        one = await self._open_one()
        if one is not None:
            await one.step()

    async def wait(self) -> None:
        self.clock.pass_(days=self.dice.choice([1, 30, 400]))
        await self.books.sweep()

    async def _open_one(self) -> Member | None:
        """Somebody whose wallet is not closed."""
        found = []
        for one in self.members:
            wallet = await self.store.people.wallet_of(one.ann.person)
            if wallet is not None and wallet.id == one.ann.wallet:
                found.append(one)
        return self.dice.choice(found) if found else None

    async def link(self) -> None:
        one, other = self.dice.sample(self.members, 2)
        persons = one.ann.person, other.ann.person
        accounts = self.dice.choice([Accounts.SAME, Accounts.TWO])
        answers = LinkAnswers(None, self.dice.choice([True, False]))
        before = await self._total()
        try:
            shown = await self.links.preview(*persons, accounts, answers)
            if shown.balances:
                answers = LinkAnswers(self.dice.choice([*BalanceChoice, 77]), answers.same)
                shown = await self.links.preview(*persons, accounts, answers)
            key = f"link:{next(self.keys)}"
            done = await self.links.link(*persons, accounts, answers, stamp=shown.stamp, key=key)
        except RefusedError as error:
            HAPPENED[f"{accounts} {type(error.refusal).__name__}"] += 1
            return
        assert done.balance == shown.after, (done.balance, shown.after)
        if done.link.accounts is Accounts.TWO and (now := await self._total()) != before:
            raise AssertionError(f"two: {before} became {now}; {done}"[:1500])
        assert await self.links.link(*persons, accounts, answers, stamp=shown.stamp, key=key) is not None
        HAPPENED[accounts] += 1

    async def unlink(self) -> None:
        one = self.dice.choice(self.members)
        links = await self.links.standing(one.ann.person)
        if not links:
            return
        link = self.dice.choice(links)
        try:
            await self.links.unlink(one.ann.person, link.id, f"unlink:{next(self.keys)}")
        except RefusedError as error:
            if (await self.links.on_top(link)).nothing:
                raise
            HAPPENED[f"undo {type(error.refusal).__name__}"] += 1
            return
        HAPPENED[f"{link.accounts} undone"] += 1

    async def _total(self) -> int:
        await self.books.sweep()
        heads = [await self.store.ledger.holding(one.ann.wallet) for one in self.members]
        return sum(head.balance for head in heads)

    async def forget(self) -> None:
        """One is forgotten, with all whom they stand for, and comes back as somebody new."""
        gone = self.dice.choice(self.members)
        persons = {*await self.store.people.same_as(gone.ann.person)}
        them = [one for one in self.members if one.ann.person in persons]
        others = [one for one in self.members if one.ann.person not in persons]
        theirs = await self._words(them) - await self._words(others, but=persons)
        kept = {one.ann.wallet: await self._standing(one) for one in others}
        before = (await self.books.verify()).fingerprint
        done = await self.store.forgetting.forget(gone.ann.person, self.clock.at)
        assert {*done.persons} == persons
        verdict = await self.books.verify()
        assert verdict.fingerprint == before, verdict.fault
        left = await self._words(self.members)
        assert not theirs & left, sorted(theirs & left)[:5]
        for one in others:
            assert await self._standing(one) == kept[one.ann.wallet], "others lose what they wrote"
        self.members = others
        for one in them:
            await self.join(one.who)
        HAPPENED["forgotten"] += 1

    async def _standing(self, one: Member) -> list[tuple[object, ...]]:
        record = await one.ann.record()
        gone = {entry.of for entry in record.entries}
        return [(entry.number, entry.memo, entry.delta) for entry in record.entries if entry.number not in gone]

    async def _words(self, members: list[Member], but: Collection[PersonId] = ()) -> set[str]:
        """Every word in books; not those that a link with `but` has brought, and taken back again."""
        found = set[str]()
        for one in members:
            links = [link for link in await self.store.links.links_of(one.ann.person) if {*but} & {*link.persons}]
            found |= _words_of(await one.ann.record(), links, one.ann.wallet)
        return found


def _words_of(record: Record, links: list[Link], wallet: int) -> set[str]:
    spared = [link.books for link in links if link.books is not None and link.books.wallet == wallet]
    entries = {n for books in spared for n in range(books.before.entries + 1, books.after.entries + 1)}
    entries |= {entry.number for entry in record.entries if entry.of in entries}
    imports = {n for books in spared for n in range(books.before.imports + 1, books.after.imports + 1)}
    found = {entry.memo for entry in record.entries if entry.number not in entries}
    for batch in record.batches:
        if batch.number not in imports:
            found |= {word for row in batch.sightings for word in (row.title, row.member or "")}
            found |= {word for one in batch.proposals for word in (one.title, one.profile)}
    return {word for word in found if word}


async def walk(store: Store, seed: int, steps: int = STEPS) -> None:
    lives = [account(100 * seed + one, days=20 + 70 * one) for one in range(PEOPLE)]
    first = await keeper(store, max(one.last for one in lives) + timedelta(hours=1))
    crowd = Crowd(store, seed, first, lives)
    for number in range(PEOPLE):
        await crowd.join(Identity(crowd.dice.choice(["telegram", "discord"]), f"{seed}{number}"))
    for _ in range(steps):
        await crowd.deed()


async def _walk_often(number: int, first: int, url: str) -> None:
    failed = 0
    for seed in range(first, first + number):
        try:
            async with open_store(url.replace("SEED", str(seed))) as store:
                await walk(store, seed)
        except Exception:  # noqa: BLE001 - the next ones are walked all the same
            failed += 1
            print(f"FAILED {seed}\n{traceback.format_exc()}", flush=True)  # noqa: T201 - run by hand
    print(number, "walks,", failed, "failed", dict(HAPPENED))  # noqa: T201 - as above


if __name__ == "__main__":
    _, times, *rest = sys.argv
    asyncio.run(_walk_often(int(times), int(rest[0]) if rest else 0, rest[1] if rest[1:] else "memory://"))
