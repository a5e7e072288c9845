from core.imports.model import OtherAccount, Page
from core.imports.other_account import other_account
from tests.imports.fake_book import FakeBook
from tests.imports.rows import badge, bid, bought, copy

PAGE = copy(12, badge(12, -1), bid(12, "z"), bought(11), bid(11, "a"), bid(11, "b", -4), bid(8, "c"), balance=50)


def judged(book: FakeBook, page: Page) -> OtherAccount | None:
    drop, verdicts = book.match(page)
    return other_account(drop, book.record, verdicts)


def after(page: Page = PAGE) -> FakeBook:
    book = FakeBook()
    book.take(page)
    return book


def test_the_first_page_and_the_same_page_are_nobody_elses() -> None:
    assert judged(FakeBook(), PAGE) is None
    assert judged(after(), PAGE) is None
    assert judged(after(), copy(13, bid(13, "y"), *PAGE.rows[:3], balance=34)) is None


def test_days_apart_prove_nothing() -> None:
    assert judged(after(), copy(30, bid(30, "p"), bid(20, "q"), balance=300)) is None
    assert judged(after(), copy(8, bid(8, "p"), bid(2, "q"), balance=300)) is None


def test_days_that_both_have_whole_must_have_a_row_in_common() -> None:
    other = copy(13, bid(13, "p"), bid(11, "q"), bought(11), bid(9, "r"), balance=50)
    assert judged(after(), other) is OtherAccount.NO_ROW_IN_COMMON
    assert judged(after(), copy(13, bid(13, "p"), bid(7, "r"), balance=34)) is OtherAccount.NO_ROW_IN_COMMON


def test_few_rows_in_common_may_be_chance() -> None:
    ours = copy(12, bid(12, "z"), bid(11, "a"), bid(10, "b", -4), bid(9, "c"), bid(8, "d"), balance=50)
    other = copy(13, bid(12, "p"), bid(11, "a"), bid(10, "q"), bid(9, "r"), bid(7, "s"), balance=50)
    assert judged(after(ours), other) is OtherAccount.FEW_ROWS_IN_COMMON
    filtered = copy(13, bid(11, "a"), bid(7, "s"), balance=50)
    assert judged(after(ours), filtered) is None
    assert judged(after(filtered), ours) is None


def test_what_everybody_has_is_no_row_in_common() -> None:
    other = copy(12, badge(12, -1), bid(12, "p"), bought(11), bid(8, "r"), balance=50)
    assert judged(after(), other) is OtherAccount.NO_ROW_IN_COMMON


def test_a_balance_that_cannot_follow_is_asked_about() -> None:
    grown = copy(13, bid(13, "y"), *PAGE.rows, balance=34)
    assert judged(after(), grown) is None
    assert judged(after(), grown._replace(balance=20)) is None
    assert judged(after(), grown._replace(balance=35)) is OtherAccount.IMPOSSIBLE_BALANCE
    spent = copy(13, bid(13, "y", -60), *PAGE.rows, balance=None)
    assert judged(after(), spent) is OtherAccount.IMPOSSIBLE_BALANCE
    assert judged(after(), spent._replace(unread=("?",))) is None


def test_a_later_copy_of_the_same_day_follows() -> None:
    book = after()
    assert judged(book, copy(12, badge(12, -2), bid(12, "y"), *PAGE.rows[1:], balance=33)) is None


def test_an_earlier_copy_of_the_same_day_proves_nothing() -> None:
    book = after()
    assert judged(book, copy(12, bid(12, "z"), *PAGE.rows[2:], balance=51)) is None
    book.take(copy(12, badge(12, -2), *PAGE.rows[1:], balance=49))
    assert judged(book, PAGE) is None


def test_other_members_are_another_agency() -> None:
    ours = copy(12, bid(12, "z", member="Ivo Sample"), bid(11, "a", member=""), bid(8, "c", member="Tim O'Test"))
    book = after(ours)
    assert judged(book, copy(30, bid(30, "p", member="Mara Example"), balance=9)) is OtherAccount.OTHER_MEMBERS
    assert judged(book, copy(30, bid(30, "p", member="Tim O'Test"), balance=9)) is None
    assert judged(book, copy(30, bid(30, "p"), balance=9)) is None
