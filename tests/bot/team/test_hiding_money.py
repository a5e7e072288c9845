"""Money is left out of every part of an answer, and what is left still says what it can."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reply.parts import (
    Ask,
    Button,
    Buttons,
    Fields,
    File,
    Link,
    Links,
    Reply,
    Say,
    Table,
    Verbatim,
    buttons,
    reply,
    say,
)
from bot.reply.words import voice
from bot.views.entries import cost_of
from bot.views.money.redaction import HIDDEN, sentence_without, without_money
from bot.views.money.sentences import NO_SECRET, WITHOUT
from core.shared.money import Price
from tests.house.test_house import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reply.parts import Fact, Part

PAID: Final = Price(900, 72, "CHF")
EACH: Final = say("alert-expiring-paid", price=PAID)
LEFT: Final = say("connects", connects=16)
LABEL: Final = say("field-left")
BUY: Final = Button(say("button-buy", connects=40, price=PAID), "buy 40")
TEXT: Final = voice("en", "UTC").text


def prices(value: object) -> Iterator[Price]:
    """The prices anywhere in a value, apart from those in sentences whose money is no secret."""
    if isinstance(value, Price):
        yield value
    elif isinstance(value, Say):
        yield from () if value.id in NO_SECRET else prices(tuple(value.facts.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from prices(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from prices(getattr(value, field.name))


NAMES: Final = st.sampled_from([*WITHOUT, *sorted(NO_SECRET), "connects", "sum", "list-more"])
FACTS: Final[st.SearchStrategy[Fact]] = st.recursive(
    st.sampled_from([None, 16, "Logo", PAID]),
    lambda inner: st.builds(Say, NAMES, st.dictionaries(st.sampled_from(["price", "one", "some"]), inner, max_size=2)),
    max_leaves=4,
)
SAID: Final = st.builds(Say, NAMES, st.dictionaries(st.sampled_from(["price", "one"]), FACTS, min_size=1, max_size=2))
ROWS: Final = st.lists(st.tuples(FACTS, FACTS), max_size=3).map(tuple)
BUTTON: Final = st.builds(Button, SAID, st.just("lots"))
PARTS: Final[st.SearchStrategy[Part]] = st.one_of(
    SAID,
    st.builds(Fields, st.lists(st.tuples(st.just(LABEL), FACTS), max_size=3).map(tuple), st.none() | SAID),
    st.builds(Table, st.just((LABEL, LABEL)), ROWS, st.none() | SAID),
    st.builds(Verbatim, st.lists(SAID, min_size=1, max_size=2).map(tuple)),
    st.builds(Buttons, st.tuples(st.tuples(BUTTON))),
    st.builds(Links, st.tuples(st.builds(Link, SAID, st.just("?start=1")))),
    st.builds(Ask, SAID, st.just(LABEL), st.tuples(BUTTON)),
    st.builds(File, st.just("a.csv"), st.just(b""), SAID),
)


@settings(max_examples=50)
@given(st.lists(PARTS, min_size=1, max_size=3).map(tuple))
def test_nothing_that_is_left_has_a_price(parts: tuple[Part, ...]) -> None:
    left = without_money(Reply(parts))
    assert not list(prices(left.parts))
    assert any(not isinstance(part, Buttons | Links) for part in left.parts) or left.parts == parts
    assert without_money(left) is left


def test_an_answer_without_money_is_the_same_object() -> None:
    given = reply(LEFT, Fields(((LABEL, LEFT),)), buttons(BUY))
    assert without_money(given) is given


def test_the_rest_of_an_answer_stays() -> None:
    shown = without_money(reply(LEFT, EACH, Fields(((LABEL, LEFT), (LABEL, PAID))), buttons(BUY)))
    assert shown == reply(LEFT, Fields(((LABEL, LEFT),)), buttons(BUY))


def test_a_column_of_money_goes_and_others_keep_their_places() -> None:
    table = Table((LABEL, say("field-cost"), say("field-expires")), ((LEFT, PAID, "May"), (LEFT, None, "June")))
    assert without_money(reply(table)) == reply(
        Table((LABEL, say("field-expires")), ((LEFT, "May"), (LEFT, "June"))),
    )
    free = Table((LABEL, say("field-cost")), ((LEFT, PAID), (LEFT, say("free"))))
    assert without_money(reply(free)) == reply(Table((LABEL, say("field-cost")), ((LEFT, None), (LEFT, say("free")))))


def test_what_was_money_alone_says_why_nothing_is_left() -> None:
    assert without_money(reply(EACH, buttons(BUY))) == reply(HIDDEN, buttons(BUY))
    assert sentence_without(EACH) == HIDDEN
    assert without_money(reply(Fields(((LABEL, PAID),)))) == reply(HIDDEN)
    asked = without_money(reply(Ask(EACH, LABEL, (Button(EACH, "lots"), BUY))))
    assert asked == reply(Ask(HIDDEN, LABEL, (Button(HIDDEN, "lots"), BUY)))


@pytest.mark.parametrize(
    ("free", "paid", "unknown", "said"),
    [
        (16, 0, 0, "nothing, they were free"),
        (0, 16, 0, "paid"),
        (4, 12, 0, "4 free, 12 paid"),
        (0, 12, 4, "12 paid, and 4 of unknown cost"),
        (2, 12, 4, "2 free, 12 paid, and 4 of unknown cost"),
        (0, 0, 16, "unknown"),
    ],
)
def test_how_many_were_paid_for_stays(free: int, paid: int, unknown: int, said: str) -> None:
    cost = cost_of(free, paid, unknown, PAID if paid else None)
    (shown,) = without_money(reply(say("card-row", deed="Logo", delta="16", day=cost))).parts
    assert isinstance(shown, Say)
    assert TEXT(shown) == f"Logo · 16 · {said}"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (say("deed-amendment", deed="Purchase", of=3, price=PAID, was=PAID), "New cost of Purchase #3"),
        (say("deed-priced", connects=40, of=3, price=PAID), "Cost of 40 Connects of #3"),
        (say("digest-paid", connects=say("connects", connects=40), price=PAID), "40 Connects"),
        (say("outcome-worth", worth=PAID), "Noted what it is worth."),
        (say("reached-worth", state=say("reached-hired"), worth=PAID), "Hired"),
        (say("cost-partly", price=PAID, unknown=4), "4 of unknown cost"),
    ],
)
def test_a_sentence_says_the_rest(sentence: Say, said: str) -> None:
    assert TEXT(sentence_without(sentence)) == said


def test_the_sentences_exist_of_which_money_is_left_out() -> None:
    assert {*NO_SECRET, *WITHOUT, *filter(None, WITHOUT.values())} <= sentences()
