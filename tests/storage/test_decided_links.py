"""What every store checks before it writes a link: that all is as it was when it was planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from core.ledger.model import Change, Entry, Kind, Posting, Snapshot, holding_of
from core.ledger.sightings import Batch, BatchKind
from core.links.model import Accounts, BooksState, Link, LinkedBooks, LinkedSettings, LinkPlan, Step, UnlinkPlan
from core.shared.ids import LinkId, PersonId, WalletId
from core.wallets.people import Wallet
from core.wallets.settings import Settings
from core.wallets.team import Role, TeamSettings
from storage.errors import UnfitChangeError
from storage.writer.linking import linked, unforeseen, unlinked, wallets_fit

if TYPE_CHECKING:
    from storage.writer.group_commit import Decided

AT: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
ANN, BEA = PersonId(1), PersonId(2)
KEPT, CLOSED = WalletId(1), WalletId(2)
HEADS: Final = {
    KEPT: Snapshot(KEPT, 2, 1, 40, "seal-2", AT, imports=0),
    CLOSED: Snapshot(CLOSED, 1, 1, 20, "seal-1", AT, imports=1),
}
LINK: Final = Link(
    LinkId(0),
    AT,
    "press",
    Accounts.TWO,
    ANN,
    BEA,
    (BEA,),
    LinkedBooks(KEPT, BooksState(2, 0, 40), BooksState(2, 2, 40)),
    LinkedBooks(CLOSED, BooksState(1, 1, 20), BooksState(1, 1, 20)),
)


def imported(wallet: WalletId, number: int, before: Snapshot) -> Step:
    """A step that books nothing but an import."""
    key = f"press:link:{number}"
    batch = Batch(wallet, number, AT, key, kind=BatchKind.BESIDE, seal=f"import-{number}")
    return Step(key, before, Change((), (), low=before.low, budget=before.budget, batch=batch))


STEPS: Final = (
    imported(KEPT, 1, HEADS[KEPT]),
    imported(KEPT, 2, HEADS[KEPT]._replace(imports=1, import_seal="import-1")),
)
PLAN: Final = LinkPlan(LINK, STEPS)


def written(found: list[Decided] | None) -> list[str]:
    assert found is not None
    return ["" if one.change.batch is None else one.change.batch.key for one in found]


class TestLinked:
    def test_each_step_is_decided_on_what_the_one_before_it_leaves(self) -> None:
        found = linked(PLAN, HEADS)
        assert written(found) == ["press:link:1", "press:link:2"]
        assert found is not None
        first, second = found
        assert first.after == second.before
        assert (second.after.imports, second.after.import_seal) == (2, "import-2")

    @pytest.mark.parametrize("wallet", [KEPT, CLOSED])
    @pytest.mark.parametrize("moved", [{"entries": 9}, {"imports": 9}, {"balance": 9}])
    def test_books_that_have_moved_since_are_not_linked(self, wallet: WalletId, moved: dict[str, int]) -> None:
        head = HEADS[wallet]
        other = Snapshot(
            wallet,
            moved.get("entries", head.entries),
            head.lots_made,
            moved.get("balance", head.balance),
            head.seal,
            head.at,
            imports=moved.get("imports", head.imports),
        )
        assert linked(PLAN, HEADS | {wallet: other}) is None

    @pytest.mark.parametrize("wallet", [KEPT, CLOSED])
    def test_a_wallet_that_is_gone_is_not_linked(self, wallet: WalletId) -> None:
        assert linked(PLAN, {one: head for one, head in HEADS.items() if one != wallet}) is None

    def test_entries_that_were_replaced_by_others_are_not_the_same(self) -> None:
        assert linked(PLAN, HEADS | {KEPT: HEADS[KEPT]._replace(seal="another")}) is None

    def test_a_plan_that_ends_elsewhere_is_never_written(self) -> None:
        elsewhere = LINK._replace(books=LinkedBooks(KEPT, BooksState(2, 0, 40), BooksState(2, 3, 40)))
        with pytest.raises(UnfitChangeError):
            linked(PLAN._replace(link=elsewhere), HEADS)

    def test_an_entry_that_does_not_follow_is_never_written(self) -> None:
        legs = Posting(holding_of(KEPT), -3, 1), Posting(holding_of(CLOSED), 3, 1)
        entry = Entry(KEPT, 7, AT, Kind.ADJUSTMENT, legs, 37, "press:link:1", "asked")
        with pytest.raises(UnfitChangeError):
            linked(PLAN._replace(steps=(Step("press:link:1", HEADS[KEPT], Change((entry,), ())),)), HEADS)

    def test_where_nobody_has_books_nothing_is_written(self) -> None:
        alone = LINK._replace(accounts=Accounts.ALONE, books=None, closed=None)
        assert linked(LinkPlan(alone), {}) == []


class TestUnlinked:
    def test_it_goes_by_the_steps_alone(self) -> None:
        assert len(written(unlinked(UnlinkPlan(LINK, AT, "back", STEPS), HEADS))) == 2

    def test_books_on_which_something_was_booked_are_left(self) -> None:
        moved = HEADS | {KEPT: HEADS[KEPT]._replace(imports=1)}
        assert unlinked(UnlinkPlan(LINK, AT, "back", STEPS), moved) is None


class TestWallets:
    def test_both_must_have_those_for_which_it_was_planned(self) -> None:
        assert wallets_fit(LINK, CLOSED, KEPT)
        assert not wallets_fit(LINK, WalletId(9), KEPT)
        assert not wallets_fit(LINK, CLOSED, WalletId(9))
        assert not wallets_fit(LINK, None, KEPT)

    def test_whoever_had_none_must_have_none(self) -> None:
        without = LINK._replace(closed=None)
        assert wallets_fit(without, None, KEPT)
        assert not wallets_fit(without, CLOSED, KEPT)


class TestUnforeseen:
    GROUP: Final = Wallet(WalletId(7), Settings(team=TeamSettings(roles=((BEA, Role.MANAGER),))))

    def test_a_group_that_got_to_know_them_meanwhile_is_named(self) -> None:
        assert unforeseen(LINK, [self.GROUP]) == [self.GROUP]

    def test_one_that_was_planned_is_not(self) -> None:
        planned = LINK._replace(settings=(LinkedSettings(self.GROUP.id, self.GROUP.settings, Settings()),))
        assert unforeseen(planned, [self.GROUP]) == []

    def test_one_in_which_nothing_would_change_is_not(self) -> None:
        known = replace(self.GROUP.settings, team=TeamSettings(same=((BEA, ANN),)))
        assert unforeseen(LINK, [Wallet(WalletId(7), known)]) == []
