"""What is asked before a link, what is planned, and what its stamp stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.ledger.sightings import Batch, BatchKind
from core.links.model import Accounts
from core.links.parties import Party, in_order
from core.links.planning import plan_link
from core.links.preview import UNANSWERED, BalanceChoice, LinkAnswers
from core.shared.refusals import RefusedError, TwoAccountsAlready
from tests.core.freelancer import Freelancer, booked, freelancer
from tests.core.links.test_steps import acting

if TYPE_CHECKING:
    from core.links.parties import Parties
    from core.links.planning import Planned
    from tests.clock import TestClock
    from tests.core.freelancer import OpenBooks


async def party(who: Freelancer) -> Party:
    store = who.books.store
    wallet = await store.people.wallet_of(who.person)
    return Party(who.person, (who.person,), wallet, await store.ledger.record(who.wallet))


@pytest.fixture
async def bob(books: OpenBooks, clock: TestClock, ann: Freelancer) -> Freelancer:
    del ann  # opens her wallet first
    return await freelancer(books, clock, "bob")


async def both(ann: Freelancer, bob: Freelancer) -> Parties:
    return in_order(await party(bob), await party(ann))


async def plan(
    ann: Freelancer, bob: Freelancer, accounts: Accounts | None, answers: LinkAnswers = UNANSWERED
) -> Planned:
    return plan_link(await both(ann, bob), accounts, answers, acting(ann.clock.at), ann.books.rulebook)


async def test_first_it_is_asked_whether_they_stand_for_the_same_account(ann: Freelancer, bob: Freelancer) -> None:
    planned = await plan(ann, bob, None)
    assert (planned.shown.accounts, planned.shown.ready, planned.shown.after) == (None, False, None)
    assert (planned.steps, planned.books, planned.closed) == ((), None, None)
    assert (planned.shown.kept.person, planned.shown.merged.person) == (ann.person, bob.person)


async def test_whoever_has_no_books_is_not_asked(ann: Freelancer, bob: Freelancer) -> None:
    parties = in_order(await party(ann), Party(bob.person, (bob.person,)))
    planned = plan_link(parties, Accounts.SAME, UNANSWERED, acting(ann.clock.at), ann.books.rulebook)
    assert (planned.shown.accounts, planned.shown.ready, planned.shown.after) == (Accounts.ALONE, True, 20)
    assert planned.steps == ()
    assert planned.closed is None
    assert planned.books is not None
    assert planned.books.before == planned.books.after


async def test_two_accounts_need_no_answer_and_are_the_sum(ann: Freelancer, bob: Freelancer) -> None:
    booked(await bob.spend(4, "Logo"))
    planned = await plan(ann, bob, Accounts.TWO)
    assert (planned.shown.ready, planned.shown.after) == (True, 36)
    assert [entry.memo for entry in planned.shown.taken] == ["", "Logo"]
    assert planned.books is not None
    assert planned.closed is not None
    assert (planned.books.after.balance, planned.closed.after.balance) == (36, 0)
    assert planned.steps[-1].before.wallet == bob.wallet


async def test_the_same_account_is_ready_once_a_balance_is_chosen(ann: Freelancer, bob: Freelancer) -> None:
    booked(await bob.spend(4, "Logo"))
    asked = await plan(ann, bob, Accounts.SAME)
    assert (asked.shown.ready, asked.shown.after) == (False, None)
    chosen = await plan(ann, bob, Accounts.SAME, LinkAnswers(BalanceChoice.MERGED))
    assert (chosen.shown.ready, chosen.shown.after) == (True, 16)
    assert chosen.books is not None
    assert chosen.books.after.balance == 16


async def test_books_of_two_accounts_take_no_third(ann: Freelancer, bob: Freelancer) -> None:
    booked(await bob.spend(4, "Logo"))
    listed = Batch(ann.wallet, 1, ann.clock.at, "link", kind=BatchKind.BESIDE)
    booked(await bob.spend(4, "Logo"))
    kept, merged = await both(ann, bob)
    assert kept.record is not None
    of_two = kept._replace(record=kept.record._replace(batches=(listed,)))
    for parties in ((of_two, merged), (merged, of_two)):
        with pytest.raises(RefusedError) as refused:
            plan_link(in_order(*parties), Accounts.TWO, UNANSWERED, acting(ann.clock.at), ann.books.rulebook)
        assert refused.value.refusal == TwoAccountsAlready()
    undone = Batch(ann.wallet, 2, ann.clock.at, "unlink", kind=BatchKind.BESIDE, of=1)
    parted = kept._replace(record=kept.record._replace(batches=(listed, undone)))
    planned = plan_link(in_order(parted, merged), None, UNANSWERED, acting(ann.clock.at), ann.books.rulebook)
    assert planned.shown.accounts is None


async def test_books_of_two_accounts_take_a_wallet_in_which_only_a_welcome_stands(
    ann: Freelancer, bob: Freelancer
) -> None:
    listed = Batch(ann.wallet, 1, ann.clock.at, "link", kind=BatchKind.BESIDE)
    kept, merged = await both(ann, bob)
    assert kept.record is not None
    of_two = kept._replace(record=kept.record._replace(batches=(listed,)))
    assert (merged.is_unused, Party(bob.person, (bob.person,)).is_unused) == (True, True)
    planned = plan_link(in_order(of_two, merged), None, UNANSWERED, acting(ann.clock.at), ann.books.rulebook)
    assert (planned.shown.accounts, planned.shown.ready, planned.shown.after) == (Accounts.SAME, True, 20)
    assert planned.shown.taken == ()


class TestStamp:
    async def test_it_is_the_same_for_the_same_figures_whenever_they_are_shown(
        self, ann: Freelancer, bob: Freelancer
    ) -> None:
        booked(await bob.spend(4, "Logo"))
        first = (await plan(ann, bob, Accounts.TWO)).shown.stamp
        ann.clock.pass_(minutes=20)
        assert (await plan(ann, bob, Accounts.TWO)).shown.stamp == first

    async def test_it_is_another_one_once_anything_that_is_shown_changes(
        self, ann: Freelancer, bob: Freelancer
    ) -> None:
        answers = (None, 3, 4, BalanceChoice.KEPT)
        stamps = [(await plan(ann, bob, accounts)).shown.stamp for accounts in (None, Accounts.TWO)]
        stamps += [(await plan(ann, bob, Accounts.SAME, LinkAnswers(one))).shown.stamp for one in answers]
        booked(await bob.spend(4, "Logo"))
        stamps += [(await plan(ann, bob, accounts)).shown.stamp for accounts in (None, Accounts.TWO)]
        booked(await ann.spend(4, "Logo"))
        stamps += [
            (await plan(ann, bob, Accounts.SAME, LinkAnswers(20, same=same))).shown.stamp for same in (True, False)
        ]
        distinct = {*stamps}
        assert "" not in distinct
        assert len(distinct) >= len(stamps) - 1  # a balance that both have anyway shows nothing else
