"""Whom an announcement is for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.delivery.notice import EVERYBODY, Audience, Subscription, Target, places
from core.shared.ids import PersonId
from core.wallets.settings import Alerts, Where

SINCE = datetime(2026, 1, 10, tzinfo=UTC)
CHAT = Subscription(Target("telegram", "-7"), SINCE, PersonId(1), locale="pt-BR", tags=("design", "python"))


@pytest.mark.parametrize(
    ("audience", "included"),
    [
        (EVERYBODY, True),
        (Audience(platforms=("telegram",)), True),
        (Audience(platforms=("discord", "console")), False),
        (Audience(locales=("pt",)), True),
        (Audience(locales=("pt-BR",)), True),
        (Audience(locales=("pt-br",)), True),  # as the operator's words are read
        (Audience(locales=("en", "pt-PT")), False),
        (Audience(tags=("python", "rust")), True),
        (Audience(tags=("rust",)), False),
        (Audience(("telegram",), ("pt",), ("design",)), True),
        (Audience(("telegram",), ("en",), ("design",)), False),
    ],
)
def test_every_condition_must_match(audience: Audience, *, included: bool) -> None:
    assert audience.includes(CHAT) is included
    assert audience.among([CHAT]) == ((CHAT,) if included else ())


def test_a_subscription_without_tags_gets_everything() -> None:
    assert Audience(tags=("rust",)).includes(CHAT._replace(tags=()))


def test_a_subscription_may_leave_out_what_it_does_not_want() -> None:
    chat = CHAT._replace(tags=("-design",))
    assert EVERYBODY.includes(chat)
    assert Audience(tags=("rust",)).includes(chat)
    assert Audience(tags=("design", "rust")).includes(chat)
    assert not Audience(tags=("design",)).includes(chat)


def test_a_chat_that_is_gone_gets_nothing() -> None:
    assert not EVERYBODY.includes(CHAT._replace(gone="blocked"))


GROUP, PRIVATE = Target("telegram", "-7"), (Target("telegram", "1", direct=True), Target("discord", "2", direct=True))


@pytest.mark.parametrize(
    ("where", "expected"),
    [(Where.GROUP, (GROUP,)), (Where.PRIVATE, PRIVATE), (Where.BOTH, (GROUP, *PRIVATE))],
)
def test_a_groups_alerts_go_where_they_are_wanted_and_never_nowhere(where: Where, expected: tuple[Target, ...]) -> None:
    assert places(Alerts(where=where), GROUP, PRIVATE) == expected
    assert places(Alerts(where=where), GROUP, ()) == (GROUP,)


@pytest.mark.parametrize(("place", "there"), [(None, GROUP), ("", GROUP), ("12", GROUP._replace(place="12"))])
def test_in_the_group_they_go_to_the_place_that_was_chosen(place: str | None, there: Target) -> None:
    assert places(Alerts(place=place), GROUP, PRIVATE) == (there,)
    assert places(Alerts(where=Where.BOTH, place=place), GROUP, PRIVATE) == (there, *PRIVATE)
    assert places(Alerts(where=Where.PRIVATE, place=place), GROUP, PRIVATE) == PRIVATE
