"""What is left of a group's settings, of the audit log and of notices once somebody is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest

from core.audit_log import AuditRecord
from core.forgetting.traces import action_left, facts_left, members_in, settings_left
from core.ledger.erased.keys import is_erased_key
from core.shared.ids import PersonId
from core.wallets.people import ChatRef
from core.wallets.settings import Alerts, Settings, Where
from core.wallets.team import Lift, Limit, Period, Role, Target, TeamSettings
from tests.core.forgetting.test_mentions import ANN, WORDS

AT: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
WHO, BOB = PersonId(5), PersonId(6)
FORGOTTEN: Final = frozenset({PersonId(1), WHO})
GROUP: Final = ChatRef("telegram", "-100")
KEY: Final = "1767000000:telegram:-100:m7"
TEAM: Final = TeamSettings(
    roles=((WHO, Role.OWNER), (BOB, Role.MANAGER)),
    limits=(Limit(1, 20, Period.DAY, WHO), Limit(2, 30, Period.WEEK, BOB), Limit(3, 40, Period.MONTH, each=True)),
    lifts=(Lift(1, AT, 5, WHO), Lift(2, AT, 5, BOB), Lift(3, AT, 5, WHO), Lift(3, AT, 5, BOB)),
    targets=(
        Target(4, 9, date(2026, 1, 1), date(2026, 1, 31), WHO),
        Target(5, 9, date(2026, 1, 1), date(2026, 1, 31)),
    ),
    made=5,
)


class TestSettings:
    def test_nothing_in_them_is_about_them_any_more(self) -> None:
        left = settings_left(Settings(team=TEAM), FORGOTTEN).team
        assert left.roles == ((BOB, Role.MANAGER),)
        assert [one.id for one in left.limits] == [2, 3]
        assert [(one.limit, one.person) for one in left.lifts] == [(2, BOB), (3, BOB)]
        assert [one.id for one in left.targets] == [5]

    def test_numbers_that_were_given_are_not_given_again(self) -> None:
        assert settings_left(Settings(team=TEAM), FORGOTTEN).team.made == TEAM.made

    def test_alerts_that_went_to_them_come_to_the_group(self) -> None:
        alerts = Alerts(where=Where.PRIVATE, person=WHO, place="9")
        left = settings_left(Settings(alerts=alerts), FORGOTTEN).alerts
        assert left == replace(alerts, where=Where.GROUP, person=None)

    def test_settings_that_do_not_name_them_stay(self) -> None:
        others = Settings(
            alerts=Alerts(where=Where.PRIVATE, person=BOB), team=replace(TEAM, roles=(), limits=(), lifts=())
        )
        others = replace(others, team=replace(others.team, targets=others.team.targets[1:]))
        assert settings_left(others, FORGOTTEN) == others


def acted(who: PersonId = BOB, line: str = "/limit 20 bob", key: str = KEY, chat: ChatRef = GROUP) -> AuditRecord:
    return AuditRecord(key, AT, who, chat, line, "done", 3)


class TestActions:
    def test_of_what_they_did_the_command_stays(self) -> None:
        left = action_left(acted(WHO), WORDS, "secret")
        assert left.line == "/limit"
        assert is_erased_key(left.key)
        assert (left.person, left.at, left.outcome, left.id, left.chat) == (WHO, AT, "done", 3, GROUP)

    @pytest.mark.parametrize("line", ["/role Ann Zyx owner", f"/role {ANN} owner", "/role ann zyx member"])
    def test_of_what_others_did_to_them_too(self, line: str) -> None:
        left = action_left(acted(line=line), WORDS, "secret")
        assert (left.line, left.key) == ("/role", KEY)

    def test_what_others_did_stays(self) -> None:
        assert action_left(acted(), WORDS, "secret") == acted()

    def test_in_their_private_chat_it_is_not_said_where(self) -> None:
        private = acted(chat=ChatRef(ANN.platform, ANN.user), key=f"1767000000:{ANN}:m7")
        left = action_left(private, WORDS, "secret")
        assert (left.chat.id, left.chat.platform) == ("", ANN.platform)
        assert is_erased_key(left.key)

    def test_once_is_enough(self) -> None:
        once = action_left(acted(WHO), WORDS, "secret")
        assert action_left(once, WORDS, "another secret") == once

    @pytest.mark.parametrize("line", ["", "   "])
    def test_an_empty_line_stays_empty(self, line: str) -> None:
        assert action_left(acted(WHO, line), WORDS, "secret").line == ""


def test_facts_in_which_they_never_were_are_not_written_anew() -> None:
    assert facts_left({"connects": 3, "title": "Web shop"}, WORDS) is None
    assert facts_left({"winner": "Ann Zyx", "connects": 3}, WORDS) is not None


@pytest.mark.parametrize("text", [None, "", "{}"])
def test_a_wallet_whose_pages_name_nobody_has_no_members(text: str | None) -> None:
    assert members_in(text) == {}
