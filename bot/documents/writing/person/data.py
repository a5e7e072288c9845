"""Writes what is kept of a person as JSON, a value on each line, and the page beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bot.documents.model import Document
from bot.documents.writing.person.page import page_of
from core.forgetting.disclosure import KEYS
from core.forgetting.plain import at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress
    from core.forgetting.plain import Plain

FORMAT: Final = "connects-data/1"
"""The name of the form, which docs/privacy.md explains. Another form gets another number."""


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write the page, and the data as the second file."""
    lists: dict[str, list[Plain]] = {key: [] for key in KEYS}
    for part in books.disclosed:
        lists[part.key] += part.values
    data = "".join(_data(order, lists)).encode()
    progress(0.5)
    page = page_of(order, lists).encode()
    progress(1)
    return Document(".html", page, sum(map(len, lists.values())), data)


def _data(order: DocumentOrder, lists: Mapping[str, Sequence[Plain]]) -> Iterator[str]:
    yield f'{{"format": "{FORMAT}",\n"made": "{at(order.at)}"'
    for key, values in lists.items():
        yield f',\n"{key}": ['
        yield ",".join(f"\n{json.dumps(value, ensure_ascii=False)}" for value in values)
        yield "\n]" if values else "]"
    yield "}\n"
