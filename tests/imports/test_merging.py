from datetime import UTC, datetime

from core.imports.merging import merged
from core.imports.model import Row
from tests.imports.rows import badge, bid, bought, copy, day


def titles(rows: tuple[Row, ...]) -> list[tuple[int, str]]:
    return [(row.day.day, row.title) for row in rows]


FIRST = copy(12, bid(12, "a"), bid(11, "b"), bid(11, "c"), bid(10, "d"))
REST = copy(12, bid(10, "e"), bid(9, "f"), balance=None, top_cut=True)


def test_parts_in_any_order_become_one_page() -> None:
    for pages in ([FIRST, REST], [REST, FIRST], [REST, FIRST, REST]):
        drop = merged(pages)
        assert titles(drop.rows) == [(12, "a"), (11, "b"), (11, "c"), (10, "d"), (10, "e"), (9, "f")]
        assert (drop.first, drop.last, drop.balance) == (day(9), day(12), 45)
        assert drop.cut == {day(12), day(10), day(9)}
        assert not drop.doubtful


def test_a_later_copy_has_the_balance_and_completes_the_day() -> None:
    later = copy(12, bid(12, "z"), bid(12, "a"), bid(11, "b"), balance=29)
    drop = merged([FIRST, later])
    assert titles(drop.rows)[:3] == [(12, "z"), (12, "a"), (11, "b")]
    assert len(drop.rows) == 5
    assert drop.balance == 29


def test_the_balance_of_an_older_copy_is_not_that_of_today() -> None:
    newer = copy(14, bid(14, "y"), balance=None, top_cut=True)
    assert merged([FIRST, newer]).balance is None


def test_a_page_pasted_twice_counts_once() -> None:
    twice = FIRST._replace(rows=FIRST.rows * 2)
    assert merged([twice]).rows == FIRST.rows
    of_today = copy(12, bid(12, "a"), bid(12, "b"), bid(12, "c"))
    assert merged([of_today._replace(rows=of_today.rows * 2)]).rows == of_today.rows
    assert len(merged([copy(12, bought(12), bought(12))]).rows) == 2


def test_two_forms_of_a_row_complete_each_other() -> None:
    second = datetime(2026, 1, 11, 9, 18, 1, tzinfo=UTC)
    text = copy(12, bid(12, "x"), bid(11, "a", member="Ivo Sample"), bid(10, "y"))
    saved = copy(12, bid(12, "x"), bid(11, "A ", job="~021", row_id="7", at=second, running=5), bid(10, "y"))
    for pages in ([text, saved], [saved, text]):
        row = merged(pages).rows[1]
        assert (row.member, row.job, row.row_id, row.at, row.running) == ("Ivo Sample", "~021", "7", second, 5)


def test_equal_rows_of_one_day_stay_apart() -> None:
    page = copy(12, bid(12, "x"), bid(11, "a"), bid(11, "a"), bought(11), bought(11), bid(10, "y"))
    assert merged([page, page]).rows == page.rows


def test_a_row_of_which_the_id_stands_there_twice_counts_once() -> None:
    page = copy(12, bid(12, "x"), bid(12, "a", row_id="7"), bid(12, "a", row_id="7"), bid(12, "a", row_id="8"))
    assert [row.row_id for row in merged([page]).rows] == ["", "7", "8"]


def test_the_largest_sum_of_a_badge_counts() -> None:
    noon, evening = copy(12, badge(12, -1), bid(11, "b")), copy(12, badge(12, -2), bid(12, "z"), bid(11, "b"))
    for pages in ([noon, evening], [evening, noon]):
        assert [row for row in merged(pages).rows if not row.title] == [badge(12, -2)]


def test_an_equal_row_where_two_parts_meet_is_doubtful() -> None:
    upper = copy(12, bid(12, "x"), bid(11, "a"))
    lower = copy(12, bid(11, "a"), bid(10, "c"), balance=None, top_cut=True)
    drop = merged([upper, lower])
    assert titles(drop.rows) == [(12, "x"), (11, "a"), (11, "a"), (10, "c")]
    assert drop.doubtful == {2}


def test_parts_that_overlap_by_two_rows_are_laid_over_each_other() -> None:
    upper = copy(12, bid(12, "x"), bid(11, "a"), bid(11, "b"))
    lower = copy(12, bid(11, "a"), bid(11, "b"), bid(11, "c"), bid(10, "d"), balance=None, top_cut=True)
    drop = merged([lower, upper])
    assert titles(drop.rows) == [(12, "x"), (11, "a"), (11, "b"), (11, "c"), (10, "d")]
    assert day(11) not in drop.cut


def test_pages_with_a_gap_between_them_cover_two_stretches() -> None:
    drop = merged([copy(12, bid(12, "a"), bid(10, "b")), copy(5, bid(5, "c"), bid(3, "d"), balance=9)])
    assert drop.spans == ((day(10), day(12)), (day(3), day(5)))
    assert drop.balance == 45


def test_nothing_is_a_drop_too() -> None:
    assert merged([]).rows == ()
    empty = merged([copy(12)])
    assert (empty.first, empty.last, empty.balance) == (day(12), day(12), 45)
