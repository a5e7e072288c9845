"""What an import shows, books and asks."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.imports.model import Answers, Cause, Doubt, Parted, RowKind
from core.ledger.model import Kind, Purpose, Source
from core.shared.bounds import MOST
from core.shared.money import UNKNOWN, CostState, Price
from core.shared.refusals import BooksMoved, KeyReused, NotThatDay, OutOfRange, RefusedError
from core.wallets.people import ChatRef
from core.wallets.settings import Settings
from tests.imports.keeper import (
    APPLIED,
    BADGE,
    BOOST,
    BOUGHT,
    CANCELLED,
    MONTHLY,
    OUTBID,
    Keeper,
    day,
    page,
    row,
)

LOGO = row(10, APPLIED, -16, "Logo")
FIRST = page(LOGO, row(9, BOUGHT, 40), row(8, APPLIED, -8, "Flyer"), balance=116)


async def test_a_first_import_needs_no_opening(ann: Keeper) -> None:
    shown, booked = await ann.take(FIRST)
    assert (shown.new, shown.known, shown.before, shown.after, shown.balance) == (3, 0, 20, 116, 116)
    assert shown.opening is not None
    assert (shown.opening.connects, shown.opening.day, shown.opening.replaces) == (100, day(7), 20)
    assert shown.opening.expires is not None
    assert shown.opening.expires.date() == day(7).replace(year=2027)
    assert shown.parted is None
    assert booked is not None
    assert (booked.rows, booked.spent, booked.returned, booked.balance) == (3, 24, 0, 116)
    head = (await ann.record()).head
    assert {lot.source: lot.size for lot in head.lots} == {
        Source.WELCOME: 0,
        Source.OPENING: 100,
        Source.PURCHASE: 40,
    }
    assert [key.name for key in head.once_keys] == [f"welcome:{ann.person}"], "no second welcome can follow"


async def test_what_the_opening_cost_is_asked_once(ann: Keeper) -> None:
    shown = await ann.preview(FIRST)
    assert shown.ask_cost
    told = await ann.preview(FIRST, answers=Answers(cost=CostState.FREE))
    assert not told.ask_cost
    await ann.take(FIRST)
    opening = next(lot for lot in (await ann.record()).head.lots if lot.source is Source.OPENING)
    assert opening.price == UNKNOWN
    older, _ = await ann.take(page(row(2, APPLIED, -4, "Map"), copied=3, balance=90))
    assert older.opening is not None
    assert not older.ask_cost


async def test_what_was_said_of_the_cost_stays_with_an_opening_that_is_found_earlier(ann: Keeper) -> None:
    await ann.take(FIRST, answers=Answers(cost=Price(1500, 0, "USD")))
    older = page(row(9, BOUGHT, 40), row(8, APPLIED, -8, "Flyer"), row(2, APPLIED, -4, "Map"), copied=9, balance=132)
    shown, _ = await ann.take(older)
    assert shown.opening is not None
    assert shown.opening.connects == 104
    opening = next(lot for lot in (await ann.record()).head.lots if lot.source is Source.OPENING and lot.size)
    assert opening.price == Price(1560, 0, "USD")


async def test_the_same_press_books_once(ann: Keeper) -> None:
    shown = await ann.preview(FIRST)
    request = ann.request
    both = await asyncio.gather(*(ann.imports.book(request, [FIRST], Answers(), shown.stamp) for _ in range(2)))
    again = await ann.imports.book(request, [FIRST], Answers(), shown.stamp)
    assert sorted(one.replayed for one in both) == [False, True], "which of the two comes first is left open"
    assert again.replayed
    assert (again.rows, again.balance) == (3, 116)
    assert len((await ann.record()).batches) == 1
    with pytest.raises(RefusedError) as refused:
        await ann.imports.book(request, [FIRST], Answers(), "another")
    assert isinstance(refused.value.refusal, KeyReused)


async def test_a_second_press_elsewhere_books_nothing(ann: Keeper) -> None:
    shown = await ann.preview(FIRST)
    await ann.imports.book(ann.request, [FIRST], Answers(), shown.stamp)
    with pytest.raises(RefusedError) as refused:
        await ann.imports.book(ann.request, [FIRST], Answers(), shown.stamp)
    assert refused.value.refusal == BooksMoved()


async def test_books_that_changed_meanwhile_are_shown_anew(ann: Keeper) -> None:
    shown = await ann.preview(FIRST)
    ann.clock.at += timedelta(days=1)
    await ann.books.spend(ann.request, 5, memo="Poster")
    with pytest.raises(RefusedError) as refused:
        await ann.imports.book(ann.request, [FIRST], Answers(), shown.stamp)
    assert refused.value.refusal == BooksMoved()
    anew, _ = await ann.take(FIRST)
    assert anew.after == 111


async def test_a_page_that_is_known_has_nothing_to_book(ann: Keeper) -> None:
    await ann.take(FIRST)
    shown, booked = await ann.take(FIRST)
    assert (shown.new, shown.known, booked) == (0, 3, None)


async def test_rows_from_before_the_books_began_change_no_balance_of_today(ann: Keeper) -> None:
    await ann.books.opening(ann.request, 200, Price(1000, 0, "USD"))
    await ann.books.spend(ann.request, 30, memo="Poster")
    shown, _ = await ann.take(page(LOGO, row(9, BOUGHT, 40), row(8, APPLIED, -8, "Flyer")))
    assert (shown.before, shown.after) == (170, 170)
    assert shown.opening is not None
    assert (shown.opening.connects, shown.opening.replaces) == (184, 200)
    assert not shown.ask_cost, "it was said when the opening was typed"
    opening = next(lot for lot in (await ann.record()).head.lots if lot.source is Source.OPENING and lot.size)
    assert (opening.size, opening.price) == (184, Price(920, 0, "USD"))


async def test_a_stretch_that_no_page_covers_has_a_gap(ann: Keeper) -> None:
    await ann.take(page(row(1, APPLIED, -10, "One"), balance=90, copied=1))
    shown, _ = await ann.take(page(LOGO, row(9, APPLIED, -4, "Two"), balance=50))
    assert [(gap.connects, gap.day) for gap in shown.gaps] == [(-20, day(8))]
    assert (shown.opening, shown.after, shown.parted) == (None, 50, None)


async def test_a_gap_is_before_the_page_that_proves_it(ann: Keeper) -> None:
    """Also if another page goes on from the day on which that one was copied."""
    first = page(row(1, APPLIED, -16, "Logo"), copied=1, balance=84)
    second = page(row(7, APPLIED, -8, "Flyer"), copied=8, balance=60)
    third = page(row(12, APPLIED, -4, "Map"), row(8, APPLIED, -2, "Poster"), copied=12, balance=54)
    await ann.take(third)
    await ann.take(second)
    shown, _ = await ann.take(first)
    assert [(gap.connects, gap.day) for gap in shown.gaps] == [(-16, day(6))]


async def test_a_difference_without_a_gap_is_shown_between_its_rows(ann: Keeper) -> None:
    rows = [
        row(11, APPLIED, -1, "C", running=48),
        row(10, APPLIED, -1, "B", running=49),
        row(9, APPLIED, -1, "A", running=99),
    ]
    await ann.take(page(rows[2], row(8, APPLIED, -2, "Z", running=100), balance=99, copied=9))
    shown, _ = await ann.take(page(*rows, balance=48))
    assert shown.parted is not None
    assert (shown.parted.older, shown.parted.newer, shown.parted.connects) == (rows[2], rows[1], -49)
    assert shown.parted.cause is Cause.EXPIRED
    assert shown.after == 97, "nothing is booked that no row says"


async def test_a_difference_stands_where_the_entry_behind_it_does(ann: Keeper) -> None:
    first, newer = page(row(8, APPLIED, -8, "Flyer"), copied=8, balance=60), row(14, APPLIED, -4, "Map")
    await ann.take(first)
    await ann.books.spend(ann.request, 16, memo="Poster")
    ann.clock.at += timedelta(days=3)
    shown, _ = await ann.take(page(newer, *first.rows, copied=15, balance=56))
    typed = (await ann.entry("Poster")).number
    assert shown.parted == Parted(first.rows[0], newer, 16, Cause.TYPED, (typed,))


async def test_an_older_page_shows_where_the_newest_one_parts(ann: Keeper) -> None:
    older, newer = row(5, APPLIED, -1, "A"), row(11, APPLIED, -1, "B")
    await ann.take(page(newer, row(6, APPLIED, -2, "C"), older, balance=40))
    shown, _ = await ann.take(page(row(6, APPLIED, -2, "C"), older, balance=99, copied=6))
    assert shown.parted is not None
    assert (shown.parted.older, shown.parted.newer, shown.parted.connects) == (row(6, APPLIED, -2, "C"), None, -58)


async def test_what_was_typed_is_offered_as_the_same(ann: Keeper) -> None:
    await ann.books.spend(ann.request, 16, memo="Logo", purpose=Purpose.PROPOSAL)
    rows = page(row(12, APPLIED, -16, "Logo for a bakery"), balance=4)
    shown, _ = await ann.take(rows)
    assert [(one.why, one.position, [entry.memo for entry in one.entries]) for one in shown.unsure] == [
        (Doubt.TYPED, 1, ["Logo"])
    ]
    same = Answers(same={1: 2})
    shown, booked = await ann.take(rows, answers=same)
    assert (shown.new, shown.known, shown.unsure, shown.after) == (0, 1, (), 4)
    assert booked is not None
    await ann.take(rows, answers=same)
    assert (await ann.record()).head.balance == 4


async def test_an_unsure_row_is_booked_if_somebody_says_so(ann: Keeper) -> None:
    await ann.books.spend(ann.request, 16, memo="Logo")
    rows = page(row(12, APPLIED, -16, "Logo"), row(11, MONTHLY, 100))
    shown = await ann.preview(rows, answers=Answers(unsure={1: True}))
    assert (shown.new, shown.unsure) == (2, ())
    left = await ann.preview(rows, answers=Answers(unsure={1: False}))
    assert (left.new, left.unsure) == (1, ())


async def test_a_return_is_income_until_its_spend_is_known(ann: Keeper) -> None:
    back = row(10, CANCELLED, 16, "Logo")
    await ann.take(page(back, balance=100))
    assert (await ann.entry("Logo")).kind is Kind.GRANT
    await ann.take(page(back, row(9, APPLIED, -16, "Logo"), row(5, BADGE, -1), balance=100))
    returned = await ann.entry("Logo")
    assert returned.kind is Kind.RETURN
    spend = (await ann.record()).entries[(returned.of or 0) - 1]
    assert (spend.kind, spend.memo, spend.delta) == (Kind.SPEND, "Logo", -16)
    shown, booked = await ann.take(page(back, row(9, APPLIED, -16, "Logo"), row(5, BADGE, -1), balance=100))
    assert (shown.known, booked) == (3, None)
    await ann.undo(2)
    assert (await ann.entry("Logo")).kind is Kind.GRANT
    shown, _ = await ann.take(page(back, row(9, APPLIED, -16, "Logo"), row(5, BADGE, -1), balance=100))
    assert (shown.new, shown.known) == (2, 1)


async def test_a_return_is_of_no_spend_that_the_page_shows_as_newer(ann: Keeper) -> None:
    rows = [row(10, BOOST, -20, "Logo"), row(10, OUTBID, 20, "Logo"), row(9, BOOST, -20, "Logo")]
    await ann.take(page(*rows, balance=60))
    record = await ann.record()
    returned = next(entry for entry in record.entries if entry.kind is Kind.RETURN)
    assert record.entries[(returned.of or 0) - 1].when.date() == day(9)


async def test_a_wording_that_nobody_explained_is_asked_about_once(ann: Keeper) -> None:
    odd = [row(10 - number, "Moon bonus", 5 + number) for number in range(4)]
    shown, _ = await ann.take(page(*odd, row(5, "Moon fee", -3), balance=100))
    assert {wording: len(rows) for wording, rows in shown.asked.items()} == {"Moon bonus": 3, "Moon fee": 1}
    entries = (await ann.record()).entries
    assert {entry.memo for entry in entries if entry.happened and entry.memo} == {"Moon bonus", "Moon fee"}
    later = page(row(11, "Moon bonus", 50), odd[0], balance=150)
    assert not (await ann.preview(later)).asked
    explained = await ann.preview(later, answers=Answers(wordings={"Moon bonus": RowKind.REWARD}))
    assert [(one.kind, one.rows) for one in explained.kinds] == [(RowKind.REWARD, 2)]


async def test_what_a_wording_was_booked_as_is_remembered(ann: Keeper) -> None:
    answers = Answers(wordings={"Moon bonus": RowKind.MONTHLY})
    await ann.take(page(row(9, "Moon bonus", 30), balance=50), answers=answers)
    shown = await ann.preview(page(row(10, "Moon bonus", 30), row(9, "Moon bonus", 30), balance=80))
    assert ([one.kind for one in shown.kinds], shown.asked) == ([RowKind.MONTHLY], {})


async def test_members_become_people_and_names_are_asked_about_once(ann: Keeper) -> None:
    rows = (row(10, APPLIED, -16, "Logo", member="Ivo Sample"), row(9, APPLIED, -8, "Map", member="Tim O'Test"))
    shown = await ann.preview(page(*rows, balance=100))
    assert shown.members == ("Ivo Sample", "Tim O'Test")
    answers = Answers(members={"Ivo Sample": str(ann.person), "Tim O'Test": None})
    assert not (await ann.preview(page(*rows, balance=100), answers=answers)).members
    await ann.take(page(*rows, balance=100), answers=answers)
    assert [(await ann.entry(title)).by for title in ("Logo", "Map")] == [ann.person, None]
    later = row(11, APPLIED, -4, "Poster", member="Ivo Sample")
    shown, _ = await ann.take(page(later, *rows, balance=96))
    assert not shown.members
    assert (await ann.entry("Poster")).by == ann.person


async def test_a_better_form_completes_rows_without_an_entry(ann: Keeper) -> None:
    await ann.take(page(LOGO, balance=84))
    better = LOGO._replace(job="~021234567890123456789", row_id="7", at=datetime(2026, 1, 10, 9, 18, tzinfo=UTC))
    shown, booked = await ann.take(page(better, balance=84))
    assert (shown.new, shown.completed) == (0, 1)
    assert booked is not None
    assert booked.entries == ()
    shown, booked = await ann.take(page(better, balance=84))
    assert (shown.completed, booked) == (0, None)


async def test_a_badge_that_grew_books_its_difference(ann: Keeper) -> None:
    await ann.take(page(row(12, BADGE, -1), balance=99))
    shown, _ = await ann.take(page(row(12, BADGE, -2), balance=98))
    assert (shown.new, shown.after, shown.opening) == (1, 98, None)
    noon, booked = await ann.take(page(row(12, BADGE, -1), balance=99))
    assert (noon.parted, booked) == (None, None)


async def test_bought_connects_count_at_the_list_price(ann: Keeper) -> None:
    shown, _ = await ann.take(FIRST)
    assert shown.price_assumed == 40
    bought = next(lot for lot in (await ann.record()).head.lots if lot.source is Source.PURCHASE)
    assert bought.price == Price(600, 0, "USD")


async def test_spends_that_cost_something_else_now_are_counted(ann: Keeper) -> None:
    await ann.books.buy(ann.request, 40, Price(600, 0, "USD"))
    await ann.books.spend(ann.request, 30, memo="Poster")
    shown, _ = await ann.take(page(row(5, APPLIED, -12, "Logo")))
    assert (shown.after, shown.recosted.spends) == (30, 0), "the opening is restated"
    shown, _ = await ann.take(page(row(12, APPLIED, -10, "Flyer"), row(5, APPLIED, -12, "Logo"), balance=20))
    assert shown.recosted.spends == 1


async def test_an_import_speaks_once(ann: Keeper) -> None:
    await ann.books.change_settings(ann.wallet, lambda settings: Settings(threshold=50, budget=10, zone=settings.zone))
    old = page(
        *(row(12 - number, APPLIED, -10, f"T{number}") for number in range(9)), row(-500, MONTHLY, 100), balance=10
    )
    shown, _ = await ann.take(old)
    assert shown.change is not None
    assert [notice.code for notice in shown.change.notices] == ["low"], "no old budget is reported as spent"
    assert shown.change.low
    shown, _ = await ann.take(page(row(12, APPLIED, -2, "Last"), old.rows[0], old.rows[1], balance=8))
    assert shown.change is not None
    assert (shown.change.notices, shown.change.low) == ((), True)


async def test_expiries_of_the_past_send_nothing(ann: Keeper) -> None:
    rows = [row(12, APPLIED, -10, "New"), row(5, BOUGHT, 50), row(-500, BOUGHT, 100)]
    shown, _ = await ann.take(page(*rows, balance=40))
    assert shown.change is not None
    assert not shown.change.notices
    assert (shown.expired, shown.after, shown.parted) == (100, 40, None)


async def test_an_expiry_that_the_page_shows_is_not_booked_twice(ann: Keeper) -> None:
    rows = [row(0, "Connects expired", -60), row(-365, APPLIED, -40, "Old"), row(-365, BOUGHT, 100)]
    shown, _ = await ann.take(page(*rows, balance=0))
    assert (shown.after, shown.parted, shown.opening) == (0, None, None)


async def test_a_row_taken_out_on_purpose_stays_out(ann: Keeper) -> None:
    await ann.take(FIRST)
    logo = await ann.entry("Logo")
    await ann.books.undo(ann.request, logo.number)
    shown, booked = await ann.take(FIRST)
    assert [(one.why, one.row) for one in shown.unsure] == [(Doubt.TAKEN_OUT, LOGO)]
    assert (shown.after, shown.opening, booked) == (132, None, None)
    assert shown.parted is not None
    assert (shown.parted.connects, shown.parted.cause) == (-16, Cause.TAKEN_OUT)
    again, _ = await ann.take(FIRST, answers=Answers(unsure={1: True}))
    assert (again.new, again.after, again.parted) == (1, 116, None)
    shown, booked = await ann.take(FIRST)
    assert (shown.unsure, shown.known, shown.parted, booked) == ((), 3, None, None)


async def test_an_import_is_never_a_dead_end(ann: Keeper) -> None:
    await ann.books.opening(ann.request, 10, CostState.FREE)
    ann.clock.at += timedelta(days=10)
    shown, _ = await ann.take(page(row(20, APPLIED, -16, "Logo"), copied=22))
    assert [(gap.connects, gap.day) for gap in shown.gaps] == [(6, day(20))]
    assert shown.after == 0


async def test_a_page_without_rows_has_its_balance(ann: Keeper) -> None:
    shown, booked = await ann.take(page(balance=451))
    assert (shown.new, shown.after, shown.first, shown.last) == (0, 451, day(12), day(12))
    assert shown.opening is not None
    assert booked is not None
    nothing = await ann.preview(page(copied=None))
    assert (nothing.change, nothing.after) == (None, 451)


async def test_a_group_begins_with_its_page(ann: Keeper) -> None:
    wallet = await ann.store.people.open_wallet(ChatRef("console", "g"), Settings())
    group = replace(ann, wallet=wallet.id)
    shown, _ = await group.take(FIRST)
    assert shown.opening is not None
    assert (shown.before, shown.after, shown.opening.connects, shown.opening.replaces) == (0, 116, 100, 0)
    assert (await group.undo()).after == 0


async def test_a_group_that_began_earlier_has_a_gap(ann: Keeper) -> None:
    wallet = await ann.store.people.open_wallet(ChatRef("console", "g"), Settings())
    group = replace(ann, wallet=wallet.id)
    group.clock.at -= timedelta(days=30)
    await group.books.buy(group.request, 100)
    group.clock.at += timedelta(days=30)
    shown, _ = await group.take(FIRST)
    assert (shown.opening, [(gap.connects, gap.day) for gap in shown.gaps]) == (None, [])
    shown, _ = await group.take(page(row(12, APPLIED, -5, "Map"), *FIRST.rows, balance=101))
    assert shown.parted is not None
    assert shown.parted.connects == -10


async def test_settings_that_change_meanwhile_are_heeded(ann: Keeper) -> None:
    shown = await ann.preview(FIRST)
    await ann.books.change_settings(ann.wallet, lambda settings: replace(settings, threshold=200))
    await ann.imports.book(ann.request, [FIRST], Answers(), shown.stamp)
    assert (await ann.record()).head.low is False, "the balance rose"


async def test_a_day_that_is_still_to_come_is_refused(ann: Keeper) -> None:
    await ann.preview(page(row(13, APPLIED, -16, "Logo"), copied=13))
    with pytest.raises(RefusedError) as refused:
        await ann.preview(page(row(14, APPLIED, -16, "Logo")))
    assert refused.value.refusal == NotThatDay("future", datetime(2026, 1, 14, 10, tzinfo=UTC))


async def test_more_than_a_database_can_store_is_refused(ann: Keeper) -> None:
    for rows in ([row(10, APPLIED, -MOST - 1)], [row(10, APPLIED, -MOST), row(9, MONTHLY, MOST), row(8, MONTHLY, 1)]):
        with pytest.raises(RefusedError) as refused:
            await ann.take(page(*rows, balance=0))
        assert isinstance(refused.value.refusal, OutOfRange)
    assert (await ann.record()).head.balance == 20
