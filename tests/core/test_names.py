"""Names that a person takes for the same fold to one form, and those that differ do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.shared.names import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SUMMER", "summer"),
        ("café", "cafe\u0301"),  # precomposed, and with a combining accent
        ("\uff33\uff35\uff2d\uff2d\uff25\uff32", "summer"),  # full width, from an East Asian keyboard
        ("sum\u200bmer", "summer"),
        ("\ufeffsummer", "summer"),
        ("sum\u00admer", "summer"),  # a soft hyphen
        ("summer\ufe0f", "summer"),
        ("\u202esummer\u202c", "summer"),
        ("SUMMER\u00a024", "summer  24"),
        ("straße", "STRASSE"),
        ("İSTANBUL", "istanbul"),
        ("WINTER", "w\u0131nter"),  # as a Turkish keyboard makes it small
        ("ﬁnal", "final"),
        ("\u1d2cnn", "ann"),  # a raised capital A becomes a plain one first, and a small one then
        ("Ⅻ", "xii"),
        ("٢٠", "٢٠\u200f"),
        ("Straße\tBerlin ", " STRASSE berlin"),
    ],
)
def test_the_same_name_in_other_bytes(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("summer", "sommer"), ("cafe", "café"), ("a b", "ab"), ("й", "и")])
def test_another_name_stays_another(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    "code",
    [
        *(0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0x180B, 0x180F, 0xFE00, 0xFE0F, 0xE0000, 0xE0FFF),
        *(0xAD, 0x61C, 0x200B, 0x200F, 0x202A, 0x2060, 0x2066, 0xFEFF),
    ],
)
def test_what_cannot_be_seen_is_left_out(code: int) -> None:
    assert folded(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize(
    "code",
    [
        0x34E,
        0x350,
        0x115E,
        0x1161,
        0x17B6,
        0x180A,
        0x1810,
        0x3163,
        0x3165,
        0xFDFF,
        0xFE10,
        0xFF9F,
        0xFFA1,
        0xDFFFF,
        0xE1000,
    ],
)
def test_what_can_be_seen_is_kept(code: int) -> None:
    assert folded(f"a{chr(code)}b") != "ab"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(name: str) -> None:
    assert folded(folded(name)) == folded(name)


@given(
    st.text(max_size=20), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]), st.sampled_from("\u200b\u200d\u2060\ufeff")
)
def test_encoding_and_unseen_marks_make_no_difference(name: str, form: str, mark: str) -> None:
    assert folded(unicodedata.normalize(form, name)) == folded(name)  # type: ignore[arg-type] # a form, drawn
    assert folded(mark.join(name)) == folded(name)
