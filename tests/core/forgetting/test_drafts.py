"""What an operator had not published yet loses its words; what was made for others stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from core.announcements.model import Announcement, Series, Stage
from core.delivery.notice import EVERYBODY
from core.forgetting.drafts import UNTITLED, announcement_left, promotion_left, series_left
from core.promotions.model import Conditions, Promotion, Terms
from core.shared.ids import PersonId, PromotionId
from core.shared.lifecycle import Status

AT: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
ANN: Final = PersonId(1)
ANNOUNCED: Final = Announcement("a1", "Words of hers", EVERYBODY, by=ANN, number=3, made=AT, version=4)
WEEKLY: Final = Series(1, Status.DRAFT, "0 9 * * 1", "UTC", "Words of hers", EVERYBODY, ANN, AT, 2)
TERMS: Final = Terms(
    "Her bonus",
    "Her words",
    20,
    AT,
    AT + timedelta(days=3),
    "UTC",
    conditions=Conditions(),
    audience=EVERYBODY,
    code="HERS",
)
PROMOTION: Final = Promotion(PromotionId(1), Status.DRAFT, TERMS, ANN, "seed", AT, 2)


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.DISCARDED])
def test_an_announcement_that_was_not_published_is_discarded(stage: Stage) -> None:
    left = announcement_left(replace(ANNOUNCED, stage=stage))
    assert left == replace(ANNOUNCED, text="", stage=Stage.DISCARDED, version=5)
    assert announcement_left(left) is left


@pytest.mark.parametrize("stage", sorted({*Stage} - {Stage.DRAFT, Stage.DISCARDED}))
def test_one_that_was_published_stays(stage: Stage) -> None:
    published = replace(ANNOUNCED, stage=stage)
    assert announcement_left(published) is published


@pytest.mark.parametrize("status", Status)
def test_a_series_and_a_promotion_stay_once_they_have_begun(status: Status) -> None:
    series, promotion = WEEKLY._replace(status=status), PROMOTION._replace(status=status)
    begun = status is not Status.DRAFT
    assert (series_left(series) == series, promotion_left(promotion) == promotion) == (begun, begun)


def test_a_series_that_never_began_is_cancelled_without_its_text() -> None:
    left = series_left(WEEKLY)
    assert (left.text, left.status, left.version, left.cron) == ("", Status.CANCELLED, 3, WEEKLY.cron)


def test_a_promotion_keeps_its_figures_and_none_of_its_words() -> None:
    left = promotion_left(PROMOTION)
    assert (left.terms.title, left.terms.text, left.terms.code) == (UNTITLED, "", "")
    assert (left.terms.gives, left.terms.starts, left.status) == (20, AT, Status.CANCELLED)
    assert left.version == PROMOTION.version + 1
