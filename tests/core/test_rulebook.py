"""The shipped figures, an operator's own, and what is said when one is wrong."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from core.ledger import rulebook
from core.ledger.model import Source
from core.ledger.rulebook import RulebookError
from core.shared.bounds import MOST, MOST_MONEY
from core.shared.money import CostState
from core.stats.model import Step
from core.wallets.settings import Plan
from tests.core.freelancer import booked, dollars, freelancer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.clock import TestClock
    from tests.core.freelancer import OpenBooks


def test_the_shipped_figures_are_those_of_the_article_and_of_upwork() -> None:
    book = rulebook.default()
    assert book.earning[Source.WELCOME]["connects"] == 20
    assert (book.currency, book.each, book.order, book.expiry_months) == ("USD", 15, "received", 12)
    assert [book.monthly(plan) for plan in (Plan.BASIC, Plan.PLUS, Plan.AGENCY)] == [10, 100, 0]


def test_the_yardsticks_are_those_that_are_reported() -> None:
    found = rulebook.default().yardsticks
    assert {name: [*figures.values()] for name, figures in found.items()} == {
        "hand": [19, 15, 10, 5],
        "volume": [19, 5, 0, 1],
    }
    assert {step for figures in found.values() for step in figures} <= set(Step)


def test_an_operator_changes_one_figure_and_keeps_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[earning.welcome]\nconnects = 40\n", encoding="utf-8")
    book = rulebook.load(path)
    assert book.earning[Source.WELCOME]["connects"] == 40
    assert book.each == 15


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"price": {"each": "15"}}, "price.each is '15'; it takes a whole number from 0 to 100000"),
        ({"price": {"each": True}}, "price.each is True"),
        ({"price": {"each": -1}}, "price.each is -1"),
        ({"price": {"currency": "usd"}}, "price.currency is 'usd'; it takes three capital letters"),
        ({"price": {"currency": 5}}, "price.currency is 5"),
        ({"price": {"currency": "USDT"}}, "price.currency is 'USDT'"),
        ({"price": {"currency": "US"}}, "price.currency is 'US'"),
        ({"price": {"currency": "\u0410\u0411\u0412"}}, "it takes three capital letters"),
        ({"price": {"bundles": []}}, "price.bundles is []; it takes a list of sizes"),
        ({"price": {"bundles": "10"}}, "price.bundles is '10'"),
        ({"price": {"bundles": [0]}}, "price.bundles is 0"),
        (
            {"price": {"bundels": [10]}},
            "price.bundels is not known; the keys here are bundles, currency, doubt, each",
        ),
        ({"price": 15}, "price must be a table, written [price]"),
        ({"use": {"order": "random"}}, "use.order is 'random'; it takes one of received, expiring, free"),
        ({"earning": {"feedback": {"stars": 6}}}, "earning.feedback.stars is 6; it takes a whole number from 1 to 5"),
        ({"prices": {}}, "prices is not known"),
    ],
)
def test_a_wrong_figure_is_named(given: dict[str, Any], words: str) -> None:
    with pytest.raises(RulebookError) as error:
        rulebook.parse(given)
    assert words in str(error.value)


RANGES = {
    "price.each": (0, 100_000),
    "price.doubt": (0, 1000),
    "price.bundles": (1, 1_000_000),
    "price.tax_percent": (0, 30),
    "expiry.months": (0, 120),
    "earning.welcome.connects": (0, 100_000),
    "earning.monthly.plus": (0, 100_000),
    "earning.interview.cap": (0, 1_000_000),
    "earning.interview.days": (1, 366),
    "earning.feedback.stars": (1, 5),
    "limits.spend": (1, 1_000_000),
    "limits.purchase": (1, 1_000_000),
    "limits.price": (0, 1_000_000_000_000),
    "limits.grant": (1, 1_000_000),
    "alerts.rearm_percent": (0, 1000),
    "yardsticks.volume.reply": (0, 100),
}


@pytest.mark.parametrize("key", RANGES)
def test_every_figure_has_its_range(key: str) -> None:
    def given(value: int) -> dict[str, Any]:
        nested: Any = [value] if key == "price.bundles" else value
        for name in reversed(key.split(".")):
            nested = {name: nested}
        return dict(nested)

    low, high = RANGES[key]
    for within in (low, high):
        rulebook.parse(given(within))
    for beyond in (low - 1, high + 1):
        with pytest.raises(RulebookError, match=f"{re.escape(key)} is {beyond}; it takes .* from {low} to {high}"):
            rulebook.parse(given(beyond))


def test_the_sizes_of_bundles_ascend() -> None:
    assert rulebook.parse({"price": {"bundles": [40, 10, 20]}}).bundles == (10, 20, 40)


def test_no_figure_may_be_larger_than_a_database_can_hold() -> None:
    shipped = tomllib.loads(resources.files("core.ledger").joinpath("rulebook.toml").read_text(encoding="utf-8"))
    for keys in _keys(shipped):
        given: Any = MOST_MONEY if keys == ("limits", "price") else MOST
        for key in reversed(keys):
            given = {key: [given] if key == "bundles" else given}
        with pytest.raises(RulebookError, match=re.escape(".".join(keys))):
            rulebook.parse(given)


def _keys(table: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for key, value in table.items():
        yield from ((key, *inner) for inner in _keys(value)) if isinstance(value, dict) else [(key,)]


def test_a_file_that_is_not_there_or_not_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match=r"gone\.toml cannot be read"):
        rulebook.load(tmp_path / "gone.toml")
    (tmp_path / "bad.toml").write_text("[price", encoding="utf-8")
    with pytest.raises(RulebookError, match=r"bad\.toml is not TOML"):
        rulebook.load(tmp_path / "bad.toml")


def test_a_file_is_utf_8_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    words = "[price]\neach = 16  # caf\u00e9\n"
    (tmp_path / "marked.toml").write_text(words, encoding="utf-8-sig")
    assert rulebook.load(tmp_path / "marked.toml").each == 16
    for encoding in ("latin-1", "utf-16"):
        (tmp_path / "other.toml").write_text(words, encoding=encoding)
        with pytest.raises(RulebookError, match=r"other\.toml is not text in UTF-8; save it as UTF-8"):
            rulebook.load(tmp_path / "other.toml")


class TestOwnRules:
    """What changes when the rulebook says otherwise."""

    async def test_free_lots_are_used_first(self, books: OpenBooks, clock: TestClock) -> None:
        books.rulebook = replace(books.rulebook, order="free")
        ann = await freelancer(books, clock)
        booked(await ann.buy(10, dollars(150)))
        clock.pass_(days=1)
        booked(await ann.earn(Source.REWARD, connects=5))
        booked(await ann.spend(24))
        assert [(lot.cost_state, lot.left) for lot in await ann.lots()] == [(CostState.FREE, 1), (CostState.PAID, 10)]

    async def test_lots_that_expire_first_are_used_first(self, books: OpenBooks, clock: TestClock) -> None:
        books.rulebook = replace(books.rulebook, order="expiring", expiry_months=0)
        ann = await freelancer(books, clock)
        books.rulebook = replace(books.rulebook, expiry_months=1)
        clock.pass_(days=1)
        booked(await ann.adjust(5))
        booked(await ann.spend(6))
        assert [(lot.expires is None, lot.left) for lot in await ann.lots()] == [(True, 19)]

    async def test_nothing_expires(self, books: OpenBooks, clock: TestClock) -> None:
        books.rulebook = replace(books.rulebook, expiry_months=0)
        ann = await freelancer(books, clock)
        clock.pass_(days=10_000)
        assert await ann.available() == 20

    async def test_connects_that_come_back_to_an_expired_lot_are_forfeit(
        self, books: OpenBooks, clock: TestClock
    ) -> None:
        books.rulebook = replace(books.rulebook, returns_expired="forfeit")
        ann = await freelancer(books, clock)
        booked(await ann.spend(16))
        clock.pass_(days=366)
        assert booked(await ann.give_back(2)).entry.delta == 0
        assert await ann.available() == 0
        assert booked(await ann.undo()).entry.of == 4

    async def test_a_retried_purchase_is_the_same_after_a_price_rise(self, books: OpenBooks, clock: TestClock) -> None:
        ann = await freelancer(books, clock)
        request = ann.new_request
        first = await books.buy(request, 60)
        books.rulebook = replace(books.rulebook, each=16)
        assert await books.buy(request, 60) == first._replace(replayed=True)

    async def test_tax_is_added_to_a_purchase_without_a_price(self, books: OpenBooks, clock: TestClock) -> None:
        books.rulebook = replace(books.rulebook, tax_percent=20)
        ann = await freelancer(books, clock)
        booked(await ann.buy(10))
        assert (await ann.lots())[-1].price == dollars(150, tax=30)
