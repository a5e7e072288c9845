"""What becomes of a subscription when its chat or its place is lost, and when it comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.delivery import reach
from core.delivery.notice import Target
from core.delivery.reach import BY_CHOICE, PLACE, RESTORED, is_reached
from core.wallets.people import Chat, ChatKind, ChatRef, address, heard_from, retired

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEAM = ChatRef("telegram", "-100")
ERRORS = ("deleted", "forbidden", "refused with 50013", "no channel")

whys = st.sampled_from([*sorted(BY_CHOICE), *ERRORS])
places = st.sampled_from(["unset", "unknown", "closed", "rights"])
states = st.one_of(st.sampled_from(["", RESTORED]), whys, places.map(f"{PLACE}{{}}".format))


@pytest.mark.parametrize("why", ERRORS)
def test_what_was_lost_by_an_error_comes_back_by_itself(why: str) -> None:
    assert reach.back(reach.lost("", why)) == RESTORED
    assert is_reached(RESTORED)


@pytest.mark.parametrize("why", sorted(BY_CHOICE))
def test_who_left_by_choice_gets_nothing_before_they_say_so(why: str) -> None:
    assert reach.back(reach.lost("", why)) == why
    assert not is_reached(why)


@given(states, whys)
def test_a_lost_chat_is_not_reached(gone: str, why: str) -> None:
    assert not is_reached(reach.lost(gone, why))


@given(st.sampled_from(sorted(BY_CHOICE)), st.lists(whys))
def test_no_error_brings_back_who_left_by_choice(gone: str, errors: list[str]) -> None:
    for why in errors:
        gone = reach.back(reach.lost(gone, why))
    assert gone in BY_CHOICE


@given(states)
def test_coming_back_twice_changes_nothing_more(gone: str) -> None:
    assert reach.back(reach.back(gone)) == reach.back(gone)


@given(states, places)
def test_a_lost_place_comes_back_alone(gone: str, why: str) -> None:
    lost = reach.place_lost(gone, why)
    assert not is_reached(lost)
    if lost.startswith(PLACE):
        assert lost == f"place:{why}"
        assert reach.back(lost) == lost
        assert reach.place_back(lost) == RESTORED
    else:
        assert reach.place_back(lost) == lost == gone


def test_a_chat_keeps_its_title_while_it_is_lost() -> None:
    known = heard_from(None, Chat(TEAM, ChatKind.GROUP, "Team"), NOW)
    lost = retired(known, TEAM, ChatKind.GROUP, "removed", NOW)
    assert lost == Chat(TEAM, ChatKind.GROUP, "Team", "removed")
    assert retired(None, TEAM, ChatKind.GROUP, "removed", NOW).title == ""


def test_a_chat_is_back_since_it_was_heard_from_first() -> None:
    chat, later = Chat(TEAM, ChatKind.GROUP, "Team"), NOW + timedelta(minutes=5)
    assert heard_from(None, chat, NOW).since is None
    known = heard_from(retired(None, TEAM, ChatKind.GROUP, "removed", NOW), chat, NOW)
    again = heard_from(known, chat, later)
    assert again.since == NOW
    assert again.is_back_since(NOW - timedelta(seconds=1), later)
    assert not again.is_back_since(NOW, later)
    assert not retired(again, TEAM, ChatKind.GROUP, "removed", later).is_back_since(NOW, later)


def test_a_time_that_lies_ahead_is_not_believed() -> None:
    lost = retired(None, TEAM, ChatKind.GROUP, "removed", NOW)
    known = heard_from(lost, Chat(TEAM, ChatKind.GROUP), NOW + timedelta(days=1))
    assert not known.is_back_since(NOW, NOW)


@pytest.mark.parametrize(
    ("target", "ref"),
    [
        (Target("telegram", "42", direct=True), ChatRef("telegram", "42")),
        (Target("telegram", "-100", place="7"), TEAM),
        (Target("discord", "42", direct=True), ChatRef("discord", "dm42")),
        (Target("discord", "42", place="7"), ChatRef("discord", "42")),
        (Target("console", "dmitri", direct=True), ChatRef("console", "dmitri")),
    ],
)
def test_a_target_names_a_chat_and_a_chat_an_address(target: Target, ref: ChatRef) -> None:
    assert target.ref == ref
    assert address(ref, target.kind) == target.chat
