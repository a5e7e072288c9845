"""Records of files, and the line of each key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.declaration import UnfitError
from bot.options.choice import Switch
from bot.options.files import records_in

TOML = b"""\
[[thing]]
name = "One"
text = \"\"\"
name = "not this one"
\"\"\"

[[thing]]
Day = 2026-01-31
at = 2026-01-31 09:00:00
on = true
tags = ["a", "b"]
number = 3
"""


def test_toml_values_become_the_words_of_a_line() -> None:
    one, two = records_in("a.toml", TOML, "thing")
    assert dict(one.words) == {"name": "One", "text": 'name = "not this one"\n'}
    assert dict(two.words) == {
        "day": "2026-01-31",
        "at": "2026-01-31 09:00:00",
        "on": "on",
        "tags": "a,b",
        "number": "3",
    }


def test_each_key_has_its_line_and_a_missing_one_that_of_its_record() -> None:
    one, two = records_in("a.toml", TOML, "thing")
    assert [one.line_of(key) for key in ("name", "text", "number")] == [2, 3, 1]
    assert [two.line_of(key) for key in ("day", "number", "name")] == [8, 12, 7]


def test_a_single_record_needs_no_table_header() -> None:
    (one,) = records_in("a.toml", b'\nname = "One"', "thing")
    assert (one.line, one.line_of("name")) == (1, 2)


@pytest.mark.parametrize("value", [b"[" * 100_000, b"1" * 5000])
def test_an_unterminated_value_is_an_error(value: bytes) -> None:
    with pytest.raises(UnfitError, match="file-broken"):
        records_in("a.toml", b"name = " + value, "thing")


@pytest.mark.parametrize(
    ("content", "answer"), [(b"a." * 100_000 + b"a = 1", "file-broken"), (b"[[thing]]\n" * 25_000, "file-count")]
)
def test_a_file_that_would_take_for_ever_to_read_is_refused(content: bytes, answer: str) -> None:
    assert heard("a.toml", content) == answer


def test_a_figure_that_is_absurdly_large_is_none() -> None:
    (one,) = records_in("a.toml", b"name = 0x" + b"f" * 5000, "thing")
    assert one.words == {"name": None}


@pytest.mark.parametrize(("value", "words"), [(b"20.0", "20"), (b"2.5", "2.5"), (b"1e30", "1e+30"), (b"inf", "inf")])
def test_a_figure_without_a_fraction_is_whole(value: bytes, words: str) -> None:
    (one,) = records_in("a.toml", b"name = " + value, "thing")
    assert one.words == {"name": words}


def test_a_nested_value_is_none() -> None:
    (one,) = records_in("a.toml", b"name = [{ a = 1 }]", "thing")
    assert one.words == {"name": None}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_by_its_own_separator_and_a_row_has_the_line_where_it_begins(separator: str) -> None:
    rows = [["Name", "Text"], ["One", '"two\nlines"'], ["", ""], ["Three", ""]]
    content = "\r\n".join(separator.join(row) for row in rows).encode()
    one, two = records_in("a.csv", content, "thing")
    assert (one.line, dict(one.words)) == (2, {"name": "One", "text": "two\nlines"})
    assert (two.line, dict(two.words)) == (5, {"name": "Three"})


@given(content=st.binary(max_size=200), name=st.sampled_from(["a.toml", "a.csv"]))
def test_any_bytes_are_read_or_refused_with_an_explanation(content: bytes, name: str) -> None:
    assert heard(name, content).startswith(("read", "file-"))


@given(text=st.text(alphabet='[]thing="\n,;a1{}', max_size=60), name=st.sampled_from(["a.toml", "a.csv"]))
def test_anything_similar_is_read_or_refused_with_an_explanation(text: str, name: str) -> None:
    assert heard(name, text.encode()).startswith(("read", "file-"))


def heard(name: str, content: bytes) -> str:
    try:
        return "read" if records_in(name, content, "thing") else "nothing"
    except UnfitError as error:
        return error.sentence.id


@pytest.mark.parametrize(
    ("words", "meant"), [("on", True), ("Yes", True), (" true ", True), ("off", False), ("no", False)]
)
def test_a_switch_is_on_or_off(words: str, meant: bool) -> None:  # noqa: FBT001 - a value of the test
    assert Switch().read(words) is meant
