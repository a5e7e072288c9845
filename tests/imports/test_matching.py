from datetime import UTC, datetime, timedelta

from core.imports.matching import State, Verdict
from core.imports.model import Answers, Doubt, RowKind
from core.ledger.model import Purpose
from tests.imports.fake_book import FakeBook
from tests.imports.rows import badge, bid, boost, bought, copy, day

NEW, KNOWN, UNSURE = State
PAGE = copy(12, bid(12, "z"), bid(11, "a"), bid(11, "b", -4), bid(10, "c"))


def states(verdicts: tuple[Verdict, ...]) -> list[State]:
    return [verdict.state for verdict in verdicts]


def noon(number: int) -> datetime:
    return datetime(2026, 1, number, 12, tzinfo=UTC)


def test_twice_adds_nothing() -> None:
    book = FakeBook()
    assert states(book.take(PAGE)) == [NEW] * 4
    again = book.take(PAGE)
    assert states(again) == [KNOWN] * 4
    assert [verdict.number for verdict in again] == [1, 2, 3, 4]
    assert not any(verdict.completes for verdict in again)


def test_a_beginners_first_day_grows_without_a_question() -> None:
    book = FakeBook()
    book.take(copy(12, bid(12, "a")))
    assert states(book.take(copy(12, bid(12, "b"), bid(12, "a")))) == [NEW, KNOWN]
    assert states(book.take(copy(13, bid(13, "d"), bid(12, "c"), bid(12, "b"), bid(12, "a")))) == [
        NEW,
        NEW,
        KNOWN,
        KNOWN,
    ]


def test_equal_rows_of_a_whole_day_are_counted() -> None:
    book = FakeBook()
    book.take(copy(11, bought(11), bid(10, "x")))
    page = copy(13, bid(13, "y"), bought(11), bought(11), bought(11), bid(10, "x"))
    assert sorted(states(book.take(page))) == [KNOWN, KNOWN, NEW, NEW, NEW]
    assert states(book.take(page)) == [KNOWN] * 5


def test_a_better_form_completes_and_a_poorer_one_does_not() -> None:
    book, second = FakeBook(), datetime(2026, 1, 11, 9, 18, 1, tzinfo=UTC)
    book.take(PAGE)
    saved = [row._replace(job=f"~02{at}", row_id=f"{at}", at=second, running=at) for at, row in enumerate(PAGE.rows)]
    better = book.take(PAGE._replace(rows=tuple(saved)))
    assert states(better) == [KNOWN] * 4
    assert all(verdict.completes for verdict in better)
    for page in (PAGE, PAGE._replace(rows=tuple(saved))):
        assert not any(verdict.completes for verdict in book.match(page)[1])


def test_two_jobs_of_one_title_are_two_facts_once_the_jobs_are_known() -> None:
    book = FakeBook()
    book.take(copy(12, bid(12, "x"), bid(11, "a", job="~021"), bid(10, "y")))
    page = copy(13, bid(13, "w"), bid(11, "a", job="~022"), bid(11, "a"), bid(10, "y"))
    assert states(book.match(page)[1]) == [NEW, NEW, KNOWN, KNOWN]


def test_a_title_that_the_client_edited_is_the_same_job() -> None:
    book = FakeBook()
    book.take(copy(12, bid(12, "x"), bid(11, "Logo", job="~021"), bid(10, "y")))
    page = copy(13, bid(13, "w"), bid(12, "x"), bid(11, "Logo and flyer", job="~021"), bid(10, "y"))
    assert states(book.match(page)[1]) == [NEW, KNOWN, KNOWN, KNOWN]


def test_members_tell_rows_apart_unless_a_form_names_none() -> None:
    book = FakeBook()
    book.take(copy(12, bid(12, "x"), bid(11, "a", member="Ivo Sample"), bid(10, "y")))
    ivo, tim = bid(11, "a", member="Ivo Sample"), bid(11, "a", member="Tim O'Test")
    assert states(book.match(copy(13, bid(13, "w"), tim, ivo, bid(10, "y")))[1])[1:3] == [NEW, KNOWN]
    assert states(book.match(copy(13, bid(13, "w"), tim, bid(10, "y")))[1])[1] is UNSURE
    phone = copy(13, bid(13, "w"), bid(11, "a"), bid(10, "y"))
    assert states(book.match(phone)[1])[1] is KNOWN


def test_a_single_equal_row_at_the_seam_of_two_parts_is_asked_about() -> None:
    book = FakeBook()
    book.take(copy(12, bid(12, "x"), bid(11, "a")))
    lower = copy(12, bid(11, "a"), bid(11, "b"), bid(10, "c"), balance=None, top_cut=True)
    verdicts = book.match(lower)[1]
    assert states(verdicts) == [UNSURE, NEW, NEW]
    assert verdicts[0] == Verdict(UNSURE, why=Doubt.PLACED_TWICE, entries=(2,), connects=-16)
    assert states(book.match(lower, answers=Answers(same={1: 0}))[1]) == [NEW, NEW, NEW]
    assert book.match(lower, answers=Answers(same={1: 2}))[1][0].number == 2


def test_what_was_left_out_does_not_double_its_neighbours() -> None:
    book = FakeBook()
    book.take(copy(14, bid(14, "x"), bid(9, "a"), bid(9, "b"), bought(9)))
    book.take(copy(14, bid(9, "s"), bought(9), bid(9, "t"), bid(8, "u"), balance=None, top_cut=True))
    page = copy(15, bid(14, "x"), bid(9, "a"), bid(9, "b"), bought(9), bid(9, "s"), bought(9), bid(9, "t"))
    assert states(book.match(page)[1]) == [KNOWN, KNOWN, KNOWN, KNOWN, UNSURE, NEW, UNSURE]


def test_a_badge_grows_by_the_difference() -> None:
    book = FakeBook()
    assert book.take(copy(12, badge(12, -1), bid(11, "a")))[0].connects == -1
    assert book.take(copy(12, badge(12, -2), bid(11, "a")))[0] == Verdict(NEW, entries=(1,), connects=-1)
    assert book.take(copy(13, badge(12, -2), bid(11, "a")))[0] == Verdict(KNOWN, number=3, entries=(1, 3))
    assert book.take(copy(12, badge(12, -1), bid(11, "a")))[0].state is KNOWN
    assert sum(entry.delta for entry in book.standing) == -18


def test_a_row_taken_out_stays_out_and_is_asked_about() -> None:
    book = FakeBook()
    book.take(PAGE)
    book.undo(2)
    verdict = book.take(PAGE)[1]
    assert verdict == Verdict(UNSURE, why=Doubt.TAKEN_OUT, entries=(2,), connects=-16)
    assert len(book.standing) == 3
    book.take(PAGE, answers=Answers(same={2: 0}))
    assert len(book.standing) == 4
    assert states(book.take(PAGE)) == [KNOWN] * 4


def test_a_badge_taken_out_stays_out_while_it_grows() -> None:
    book = FakeBook()
    book.take(copy(12, badge(12, -1)))
    book.undo(1)
    assert book.match(copy(12, badge(12, -1)))[1][0] == Verdict(UNSURE, why=Doubt.TAKEN_OUT, connects=-1)
    assert book.match(copy(12, badge(12, -3)))[1][0] == Verdict(NEW, connects=-2)


def test_undo_and_import_is_import() -> None:
    book = FakeBook()
    book.take(PAGE)
    facts = book.facts
    book.undo_import(1)
    assert not book.standing
    assert states(book.take(PAGE)) == [NEW] * 4
    assert book.facts == facts
    assert states(book.take(PAGE)) == [KNOWN] * 4
    book.undo_import(3)
    assert book.facts == facts


def test_a_typed_spend_is_offered_and_never_merged_in_silence() -> None:
    book = FakeBook()
    number = book.type(-16, "a", noon(11) + timedelta(hours=20))
    verdicts = book.match(PAGE)[1]
    assert verdicts[1] == Verdict(UNSURE, why=Doubt.TYPED, entries=(number,), connects=-16)
    assert states(verdicts) == [NEW, UNSURE, NEW, NEW]
    same = Answers(same={2: number})
    assert book.match(PAGE, answers=same)[1][1] == Verdict(KNOWN, number, completes=True)
    assert book.match(PAGE, answers=Answers(same={2: 0}))[1][1] == Verdict(NEW, connects=-16)
    book.take(PAGE, answers=same)
    assert states(book.take(PAGE)) == [KNOWN] * 4
    assert len(book.standing) == 4
    book.undo_import(1)
    book.undo_import(2)
    assert [entry.number for entry in book.standing] == [number]
    assert states(book.match(PAGE)[1]) == [NEW, UNSURE, NEW, NEW]


def test_a_shortened_title_is_recognised_and_another_one_is_not() -> None:
    page = copy(12, bid(12, "z"), bid(11, "Logo & brand sheet \u2013 bakery"), bid(10, "c"))
    for title, state in (("Logo", UNSURE), ("logo bakery", UNSURE), ("", UNSURE), ("React", NEW)):
        book = FakeBook()
        book.type(-16, title, noon(11))
        assert book.match(page)[1][1].state is state


def test_each_typed_entry_is_one_row_and_the_nearest() -> None:
    book = FakeBook()
    book.type(-16, "a", noon(10))
    page = copy(12, bid(12, "z"), bid(11, "a"), bid(10, "a"), bid(9, "c"))
    assert states(book.match(page)[1]) == [NEW, NEW, UNSURE, NEW]
    assert states(book.match(page, answers=Answers(same={3: 0}))[1]) == [NEW, UNSURE, NEW, NEW]
    assert states(book.match(page, answers=Answers(same={2: 1}))[1]) == [NEW, KNOWN, NEW, NEW]


def test_two_typed_entries_are_both_offered_for_one_row() -> None:
    book = FakeBook()
    first, second = book.type(-16, "a", noon(10)), book.type(-16, "a", noon(11))
    assert set(book.match(PAGE)[1][1].entries) == {first, second}


def test_a_typed_bid_may_be_a_bid_and_its_boost() -> None:
    book = FakeBook()
    number = book.type(-44, "Logo", noon(11))
    page = copy(12, bid(12, "z"), boost(11, "Logo"), bid(11, "Logo"), bid(10, "c"))
    verdicts = book.match(page)[1]
    assert states(verdicts) == [NEW, UNSURE, UNSURE, NEW]
    assert verdicts[1].entries == verdicts[2].entries == (number,)
    half = book.match(page, answers=Answers(same={2: number}))[1]
    assert states(half) == [NEW, KNOWN, UNSURE, NEW]
    book.take(page, answers=Answers(same={2: number, 3: number}))
    assert states(book.take(page)) == [KNOWN] * 4
    assert len(book.standing) == 3


def test_what_was_said_of_a_bid_leaves_another_entry_alone() -> None:
    """Its sum with a boost may equal another entry of which something was said."""
    book = FakeBook()
    bid_of_16, bid_of_44 = book.type(-16, "Logo", noon(11)), book.type(-44, "Logo", noon(10))
    page = copy(12, bid(12, "z"), boost(11, "Logo"), bid(11, "Logo"), bid(10, "Logo", -44), bid(9, "c"))
    said = Answers(same={3: bid_of_16, 4: bid_of_44})
    assert states(book.match(page, answers=said)[1]) == [NEW, NEW, KNOWN, KNOWN, NEW]


def test_a_typed_job_must_be_the_same_job() -> None:
    page = copy(12, bid(12, "z"), bid(11, "a", job="~021"), bid(10, "c"))
    for job, state in (("~021", UNSURE), ("~022", NEW), ("", UNSURE)):
        book = FakeBook()
        book.type(-16, "a", noon(11), job=job)
        assert book.match(page)[1][1].state is state


def test_a_typed_badge_counts_for_its_day() -> None:
    book = FakeBook()
    number = book.type(-1, "", noon(12), purpose=Purpose.BADGE)
    page = copy(12, badge(12, -2), bid(11, "a"))
    assert book.match(page)[1][0] == Verdict(UNSURE, why=Doubt.TYPED, entries=(number,), connects=-2)
    same = Answers(same={1: number})
    assert book.match(page, answers=same)[1][0] == Verdict(NEW, entries=(number,), connects=-1)
    book.take(page, answers=same)
    assert book.take(page)[0].state is KNOWN


def test_a_badge_typed_once_a_week_may_be_several_days() -> None:
    book = FakeBook()
    number = book.type(-3, "", noon(9), purpose=Purpose.BADGE)
    page = copy(12, badge(12, -1), badge(10, -1), badge(9, -1), badge(8, -1), badge(1, -1), bid(1, "a"))
    verdicts = book.match(page)[1]
    assert states(verdicts) == [NEW, UNSURE, UNSURE, UNSURE, NEW, NEW]
    assert {verdict.entries for verdict in verdicts[1:4]} == {(number,)}
    book.take(page, answers=Answers(same={2: number, 3: number}))
    assert sum(entry.delta for entry in book.standing) == -3 - 1 - 1 - 16
    assert states(book.take(page)) == [KNOWN, KNOWN, KNOWN, UNSURE, KNOWN, KNOWN]


def test_what_was_earned_is_no_purchase_and_nothing_given_back() -> None:
    book = FakeBook()
    number = book.type(80, "", noon(11))
    monthly = bought(11)._replace(wording="Monthly Connects renewal")
    closed = bid(11, "a", 80)._replace(wording="Job cancelled")
    verdicts = book.match(copy(12, bid(12, "z"), bought(11), closed, monthly, bid(10, "c")))[1]
    assert states(verdicts) == [NEW, NEW, NEW, UNSURE, NEW]
    assert verdicts[3].entries == (number,)


def test_what_is_typed_weeks_away_is_another_fact() -> None:
    book = FakeBook()
    book.type(-16, "a", noon(11) - timedelta(days=4))
    book.type(-16, "b", noon(11))
    assert states(book.match(PAGE)[1]) == [NEW] * 4


def test_an_unknown_wording_may_be_explained() -> None:
    row = badge(12, -2)._replace(wording="Profile badge")
    page = copy(12, row, bid(11, "a"))
    book = FakeBook()
    said = Answers(wordings={"Profile badge": RowKind.BADGE})
    book.take(page, answers=said)
    grown = page._replace(rows=(row._replace(connects=-3), page.rows[1]))
    assert book.match(grown, answers=said)[1][0] == Verdict(NEW, entries=(1,), connects=-1)


def test_the_day_of_a_row_is_its_own() -> None:
    book = FakeBook()
    book.take(PAGE)
    assert day(11) in book.match(PAGE)[0].runs
    moved = PAGE._replace(rows=tuple(row._replace(day=row.day + timedelta(7)) for row in PAGE.rows), copied=day(19))
    assert states(book.match(moved)[1]) == [NEW] * 4


def test_a_row_dated_a_day_off_is_asked_about() -> None:
    """It was copied before midnight as "Today", and sent after it."""
    book = FakeBook()
    book.take(copy(13, bid(13, "z"), bid(12, "y"), bid(10, "c")))
    page = copy(15, bid(15, "n"), bid(12, "z"), bid(11, "y"), bid(9, "b"))
    verdicts = book.match(page)[1]
    assert states(verdicts) == [NEW, UNSURE, UNSURE, NEW]
    assert [verdict.entries for verdict in verdicts[1:3]] == [(1,), (2,)]


def test_a_row_whose_title_was_edited_meanwhile_is_asked_about() -> None:
    book = FakeBook()
    book.take(copy(13, bid(13, "z"), bid(12, "Logo"), bid(10, "c")))
    renamed = copy(15, bid(15, "n"), bid(13, "z"), bid(12, "Logo and flyer"), bid(9, "b"))
    verdicts = book.match(renamed)[1]
    assert states(verdicts) == [NEW, KNOWN, UNSURE, NEW]
    assert verdicts[2] == Verdict(UNSURE, why=Doubt.PLACED_TWICE, entries=(2,), connects=-16)
    both = copy(15, bid(15, "n"), bid(13, "z"), bid(12, "Logo and flyer"), bid(12, "Logo"), bid(9, "b"))
    assert states(book.match(both)[1]) == [NEW, KNOWN, NEW, KNOWN, NEW]
