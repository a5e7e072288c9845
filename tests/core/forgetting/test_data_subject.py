"""Which small texts and which updates are somebody's own, and what in an update is another's."""

from __future__ import annotations

import json
from typing import Final

import pytest

from core.forgetting.data_subject import OWNER, DataSubject, own_words
from core.shared.ids import PersonId, WalletId
from core.wallets.people import Identity

ANN: Final = DataSubject(
    frozenset({PersonId(1), PersonId(5)}),
    frozenset({Identity("telegram", "770001"), Identity("discord", "88")}),
    frozenset({WalletId(3)}),
)
PRIVATE: Final = "telegram:770001:telegram:770001"


def test_private_chats_and_their_addresses_follow_from_the_accounts() -> None:
    assert {str(chat) for chat in ANN.chats} == {"telegram:770001", "discord:dm88"}
    assert ANN.addresses == {("telegram", "770001"), ("discord", "88")}


@pytest.mark.parametrize(
    ("name", "text", "theirs"),
    [
        (f"ask:{PRIVATE}", "{}", True),
        ("ask:telegram:-100:telegram:770001", "{}", True),
        ("ask:telegram:-100:telegram:9", "{}", False),
        ("ask:telegram:-100:telegram:1770001", "{}", False),
        ("press:tok:1", f".spend 4{OWNER}{PRIVATE}", True),
        ("press:tok:1", f".spend 4{OWNER}telegram:-100:telegram:9", False),
        ("press:tok:1", ".spend 4 telegram:770001", False),  # nobody knows whose it is
        ("draft:x", '{"person": 5}', True),
        ("draft:x", '{"person": 6}', False),
        ("draft:x", "[5]", False),
        ("draft:x", "not JSON", False),
        ("draft:x", "", False),
        ("missed:3", "[]", True),
        ("missed:4", "[]", False),
        ("import-members:3", "{}", True),
        ("groups-of:5", "[]", True),
        ("groups-of:3", "[]", False),  # it is their wallet that has this number
        ("link-guesses:person:1", "2", True),
        ("link-guesses:person:2", "2", False),
        ("discord:dm:88", "99", True),
        ("discord:dm:770001", "99", False),  # somebody on another platform
        ("discord:language:88", "uk", True),
        ("menu", "hash", False),
    ],
)
def test_a_small_text_is_theirs_by_its_name_or_by_what_it_says(name: str, text: str, *, theirs: bool) -> None:
    assert ANN.has_note(name, text) is theirs


@pytest.mark.parametrize(
    ("platform", "update", "theirs"),
    [
        ("telegram", {"message": {"from": {"id": 770001}, "text": "16 Logo"}}, True),
        ("telegram", {"callback_query": {"from": {"id": 770001}, "message": {"from": {"id": 1}}}}, True),
        ("telegram", {"business": [{"user": {"id": 770001}}]}, True),
        ("telegram", {"message": {"from": {"id": 9}, "text": "770001"}}, False),
        ("telegram", {"message": {"from": {"id": 9}, "reply_to_message": {"from": {"id": 770001}}}}, False),
        ("telegram", {"message": {"from": {"id": 88}}}, False),  # that is their number elsewhere
        ("telegram", {"message": {"from": "770001"}}, False),
        ("console", {"message": {"from": {"id": 770001}}}, False),
    ],
)
def test_an_update_is_of_whoever_sent_it(platform: str, update: object, *, theirs: bool) -> None:
    assert ANN.sent(platform, json.dumps(update)) is theirs


def test_of_an_update_that_repeats_others_their_own_words_are_left() -> None:
    quoted = {"from": {"id": 9}, "text": "Not mine"}
    update = {"message": {"text": "Mine", "reply_to_message": quoted}, "more": [{"quote": "Not mine", "seen": 2}, 7]}
    assert own_words(update) == {"message": {"text": "Mine"}, "more": [{"seen": 2}, 7]}
