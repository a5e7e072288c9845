"""Files that are something else are named, and no file makes the reading fail or last."""

from __future__ import annotations

import json
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pages import Both, NotAPage, Why, looks_like_page, read_file, read_parts, read_text
from core.imports.model import Page
from tests.imports.sample_windows import COPIED, sample_text

if TYPE_CHECKING:
    from types import FrameType

    from core.proposals.my_proposals import MyProposals

TOLD = COPIED.date()
PAGE = sample_text("agency", "page.html")
HEAD, ROW = PAGE[: PAGE.index("<tr tabindex")], PAGE[PAGE.index("<tr tabindex") : PAGE.index("<tr tabindex", 2500)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.EMPTY),
        (b"\xef\xbb\xbf  \r\n", Why.EMPTY),
        (b"x" * 5_000_001, Why.TOO_LARGE),
        (b"%PDF-1.7\n", Why.PDF),
        (b"\x89PNG\r\n\x1a\n", Why.PICTURE),
        (b"\xff\xd8\xff\xe0", Why.PICTURE),
        (b"\0\0\0\x18ftypheic", Why.PICTURE),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Why.PICTURE),
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", Why.DOCUMENT),
        (b"{\\rtf1 Connects History", Why.DOCUMENT),
        (b"PK\x03\x04\x14\0\0\0page.html", Why.ARCHIVE),
        (b"bplist00\xd1\x01\x02WebMainResource", Why.WEBARCHIVE),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n" + PAGE.encode(), Why.MHTML),
        (b"hello", Why.UNKNOWN),
        (b"<html><body>hello</body></html>", Why.UNKNOWN),
        (b"<html><body><h1>Connects History</h1><h2>My balance</h2><p>0 Connects</p></body></html>", Why.NO_ROWS),
    ],
)
def test_what_is_something_else_is_named(content: bytes, why: Why) -> None:
    assert read_file(content, None) == NotAPage(why)


@pytest.mark.parametrize("file", ["transactions.csv", "transactions_new.csv"])
def test_the_other_samples_are_named(file: str) -> None:
    assert read_file(sample_text("agency", file).encode(), None) == NotAPage(Why.TRANSACTIONS)


def test_a_text_file_is_read_like_a_message_and_keeps_today_open() -> None:
    text = sample_text("agency", "desktop.txt")
    assert read_file(text.encode("utf-16"), None) == read_text(text, None)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_random_bytes_never_raise(content: bytes) -> None:
    for start in (b"", b"<html>", b"\xff\xfe", HEAD.encode(), b"<html><script id=__NUXT_DATA__>["):
        read_file(start + content, None)
        read_file(start + content, TOLD)


@given(st.text(alphabet=st.sampled_from("Today\n\t -+\u221220,SpentAddeConcs\u2014\u00a0/"), max_size=200))
@settings(max_examples=60, deadline=None)
def test_random_text_never_raises(text: str) -> None:
    read_text(text, TOLD)
    read_parts([(text, TOLD), (text[::-1], TOLD), (text[7:], TOLD)])
    looks_like_page(text)


def test_a_truncated_page_never_raises_and_never_lies() -> None:
    truth = read_file(PAGE.encode(), None)
    assert isinstance(truth, Page)
    known = [(row.wording, row.connects, row.title) for row in truth.rows]
    for cut in sorted(Random(5).sample(range(len(PAGE)), 60)):  # noqa: S311 - nothing here is secret
        found = read_file(PAGE[:cut].encode(), None)
        rows = [(row.wording, row.connects, row.title) for row in found.rows] if isinstance(found, Page) else []
        assert rows == known[: len(rows)]


DATA = "<html><script id=__NUXT_DATA__>"
BOMBS: dict[str, str] = {
    "deep": "<html>" + "<div>" * 100_000,
    "deep in a cell": HEAD + ROW.replace("<small>", "<div>" * 20_000),
    "attributes": "<html><div " + " ".join(f"a{number}=1" for number in range(60_000)) + ">",
    "an attribute": HEAD + f"<td id='{'x' * 400_000}'>",
    "a link": HEAD + f"<tr><td id=action-cell-0><a href='{'/jobs/' * 60_000}'>x</a>",
    "entities": '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><html>' + "&b;" * 50_000,
    "tables": "<html>" + "<table id=connects-history-table>" * 20_000,
    "rows": HEAD + "<tr>" * 60_000,
    "brackets": "<html>" + "<" * 300_000,
    "nested data": DATA + "[" * 300_000,
    "cyclic data": DATA + json.dumps([{"id": 0, "timestamp": 0, "amount": 0, "personMap": 0}, ["Ref", 1]]),
    "shared data": DATA + json.dumps([{str(n): 1 for n in range(9000)}, "x", *[{"personMap": 0}] * 9000]),
    "blank lines": "\n" * 300_000,
    "tabs": "\t" * 300_000,
    "minus and blanks": ("-20" + " " * 2000 + "\n") * 150,
    "figures": "1," * 150_000,
    "days": "Today\n" * 50_000 + "-20\nSpent 20 Connects",
    "balances": "My balance\n" * 30_000,
    "ends": "-20\nSpent 20 Connects\n" * 5_000,
    "bare rows": "Today\nLogo\n-16\n" * 5_000,
    "proposals": "Initiated Jan 2, 2026\n3 days ago\n" * 8_000,
    "headings": "Offers (1)\n" * 20_000,
    "both pages": "-20\nSpent 20 Connects\nReceived Jan 2, 2026\n3 days ago\n" * 2_500,
    "lines of a proposal": "Received Jan 2, 2026\n3 days ago\n" + "Boosted\n" * 40_000,
    "rows of proposals": "<html>" + "<tr class='details-row'><td data-cy='time-slot'>" * 10_000,
    "classes": "<html>/nx/proposals/" + "class='details-ro" * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_hostile_files_are_bounded(bomb: str) -> None:
    found, count = counted(bomb.encode())
    assert isinstance(found, NotAPage | Both) or len(found.unread) <= 50
    assert count < 40 * len(bomb)


def counted(content: bytes) -> tuple[Page | MyProposals | Both | NotAPage, int]:
    """What a file says, and how many functions are called to read it: a measure that no machine changes."""
    count = 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        found = read_file(content, TOLD)
    finally:
        sys.setprofile(before)
    return found, count


@pytest.mark.parametrize("file", ["desktop.txt", "phone.txt", "tabbed.txt", "page.html"])
def test_work_grows_with_the_rows_and_no_faster(file: str) -> None:
    text = sample_text("freelancer-2", file)
    at = text.index("<tr tabindex") if file == "page.html" else text.index("Today")
    end = text.index("</tbody>") if file == "page.html" else len(text)

    def copies(number: int) -> bytes:
        return (text[:at] + text[at:end] * number + text[end:]).encode()

    read_file(copies(1), TOLD)
    (_, once), (_, twice) = counted(copies(4)), counted(copies(8))
    assert twice < 2.1 * once
