"""Connects from a promotion are announced as such before they expire, and only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.daily_review import DailyReview
from core.alerts.expiry_scan import ExpiryScan
from core.promotions.model import Terms
from core.promotions.service import PromotionService
from core.proposals.service import Proposals
from core.scheduling.task import Task
from core.wallets.people import Identity
from core.wallets.ports import daily_review_name
from core.wallets.settings import Settings
from tests.core.freelancer import booked

if TYPE_CHECKING:
    from tests.core.dawn import Dawn


@pytest.fixture(autouse=True)
async def _no_digest(dawn: Dawn) -> None:
    await dawn.change_settings(digest=False)
    await ExpiryScan(dawn.books.store, dawn.clock).run()


async def grant(dawn: Dawn, title: str, *, lasts: int | None) -> None:
    """Book ten Connects from a promotion that expire after so many days (None: at the usual time)."""
    now, promotions = dawn.clock.now(), PromotionService(dawn.books, dawn.books.store)
    terms = Terms(title, "", 10, now, now + timedelta(days=1), expires_days=lasts)
    promotion = await promotions.draft(terms, dawn.ann.person)
    await promotions.launch(promotion)
    promotion = (await dawn.books.store.promotions.newest(1))[0]
    await promotions.grant_claim(promotion, dawn.ann.person, dawn.ann.wallet)


async def live(dawn: Dawn, days: int) -> list[str]:
    """Live so many days with an expiry scan each hour; returns the codes received, each with its day."""
    scan, codes = ExpiryScan(dawn.books.store, dawn.clock), []
    for _ in range(days * 24):
        dawn.clock.pass_(hours=1)
        await scan.run()
        codes += [f"{dawn.clock.now():%d} {notice.code}" for notice in await dawn.review()]
    return codes


@pytest.mark.parametrize(
    ("lasts", "expected"),
    [
        (10, ["13 expiring", "18 promotion-ending"]),  # seven days before, then under the name of the promotion
        (3, ["11 promotion-ending"]),
        (2, ["11 promotion-ending"]),
    ],
)
async def test_connects_from_a_promotion_are_announced_as_such_and_once(
    dawn: Dawn, lasts: int, expected: list[str]
) -> None:
    dawn.clock.pass_(hours=1)
    await grant(dawn, "Summer bonus", lasts=lasts)
    assert await live(dawn, 12) == expected


@pytest.mark.parametrize(("lasts", "expected"), [(30, ["26 expiring", "02 expiring"]), (14, ["17 expiring"]), (7, [])])
async def test_days_before_the_lot_came_are_skipped(dawn: Dawn, lasts: int, expected: list[str]) -> None:
    dawn.clock.pass_(hours=1)
    await grant(dawn, "Summer bonus", lasts=lasts)
    assert [code for code in await live(dawn, lasts - 4) if "expiring" in code] == expected


async def test_switched_off_it_is_announced_like_any_expiring_lot(dawn: Dawn) -> None:
    await dawn.change_settings(promotions=False)
    dawn.clock.pass_(hours=1)
    await grant(dawn, "Summer bonus", lasts=10)
    assert await live(dawn, 12) == ["13 expiring", "19 expiring"]


async def test_an_expiring_notice_within_the_last_three_days_is_enough(dawn: Dawn) -> None:
    await dawn.change_settings(expiring=(3,))
    dawn.clock.pass_(hours=1)
    await grant(dawn, "Summer bonus", lasts=10)
    assert await dawn.days(12) == {}


@pytest.mark.parametrize("lasts", [30, None])
async def test_it_gives_the_title_of_the_promotion_however_long_ago_that_was(dawn: Dawn, lasts: int | None) -> None:
    for title in ("Spring bonus", "Summer bonus", "Autumn bonus"):
        await grant(dawn, title, lasts=60 if title == "Autumn bonus" and lasts else lasts)
    for _ in range(9):
        dawn.clock.pass_(days=1)
        booked(await dawn.ann.spend(1))
    dawn.clock.pass_(days=19 if lasts else 354)
    notices = [notice for notice in await dawn.review() if notice.code == "promotion-ending"]
    later = () if lasts else ("Autumn bonus",)
    assert [notice.facts["title"] for notice in notices] == ["Spring bonus", "Summer bonus", *later]


async def test_it_finds_the_title_among_many_entries(dawn: Dawn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.alerts.daily_review.SAME_MOMENT", 4)
    titles = [f"Bonus {number}" for number in range(9)]
    for number, title in enumerate(titles):
        for _ in range(number % 3):
            booked(await dawn.ann.spend(1))
        dawn.clock.pass_(minutes=1)
        await grant(dawn, title, lasts=3)
    dawn.clock.pass_(hours=24)
    notices = [notice for notice in await dawn.review() if notice.code == "promotion-ending"]
    assert [notice.facts["title"] for notice in notices] == titles


async def test_it_finds_the_title_of_a_wallets_very_first_entry(dawn: Dawn) -> None:
    """A start that was cut off left a wallet without its welcome."""
    bob = await dawn.books.person(Identity("test", "bob"), "Bob")
    wallet = (await dawn.books.store.people.open_wallet(bob.id, Settings())).id
    dawn.ann = replace(dawn.ann, wallet=wallet, person=bob.id)
    await grant(dawn, "Summer bonus", lasts=3)
    booked(await dawn.ann.spend(1))
    lot = (await dawn.ann.lots())[0]
    dawn.clock.pass_(hours=24)
    proposals = Proposals(dawn.books.store, dawn.books.rulebook, dawn.clock)
    review = DailyReview(dawn.books.store, dawn.books.rulebook, proposals)
    result = await review.run(Task(daily_review_name(wallet), dawn.clock.now()), dawn.clock.now())
    endings = [dict(notice.facts) for notice in result.notices if notice.code == "promotion-ending"]
    assert [(facts["lot"], facts["title"]) for facts in endings] == [(lot.number, "Summer bonus")]
