"""Which of the notes and updates that are kept are one person's."""

from __future__ import annotations

import json

import pytest

from core.forgetting.data_subject import OWNER, DataSubject
from core.shared.ids import PersonId, WalletId
from core.wallets.people import ChatRef, Identity

ANN = DataSubject(
    frozenset({PersonId(4), PersonId(7)}),
    frozenset({Identity("telegram", "42"), Identity("discord", "9"), Identity("console", "ann")}),
    frozenset({WalletId(3)}),
)
THEIRS = (
    "ask:telegram:42:telegram:42",
    "ask:telegram:-100:telegram:42",
    "ask:discord:77@5:discord:9",
    "paste:telegram:42:telegram:42",
    "importing:telegram:42:telegram:42",
    "aside:announcements:discord:dm9",
    "greeted:telegram:42",
    "place-later:telegram:42",
    "join-guesses:person:7",
    "link-guesses:person:4",
    "join-guesses:chat:telegram:42",
    "import-wordings:7",
    "groups-of:4",
    "open-import:history:7",
    "cost-asked:3",
    "import-members:3",
    "missed:3",
    "stale:3",
    "runway:3",
    "pairing-latest:telegram:42",
    "pairing-yes:abc:discord:9",
    "drafted:1700000000:telegram:42:message:5",
    "discord:dm:9",
    "discord:language:9",
    "console:buttons:ann",
)
OTHERS = (
    "ask:telegram:-100:telegram:142",
    "ask:telegram:420:telegram:420",
    "aside:announcements:telegram:-100",
    "import-wordings:77",
    "groups-of:3",
    "cost-asked:7",
    "discord:dm:42",
    "discord:language:99",
    "job:sweep",
    "bot:telegram",
    "watch:expiring",
    "telegram:menu:42",
)


@pytest.mark.parametrize("name", THEIRS)
def test_a_note_is_theirs_by_its_name(name: str) -> None:
    assert ANN.has_note(name, "")


@pytest.mark.parametrize("name", OTHERS)
def test_other_notes_are_not(name: str) -> None:
    assert not ANN.has_note(name, "")


@pytest.mark.parametrize(
    ("name", "text", "theirs"),
    [
        ("draft:abc", json.dumps({"id": "abc", "person": 7}), True),
        ("my_proposals:abc", json.dumps({"id": "abc", "person": 70}), False),
        ("transactions:abc", "", False),
        ("link:abc", json.dumps([7, "telegram:42", "Ann"]), True),
        ("pairing:abc", json.dumps(["abc", [8, "telegram:43", "Ben"], [7, "telegram:42", "Ann"]]), True),
        ("pairing:abc", json.dumps(["abc", [8, "telegram:43", "Ben"], [9, "discord:1", "Cy"]]), False),
        ("transactions:abc", "no JSON", False),
        ("press:0abc:1", f"|spend 16 Logo{OWNER}telegram:42", True),
        ("press:0abc:1", f"|spend 16 Logo{OWNER}telegram:-100:telegram:42", True),
        ("press:0abc:1", f"|spend 16 Logo{OWNER}telegram:-100:telegram:43", False),
        ("press:0abc:1", "|spend 16 Logo", False),
    ],
)
def test_a_note_is_theirs_by_its_text(name: str, text: str, *, theirs: bool) -> None:
    assert ANN.has_note(name, text) is theirs


@pytest.mark.parametrize(
    ("update", "theirs"),
    [
        ({"message": {"from": {"id": 42}, "text": "hi"}}, True),
        ({"callback_query": {"from": {"id": 42}}}, True),
        ({"message": {"from": {"id": 43}, "reply_to_message": {"from": {"id": 42}}}}, False),
        ({"my_chat_member": {"from": {"id": 43}}}, False),
    ],
)
def test_an_update_is_of_whoever_sent_it(update: dict[str, object], *, theirs: bool) -> None:
    assert ANN.sent("telegram", json.dumps(update)) is theirs
    assert not ANN.sent("discord", json.dumps({"from": {"id": 42}}))


def test_messages_go_to_the_address_of_a_private_chat() -> None:
    assert ANN.chats >= {ChatRef("telegram", "42"), ChatRef("discord", "dm9")}
    assert ANN.addresses >= {("telegram", "42"), ("discord", "9")}
