"""What a promotion gave is told of as such before it expires, and is not told twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.expiry_scan import Watch
from core.promotions.model import Terms
from core.promotions.service import Offers
from tests.core.freelancer import booked

if TYPE_CHECKING:
    from tests.core.dawn import Dawn


@pytest.fixture(autouse=True)
async def _no_digest(dawn: Dawn) -> None:
    await dawn.wish(digest=False)
    await Watch(dawn.books.store, dawn.clock).expiring()


async def given(dawn: Dawn, title: str, *, lasts: int | None) -> None:
    """A promotion gave ten Connects that last so many days."""
    now, offers = dawn.clock.now(), Offers(dawn.books, dawn.books.store)
    terms = Terms(title, "", 10, now, now + timedelta(days=1), expires_days=lasts)
    promotion = await offers.draft(terms, dawn.ann.person)
    await offers.launch(promotion)
    promotion = (await dawn.books.store.promotions.newest(1))[0]
    await offers.give(promotion, dawn.ann.person, dawn.ann.wallet)


async def live(dawn: Dawn, days: int) -> list[str]:
    """Live so many days with a look at what expires each hour; gives what was told of that, by its day."""
    watch, told = Watch(dawn.books.store, dawn.clock), []
    for _ in range(days * 24):
        dawn.clock.pass_(hours=1)
        await watch.expiring()
        told += [f"{dawn.clock.now():%d} {notice.code}" for notice in await dawn.look()]
    return told


@pytest.mark.parametrize(
    ("lasts", "told"),
    [
        (10, ["13 expiring", "18 promotion-ending"]),  # 7 days before, then as a promotion's
        (3, ["11 promotion-ending"]),
        (2, ["11 promotion-ending"]),
    ],
)
async def test_what_one_gave_is_told_of_as_such_and_not_twice(dawn: Dawn, lasts: int, told: list[str]) -> None:
    dawn.clock.pass_(hours=1)
    await given(dawn, "Summer bonus", lasts=lasts)
    assert await live(dawn, 12) == told


@pytest.mark.parametrize(("lasts", "told"), [(30, ["26 expiring", "02 expiring"]), (14, ["17 expiring"]), (7, [])])
async def test_a_mark_that_it_came_within_is_not_told_of(dawn: Dawn, lasts: int, told: list[str]) -> None:
    dawn.clock.pass_(hours=1)
    await given(dawn, "Summer bonus", lasts=lasts)
    assert [one for one in await live(dawn, lasts - 4) if "expiring" in one] == told


async def test_switched_off_it_is_what_expires_like_all_else(dawn: Dawn) -> None:
    await dawn.wish(promotions=False)
    dawn.clock.pass_(hours=1)
    await given(dawn, "Summer bonus", lasts=10)
    assert await live(dawn, 12) == ["13 expiring", "19 expiring"]


async def test_a_mark_of_ones_own_that_told_of_it_is_enough(dawn: Dawn) -> None:
    await dawn.wish(expiring=(3,))
    dawn.clock.pass_(hours=1)
    await given(dawn, "Summer bonus", lasts=10)
    assert await dawn.days(12) == {}


@pytest.mark.parametrize("lasts", [30, None])
async def test_it_names_the_promotion_however_long_ago_it_gave(dawn: Dawn, lasts: int | None) -> None:
    for title in ("Spring bonus", "Summer bonus", "Autumn bonus"):
        await given(dawn, title, lasts=60 if title == "Autumn bonus" and lasts else lasts)
    for _ in range(9):
        dawn.clock.pass_(days=1)
        booked(await dawn.ann.spend(1))
    dawn.clock.pass_(days=19 if lasts else 354)
    notices = [notice for notice in await dawn.look() if notice.code == "promotion-ending"]
    later = () if lasts else ("Autumn bonus",)
    assert [notice.facts["title"] for notice in notices] == ["Spring bonus", "Summer bonus", *later]
