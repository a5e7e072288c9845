"""What is shown of links, apart from who says what when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.linking import pairing_notes
from bot.reply.parts import Buttons, Fields
from bot.reply.words import FALLBACK_VOICE
from bot.views.linking.notices import LINK_VIEWS
from bot.views.linking.pairing import Pairing, PlatformAccount
from bot.views.linking.questions import ask_balance
from bot.views.linking.summary import confirming, figures
from bot.views.linking.unlinking import ask_sure, built_on, unlinked_facts
from bot.views.notices import VIEWS
from bot.views.showing import Showing
from core.delivery.notice import Notice
from core.ledger import rulebook
from core.ledger.sightings import Batch
from core.links.model import Accounts, Link
from core.links.preview import BalanceChoice, LinkAnswers, LinkPreview, OnTop, Side
from core.shared.ids import LinkId, PersonId, WalletId
from core.wallets.people import Identity

if TYPE_CHECKING:
    from bot.reply.parts import Reply

AT = datetime(2026, 1, 10, 9, tzinfo=UTC)
PAIRING = Pairing(
    "abc",
    PlatformAccount(PersonId(1), "telegram:42", "Ann"),
    PlatformAccount(PersonId(2), "telegram:43", "Anna"),
    "digest",
)
SIDES = Side(PersonId(1), WalletId(1), 62, 5, AT), Side(PersonId(2), WalletId(2), 54, 3, AT)
SAME = LinkPreview(*SIDES, Accounts.SAME, "stamp")


def rows(given: Reply) -> dict[str, str]:
    (fields,) = (part for part in given.parts if isinstance(part, Fields))
    return {FALLBACK_VOICE.say(label): FALLBACK_VOICE.text(value) for label, value in fields.rows}


def labels(given: Reply) -> list[str]:
    found = (row for part in given.parts if isinstance(part, Buttons) for row in part.rows)
    return [FALLBACK_VOICE.say(button.label) for row in found for button in row]


def confirmed(**more: Any) -> dict[str, str]:
    shown = SAME._replace(after=50, ready=True, **more)
    return rows(confirming(figures(PAIRING, shown), shown, changed=False))


def test_every_figure_is_shown_that_is_not_nothing() -> None:
    assert confirmed() == {
        "Telegram (Ann)": "62 Connects",
        "Telegram (Anna)": "54 Connects",
        "Then, in one wallet": "50 Connects",
    }
    more = confirmed(same=2, derived=4, recosted=1, difference=-6)
    assert more["On Upwork"] == "one account"
    assert more["In both books"] == "2 entries"
    assert more["Held before, booked nowhere"] == "4 Connects"
    assert more["With another cost than so far"] == "1 entry"
    assert more["Booked as a correction"] == "\u22126"


def test_the_other_side_sees_the_same_figures_in_its_notice() -> None:
    shown = SAME._replace(after=50, ready=True, same=2, difference=-6)
    facts = figures(PAIRING, shown)
    notice = Notice("key", "link-asked", {**facts, "by": "Anna", "from": "telegram"})
    given = VIEWS[notice.code](notice, Showing(rulebook.default(), private=True, money=True))
    assert rows(given) == rows(confirming(facts, shown, changed=False))
    assert labels(given) == ["Link", "Do not link"]


@pytest.mark.parametrize(
    ("balances", "offered"),
    [((62, 54, 58), ["62", "54", "58"]), ((62, 54, 54), ["62", "54"]), ((62, 62, 58), ["62", "58"])],
)
def test_each_balance_is_offered_once(balances: tuple[int, int, int], offered: list[str]) -> None:
    shown = SAME._replace(balances=dict(zip(BalanceChoice, balances, strict=True)))
    _, choices = ask_balance(figures(PAIRING, shown), shown)
    assert [FALLBACK_VOICE.say(label).partition(" ")[0] for _, label in choices] == offered


def test_two_accounts_on_one_platform_are_told_apart_when_they_part() -> None:
    here, there = (Identity("telegram", "42"),), (Identity("telegram", "43"), Identity("discord", "7"))
    both = PersonId(1), PersonId(2)
    link = Link(LinkId(1), AT, "key", Accounts.ALONE, *both, both[1:])
    shown = ask_sure(link, unlinked_facts(here, there, 62, None))
    assert rows(shown) == {"telegram:42": "62 Connects", "telegram:43 and discord:7": "no wallet yet"}


def test_an_import_on_top_has_its_undo() -> None:
    batch = Batch(WalletId(1), 3, AT, "key", PersonId(1))
    assert labels(built_on(OnTop(imports=(batch, batch._replace(number=4))))) == ["Undo import 4", "Undo import 3"]


def test_every_notice_of_a_link_has_its_view() -> None:
    assert LINK_VIEWS.keys() == {"link-asked", "link-declined", "linked", "unlinked"}


@given(
    accounts=st.sampled_from([None, *Accounts]),
    balance=st.one_of(st.none(), st.sampled_from(BalanceChoice), st.integers(0, 10**6)),
    same=st.sampled_from([None, True, False]),
    done=st.booleans(),
)
def test_what_was_answered_is_read_back_from_its_note(
    *, accounts: Accounts | None, balance: BalanceChoice | int | None, same: bool | None, done: bool
) -> None:
    answered = PAIRING._replace(accounts=accounts, answers=LinkAnswers(balance, same), done=done)
    assert pairing_notes.read(pairing_notes.written(answered)) == answered
