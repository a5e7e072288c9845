"""What of the past does not fit together is found; what cannot be told apart any more is not reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Kind
from core.ledger.past.proof import flaw_in_past
from core.ledger.requests import Spend
from tests.core.freelancer import Freelancer, booked, dollars, outcome

if TYPE_CHECKING:
    from core.ledger.ports import Record


@pytest.fixture
async def record(ann: Freelancer) -> Record:
    """A spend of the past that moves a later one, two of one size on one day, and a lot that has expired."""
    ann.clock.pass_(days=10)
    booked(await ann.buy(40, dollars(600)))
    ann.clock.pass_(days=10)
    booked(await ann.spend(16))
    then = ann.clock.at - timedelta(days=5)
    booked(await outcome(ann.books.spend_all(ann.new_request, [Spend(8, memo="D"), Spend(8, memo="C")], on=then)))
    booked(await outcome(ann.books.spend_all(ann.new_request, [Spend(8, memo="B"), Spend(8, memo="A")], on=then)))
    ann.clock.pass_(days=400)
    booked(await ann.buy(5))
    return await ann.books.store.ledger.record(ann.wallet)


def flaw(record: Record) -> str | None:
    assert record.head.at is not None
    return flaw_in_past(record, record.head.at)


def without(record: Record, kind: Kind) -> Record:
    return record._replace(entries=tuple(entry for entry in record.entries if entry.kind is not kind))


def test_a_true_past_has_no_flaw(record: Record) -> None:
    assert flaw(record) is None


def test_a_missing_correction_is_found(record: Record) -> None:
    assert "did not move the Connects" in (flaw(without(record, Kind.RECAST)) or "")


def test_a_missing_expiry_is_found(record: Record) -> None:
    assert "is booked as expired" in (flaw(without(record, Kind.EXPIRY)) or "")


def test_a_spend_of_what_was_not_there_is_found(record: Record) -> None:
    entries = tuple(
        replace(entry, happened=entry.at - timedelta(days=600)) if entry.memo == "A" else entry
        for entry in record.entries
    )
    assert "were not there when it happened" in (flaw(record._replace(entries=entries)) or "")


def test_a_changed_lot_is_found(record: Record) -> None:
    first, *others = record.head.lots
    head = record.head._replace(lots=(first._replace(left=1), *others))
    assert "lot 1 is stored as" in (flaw(record._replace(head=head)) or "")


class TestAnotherOrderOfUse:
    """After an operator has changed the order of use, until the past is restated by it."""

    @pytest.fixture
    async def record(self, ann: Freelancer) -> Record:
        """A spend of the past by the order of receipt, then two spends of today that take what expires first."""
        ann.clock.pass_(days=10)
        booked(await ann.buy(40, dollars(600)))
        ann.books.rulebook = replace(ann.books.rulebook, expiry_months=1)
        booked(await ann.buy(40, dollars(700)))
        ann.clock.pass_(days=5)
        booked(await outcome(ann.books.spend_all(ann.new_request, [Spend(8)], on=ann.clock.at - timedelta(days=2))))
        ann.books.rulebook = replace(ann.books.rulebook, order="expiring")
        booked(await ann.spend(30))
        booked(await ann.spend(5))
        booked(await ann.give_back(5, 10))
        ann.clock.pass_(days=40)
        booked(await ann.spend(4))
        return await ann.books.store.ledger.record(ann.wallet)

    def test_the_past_is_proven_as_of_its_last_restatement(self, record: Record) -> None:
        assert flaw(record) is None

    def test_a_spend_that_follows_no_order_is_found(self, record: Record) -> None:
        spent = next(entry for entry in record.entries if entry.delta == -30)
        wrong = replace(spent, postings=tuple(leg._replace(lot=2, price=None) for leg in spent.postings))
        assert flaw(record._replace(entries=tuple(wrong if one is spent else one for one in record.entries)))

    def test_a_missing_expiry_is_found(self, record: Record) -> None:
        assert flaw(without(record, Kind.EXPIRY))

    def test_a_lot_that_the_entries_do_not_leave_so_is_found(self, record: Record) -> None:
        *others, last = record.head.lots
        assert flaw(record._replace(head=record.head._replace(lots=(*others, last._replace(left=1, size=50)))))

    async def test_the_next_restatement_takes_it_over(self, ann: Freelancer, record: Record) -> None:
        assert flaw(record) is None
        then = ann.clock.at - timedelta(days=3)
        booked(await outcome(ann.books.spend_all(ann.new_request, [Spend(1)], on=then)))
        assert flaw(await ann.books.store.ledger.record(ann.wallet)) is None


def test_equal_spends_whose_memos_are_erased_may_change_places(record: Record) -> None:
    erased = tuple(replace(entry, memo="") if entry.digest else entry for entry in record.entries)
    assert flaw(record._replace(entries=erased)) is None
