"""Lines that say what became of a proposal, or which ones somebody wants to see: what each is read as."""

from __future__ import annotations

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.declaration import DoubtError, UnfitError
from bot.commands import by_name
from bot.reading.proposals.asked import proposals_line
from bot.reading.proposals.told import refuse_unread, told_line
from bot.reading.proposals.wording import AROUND, SAYING
from bot.reading.spending.several import spend_line
from tests.bot.meant import ONE, TWO, filled

SPEND: Final = by_name()["spend"]
SHOW: Final = by_name()["proposals"]


def read(line: str) -> str | None:
    found = told_line(filled(line))
    return None if found is None else found.replace(ONE, "LINK").replace(TWO, "LINK2")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("LINK hired", "of=LINK state=hired"),
        ("interviewing for LINK", "of=LINK state=interview"),
        ("got a reply from LINK", "of=LINK state=replied"),
        ("they viewed LINK", "of=LINK state=viewed"),
        ("I was declined LINK", "of=LINK state=declined"),
        ("I declined LINK", "of=LINK state=withdrawn"),
        ("LINK viewed and replied", "of=LINK state=replied"),
        ("LINK was closed by the client on Nov 3", 'of=LINK state=closed on="on Nov 3"'),
        ("removed LINK", "of=LINK state=closed"),
        ("invited to LINK", "of=LINK state=invited"),
        ("LINK hired yesterday", "of=LINK state=hired on=yesterday"),
        ("LINK hired 28.11", "of=LINK state=hired on=28.11"),
        ("LINK interview today", "of=LINK state=interview"),
        ("LINK hired, worth 500 USD", 'of=LINK state=hired worth="500 USD"'),
        ("#12 hired", "of=#12 state=hired"),
        ("got a reply on #12", "of=#12 state=replied"),
        ("#7-3 declined yesterday", "of=#7-3 state=declined on=yesterday"),
        ("hired for Logo redesign", 'of="Logo redesign" state=hired'),
        ("hired for the Logo redesign yesterday", 'of="Logo redesign" state=hired on=yesterday'),
        ("interviewing for Call center job", 'of="Call center job" state=interview'),
        ("hired for Logo, $500", "of=Logo state=hired worth=$500"),
        ("Logo redesign got hired", 'of="Logo redesign" state=hired sure=no'),
        ("my bid on Landing page was declined yesterday", 'of="Landing page" state=declined on=yesterday sure=no'),
        ("client viewed Landing page", 'of="Landing page" state=viewed sure=no'),
        ("the client replied", "state=replied"),
        ("great news, LINK they finally hired me!", "of=LINK state=hired"),
        ("oh no, LINK was only viewed", "of=LINK state=viewed"),
        ("hired on LINK \U0001f389 \u2192 yes!!", "of=LINK state=hired"),
        ("the client replied to my Logo bid", "of=Logo state=replied"),
        ("I got the job LINK", "of=LINK state=hired"),
        ("LINK hired, worth 500", "of=LINK state=hired worth=500"),
        ("LINK hired for 15 000 UAH", 'of=LINK state=hired worth="15 000 UAH"'),
        ("hired for Logo for $900", "of=Logo state=hired worth=$900"),
        ("#12 hired for 500", "of=#12 state=hired worth=500"),
        ("#12 hired for 2k", "of=#12 state=hired worth=2k"),
        ("LINK hired, $25/hr", "of=LINK state=hired"),
        ("#12 replied 2 hours ago", "of=#12 state=replied"),
    ],
)
def test_an_outcome_is_a_state_of_a_proposal(line: str, meant: str) -> None:
    assert read(line) == f"outcome {meant}"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("LINK returned", "return LINK"),
        ("LINK returned yesterday", "return LINK on=yesterday"),
        ("#12 refunded", "return #12"),
        ("LINK no reply yet", "proposals LINK"),
        ("LINK hired?", "proposals LINK"),
        ("LINK ghosted", "proposals LINK"),
        ("any news on LINK", "proposals LINK"),
        ("LINK status?", "proposals LINK"),
        ("any reply on LINK?", "proposals LINK"),
        ("any reply on LINK", "proposals LINK"),
        ("have they viewed #12?", "proposals #12"),
        ("still waiting for LINK", "proposals LINK"),
        ("LINK contract ended", "proposals LINK"),
    ],
)
def test_a_return_is_one_and_what_says_no_state_shows_the_proposal(line: str, meant: str) -> None:
    assert read(line) == meant


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("LINK interview tomorrow", ["outcome of=LINK state=interview", "proposals LINK"]),
        ("LINK interview tomorrow at 10:00", ["outcome of=LINK state=interview", "proposals LINK"]),
        (
            "LINK interview friday",
            ["outcome of=LINK state=interview on=friday", "outcome of=LINK state=interview", "proposals LINK"],
        ),
        (
            "hired LINK 2 days ago",
            ['outcome of=LINK state=hired on="2 days ago"', "outcome of=LINK state=hired", "proposals LINK"],
        ),
        (
            "LINK 05.11 hired",
            [
                'outcome of=LINK state=hired on="5 November"',
                'outcome of=LINK state=hired on="11 May"',
                "proposals LINK",
            ],
        ),
        (
            "LINK offer declined",
            [*(f"outcome of=LINK state={one}" for one in ("offered", "declined")), "proposals LINK"],
        ),
        (
            "client hired someone else LINK",
            [*(f"outcome of=LINK state={one}" for one in ("declined", "closed", "archived")), "proposals LINK"],
        ),
        ("LINK boost outbid", ["return LINK boost", "proposals LINK"]),
        (
            "#12 interview on friday",
            ['outcome of=#12 state=interview on="on friday"', "outcome of=#12 state=interview", "proposals #12"],
        ),
        ("LINK worth $750", ["outcome of=LINK state=hired worth=$750", "proposals LINK"]),
        ("#12, #13 declined", ["outcome of=#12 state=declined", "outcome of=#13 state=declined"]),
        ("declined #12 and #13", ["outcome of=#12 state=declined", "outcome of=#13 state=declined"]),
        ("#12 viewed, #13 declined", ["outcome of=#12 state=viewed", "outcome of=#13 state=declined"]),
        (
            "unfortunately LINK went to someone else",
            [*(f"outcome of=LINK state={one}" for one in ("declined", "closed", "archived")), "proposals LINK"],
        ),
    ],
)
def test_what_may_mean_several_things_is_asked(line: str, readings: list[str]) -> None:
    with pytest.raises(DoubtError) as doubt:
        read(line)
    assert [one.line.replace(ONE, "LINK") for one in doubt.value.readings] == readings


@pytest.mark.parametrize(
    "line",
    [
        "LINK",
        "LINK Interview scheduling app",
        "LINK 16 hired",
        "LINK they gave 4 back",
        "LINK Hired workers portal",
        "how many hired people are there",
        "what is a reply worth",
        "any reply for Logo redesign",
        "hired for Logo redesign?",
        "Logo redesign",
        "",
    ],
)
def test_anything_else_is_no_outcome(line: str) -> None:
    assert read(line) is None


@pytest.mark.parametrize("line", ["#12 hired for $-5", "#12 hired for 500 points"])
def test_a_number_of_a_proposal_is_no_amount(line: str) -> None:
    assert read(line) is None
    with pytest.raises(DoubtError) as doubt:
        refuse_unread(line)
    assert [one.line for one in doubt.value.readings] == ["proposals #12"]


@pytest.mark.parametrize("line", ["LINK 16 Interview scheduling app", "LINK 16 Hired workers portal", "16 Reply bot"])
def test_a_title_that_contains_such_a_word_stays_a_title(line: str) -> None:
    said = spend_line(SPEND, filled(line))
    assert said.startswith("spend 16")
    assert 'title="' in said


def test_a_number_of_a_proposal_is_no_amount_of_a_bid_either() -> None:
    assert spend_line(SPEND, "#12 hired") == "outcome of=#12 state=hired"


def test_several_outcomes_are_noted_one_by_one() -> None:
    with pytest.raises(DoubtError) as doubt:
        spend_line(SPEND, filled("LINK hired\nLINK2 declined"))
    lines = [one.line.replace(ONE, "LINK").replace(TWO, "LINK2") for one in doubt.value.readings]
    assert lines == ["outcome of=LINK state=hired", "outcome of=LINK2 state=declined"]


@given(st.lists(st.sampled_from(sorted(SAYING | AROUND)), max_size=6), st.booleans())
def test_words_of_outcomes_alone_never_book_connects(words: list[str], before: bool) -> None:  # noqa: FBT001 - drawn
    line = " ".join((*words, ONE) if before else (ONE, *words))
    try:
        said = spend_line(SPEND, line)
    except UnfitError:
        return
    no_amount = re.search(r"(?<![\w/~-])\d|connects=", said) is None
    assert said.partition(" ")[0] in {"outcome", "return", "proposals"} or no_amount


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("", "proposals"),
        ("#12", "proposals what=#12"),
        ("logo", "proposals what=logo"),
        ("viewed", "proposals state=viewed"),
        ("viewed in november", 'proposals state=viewed period="in november"'),
        ("november", "proposals period=november"),
        ("last month by Ann", 'proposals member=Ann period="last month"'),
        ("by Ann last month", 'proposals member=Ann period="last month"'),
        ("by Ann viewed in november", 'proposals member=Ann state=viewed period="in november"'),
        ("in november viewed by Ann", 'proposals member=Ann state=viewed period="in november"'),
        ("ann closed in november", 'proposals state=ended period="in november" what=ann'),
        ("by May", "proposals member=May"),
        ("logo last 30 days", 'proposals period="last 30 days" what=logo'),
        ("from 1 Nov to 15 Nov", 'proposals period="from 1 Nov to 15 Nov"'),
        ("no answer", "proposals state=unanswered"),
        ("my invitations please", "proposals state=invitations"),
        ("not answered", "proposals state=unanswered"),
        ("mine", "proposals member=me"),
        ("which were viewed?", "proposals state=viewed"),
        ("sent in november", 'proposals period="in november"'),
        ("Interview app", 'proposals what="Interview app"'),
        ("#12 hired", "outcome of=#12 state=hired"),
        ('what="hired" state=viewed', "proposals what=hired state=viewed"),
    ],
)
def test_a_list_is_asked_for_in_words(asked: str, meant: str) -> None:
    assert proposals_line(SHOW, asked) == meant
