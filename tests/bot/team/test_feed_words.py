"""A line of the feed for each kind of change: short, without money, and without a ping to anybody."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reply.parts import Say
from bot.reply.words import voice
from bot.views.showing import Showing
from bot.views.team.feed import NAME, feed, feed_lost
from core.alerts.feed import FEED, FEED_LOST, LINE_KINDS
from core.delivery.gathering import in_lines
from core.delivery.notice import Notice
from core.ledger import rulebook
from core.ledger.model import Purpose, Source
from core.shared.ids import WalletId

SPEAK: Final = voice("en", "UTC")
SHOWING: Final = Showing(rulebook.default(), private=False, money=False)
LEFT: Final[dict[str, str | int]] = {"balance": 254}
IVAN: Final[dict[str, str | int]] = {"by": 7, NAME: "Ivan"}


def shown(*lines: dict[str, str | int]) -> str:
    notice = Notice("feed:1:2", FEED, in_lines([line | LEFT for line in lines]), WalletId(1))
    (part,) = feed(notice, SHOWING).parts
    assert isinstance(part, Say)
    return SPEAK.say(part)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"what": "spend", "purpose": "proposal", "connects": -16, "title": "Logo"}, "Ivan bid 16 Connects on Logo."),
        ({"what": "spend", "purpose": "proposal", "connects": -1}, "Ivan bid 1 Connect."),
        (
            {"what": "spend", "purpose": "proposal", "connects": -33, "boost": 13, "title": "Page"},
            "Ivan bid 33 Connects on Page, 13 of them as a boost.",
        ),
        (
            {"what": "spend", "purpose": "boost", "connects": -5, "title": "Page"},
            "Ivan spent 5 Connects (Boost) on Page.",
        ),
        ({"what": "spend", "connects": -20, "entries": 3}, "Ivan spent 20 Connects in 3 entries."),
        ({"what": "return", "connects": 16, "title": "Logo"}, "Ivan booked a return of 16 Connects on Logo."),
        ({"what": "buy", "connects": 60}, "Ivan bought 60 Connects."),
        ({"what": "earn", "connects": 10, "source": "interview"}, "Ivan booked 10 Connects as received (Interview)."),
        ({"what": "undo", "of": 14, "connects": 33, "title": "Page"}, "Ivan undid entry #14 on Page: +33."),
        ({"what": "undo", "connects": -9, "entries": 2}, "Ivan undid 2 entries: \u22129."),
        ({"what": "adjust", "connects": -3}, "Ivan corrected the balance by \u22123."),
        ({"what": "price"}, "Ivan stated what Connects cost."),
        ({"what": "import", "entries": 1}, "Ivan imported a page, which booked 1 entry."),
        ({"what": "import", "entries": 184}, "Ivan imported a page, which booked 184 entries."),
        ({"what": "change"}, "Ivan changed the books."),
    ],
)
def test_a_line_says_who_did_what(line: dict[str, str | int], words: str) -> None:
    assert shown(line | IVAN) == f"{words} 254 left."


def test_what_nobody_did_is_the_bots() -> None:
    assert shown({"what": "change"}) == "The bot changed the books. 254 left."
    assert shown({"what": "expired", "connects": -4}) == "4 Connects expired. 254 left."


def test_lines_stand_one_below_the_other() -> None:
    lines = [IVAN | {"what": "buy", "connects": number} for number in (10, 20, 30)]
    assert shown(*lines).splitlines() == [f"Ivan bought {number} Connects. 254 left." for number in (10, 20, 30)]


@settings(max_examples=40)
@given(
    what=st.sampled_from(sorted(LINE_KINDS)),
    name=st.sampled_from(["@ivan", "<@42>", "Ivan @everyone", "\u0406\u0432\u0430\u043d", "$100 Bill"]),
    title=st.sampled_from(["", "ask @ann", "@here", "Logo <@&7>", "~021"]),
    kind=st.sampled_from(
        [{}, *({"purpose": one.value} for one in Purpose), *({"source": one.value} for one in Source)]
    ),
)
def test_nobody_is_pinged(what: str, name: str, title: str, kind: dict[str, str]) -> None:
    said = shown({"what": what, "by": 7, NAME: name, "connects": -5, "title": title, "of": 3, **kind})
    assert "@ivan" not in said
    assert "@everyone" not in said
    assert "@ann" not in said
    assert "@here" not in said
    assert said.endswith("254 left.")


@pytest.mark.parametrize("why", ["unknown", "closed", "rights"])
def test_that_its_place_is_lost_is_said_with_a_way_back(why: str) -> None:
    (part,) = feed_lost(Notice("lost", FEED_LOST, {"why": why}, WalletId(1)), SHOWING).parts
    assert isinstance(part, Say)
    assert "/settings feed=here" in SPEAK.say(part)
