"""Cells of tables: no formulas, no marks that cannot be seen, ids that stay whole, plain decimals."""

from __future__ import annotations

import csv
import io

import pytest

from bot.documents.cells import amount, csv_of, harmless, id_cell, plain, text_cell


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\t'=1"),
        ("\r=1", "\r'=1"),
        ("\tLogo", "'\tLogo"),
        ("  =1", "  '=1"),
        ("\u00a0=1", "\u00a0'=1"),
        ("|cmd", "'|cmd"),
        ("%0A", "'%0A"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\ufe62 1", "'\ufe62 1"),
        ("Logo;=1+1", "Logo;'=1+1"),
        ("Logo; \uff0b1;@x", "Logo; '\uff0b1;'@x"),
        ("Logo\n-1", "Logo\n'-1"),
        ('Logo;"=1', "Logo;\"'=1"),
        ('Logo\t" "@1', 'Logo\t" "\'@1'),
    ],
)
def test_where_a_formula_may_begin_there_is_an_apostrophe(text: str, written: str) -> None:
    assert harmless(text) == written


@pytest.mark.parametrize(
    "text", ["", "Logo", '"-10 %" off', "3 logos", "a=b", "e-mail", "Logo; two pages", "Logo, +3 pages"]
)
def test_other_text_stays(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u200eLogo\u202c", "Logo"),
        ("\u2066Mobil\u2069 \u061capp\u200f", "Mobil app"),
        ("Logo\r\nand\rsite\u2028now", "Logo\nand\nsite\nnow"),
        ("\x00Lo\x1bgo\x7f\ufffe\ud83d", "Logo"),
        ("\U0001f468\u200d\U0001f4bb \u0644\u0648\u063a\u0648", "\U0001f468\u200d\U0001f4bb \u0644\u0648\u063a\u0648"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("hidden", ["\u200b", "\u200e", "\u2068", "\ufeff", "\x00", "\x1f"])
def test_nothing_hides_the_beginning_of_a_formula(hidden: str) -> None:
    assert text_cell(f"{hidden}=1+1") == "'=1+1"


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("1234567890123456789", "'1234567890123456789"),
        ("0012", "'0012"),
        ("12e5", "'12e5"),
        ("-1001234567890", "'-1001234567890"),
        ("~021234567890123456789", "~021234567890123456789"),
        ("", ""),
    ],
)
def test_an_id_stays_text(name: str, cell: str) -> None:
    assert id_cell(name) == cell


@pytest.mark.parametrize(
    ("minor", "currency", "cell"),
    [(90, "USD", "0.90"), (-905, "USD", "-9.05"), (1500, "JPY", "1500"), (1, "KWD", "0.001"), (0, "EUR", "0.00")],
)
def test_money_has_the_decimals_of_its_currency_and_stays_a_number(minor: int, currency: str, cell: str) -> None:
    assert csv_of(("a",), ((amount(minor, currency),),)).decode("utf-8-sig").split() == ['"a"', cell]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_separator_of_lists_makes_a_cell_begin_with_a_formula(separator: str) -> None:
    """Read back as a spreadsheet does where lists are separated by commas, by semicolons or by tabs."""
    content = csv_of(
        ("a",), ((text_cell(text),) for text in ("a;=1,b\t=2", 'a;"=1', 'Club "A";=3;\uff1d4', "\t@5", "\r-6"))
    )
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)
    assert not [cell for row in rows for cell in row if cell.strip('" \t').startswith(("=", "\uff1d", "@", "-"))]
