"""Random walks through two wallets of one account, linked and parted again and again.

Run by hand: `python -m tests.core.links.same_walks 100`, or with a first seed, and with the URL of a store:
`python -m tests.core.links.same_walks 10 500 sqlite:////tmp/walk-SEED.db`. Beside each walk, pages and spends come in
here and there, and the linked books are held against those of one wallet in which all of it was done.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections import Counter
from datetime import timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from core.imports.known import Known
from core.ledger.model import REPRICES, Kind
from core.ledger.past.proof import flaw_in_past
from core.ledger.past.standing import Standing
from core.ledger.queries import available
from core.ledger.sightings import BatchKind, standing
from core.links.preview import BalanceChoice, LinkAnswers
from core.links.undoing import plan_undo
from core.proposals.deriving import derive
from core.proposals.refreshing import facts_of
from core.proposals.service import Proposals
from core.shared.refusals import RefusedError
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store
from tests.core.links.beside import assert_same, link_between, lots, told
from tests.core.links.same_books import Halves, halves, live, of_days
from tests.imports.accounts import account
from tests.imports.keeper import Keeper, keeper
from tests.imports.wide_walks import WideWalker
from tests.proposals.deriving import look

if TYPE_CHECKING:
    from core.ledger.model import Entry
    from core.ledger.ports import Record
    from core.links.steps import ShownPlan
    from core.store import Store

STEPS, OFTEN = 50, 10


class Walker(WideWalker):
    """Somebody who does whatever there is to do in one of their wallets."""

    async def hold(self) -> None:
        """What holds of one wallet is held by `tests.imports.wide_walks`."""


async def pair(store: Store, seed: int) -> tuple[Walker, Walker]:
    """Two wallets of one account."""
    dice = Random(seed)  # noqa: S311 - accounts from a seed are wanted, not a secret
    lived = account(seed, days=dice.choice([20, 90, 200, 400]))
    ann = await keeper(store, lived.last + timedelta(hours=1))
    person = (await ann.books.person(Identity("test", "bob"), "Bob")).id
    wallet = (await ann.books.open(person, Settings(), "0000000002:open", person)).wallet.id
    bob = Keeper(store, ann.clock, ann.books, ann.imports, wallet, person, count(10**6))
    one, other = (Walker(who, lived, dice, Proposals(store, ann.books.rulebook, ann.clock)) for who in (ann, bob))
    return one, other


async def walk(store: Store, seed: int, steps: int = STEPS) -> Counter[str]:
    """Walk, and link every few steps: as a plan, and in the end in the store."""
    ann, bob = await pair(store, seed)
    halves, done = Halves(store, ann.ann, bob.ann, ann.ann), Counter[str]()
    for number in range(1, steps + 1):
        await ann.dice.choice([ann, bob]).step()
        if number % OFTEN == 0:
            try:
                await _there_and_back(halves, ann.dice)
            except RefusedError as refused:  # what was undone had been spent before: the past is short without it
                done[type(refused.refusal).__name__] += 1
            else:
                done["linked"] += 1
    try:
        _, link = await halves.link(answers(ann.dice))
    except RefusedError:
        return done
    await halves.unlink(link)
    return done


def answers(dice: Random) -> LinkAnswers:
    """Any answers to all that may be asked."""
    balance = dice.choice([*BalanceChoice, dice.randrange(500)])
    return LinkAnswers(balance, dice.random() < 0.7)


async def _there_and_back(halves: Halves, dice: Random) -> None:
    said = answers(dice)
    kept, merged, plan = await halves.kept.record(), await halves.merged.record(), await halves.plan(said)
    hold(kept, merged, plan, said)
    link = link_between(kept, merged, plan)
    act = halves.act("unlink")._replace(at=halves.clock.at + timedelta(days=dice.choice([0, 0, 30, 400])))
    undone = plan_undo(plan.kept, plan.merged, link, act, halves.kept.books.rulebook)
    moment, book = undone.kept.batches[-1].at, halves.kept.books.rulebook
    for before, after in ((kept, undone.kept), (merged, undone.merged)):
        assert_same(told(after, moment, book), told(before, moment, book))
        assert_same(lots(after, moment, book), lots(before, moment, book))
        assert available(after.head.lots, moment) == available(before.head.lots, moment)
        assert len(standing(after.batches)) == len(standing(before.batches))
        assert look(derive(facts_of(after))) == look(derive(facts_of(before)))
        assert_proven(after)
        assert _keys(after) == _keys(before)


def _keys(record: Record) -> set[str]:
    return {key.name for key in record.head.once_keys}


def hold(kept: Record, merged: Record, plan: ShownPlan, said: LinkAnswers) -> None:
    """What must be so of every link."""
    for record in (plan.kept, plan.merged):
        assert_proven(record)
    assert plan.merged.head.balance == 0
    if said.balance is not None and (isinstance(said.balance, int) or plan.shown.balances):
        assert plan.shown.after == plan.kept.head.balance
    (listed,) = [batch for batch in standing(plan.kept.batches, BatchKind.LINKED) if batch not in kept.batches]
    past = Standing(merged.entries)
    facts = [number for number, one in past.facts.items() if _of_what_stands(one, past)]
    assert [line.row_id for line in listed.sightings] == [f"{merged.head.wallet}:{number}" for number in facts]
    assert all(line.number for line in listed.sightings)
    here = range(kept.head.entries + 1, plan.kept.head.entries + 1)
    assert all(line.booked is (line.number in here) for line in listed.sightings)
    there = Standing(plan.kept.entries).facts
    known = Known(plan.kept)
    for line in listed.sightings:
        assert known.current(line.number) in there or not line.booked
    assert all(entry.number in there for entry in _kept_facts(kept, plan.kept))


def _of_what_stands(entry: Entry, past: Standing) -> bool:
    """Whether an entry says something: a price of Connects that were taken back says nothing any more."""
    about = past.root(entry.postings[0].lot).number if entry.kind is Kind.VALUATION else entry.of
    return entry.kind not in REPRICES or about in past.facts


def _kept_facts(before: Record, after: Record) -> list[Entry]:
    """The facts of the kept books that must stand as they did: all but what pages prove in another way by now."""
    known, now = Known(before), Known(after)
    derived = {entry.number for entry in known.derived}
    return [
        entry
        for entry in Standing(before.entries).facts.values()
        if entry.number not in derived and now.current(entry.number) == entry.number and entry.kind.value != "amendment"
    ]


def assert_proven(record: Record) -> None:
    flaw = flaw_in_past(record, record.head.at) if record.head.at is not None else None
    assert flaw is None, flaw


async def compare(store: Store, seed: int) -> None:
    """What comes in here and there gives the books of one wallet in which all of it was done."""
    dice = Random(seed)  # noqa: S311 - accounts from a seed are wanted, not a secret
    lived, typed = account(seed, days=dice.choice([20, 60, 120])), dice.choice([0.0, 0.4])
    both = await halves(store, lived.first)
    await live(both, lived, dice, typed=typed)
    before = await both.state()
    _, link = await both.link(LinkAnswers(BalanceChoice.TOGETHER, same=True))
    assert of_days(await both.kept.record()) == of_days(await both.whole.record())
    assert (await both.kept.state()).balance == (await both.whole.state()).balance
    if not _typed_a_row(await both.kept.record()):
        assert await both.kept.state() == await both.whole.state()
    await both.unlink(link)
    assert await both.state() == before


def _typed_a_row(record: Record) -> bool:
    """Whether the closed books typed what is a row here: it stays dated, whereas one wallet would know its moment."""
    (listed,) = standing(record.batches, BatchKind.LINKED)
    known = (record.entries[line.number - 1] for line in listed.sightings if line.at and not line.booked)
    return any(entry.happened is not None for entry in known)


async def _walk_often(number: int, first: int, url: str) -> None:
    failed, done = 0, Counter[str]()
    for seed in range(first, first + number):
        try:
            async with open_store(url.replace("SEED", str(seed))) as store:
                done += await walk(store, seed)
            async with open_store("memory://") as store:
                await compare(store, seed)
        except Exception:  # noqa: BLE001 - the next ones are walked all the same
            failed += 1
            print(f"seed {seed}")  # noqa: T201 - it is run by hand
            traceback.print_exc()
    print(f"{number} walks, {failed} failed; {dict(done)}")  # noqa: T201 - as above


if __name__ == "__main__":
    _, times, *rest = sys.argv
    asyncio.run(_walk_often(int(times), int(rest[0]) if rest else 1, rest[1] if rest[1:] else "memory://"))
