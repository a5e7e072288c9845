"""Lists of transactions give purchases their true price: to the cent what it would be if they had had it at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pages.transactions import read_transactions
from core.imports.transactions.matching import Why
from core.imports.transactions.model import Fee, Transactions
from core.ledger.past.standing import Standing
from core.ledger.rulebook import default
from core.shared.money import Price
from core.shared.refusals import BooksMoved, RefusedError
from storage import open_store
from tests.imports.accounts import account
from tests.imports.keeper import APPLIED, BOUGHT, NOW, Keeper, day, keeper, row
from tests.imports.keeper import page as page_of
from tests.imports.sample_truth import NAMES, PHONE, SAVED, TABBED, WIDE, content, sample
from tests.imports.transactions import rows_of, written
from tests.imports.windows import FORMS as WINDOWS
from tests.imports.windows import page, window

if TYPE_CHECKING:
    from datetime import datetime

    from core.imports.model import Page
    from core.imports.transactions.previews import TransactionsPreview
    from core.imports.transactions.service import Repriced
    from core.ledger.ports import Record

FILES: Final = ("transactions.csv", "transactions_new.csv")
FIRST: Final = {"agency": PHONE, "freelancer-1": WIDE, "freelancer-2": TABBED}
"""The text of each account that is tried beside its saved page."""
PERCENT: Final = 20
"""The tax in the samples."""


def transactions_in(text: str) -> Transactions:
    read = read_transactions(text)
    assert read is not None
    return read


async def give(ann: Keeper, fees: Transactions, **settled: int) -> tuple[TransactionsPreview, Repriced | None]:
    """Preview a list of transactions, and book what was shown."""
    transactions = ann.imports.transactions
    said = {ref.removeprefix("of_"): number for ref, number in settled.items()}
    shown = await transactions.preview(ann.wallet, fees, said, ann.person)
    if shown.change is None:
        return shown, None
    return shown, await transactions.book(ann.request, fees, said, shown.stamp)


def costs(record: Record) -> Counter[object]:
    """What each spend cost and what is left of it all, whatever the numbers of entries and lots."""
    lots = {lot.number: lot for lot in record.head.lots}
    found: Counter[object] = Counter()
    past = Standing(record.entries)
    for number, entry in past.facts.items():
        if entry.delta or entry.of is not None:
            money: Counter[object] = Counter()
            for (lot, account), amount in past.legs[number].items():
                money[account, getattr(lots[lot].price, "currency", None), "net"] += amount.net
                money[account, getattr(lots[lot].price, "currency", None), "tax"] += amount.tax
            if entry.delta < 0:
                found[entry.when, entry.memo, entry.delta, tuple(sorted(money.items(), key=repr))] += 1
    found[tuple(sorted((lot.issued.date(), lot.left, lot.worth) for lot in lots.values() if lot.left))] += 1
    return found


def worth_left(record: Record) -> int:
    """What all Connects cost that are still there."""
    return sum(lot.worth.total for lot in record.head.lots if lot.left and lot.worth is not None)


async def true_costs(pages: list[Page], percent: int, now: datetime = NOW) -> Counter[object]:
    """The costs in books that had the true prices from the start."""
    async with open_store("memory://") as store:
        ann = await keeper(store, now, rulebook=replace(default(), tax_percent=percent))
        for one in pages:
            await ann.take(one)
        return costs(await ann.record())


@pytest.mark.parametrize("name", NAMES)
async def test_the_costs_of_the_samples_are_what_they_would_be_with_the_prices_from_the_start(name: str) -> None:
    fees = [transactions_in(content(name, file).decode()) for file in FILES]
    assert fees[0] == fees[1]
    for form in (FIRST[name], SAVED):
        true = await true_costs([sample(name, form)], PERCENT)
        async with open_store("memory://") as store:
            ann = await keeper(store)
            await ann.take(sample(name, form))
            before = worth_left(await ann.record())
            shown, booked = await give(ann, fees[0])
            assert booked is not None
            (more,) = shown.recosted.by
            paid = sum(fee.paid.total for fee in fees[0].fees) - shown.before[0].total
            assert more.total == paid - (worth_left(await ann.record()) - before)
            assert (len(shown.changed), shown.known, shown.missing) == (len(fees[0].fees), 0, ())
            assert costs(await ann.record()) == true
            assert (await give(ann, fees[1]))[0].known == len(fees[1].fees)
            await ann.verify()


@settings(max_examples=2, derandomize=True)
@given(seed=st.integers(0, 100_000))
async def test_any_order_and_any_cut_end_with_the_same_costs(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - an account from a seed is wanted, not a secret
    lived = account(seed, days=90)
    pages = [page(window(lived, lived.last, days=days), dice.choice(WINDOWS)) for days in (30, 90)]
    whole = transactions_in(written(rows_of(lived, PERCENT), new=dice.random() < 0.5))
    half = len(whole.fees) // 2
    parts = [whole._replace(fees=whole.fees[:half]), whole._replace(fees=whole.fees[half:])]
    async with open_store("memory://") as store:
        ann = await keeper(store, lived.last)
        await ann.take(pages[0])
        await give(ann, whole)
        await ann.take(pages[1])
        for part in dice.sample(parts, 2):
            await give(ann, part)
        assert costs(await ann.record()) == await true_costs(pages, PERCENT, lived.last)
        await ann.verify()


BEFORE: Final = page_of(row(8, APPLIED, -16, "Logo"), row(5, BOUGHT, 60), row(4, APPLIED, -8, "Map"), balance=100)


def fee(connects: int = 60, on: int = 5, net: int = 900, tax: int = 180, ref: str = "") -> Fee:
    return Fee(ref or f"9000{on:02d}", day(on), connects, Price(net, tax, "USD"))


async def test_the_undo_takes_it_back_exactly_and_it_can_be_booked_again(ann: Keeper) -> None:
    await ann.take(BEFORE)
    before = await ann.state()
    await give(ann, Transactions((fee(),)))
    after = await ann.state()
    assert after != before
    undone = await ann.undo()
    assert (undone.batch.number, undone.before, undone.after) == (2, 100, 100)
    assert await ann.state() == before
    await give(ann, Transactions((fee(),)))
    assert await ann.state() == after
    assert (await give(ann, Transactions((fee(),))))[1] is None


async def test_a_history_that_is_taken_back_and_comes_again_gets_its_prices_again(ann: Keeper) -> None:
    await ann.take(BEFORE)
    await give(ann, Transactions((fee(),)))
    after = await ann.state()
    await ann.undo(1)
    await ann.take(BEFORE)
    shown, _ = await give(ann, Transactions((fee(),)))
    assert len(shown.changed) == 1
    assert await ann.state() == after


async def test_two_purchases_of_a_day_and_two_fees_need_no_question(ann: Keeper) -> None:
    await ann.take(page_of(row(5, BOUGHT, 60), row(5, BOUGHT, 60), row(4, APPLIED, -8, "Map"), balance=120))
    shown, _ = await give(ann, Transactions((fee(ref="900001"), fee(ref="900002"))))
    assert (len(shown.changed), shown.doubtful, shown.missing) == (2, (), ())


async def test_the_nearest_day_counts_and_as_many_as_possible_are_found(ann: Keeper) -> None:
    await ann.take(page_of(row(7, BOUGHT, 60), row(6, BOUGHT, 60), row(4, APPLIED, -8, "Map"), balance=120))
    shown, _ = await give(ann, Transactions((fee(on=6), fee(on=5))))
    assert [(pair.fee.day, pair.bought.day) for pair in shown.changed] == [(day(5), day(6)), (day(6), day(7))]


async def test_one_of_two_that_differ_is_asked_about(ann: Keeper) -> None:
    await ann.take(page_of(row(6, BOUGHT, 60), row(4, BOUGHT, 60), row(3, APPLIED, -8, "Map"), balance=120))
    shown, booked = await give(ann, Transactions((fee(),)))
    (doubtful,) = shown.doubtful
    assert (doubtful.why, {one.day for one in doubtful.candidates}, booked) == (Why.SEVERAL, {day(4), day(6)}, None)
    number = doubtful.candidates[1].number
    shown, booked = await give(ann, Transactions((fee(),)), of_900005=number)
    assert ([pair.bought.number for pair in shown.changed], shown.doubtful) == ([number], ())
    assert (await give(ann, Transactions((fee(),))))[0].known == 1


async def test_two_different_fees_for_one_purchase_are_asked_about(ann: Keeper) -> None:
    await ann.take(BEFORE)
    fees = Transactions((fee(ref="900001"), fee(ref="900002", tax=0)))
    shown, _ = await give(ann, fees)
    assert (shown.known, shown.changed, shown.missing) == (1, (), (fees.fees[0],))  # one of them is what is booked
    fees = Transactions((fee(ref="900001"), fee(ref="900002", tax=90)))
    shown, _ = await give(ann, fees)
    assert [one.fee.ref for one in shown.doubtful] == ["900001", "900002"]
    shown, _ = await give(ann, fees, of_900001=0, of_900002=0)
    assert (shown.left, shown.doubtful, shown.change) == (2, (), None)


async def test_another_number_of_connects_is_asked_about_and_what_is_not_there_is_named(ann: Keeper) -> None:
    await ann.take(BEFORE)
    fees = Transactions((fee(80), fee(10, on=9), fee(10, on=-30)))
    shown, booked = await give(ann, fees)
    assert [(one.fee.connects, one.why) for one in shown.doubtful] == [(80, Why.OTHER_NUMBER)]
    assert (shown.missing, shown.older, booked) == ((fee(10, on=9),), (fee(10, on=-30),), None)
    assert len((await ann.record()).batches) == 1


async def test_the_currency_of_the_books_is_kept_if_the_file_knows_it(ann: Keeper) -> None:
    await ann.books.buy(ann.request, 60, Price(700, 0, "EUR"))
    euros = fee(on=12)._replace(local=Price(830, 166, "EUR"))
    shown, _ = await give(ann, Transactions((fee(on=12),)))
    assert [one.why for one in shown.doubtful] == [Why.OTHER_CURRENCY]
    await give(ann, Transactions((euros,)))
    lot = next(lot for lot in (await ann.record()).head.lots if lot.size == 60)
    assert (lot.price, lot.left) == (Price(830, 166, "EUR"), 60)
    shown, _ = await give(ann, Transactions((fee(on=12),)))
    assert shown.known == 0


async def test_what_is_from_before_a_confirmed_balance_can_be_left_out(ann: Keeper) -> None:
    await ann.take(BEFORE._replace(copied=day(10)))
    ann.clock.pass_(days=3)
    await ann.books.buy(ann.request, 40, Price(600, 0, "USD"))
    fees = Transactions((fee(), fee(40, on=15, net=600, tax=120)))
    transactions = ann.imports.transactions
    shown = await transactions.preview(ann.wallet, fees, {})
    assert (len(shown.changed), shown.pinned) == (2, 1)
    booked = await transactions.book(ann.request, fees, {}, shown.stamp, pinned=False)
    assert booked.purchases == 1
    shown = await transactions.preview(ann.wallet, fees, {})
    assert (len(shown.changed), shown.pinned, shown.known) == (1, 1, 1)


async def test_what_was_shown_is_booked_once_or_not_at_all(ann: Keeper) -> None:
    await ann.take(BEFORE)
    fees, transactions, request = Transactions((fee(),)), ann.imports.transactions, ann.request
    shown = await transactions.preview(ann.wallet, fees, {})
    await ann.books.spend(ann.request, 3)
    with pytest.raises(RefusedError) as refused:
        await transactions.book(request, fees, {}, "another stamp")
    assert isinstance(refused.value.refusal, BooksMoved)
    first = await transactions.book(request, fees, {}, shown.stamp)
    again = await transactions.book(request, fees, {}, shown.stamp)
    assert (first.replayed, again.replayed, again.batch.number) == (False, True, first.batch.number)
