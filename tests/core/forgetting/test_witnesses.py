"""Keys that were erased, witnesses in place of seals, and the chain of forgettings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from core.ledger.change_keys import change_key, continues, member_key
from core.ledger.erased.keys import erased_key, is_erased_key
from core.ledger.erased.witness import (
    ENTRY,
    IMPORT,
    ORDER,
    Witness,
    flaw_in_erasures,
    latest,
    ranked,
    ranks_of_days,
    sealed_erasure,
    witness_fault,
    witness_of_entry,
)
from core.ledger.model import Entry, Kind, Posting, Purpose, expense_on, holding_of
from core.ledger.seal import sealed
from core.shared.ids import WalletId

SECRET: Final = "5ec" * 10
WALLET: Final = WalletId(1)
NOW: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
KEY: Final = "1767000000:telegram:42:m7"


def spend(number: int = 1, memo: str = "Logo", key: str = KEY) -> Entry:
    legs = Posting(holding_of(WALLET), -3, 1), Posting(expense_on(Purpose.PROPOSAL), 3, 1)
    return sealed("", Entry(WALLET, number, NOW, Kind.SPEND, legs, 7, key, "b0d7", memo=memo), (), SECRET)


def erased(entry: Entry) -> Entry:
    return replace(entry, key=erased_key(entry.key, SECRET), body="", memo="", salt="")


class TestKeys:
    def test_entries_of_a_change_still_belong_together(self) -> None:
        first, last = (erased_key(key, SECRET) for key in (member_key(KEY, 1), KEY))
        assert continues(first, last)
        assert change_key(first) == last

    def test_what_follows_the_action_of_a_link_stays(self) -> None:
        action = erased_key(KEY, SECRET)
        assert erased_key(f"{KEY}:link:2", SECRET) == f"{action}:link:2"
        assert erased_key(f"{KEY}:close", SECRET) == f"{action}:close"

    def test_another_secret_gives_another_one_and_none_is_erased_twice(self) -> None:
        key = erased_key(KEY, SECRET)
        assert key != erased_key(KEY, "0")
        assert erased_key(key, "0") == key
        assert is_erased_key(key)
        assert not is_erased_key(KEY)


class TestEntries:
    def test_a_witness_proves_what_is_left(self) -> None:
        left = erased(spend())
        assert witness_fault("", left, (), witness_of_entry("", left)) is None

    @pytest.mark.parametrize("change", [{"balance": 8}, {"seal": "2:0"}, {"job": "~1"}, {"digest": "0"}, {"number": 2}])
    def test_nothing_else_of_it_may_change(self, change: dict[str, Any]) -> None:
        left = erased(spend())
        assert witness_fault("", replace(left, **change), (), witness_of_entry("", left)) is not None

    def test_one_that_still_has_its_key_has_no_witness(self) -> None:
        left = replace(spend(), memo="", salt="")
        assert "nothing was erased" in str(witness_fault("", left, (), witness_of_entry("", left)))

    def test_its_memo_cannot_become_another_one(self) -> None:
        left = replace(erased(spend()), memo="Other", salt="0")
        assert "memo does not match" in str(witness_fault("", left, (), witness_of_entry("", left)))

    def test_one_of_the_first_version_is_proven_with_what_memo_it_has(self) -> None:
        old = replace(spend(), seal="0" * 32, salt="", digest="", memo="Logo", key=erased_key(KEY, SECRET))
        witness = witness_of_entry("", old)
        assert witness_fault("", old, (), witness) is None
        assert "does not match" in str(witness_fault("", replace(old, memo=""), (), witness))
        assert "earlier version" in str(witness_fault("2:0", old, (), witness))
        kept = replace(old, memo="", key=KEY)
        assert witness_fault("", kept, (), witness_of_entry("", kept)) is None


class TestChain:
    def test_each_forgetting_seals_its_witnesses_and_the_one_before(self) -> None:
        one, other = Witness(WALLET, ENTRY, 1, "a", 1), Witness(WALLET, IMPORT, 1, "b", 2)
        first = sealed_erasure(None, NOW, [one])
        second = sealed_erasure(first, NOW, [other])
        assert flaw_in_erasures([first, second], [one, other]) is None
        changed = one._replace(seal="c")
        assert "erasure 1" in str(flaw_in_erasures([first, second], [changed, other]))
        assert "erasure 1 is missing" in str(flaw_in_erasures([second], [other]))
        assert "does not exist" in str(flaw_in_erasures([first], [one, other]))
        assert "erasure 2" in str(flaw_in_erasures([first, second._replace(at=NOW + timedelta(1))], [one, other]))

    def test_the_latest_witness_counts(self) -> None:
        witnesses = [Witness(WALLET, ENTRY, 1, "b", 2), Witness(WALLET, ENTRY, 1, "a", 1)]
        assert latest(witnesses, ENTRY) == {1: "b"}
        assert latest(witnesses, ORDER) == {}


class TestRanks:
    def test_they_keep_the_order_of_memos_on_days_of_which_some_go(self) -> None:
        memos = ("Web", "App", "Web")
        entries = [replace(spend(number, memo), happened=NOW) for number, memo in enumerate(memos, 1)]
        entries.append(replace(spend(4, "Zoo"), happened=NOW + timedelta(days=1)))
        ranks = ranks_of_days(entries, {1})
        assert ranks == {1: "000001", 2: "000000", 3: "000001"}
        assert [entry.memo for entry in ranked(entries, ranks)] == ["000001", "000000", "000001", "Zoo"]

    def test_books_without_a_dated_entry_need_none(self) -> None:
        assert ranks_of_days([spend()], {1}) == {}
