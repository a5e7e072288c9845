"""The values of everybody's own file: their names last, and nothing in them is somebody else's."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

import pytest

from core.audit_log import AuditRecord
from core.delivery.notice import Subscription, Target
from core.delivery.state import State
from core.forgetting import plain
from core.forgetting.personal_data import KeptMessage, KeptNote
from core.incomes.model import Income
from core.ledger.model import Entry, Kind, Lot, Posting, Purpose, Source, expense_on, holding_of
from core.ledger.sightings import Batch, BatchKind, ProposalSighting, ProposalState, Sighting
from core.promotions.model import Claim, ClaimState
from core.shared.ids import PersonId, PromotionId, WalletId
from core.shared.money import UNKNOWN, Price
from core.wallets.people import Chat, ChatKind, ChatRef
from core.wallets.settings import Alerts, Settings
from core.wallets.team import Role, TeamSettings

WALLET, ANN, BOB = WalletId(3), PersonId(1), PersonId(2)
AT: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
SAID_AT: Final = "2026-01-10T09:00:00Z"
SECRETS: Final = ("salt-7", "digest-7", "seal-7", "key-7")
CHAT: Final = ChatRef("telegram", "42")


def test_moments_are_in_utc_whatever_zone_they_come_in() -> None:
    east = AT.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert [plain.at(one) for one in (AT, east, None)] == [SAID_AT, SAID_AT, None]


def test_a_price_that_nobody_has_stated_is_not_nothing() -> None:
    assert plain.money(None) is None
    assert plain.money(UNKNOWN) == {"state": "unknown"}
    assert plain.money(Price(900, 45, "USD")) == {"net": 900, "tax": 45, "currency": "USD"}


def test_an_entry_says_whether_they_booked_it_and_nobodys_number() -> None:
    legs = (
        Posting(holding_of(WALLET), -3, 1, Price(-45, 0, "USD")),
        Posting(expense_on(Purpose.PROPOSAL), 3, 1, Price(45, 0, "USD")),
    )
    entry = Entry(
        WALLET,
        7,
        AT,
        Kind.SPEND,
        legs,
        17,
        "key-7",
        "body",
        memo="Logo",
        by=BOB,
        of=2,
        salt="salt-7",
        digest="digest-7",
    )
    said = plain.entry(entry, own=False)
    assert said == {
        "wallet": 3,
        "number": 7,
        "booked": SAID_AT,
        "happened": SAID_AT,
        "kind": "spend",
        "connects": -3,
        "balance": 17,
        "by_you": False,
        "title": "Logo",
        "job": "",
        "of": 2,
        "postings": [
            {"account": "wallet:3", "connects": -3, "lot": 1, "cost": {"net": -45, "tax": 0, "currency": "USD"}},
            {"account": "expense:proposal", "connects": 3, "lot": 1, "cost": {"net": 45, "tax": 0, "currency": "USD"}},
        ],
    }


def test_a_lot_has_what_it_cost_and_what_is_left_of_that() -> None:
    lot = Lot(1, Source.PURCHASE, AT, None, 60, 20, Price(900, 0, "USD"), Price(300, 0, "USD"))
    said = plain.lot(WALLET, lot)
    assert (said["size"], said["left"], said["source"], said["expires"]) == (60, 20, "purchase", None)
    assert (said["cost"]["net"], said["worth"]["net"]) == (900, 300)


def test_neither_salts_nor_seals_nor_keys_are_told() -> None:
    row = Sighting(
        1, 7, booked=True, day=date(2026, 1, 9), wording="Applied", connects=-3, salt="salt-7", digest="digest-7"
    )
    told = ProposalSighting(1, ProposalState.HIRED, salt="salt-7", digest="digest-7", seal="seal-7", tags=("art",))
    batch = Batch(WALLET, 1, AT, "key-7", ANN, kind=BatchKind.TOLD, seal="seal-7", salt="salt-7", proposals=(told,))
    said = json.dumps([plain.row(WALLET, 1, row), plain.batch(batch)])
    assert not any(secret in said for secret in SECRETS)
    assert plain.batch(batch)["proposals"][0]["tags"] == ["art"]


def test_settings_of_their_own_wallet_have_nobody_elses_part() -> None:
    kept = Settings(currency="EUR", alerts=Alerts(person=BOB), team=TeamSettings(roles=((BOB, Role.OWNER),)))
    said = plain.settings(kept)
    assert said["currency"] == "EUR"
    assert "team" not in said
    assert "person" not in said["alerts"]
    assert json.loads(json.dumps(said)) == said


def test_small_values_have_their_names() -> None:
    claim = Claim(PromotionId(4), 2, ANN, WALLET, ClaimState.WON, AT)
    assert plain.claim(claim) | {"at": SAID_AT, "state": "won", "wallet": 3} == plain.claim(claim)
    income = Income("t1", date(2026, 1, 9), "Client", "Logo", Price(5000, 0, "USD"))
    assert plain.income(WALLET, income)["client"] == "Client"
    chat = Chat(CHAT, ChatKind.PRIVATE, "Ann")
    assert plain.chat(chat) | {"platform": "telegram", "chat": "42", "title": "Ann"} == plain.chat(chat)
    said = plain.subscription(Subscription(Target("telegram", "42", direct=True), AT, ANN, tags=("art",)))
    assert (said["topics"], said["private"], said["since"]) == (["art"], True, SAID_AT)


def test_a_message_leaves_out_the_facts_that_may_be_about_others() -> None:
    facts: dict[str, str | int] = {"by": "Bob", "winner": "#2 Bob", "connects": 3, "title": "Logo"}
    message = KeptMessage("telegram", "42", "low", facts, AT, State.SENT, AT)
    assert plain.message(message)["facts"] == {"connects": 3, "title": "Logo"}


class TestHiding:
    def test_names_of_others_are_taken_out_whole_and_the_longest_first(self) -> None:
        hide = plain.hiding({"Bob", "Bob Stone", "Ana"})
        assert hide("Bob Stone and bob met Anatol and ANA") == "someone and someone met Anatol and someone"

    def test_nothing_is_hidden_where_nobody_else_is(self) -> None:
        assert plain.hiding(())("Bob") == "Bob"

    @pytest.mark.parametrize("name", ["B.b", "(Bob)", "Bob+", "[Bob]", "B\\ob", "Bob|Ann", "^Bob$", "Боб", "José"])
    def test_whatever_people_are_called_it_is_no_pattern(self, name: str) -> None:
        assert plain.hiding({name})(f"With {name}, and Bab.") == "With someone, and Bab."

    def test_a_note_keeps_its_name_and_how_long_it_is_kept(self) -> None:
        note = KeptNote("ask:telegram:42", "Shall Bob see it?", AT)
        assert plain.note(note, plain.hiding({"Bob"})) == {
            "name": "ask:telegram:42",
            "text": "Shall someone see it?",
            "until": SAID_AT,
        }

    @pytest.mark.parametrize("line", ["/limit 20 member=#9", "/limit 20 person=9", "/limit 20 who=9"])
    def test_numbers_of_others_in_lines_are_taken_out_too(self, line: str) -> None:
        record = AuditRecord("key-7", AT, ANN, CHAT, line, "done")
        said = plain.action(record, plain.hiding(()))
        assert said["line"].endswith("=someone")
        assert "key-7" not in json.dumps(said)
