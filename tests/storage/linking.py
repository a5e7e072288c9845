"""Plans of links for the tests of stores, of two people with books of two accounts or with none."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from core.links.following import PersonMerge, settings_linked, settings_unlinked
from core.links.model import Accounts, Link, LinkPlan, UnlinkPlan
from core.links.parties import Parties, Party
from core.links.planning import plan_link, plan_unlink
from core.links.preview import UNANSWERED
from core.links.steps import LinkAction
from core.shared.ids import LinkId
from tests.storage.teller import BOOK

if TYPE_CHECKING:
    from core.shared.ids import PersonId
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller


def _act(clock: TestClock, by: PersonId, key: str) -> LinkAction:
    secrets = count()
    return LinkAction(key, "asked", clock.now(), by, lambda: f"{next(secrets):032x}")


async def plan_of(kept: Teller, merged: Teller, key: str = "pressed") -> LinkPlan:
    """A link of two people who have wallets. The first stands for both."""
    return await planned(kept.store, kept.clock, kept.person, merged.person, key)


async def planned(store: Store, clock: TestClock, kept: PersonId, merged: PersonId, key: str = "pressed") -> LinkPlan:
    """A link of two people."""
    parties = Parties(await _party(store, kept), await _party(store, merged))
    act = _act(clock, kept, key)
    found = plan_link(parties, Accounts.TWO, UNANSWERED, act, BOOK)
    persons = parties.merged.persons
    groups = await store.links.groups_with(persons)
    settings = settings_linked(PersonMerge(persons, kept), parties.kept.wallet, parties.merged.wallet, groups)
    accounts = found.shown.accounts
    assert accounts is not None
    link = Link(LinkId(0), act.at, key, accounts, kept, merged, persons, found.books, found.closed, settings)
    return LinkPlan(link, found.steps)


async def _party(store: Store, person: PersonId) -> Party:
    wallet = await store.people.wallet_of(person)
    record = None if wallet is None else await store.ledger.record(wallet.id)
    return Party(person, await store.people.same_as(person), wallet, record)


async def undo_of(store: Store, clock: TestClock, link: Link) -> UnlinkPlan:
    """The undo of a link."""
    act = _act(clock, link.kept, f"{link.key}:back")
    now = {one.wallet: await store.people.settings_of(one.wallet) for one in link.settings}
    plan = UnlinkPlan(link, act.at, act.key, settings=settings_unlinked(link.settings, now))
    if link.books is None or link.closed is None:
        return plan
    kept, merged = [await store.ledger.record(books.wallet) for books in (link.books, link.closed)]
    return plan._replace(steps=plan_unlink(kept, merged, link, act, BOOK))
