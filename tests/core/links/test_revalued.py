"""What somebody said that Connects cost that came back after their lot had expired: a link keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Kind, Source
from core.ledger.queries import available
from core.links.model import Accounts
from core.links.preview import BalanceChoice, LinkAnswers
from core.links.service import LinkService
from core.shared.money import CostState
from tests.core.freelancer import Freelancer, booked, dollars, freelancer
from tests.core.links.beside import assert_same, linked, lots, told, unlinked

if TYPE_CHECKING:
    from core.ledger.ports import Record
    from tests.clock import TestClock
    from tests.core.freelancer import OpenBooks

BOTH = LinkAnswers(BalanceChoice.TOGETHER, same=False)


@pytest.fixture
async def bob(books: OpenBooks, clock: TestClock, ann: Freelancer) -> Freelancer:
    """Somebody who got 20 Connects back after a year, said that they cost 3 dollars, and spent 5 of them."""
    assert ann.wallet
    bob = await freelancer(books, clock, "bob")
    booked(await bob.opening(40, CostState.UNKNOWN))
    old = booked(await bob.spend(40, "Old"))
    clock.pass_(days=370)
    booked(await bob.give_back(old.entry.number, 20))
    clock.pass_(days=1)
    booked(await bob.value(dollars(300)))
    clock.pass_(days=1)
    booked(await bob.spend(5, "New"))
    return bob


async def record(who: Freelancer) -> Record:
    return await who.books.store.ledger.record(who.wallet)


async def test_beside_another_account_it_costs_what_it_cost(ann: Freelancer, bob: Freelancer) -> None:
    kept, merged, at, book = await record(ann), await record(bob), bob.clock.at, bob.books.rulebook
    unlinked(kept, merged, linked(kept, merged, at, book), at, book)


@pytest.mark.parametrize("accounts", [Accounts.SAME, Accounts.TWO])
async def test_it_is_stated_in_the_kept_books_and_taken_back_with_the_link(
    ann: Freelancer, bob: Freelancer, accounts: Accounts
) -> None:
    before, at, book = await record(ann), bob.clock.at, bob.books.rulebook
    links = LinkService(bob.books.store, book, bob.clock)
    shown = await links.preview(ann.person, bob.person, accounts, BOTH)
    done = await links.link(ann.person, bob.person, accounts, BOTH, stamp=shown.stamp, key="together")
    after = await record(ann)
    (back,) = [lot for lot in after.head.lots if lot.source is Source.RETURN and lot.left]
    assert (back.left, back.worth) == (15, dollars(225))
    assert [entry.of for entry in after.entries if entry.kind is Kind.RETURN]
    verdict = await bob.books.verify()
    assert verdict.fault is None, verdict.fault
    await links.unlink(ann.person, done.link.id, "apart")
    now = await record(ann)
    assert available(now.head.lots, at) == available(before.head.lots, at)
    assert_same(told(now, at, book), told(before, at, book))
    assert_same(lots(now, at, book), lots(before, at, book))
