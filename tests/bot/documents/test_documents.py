"""The documents under way: how much is done, and who stops them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.documents.documents import Documents
from bot.documents.model import BookData, Document, DocumentOrder, Form, Subject
from bot.processes.errors import BusyError
from bot.processes.owned_tasks import MOST_EACH, Stop
from core.shared.ids import WalletId
from tests.bot.documents.publisher import InProcessPublisher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DONE = Document(".csv", b"number\n", 0)


def order(title: str) -> DocumentOrder:
    return DocumentOrder(
        Subject.ENTRIES, Form.CSV, WalletId(1), None, datetime(2026, 1, 12, tzinfo=UTC), 0, "en", "UTC", "USD",
        title=title,
    )  # fmt: skip


async def nothing() -> AsyncIterator[BookData]:
    yield BookData()


@pytest.fixture
def publisher() -> InProcessPublisher:
    publisher = InProcessPublisher()
    publisher.document = DONE
    return publisher


async def test_how_much_is_written_never_becomes_less(publisher: InProcessPublisher) -> None:
    documents = Documents(publisher)
    publisher.hold()
    writing = documents.begin("ann", order("hers"), nothing)
    assert writing.progress == 0
    await publisher.reading_done.wait()
    for done in (0.5, 0.4):
        publisher.tell(done)
        assert writing.progress == 0.5
    publisher.tell(1.5)
    assert writing.progress == 1
    publisher.release()
    assert await writing.document == DONE


async def test_one_person_has_only_so_many_under_way(publisher: InProcessPublisher) -> None:
    documents = Documents(publisher)
    publisher.hold()
    for _ in range(MOST_EACH):
        documents.begin("ann", order("hers"), nothing)
    with pytest.raises(BusyError):
        documents.begin("ann", order("one too many"), nothing)
    his = documents.begin("bob", order("his"), nothing)
    await documents.close()
    assert his.document.cancelled()


async def test_only_who_asked_stops_it(publisher: InProcessPublisher) -> None:
    documents = Documents(publisher)
    publisher.hold()
    writing = documents.begin("ann", order("hers"), nothing)
    assert documents.stop("bob", writing.token) is Stop.OTHERS
    assert documents.stop("ann", writing.token) is Stop.STOPPED
    await documents.close()
    assert writing.document.cancelled()
