"""Proves journals: what Beancount and hledger find in them is what our own books say, to the minor unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.documents.model import BookData, DocumentOrder, Form, Subject
from bot.documents.writing import write
from core.ledger.flows import unknown_in
from tests.journals.lives import edges
from tests.journals.reading import BEGINNING, LATEST, beyond_in, by_our_books, by_our_lots, lots_in

if TYPE_CHECKING:
    from datetime import date

    from tests.journals.lives import Life
    from tests.journals.reading import Figures


class Journals(NamedTuple):
    """One period of a life in both forms."""

    life: Life
    days: tuple[date, date] | None
    beancount: str
    hledger: bytes


def journals_of(life: Life, days: tuple[date, date] | None) -> Journals:
    """Write a period (None: all time)."""
    order = DocumentOrder(
        Subject.ENTRIES, Form.BEANCOUNT, life.entries[0].wallet, days, life.at, life.entries[-1].number,
        "en", life.zone, "USD", lots=life.lots,
    )  # fmt: skip
    books = BookData(life.entries)
    beancount, hledger = (
        write(order._replace(form=form), books, lambda _: None) for form in (Form.BEANCOUNT, Form.HLEDGER)
    )
    assert beancount.rows == hledger.rows
    return Journals(life, days, beancount.content.decode(), hledger.content)


def prove(one: Journals, found: Figures) -> None:
    """Compare what a program found in a journal with our own figures."""
    life = one.life
    unknown = unknown_in(life.lots)
    days = one.days or (BEGINNING.date(), LATEST.date())
    assert beyond_in(found) == by_our_books(life.entries, unknown, *edges(days, life.zone))
    if one.days is None:
        assert lots_in(found) == by_our_lots(life.lots)
