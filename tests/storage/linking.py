"""Plans of links for the tests of stores, by the rules for books of two accounts."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from core.links.carrying import Act
from core.links.following import Followed, settings_linked, settings_unlinked
from core.links.model import Accounts, Books, Link, LinkPlan, Step, UnlinkPlan
from core.links.parties import state_of
from core.links.two import plan_two
from core.links.undoing import plan_undo
from core.shared.ids import LinkId
from core.wallets.people import Wallet
from tests.storage.teller import BOOK

if TYPE_CHECKING:
    from core.shared.ids import PersonId
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller


def act(clock: TestClock, by: PersonId, key: str) -> Act:
    secrets = count()
    return Act(key, "asked", clock.now(), by, lambda: f"{next(secrets):032x}")


async def plan_of(kept: Teller, merged: Teller, key: str = "pressed") -> LinkPlan:
    """A link of two people with books of two accounts."""
    store, doing = kept.store, act(kept.clock, kept.person, key)
    one, other = await store.ledger.record(kept.wallet), await store.ledger.record(merged.wallet)
    plan = plan_two(one, other, doing, BOOK)
    link = Link(
        LinkId(0),
        doing.at,
        key,
        Accounts.TWO,
        kept.person,
        merged.person,
        tuple(sorted(await store.people.same_as(merged.person))),
        Books(kept.wallet, state_of(one), state_of(plan.kept)),
        Books(merged.wallet, state_of(other), state_of(plan.merged)),
    )
    return LinkPlan(await _with_settings(store, link), plan.steps)


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
    steps: tuple[Step, ...] = ()
    if link.books is not None and link.closed is not None:
        kept, merged = [await store.ledger.record(one.wallet) for one in (link.books, link.closed)]
        steps = plan_undo(kept, merged, link, doing, BOOK).steps
    now = {one.wallet: await store.people.settings_of(one.wallet) for one in link.settings}
    return UnlinkPlan(link, clock.now(), doing.key, steps, settings_unlinked(link.settings, now))
