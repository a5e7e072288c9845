"""Every file of words says what English says, of the same facts; it need not say all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.house.test_house import WORDS
from tests.house.translations import faults

if TYPE_CHECKING:
    from pathlib import Path


def test_every_language_fits_english() -> None:
    assert faults(WORDS.parent) == []


def test_a_language_may_be_incomplete(tmp_path: Path) -> None:
    (tmp_path / "en.ftl").write_text("hello = Hello { $name }\nbye = Bye\n", encoding="utf-8")
    (tmp_path / "uk.ftl").write_text("hello = Вітаю, { $name }!\n", encoding="utf-8")
    assert faults(tmp_path) == []


def test_what_is_wrong_with_a_language_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.ftl").write_text("hello = Hello { $name }\nbye = Bye\nleft = { $left } left\n", encoding="utf-8")
    (tmp_path / "uk.ftl").write_text(
        "hello = Вітаю, { $nam }!\nbuy = { NUMBR($left) }\nbye = { hello }\nleft = Лишилося { NUMBER($left) }\n"
        "left = Ще раз { $left }\nbroken = { $\n",
        encoding="utf-8",
    )
    (tmp_path / "xx.ftl").write_text("bye =\n    .title = Bye\n", encoding="utf-8")
    assert faults(tmp_path) == [
        "uk.ftl: left stands twice",
        "uk.ftl: cannot be read: broken = { $",
        "uk.ftl: hello names $nam and not $name",
        "uk.ftl: buy is not in en.ftl",
        "uk.ftl: bye names hello and not nothing",
        "xx.ftl: is no language that numbers and dates are known for",
        "xx.ftl: bye says nothing",
    ]
