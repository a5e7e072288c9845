"""What names somebody, and what is left of it without them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Final

import pytest

from core.audit_log import AuditRecord
from core.forgetting.data_subject import OWNER, DataSubject
from core.forgetting.mentions import Mentions, command_of, is_plain
from core.forgetting.traces import action_left, members_in, note_left, questions_of
from core.shared.ids import PersonId, WalletId
from core.shared.names import SOMEONE
from core.wallets.people import ChatRef, Identity

ANN: Final = Identity("telegram", "770001")
GROUP: Final = ChatRef("telegram", "-100")
WORDS: Final = Mentions(
    DataSubject(
        frozenset({PersonId(1), PersonId(5)}), frozenset({ANN, Identity("discord", "88")}), frozenset({WalletId(3)})
    ),
    frozenset({"Ann Zyx"}),
    frozenset({"Logo for a bakery in Lviv"}),
)


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("1767000000:telegram:770001:m7", True),
        ("1767000000:discord:dm88:m7", True),
        ("1767000000:discord:88:m7", False),  # a server of that number
        ("1767000000:telegram:-100:tok:770001:spend 5", True),
        ("1767000000:telegram:-100:tok:9:spend 5 by=ann  ZYX", True),
        ("1767000000:telegram:-100:tok:9:spend 5 for Annette Zyxel", False),
        ("1767000000:discord:-100:tok:770001:spend 5", True),  # it is long enough to be nothing else
        ("1767000000:telegram:-100:tok:88:spend 5", False),
        ("1767000000:telegram:-100:m770001", False),
        ("expired:3:770001", False),
    ],
)
def test_a_key_names_who_acted_and_whom_its_line_names(key: str, *, named: bool) -> None:
    assert WORDS.in_key(key) is named
    assert WORDS.in_notice(f"joined:{key}") is named


@pytest.mark.parametrize(
    ("key", "named"), [("linked:ab12:telegram:770001", True), ("linked:ab12:telegram:77000", False)]
)
def test_the_key_of_a_notice_may_end_with_whom_it_is_for(key: str, *, named: bool) -> None:
    assert WORDS.in_notice(key) is named


@pytest.mark.parametrize(
    ("key", "plain"),
    [
        ("1767000000:telegram:-100:m7", True),
        ("1767000000:telegram:-100:m7:edit:0a1b:then", True),
        ("1767000000:discord:5:import:ab12", True),
        ("1767000000:telegram:-100:tok:9:spend 5", False),
        ("link:ab12", True),
        ("import", False),
    ],
)
def test_a_plain_key_names_a_message_only(key: str, *, plain: bool) -> None:
    assert is_plain(key) is plain


def test_a_notice_about_a_link_names_who_gets_it() -> None:
    assert WORDS.in_notice("link-asked:a1:b2:telegram:770001")
    assert not WORDS.in_notice("link-asked:a1:b2:telegram:9")
    facts: dict[str, str | int] = {"kept": "telegram:9", "merged": f"discord:1 {ANN}", "giver": "Ann Zyx", "after": 3}
    assert WORDS.may_be_in(json.dumps(facts | {"giver": ""}))
    assert WORDS.without(facts) == facts | {"merged": f"discord:1 telegram:{SOMEONE}", "giver": SOMEONE}


def test_facts_keep_their_figures() -> None:
    facts: dict[str, str | int] = {
        "winners": "#1 Ann Zyx, #2 Bob", "lines": 2, "1.by": 5, "1.title": "Web shop", "1.connects": -3, "2.by": 9,
        "2.title": "Web shop", "title": "Logo for a bakery in", "about": "", "seed": "Ann Zyx",
    }  # fmt: skip
    assert WORDS.without(facts) == facts | {"winners": f"#1 {SOMEONE}, #2 Bob", "1.title": "", "title": ""}


class TestNotes:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("ask:telegram:770001:telegram:770001", "{}"),
            ("press:tok:1", f".spend 4{OWNER}telegram:-100:telegram:770001"),
            ("press:tok:1", ".spend 4"),
            ("discord:form:tok1", "{}"),
            ("aside:help:telegram:-100", "once 1767000000:telegram:-100:tok:770001:help"),
            ("drafted:1767000000:telegram:770001:m7", "1"),
            ("link:ab", '["telegram", "770001"]'),
            ("pairing:ab", '[[3, "console:9", "Ann Zyx"], [4, "discord:7", "Bob"]]'),
            ("console:admin:den", "770001"),
            ("draft:x", '{"person": 5}'),
        ],
    )
    def test_those_that_name_them_go(self, name: str, text: str) -> None:
        assert note_left(name, text, WORDS, frozenset({"tok1"})) is None

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("ask:telegram:-100:telegram:9", "{}"),
            ("press:tok:1", f".spend 4{OWNER}telegram:-100:telegram:9"),
            ("discord:form:tok2", "{}"),
            ("aside:help:telegram:-100", "once 1767000000:telegram:-100:tok:9:help"),
            ("link:ab", '["telegram", "9"]'),
            ("draft:x", '{"person": 6}'),
            ("menu", "hash"),
        ],
    )
    def test_those_of_others_stay(self, name: str, text: str) -> None:
        assert note_left(name, text, WORDS, frozenset({"tok1"})) == text

    def test_a_group_forgets_who_they_are_on_its_pages(self) -> None:
        left = note_left("import-members:7", '{"Ann Z.":"5","Bob":"6","X":null}', WORDS, frozenset())
        assert members_in(left) == {"Bob": 6, "X": None}

    def test_alerts_that_were_missed_lose_their_names(self) -> None:
        rows = [["k", "stale", {"name": "Ann Zyx", "connects": 3}, False, "", "2026-01-10T09:00:00+00:00"]]
        left = json.loads(note_left("missed:7", json.dumps(rows), WORDS, frozenset()) or "")
        assert left[0][2] == {"name": SOMEONE, "connects": 3}

    def test_the_form_of_a_question_goes_with_it(self) -> None:
        asked = [("ask:telegram:770001:telegram:770001", '{"token": "tok1"}'), ("ask:x:telegram:9", '{"token": "t"}')]
        assert questions_of(asked, WORDS) == {"tok1"}


class TestActs:
    at: Final = datetime(2026, 1, 10, tzinfo=UTC)

    def left(self, person: int, line: str, chat: ChatRef = GROUP) -> AuditRecord:
        record = AuditRecord(f"1767000000:{chat}:m7", self.at, PersonId(person), chat, line, "done")
        return action_left(record, WORDS, "0" * 32)

    def test_of_what_they_did_the_command_stays(self) -> None:
        left = self.left(1, "/promote Summer gives=30", ChatRef("telegram", "770001"))
        assert (left.line, left.chat.id, left.outcome) == ("/promote", "", "done")
        assert left.key.startswith("erased:")

    def test_so_it_does_of_what_names_them(self) -> None:
        assert self.left(9, "/role ann zyx manager").line == "/role"
        assert self.left(9, "/audit telegram:770001").line == "/audit"
        other = self.left(9, "/role Bob manager")
        assert (other.line, other.key) == ("/role Bob manager", "1767000000:telegram:-100:m7")
        assert command_of(" ") == ""
