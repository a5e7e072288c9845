"""What falls due is seen to, however much it is, and what is broken stands in nobody's way."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.duties import ABREAST, MOST_AT_ONCE, RESTED, Duties, Upshot
from core.telling import Due

if TYPE_CHECKING:
    from datetime import datetime

    from core.books import Books
    from tests.clock import TestClock


class Hands:
    """Sees to things, and knows what it saw to; what is called broken it cannot see to."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.busy = self.most = 0

    async def see_to(self, due: Due, now: datetime) -> Upshot:
        self.busy += 1
        self.most = max(self.most, self.busy)
        for _ in range(9 if due.name.endswith("slow") else 1):
            await asyncio.sleep(0)
        self.busy -= 1
        self.seen.append(due.name)
        if "broken" in due.name:
            raise LookupError(due.name)
        return Upshot(then=now + timedelta(days=1) if "daily" in due.name else None)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def duties(books: Books, clock: TestClock, hands: Hands) -> Duties:
    return Duties(books.store, clock, {"thing": hands.see_to})


async def fall_due(books: Books, *names: str) -> None:
    for name in names:
        await books.store.put_due(Due(name, books.clock.now()))


async def test_more_than_one_batch_is_seen_to_at_once_and_few_side_by_side(
    books: Books, duties: Duties, hands: Hands
) -> None:
    number = 2 * MOST_AT_ONCE + 7
    await fall_due(books, *(f"thing:{n:03}:daily" for n in range(number)))
    assert await duties.see_to() == number
    assert len(set(hands.seen)) == len(hands.seen) == number
    assert hands.most == ABREAST
    assert await duties.see_to() == 0


async def test_what_is_about_one_thing_comes_in_its_order(
    books: Books, clock: TestClock, duties: Duties, hands: Hands
) -> None:
    for name in ("thing:1:slow", "thing:1:later", "thing:2:later"):
        await fall_due(books, name)
        clock.pass_(seconds=1)
    await duties.see_to()
    assert hands.seen == ["thing:2:later", "thing:1:slow", "thing:1:later"]


async def test_what_is_broken_stands_in_nobodys_way_and_is_tried_again_after_a_rest(
    books: Books, clock: TestClock, duties: Duties, hands: Hands
) -> None:
    await fall_due(books, *(f"thing:{n:03}:broken" for n in range(MOST_AT_ONCE + 1)))
    clock.pass_(seconds=1)
    await fall_due(books, "thing:999:fine")
    with pytest.raises(ExceptionGroup) as raised:
        await duties.see_to()
    assert len(raised.value.exceptions) == MOST_AT_ONCE + 1
    assert hands.seen.count("thing:999:fine") == 1
    hands.seen.clear()
    assert await duties.see_to() == 0
    assert hands.seen == []
    clock.at += RESTED
    with pytest.raises(ExceptionGroup):
        await duties.see_to()
    assert len(hands.seen) == MOST_AT_ONCE + 1
