"""Batches: what belongs together by its keys, and what several spends of one change draw and give back."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger.change_keys import MOST_MEMBERS, change_key, continues, member_key, members_in, own_key
from core.ledger.model import Entry, Kind, Posting, Purpose, expense_on, holding_of
from core.ledger.queries import members_of
from core.ledger.requests import Request, Spend
from core.shared.ids import WalletId
from core.shared.refusals import AlreadyDone, LotUsed, NotEnough, NotUndoable, OutOfRange, Unknown
from tests.clock import TestClock
from tests.core.freelancer import booked, dollars, outcome
from tests.core.test_properties import deeds, do, played

if TYPE_CHECKING:
    from typing import Any

    from core.ledger.model import Lot
    from tests.core.freelancer import Freelancer, OpenBooks

sender_keys = st.text("0a+:", min_size=1, max_size=8) | st.builds(
    lambda stem, end: f"{stem}+{end}", st.text("ab+", max_size=3), st.sampled_from(["expiry", "00001", "00002", "1"])
)


class TestKeys:
    @pytest.mark.parametrize(
        ("previous", "key", "same"),
        [
            ("k+expiry", "k", True),
            ("k+expiry", "k+00001", True),
            ("k+expiry", "k+00002", False),
            ("k+00001", "k+00002", True),
            ("k+00001", "k", True),
            ("k+00001", "k+00003", False),
            ("k+00009", "k+00010", True),
            ("k+00001", "j", False),
            ("k+00001", "k+expiry", False),
            ("k", "k+00001", False),
            ("k+1", "k", False),
            ("k+0000\u0661", "k", False),
        ],
    )
    def test_which_entries_continue_a_change(self, previous: str, key: str, *, same: bool) -> None:
        assert continues(previous, key) is same

    @given(
        st.lists(
            st.tuples(sender_keys, st.integers(1, 4), st.booleans()), max_size=8, unique_by=lambda one: own_key(one[0])
        )
    )
    def test_changes_of_any_keys_are_told_apart(self, changes: list[tuple[str, int, bool]]) -> None:
        """Whatever keys senders choose: an entry belongs to its own change and to no other."""
        entries: list[Entry] = []
        owners: list[int] = []
        for at, (sent, size, expiry) in enumerate(changes):
            key = own_key(sent)
            keys = [f"{key}+expiry"] * expiry + [member_key(key, position) for position in range(1, size)] + [key]
            for name in keys:
                entries.append(entry(len(entries) + 1, name))
                owners.append(at)
                assert change_key(name) == key
        for (one, other), (left, right) in zip(pairwise(entries), pairwise(owners), strict=True):
            assert continues(one.key, other.key) is (left == right)
        for one, owner in zip(entries, owners, strict=True):
            expected = [other for other, theirs in zip(entries, owners, strict=True) if theirs == owner]
            members = [other for other in expected if not other.key.endswith("+expiry")]
            assert list(members_in(entries, one.number)) == ([one] if one.key.endswith("+expiry") else members)
        assert members_in(entries, len(entries) + 1) == ()

    async def test_a_senders_key_that_looks_like_a_members_is_made_another(self, ann: Freelancer) -> None:
        for key in ("x+00001", "x+00002", "x", "x+expiry"):
            booked(await outcome(ann.books.spend(Request(ann.wallet, key, ann.person), 1)))
            booked(await outcome(ann.books.spend(Request(ann.wallet, key, ann.person), 1)))
        assert [one.key for one in (await ann.journal())[1:]] == ["x+00001+", "x+00002+", "x", "x+expiry+"]
        assert len(booked(await ann.undo()).entries) == 1


def entry(number: int, key: str) -> Entry:
    legs = (Posting(holding_of(WalletId(1)), -1, 1), Posting(expense_on(Purpose.OTHER), 1, 1))
    return Entry(WalletId(1), number, TestClock().now(), Kind.SPEND, legs, 0, key, "")


class TestSpendingSeveral:
    async def test_draws_across_lots_in_the_order_of_the_members(self, ann: Freelancer) -> None:
        booked(await ann.buy(60, dollars(900)))
        receipt = booked(await ann.spend_all((16, 10, 8)))
        drawn = [[(beyond.lot, beyond.connects) for _, beyond in one.moves] for one in receipt.entries]
        assert drawn == [[(1, 16)], [(1, 4), (2, 6)], [(2, 8)]]
        assert [one.balance for one in receipt.entries] == [64, 54, 46]

    async def test_the_members_are_numbered_from_one_and_the_last_has_the_key(self, ann: Freelancer) -> None:
        request = Request(ann.wallet, "k", ann.person)
        receipt = booked(await outcome(ann.books.spend_all(request, [Spend(1), Spend(2), Spend(3)])))
        assert [one.key for one in receipt.entries] == ["k+00001", "k+00002", "k"]

    async def test_too_few_for_all_names_the_total(self, ann: Freelancer) -> None:
        refused = await ann.spend_all((16, 10))
        assert isinstance(refused, NotEnough)
        assert (refused.needed, refused.available, refused.shortfall, refused.cover) == (26, 20, 6, 10)
        assert await ann.available() == 20

    async def test_one_unfit_member_keeps_all_from_being_booked(self, ann: Freelancer) -> None:
        assert await ann.spend_all((1, 0)) == OutOfRange("spend", 0, 1, ann.books.rulebook.spend_limit)
        assert await ann.spend_all(()) == OutOfRange("batch", 0, 1, MOST_MEMBERS)
        assert await ann.spend_all([1] * (MOST_MEMBERS + 1)) == OutOfRange("batch", 101, 1, MOST_MEMBERS)
        assert await ann.available() == 20

    async def test_the_largest_batch_is_undone_from_its_middle(self, ann: Freelancer) -> None:
        booked(await ann.buy(100))
        before = await ann.lots()
        booked(await ann.spend_all([1] * MOST_MEMBERS))
        booked(await ann.spend(1))
        assert len(booked(await ann.undo(52)).entries) == MOST_MEMBERS
        booked(await ann.undo(103))
        assert await ann.lots() == before

    async def test_the_budget_counts_every_member_and_warns_once(self, ann: Freelancer) -> None:
        booked(await ann.buy(100))
        await ann.books.change_settings(ann.wallet, lambda kept: replace(kept, budget=40, threshold=100))
        booked(await ann.spend_all((20, 15, 10)))
        head = await ann.books.store.ledger.holding(ann.wallet)
        assert head.budget is not None
        assert (head.budget.spent, head.low) == (45, True)
        booked(await ann.undo())
        again = (await ann.books.store.ledger.holding(ann.wallet)).budget
        assert again is not None
        assert again.spent == 0


class TestUndoingABatch:
    async def test_without_a_number_it_is_one_step(self, ann: Freelancer) -> None:
        booked(await ann.spend(1))
        booked(await ann.spend_all((2, 3)))
        assert [one.of for one in booked(await ann.undo()).entries] == [4, 3]
        assert [one.of for one in booked(await ann.undo()).entries] == [2]
        assert await ann.undo() == NotUndoable(0, "nothing")

    @pytest.mark.parametrize("number", [2, 3, 4])
    async def test_any_member_stands_for_it(self, ann: Freelancer, number: int) -> None:
        booked(await ann.spend_all((2, 3, 4)))
        booked(await ann.spend(1))
        members = await members_of(ann.books.store.ledger, ann.wallet, number)
        assert [one.number for one in members] == [2, 3, 4]
        assert [one.of for one in booked(await ann.undo(number)).entries] == [4, 3, 2]

    async def test_of_returns_spends_them_again(self, ann: Freelancer) -> None:
        booked(await ann.spend_all((2, 3)))
        booked(await ann.give_back_all((2, 3)))
        assert [one.of for one in booked(await ann.undo(4)).entries] == [5, 4]
        assert await ann.undo(5) == AlreadyDone("undo", 6)
        assert [one.of for one in booked(await ann.undo(3)).entries] == [3, 2]
        assert await ann.available() == 20

    async def test_of_returns_that_are_spent_is_refused_whole(self, ann: Freelancer) -> None:
        booked(await ann.spend_all((12, 8)))
        booked(await ann.give_back_all((2, 3)))
        booked(await ann.spend(15))
        assert await ann.undo(4) == LotUsed(1, 3)
        assert await ann.available() == 5

    async def test_puts_what_has_expired_since_where_it_belongs(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.spend_all((12, 8)))
        clock.pass_(days=400)
        undone = booked(await ann.undo())
        assert ([one.delta for one in undone.entries], await ann.available()) == ([0, 0], 0)

    async def test_of_a_number_that_is_not_there_is_unknown(self, ann: Freelancer) -> None:
        for number in (0, 9, 10**9):
            assert await ann.undo(number) == Unknown("entry", str(number))


class TestReturningSeveral:
    async def test_all_or_none(self, ann: Freelancer) -> None:
        booked(await ann.spend_all((2, 3)))
        assert await ann.give_back_all((2, 9)) == Unknown("entry", "9")
        assert await ann.give_back_all((2, 1)) == NotUndoable(1, "not_spend")
        assert await ann.give_back_all(()) == OutOfRange("batch", 0, 1, MOST_MEMBERS)
        assert await ann.available() == 15
        assert booked(await ann.give_back_all((3,))).entry.key == (await ann.journal())[-1].key
        assert await ann.available() == 18


@given(st.lists(deeds, max_size=8), st.lists(st.integers(1, 12), min_size=1, max_size=6), st.integers(0, 5))
def test_a_batch_draws_what_its_members_would_draw_and_its_undo_restores_every_lot(
    story: list[tuple[Any, ...]], parts: list[int], chosen: int
) -> None:
    drawn: list[list[tuple[Posting, ...]]] = []

    async def together(books: OpenBooks, ann: Freelancer) -> None:
        for deed in story:
            await do(ann, deed)
        before = await lots(books, ann)
        receipt = await ann.spend_all(parts)
        if isinstance(receipt, NotEnough):
            assert sum(parts) > await ann.available()
            return
        members = booked(receipt).entries
        drawn.append([one.postings for one in members])
        undone = booked(await ann.undo(members[chosen % len(members)].number))
        assert [one.of for one in undone.entries] == [one.number for one in reversed(members)]
        assert await lots(books, ann) == before

    async def apart(_books: OpenBooks, ann: Freelancer) -> None:
        for deed in story:
            await do(ann, deed)
        drawn.append([booked(await ann.spend(part)).entry.postings for part in parts])

    played(together)
    if drawn:
        played(apart)
        assert drawn[0] == drawn[1]


async def lots(books: OpenBooks, ann: Freelancer) -> tuple[Lot, ...]:
    return await books.store.ledger.lots_at(ann.wallet, ann.clock.at)


def test_a_spend_says_by_itself_what_a_proposal_is() -> None:
    assert Spend(16) == (16, Purpose.PROPOSAL, "", "")
