"""The place of a group's alerts: chosen, lost, and found to work again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.shared.ids import PersonId
from core.wallets.settings import Alerts, Loss, Settings, Where, loss_told, place_lost, place_works, placed

NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)
LOST = Loss("rights", NOW)
ANN = PersonId(1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Alerts(), Alerts(place="7")),
        (Alerts(place="6", lost=LOST), Alerts(place="7")),
        (Alerts(where=Where.PRIVATE, person=ANN), Alerts(place="7")),
        (Alerts(where=Where.BOTH, person=ANN), Alerts(where=Where.BOTH, person=ANN, place="7")),
        (Alerts(runway=3, digest=False), Alerts(runway=3, digest=False, place="7")),
    ],
)
def test_a_chosen_place_is_in_the_group_and_forgets_the_loss(before: Alerts, after: Alerts) -> None:
    assert placed(before, "7") == after


def settings(place: str | None = "7", lost: Loss | None = None) -> Settings:
    return Settings(alerts=Alerts(place=place, lost=lost))


def test_a_loss_is_noted_once_and_only_for_the_place_that_is_theirs() -> None:
    assert place_lost(settings(), "7", "rights", NOW) == settings(lost=LOST)
    assert place_lost(settings(), "6", "rights", NOW) == settings()
    assert place_lost(settings(lost=LOST), "7", "closed", NOW + timedelta(days=1)) == settings(lost=LOST)
    assert place_lost(settings(None), "", "unset", NOW) == settings(None, Loss("unset", NOW))


def test_what_arrives_ends_the_loss_of_that_place() -> None:
    assert place_works(settings(lost=LOST), "7") == settings()
    assert place_works(settings(lost=LOST), "6") == settings(lost=LOST)
    assert place_works(settings(), "7") == settings()


def test_an_admin_can_only_be_told_of_a_loss() -> None:
    assert loss_told(settings(lost=LOST)) == settings(lost=replace(LOST, told=True))
    assert loss_told(settings()) == settings()
