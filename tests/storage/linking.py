"""Plans of links for the tests of stores: what the merged wallet has left is moved, in two steps and a closing."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from core.ledger import rules
from core.ledger.model import Change
from core.ledger.sightings import Batch, BatchKind
from core.links.carrying import Act, Chain, closing, reopening
from core.links.following import Followed, settings_linked, settings_unlinked
from core.links.model import Accounts, Books, Link, LinkPlan, Moved, Step, UnlinkPlan
from core.shared.ids import LinkId
from core.wallets.people import Wallet
from tests.storage.teller import BOOK

if TYPE_CHECKING:
    from core.ledger.ports import Record
    from core.shared.ids import PersonId, WalletId
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller


def state(record: Record) -> Moved:
    return Moved(record.head.entries, len(record.batches), record.head.balance)


def act(clock: TestClock, by: PersonId, key: str) -> Act:
    secrets = count()
    return Act(key, "asked", clock.now(), by, lambda: f"{next(secrets):032x}")


async def plan_of(kept: Teller, merged: Teller, key: str = "pressed") -> LinkPlan:
    """A link of two people with books of two accounts, more or less: their balances add up."""
    store, doing = kept.store, act(kept.clock, kept.person, key)
    one, other = await store.ledger.record(kept.wallet), await store.ledger.record(merged.wallet)
    chain = Chain(one, doing, "link")
    if other.head.balance:
        intent = chain.intent()
        change = rules.adjust(chain.record.head, intent, other.head.balance, BOOK)
        assert isinstance(change, Change), change
        chain.add(change, intent)
    balance = chain.record.head.balance
    chain.add_batch(Batch(kept.wallet, 0, doing.at, "", kept.person, kind=BatchKind.PINNED, balance=balance))
    steps, gone = _closing(other, doing, kept.wallet)
    books = Books(kept.wallet, state(one), state(chain.record))
    link = Link(
        LinkId(0),
        doing.at,
        key,
        Accounts.TWO,
        kept.person,
        merged.person,
        tuple(sorted(await store.people.same_as(merged.person))),
        books,
        Books(merged.wallet, state(other), gone),
    )
    return LinkPlan(await _with_settings(store, link), (*chain.steps, *steps))


def _closing(record: Record, doing: Act, kept: WalletId) -> tuple[tuple[Step, ...], Moved]:
    intent = doing.intent("close")
    change = closing(record, intent, kept, BOOK)
    if change is None:
        return (), state(record)
    imports = record.batches
    before = record.head._replace(imports=len(imports), import_seal=imports[-1].seal if imports else "")
    last = change.entries[-1]
    return (Step(intent.key.name, before, change),), Moved(last.number, len(imports), last.balance)


async def _with_settings(store: Store, link: Link) -> Link:
    kept, merged = await _wallet(store, link.books), await _wallet(store, link.closed)
    groups = await store.links.groups_with(link.persons)
    return link._replace(settings=settings_linked(Followed(link.persons, link.kept), kept, merged, groups))


async def _wallet(store: Store, books: Books | None) -> Wallet | None:
    return None if books is None else Wallet(books.wallet, await store.people.settings_of(books.wallet))


async def alone(store: Store, clock: TestClock, kept: PersonId, merged: PersonId, key: str = "pressed") -> LinkPlan:
    """A link of two people without books."""
    persons = await store.people.same_as(merged)
    link = Link(LinkId(0), clock.now(), key, Accounts.ALONE, kept, merged, tuple(sorted(persons)))
    return LinkPlan(await _with_settings(store, link))


async def undo_of(store: Store, clock: TestClock, link: Link) -> UnlinkPlan:
    """The undo of a link, which takes back what it booked."""
    doing = act(clock, link.kept, f"{link.key}:back")
    steps: list[Step] = []
    if link.books is not None and link.closed is not None:
        chain = Chain(await store.ledger.record(link.books.wallet), doing, "unlink")
        if link.books.after.entries > link.books.before.entries:
            intent, record = chain.intent(), chain.record
            change = rules.undo(
                record.head._replace(related=record.entries[-1:]), intent, link.books.after.entries, BOOK
            )
            assert isinstance(change, Change), change
            chain.add(change, intent)
        chain.add_batch(Batch(link.books.wallet, 0, doing.at, "", kind=BatchKind.PINNED, of=link.books.after.imports))
        steps += chain.steps
        record, intent = await store.ledger.record(link.closed.wallet), doing.intent("open")
        again = reopening(record, intent, f"{link.key}:close", BOOK)
        if again is not None:
            before = record.head._replace(imports=len(record.batches), import_seal="")
            steps.append(Step(intent.key.name, before, again))
    now = {one.wallet: await store.people.settings_of(one.wallet) for one in link.settings}
    return UnlinkPlan(link, clock.now(), doing.key, tuple(steps), settings_unlinked(link.settings, now))
