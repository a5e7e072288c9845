"""The steps of a link: each is decided on the books as the one before it leaves them."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from core.ledger import rules
from core.ledger.model import Kind
from core.ledger.seal import seal_of_batch
from core.ledger.sightings import Batch, BatchKind
from core.links.steps import (
    LinkAction,
    StepBuilder,
    account_of_link,
    after_step,
    closing,
    head_of,
    record_after,
    reopening,
    step_of,
)
from core.shared.ids import WalletId
from core.shared.refusals import Refusal
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.model import Change
    from core.ledger.ports import Record
    from tests.core.freelancer import Freelancer

KEPT = WalletId(70)


def acting(at: datetime) -> LinkAction:
    secrets = count(1)
    return LinkAction("press", "asked", at, None, lambda: f"{next(secrets):032x}")


async def record_of(who: Freelancer) -> Record:
    return await who.books.store.ledger.record(who.wallet)


def decided(given: Change | Refusal) -> Change:
    assert not isinstance(given, Refusal), given
    return given


class TestAction:
    async def test_each_of_its_steps_has_a_key_and_a_secret_of_its_own(self, ann: Freelancer) -> None:
        act = acting(ann.clock.at)
        first, second = act.intent("link:1"), act.intent("link:2", "memo")
        assert (first.key.name, second.key.name) == ("press:link:1", "press:link:2")
        assert first.key.body == second.key.body == "asked"
        assert first.secret != second.secret
        assert second.memo == "memo"

    async def test_it_is_not_before_what_was_booked_last_in_any_books(self, ann: Freelancer) -> None:
        record, early = await record_of(ann), ann.clock.at - timedelta(days=3)
        imported = record._replace(head=record.head._replace(import_at=ann.clock.at + timedelta(days=1)))
        assert acting(early).after(record).at == record.head.at
        assert acting(early).after(record, imported).at == ann.clock.at + timedelta(days=1)
        assert acting(ann.clock.at + timedelta(days=2)).after(record).at == ann.clock.at + timedelta(days=2)


class TestBuilder:
    async def test_its_steps_are_numbered_and_follow_each_other(self, ann: Freelancer) -> None:
        booked(await ann.buy(40, dollars(600)))
        record = await record_of(ann)
        chain = StepBuilder(record, acting(ann.clock.at), "link")
        for delta in (5, -3):
            intent = chain.intent()
            chain.add(decided(rules.adjust(chain.head, intent, delta, ann.books.rulebook)), intent)
        first, second = chain.steps
        assert [first.key, second.key] == ["press:link:1", "press:link:2"]
        assert second.before.entries == first.before.entries + 1
        assert second.before.seal == first.change.entries[-1].seal
        assert chain.record.head.balance == record.head.balance + 2
        assert len(chain.record.entries) == len(record.entries) + 2

    async def test_an_import_by_itself_gets_its_place_and_its_seal(self, ann: Freelancer) -> None:
        chain = StepBuilder(await record_of(ann), acting(ann.clock.at), "link")
        listed = Batch(WalletId(0), 0, ann.clock.at - timedelta(days=9), "", kind=BatchKind.LINKED)
        first, second = chain.add_batch(listed), chain.add_batch(listed)
        assert (first.wallet, first.number, second.number) == (ann.wallet, 1, 2)
        assert (first.key, first.at) == ("press:link:1", ann.clock.at)
        assert second.seal == seal_of_batch(first.seal, second, ())
        assert chain.record.batches == (first, second)
        assert (chain.head.imports, chain.head.import_seal) == (2, second.seal)
        assert chain.record.head.import_at == second.at

    async def test_the_step_of_the_other_wallet_is_the_last(self, ann: Freelancer) -> None:
        record, act = await record_of(ann), acting(ann.clock.at)
        chain = StepBuilder(record, act, "link")
        chain.add_batch(Batch(ann.wallet, 0, ann.clock.at, "", kind=BatchKind.LINKED))
        last = closing(record, act, KEPT, ann.books.rulebook)
        assert last is not None
        assert chain.steps_and(last) == (*chain.steps, last)
        assert chain.steps_and(None) == tuple(chain.steps)


async def test_a_step_tells_nobody_anything(ann: Freelancer) -> None:
    booked(await ann.buy(40, dollars(600)))
    record, intent = await record_of(ann), acting(ann.clock.at).intent("link:1")
    change = decided(rules.adjust(record.head, intent, -59, ann.books.rulebook))
    assert step_of(record, change, intent).change.notices == ()


async def test_a_wallet_after_a_change_is_as_it_would_be_stored(ann: Freelancer) -> None:
    record, intent = await record_of(ann), acting(ann.clock.at).intent("link:1")
    change = decided(rules.adjust(record.head, intent, -3, ann.books.rulebook))
    after = after_step(record, step_of(record, change, intent))
    assert (after.head.balance, after.head.entries, after.head.at) == (17, 2, ann.clock.at)
    assert [lot.left for lot in after.head.lots] == [17]
    assert after.head.once_keys == record.head.once_keys
    assert after_step(record, None) == record


class TestClosing:
    async def test_all_that_is_left_goes_to_the_account_of_the_wallet_that_is_kept(self, ann: Freelancer) -> None:
        booked(await ann.buy(40, dollars(600)))
        record = await record_of(ann)
        step = closing(record, acting(ann.clock.at), KEPT, ann.books.rulebook)
        assert step is not None
        (entry,) = step.change.entries
        assert (entry.kind, entry.delta, entry.balance) == (Kind.ADJUSTMENT, -60, 0)
        assert entry.counterpart == account_of_link(KEPT) == "link:70"
        assert step.key == "press:close"
        assert all(not lot.left for lot in after_step(record, step).head.lots)

    async def test_of_an_empty_wallet_nothing_is_booked(self, ann: Freelancer) -> None:
        booked(await ann.spend(20))
        assert closing(await record_of(ann), acting(ann.clock.at), KEPT, ann.books.rulebook) is None

    async def test_what_has_expired_meanwhile_expires_first(self, ann: Freelancer) -> None:
        ann.clock.pass_(days=370)
        step = closing(await record_of(ann), acting(ann.clock.at), KEPT, ann.books.rulebook)
        assert step is not None
        assert [entry.kind for entry in step.change.entries] == [Kind.EXPIRY]

    async def test_it_is_taken_back_with_the_lots_that_were_there(self, ann: Freelancer) -> None:
        booked(await ann.buy(40, dollars(600)))
        record, act = await record_of(ann), acting(ann.clock.at)
        closed = after_step(record, closing(record, act, KEPT, ann.books.rulebook))
        opened = after_step(closed, reopening(closed, act, "press:close", ann.books.rulebook))
        assert opened.head.balance == 60
        assert [(lot.number, lot.left) for lot in opened.head.lots] == [
            (lot.number, lot.left) for lot in record.head.lots
        ]

    async def test_where_nothing_was_booked_out_nothing_comes_back(self, ann: Freelancer) -> None:
        act = acting(ann.clock.at)
        assert reopening(await record_of(ann), act, "press:close", ann.books.rulebook) is None


async def test_a_change_of_nothing_but_an_import_leaves_the_balance(ann: Freelancer) -> None:
    record = await record_of(ann)
    chain = StepBuilder(record, acting(ann.clock.at), "link")
    chain.add_batch(Batch(ann.wallet, 0, ann.clock.at, "", kind=BatchKind.LINKED))
    after = record_after(record, chain.steps[0].change)
    assert (after.entries, after.head.balance, after.head.seal) == (
        record.entries,
        record.head.balance,
        record.head.seal,
    )
    assert head_of(after).imports == 1
