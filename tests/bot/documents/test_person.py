"""Everybody's own file: the same as data and as a page, in which what people wrote is text and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.documents.model import BookData, Document, DocumentOrder, Form, Subject
from bot.documents.writing import write
from bot.documents.writing.person.page import LISTS
from core.forgetting.disclosure import KEYS, Part
from core.shared.ids import WalletId

AT = datetime(2026, 1, 12, 20, 5, tzinfo=UTC)
ENTRY = {"number": 12, "happened": "2026-01-11T23:30:00Z", "kind": "spend", "connects": -16, "balance": 1004}


def written(*parts: Part, zone: str = "Europe/Kyiv", locale: str = "en") -> Document:
    order = DocumentOrder(
        Subject.PERSON, Form.PAGE, WalletId(1), None, AT, 1, locale, zone, "USD", title="Ann <b>\u202e"
    )
    return write(order, BookData(disclosed=parts), lambda _: None)


def page(*parts: Part) -> str:
    return written(*parts).content.decode()


def test_the_data_have_every_list_and_each_value_on_a_line() -> None:
    text = written(
        Part("entries", [ENTRY]), Part("notes", [{"name": "\u00e9"}]), Part("entries", [ENTRY])
    ).data.decode()
    found = json.loads(text)
    assert tuple(found) == ("format", "made", *KEYS)
    assert (found["format"], found["made"]) == ("connects-data/1", "2026-01-12T20:05:00Z")
    assert (found["entries"], found["notes"], found["rows"]) == ([ENTRY, ENTRY], [{"name": "\u00e9"}], [])
    assert text.count(json.dumps(ENTRY)) == 2
    assert '"\u00e9"' in text


def test_the_page_is_one_file_that_asks_nothing_of_the_net() -> None:
    text = page(Part("entries", [ENTRY]))
    assert "default-src &#39;none&#39;" in text
    assert "<script" not in text
    assert "http://" not in text
    assert "https://" not in text


def test_what_people_wrote_is_text() -> None:
    text = page(Part("notes", [{"name": "<img src=x>", "text": "a\u202eb & c", "until": None}]))
    assert "&lt;img src=x&gt;" in text
    assert "<td>ab &amp; c" in text
    assert "<h1>Ann &lt;b&gt;" in text


def test_values_are_shown_as_their_reader_writes_them() -> None:
    lot = {
        "number": 1,
        "source": "purchase",
        "issued": "2026-01-11T23:30:00Z",
        "expires": None,
        "size": 1000,
        "left": 4,
        "cost": {"net": 900, "tax": 180, "currency": "USD"},
    }
    group = {"titles": ["Team", "Club"], "chats": [{"platform": "telegram", "chat": "-1"}], "roles": ["owner"]}
    text = page(
        Part("lots", [lot]), Part("groups", [{**group, "limits": [{"each": False, "amount": 5}], "targets": []}])
    )
    assert "<td>1<td>purchase<td>Jan 12, 2026 01:30 EET<td><td>1,000<td>4<td>$10.80" in text
    where = "<td>Team, Club<td>platform: telegram \u00b7 chat: -1"
    assert f"{where}<td><td>owner<td>each: false \u00b7 amount: 5<td>" in text


def test_what_nobody_stated_is_no_money() -> None:
    text = page(
        Part("incomes", [{"day": "2026-01-11", "client": "Acme", "about": "Fixed", "amount": {"state": "unknown"}}])
    )
    assert "<td>Jan 11, 2026<td>Acme<td>Fixed<td>state: unknown" in text


@pytest.mark.parametrize("key", KEYS)
def test_a_list_has_its_place_if_there_is_anything_in_it(key: str) -> None:
    assert f'<section id="{key}"' in page(Part(key, [dict.fromkeys(LISTS[key], "x")]))
    assert "<section" not in page()
