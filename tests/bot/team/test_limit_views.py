"""Limits in words: read by whom they are for, by everybody else, and where no money is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reply.words import voice
from bot.views.team.limits import Reader, in_brief, limit_in_words, limit_remark, usage_in_words, when_whole
from bot.views.team.over import over_limit
from bot.views.team.targets import progress_in_words, target_named
from core.ledger.limits import Usage, span_of
from core.shared.ids import PersonId
from core.shared.refusals import OverLimit
from core.team.targets import progress_of
from core.wallets.team import Act, Limit, Period, Target

SPEAK: Final = voice("en", "UTC")
NOW: Final = datetime(2026, 1, 14, 12, tzinfo=UTC)
IVAN, ANN = PersonId(7), PersonId(8)
READER: Final = Reader({IVAN: "Ivan", ANN: "Ann"}, True, NOW, "UTC", ANN)  # noqa: FBT003 - as its fields are in order
WEEKLY: Final = Limit(1, 100, Period.WEEK, IVAN)
MONEY: Final = replace(WEEKLY, amount=5000, currency="CHF")


def used(limit: Limit, spent: int, *, lifted: int = 0, person: PersonId | None = None) -> Usage:
    since, until = span_of(limit.period, NOW, "UTC")
    amount = limit.amount + lifted
    return Usage(limit, person or limit.person, amount, lifted, spent, amount - spent, since, until)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (WEEKLY, "Ivan: 100 Connects a week"),
        (replace(WEEKLY, person=None), "All together: 100 Connects a week"),
        (replace(WEEKLY, person=None, each=True, period=Period.DAY), "Each member: 100 Connects a day"),
        (replace(WEEKLY, amount=1, boosts=True), "Ivan: 1 Connect a week for boosts"),
        (replace(WEEKLY, person=PersonId(9), period=Period.MONTH), "someone: 100 Connects a month"),
        (MONEY, "Ivan: CHF 50.00 a week"),
    ],
)
def test_a_limit_is_named(limit: Limit, words: str) -> None:
    assert SPEAK.say(limit_in_words(limit, READER)).replace("\u00a0", " ") == words


def test_alone_it_is_ones_own() -> None:
    own = limit_in_words(replace(WEEKLY, person=None), READER._replace(alone=True))
    assert SPEAK.say(own) == "You: 100 Connects a week"


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        (used(WEEKLY, 0), "nothing is spent of it yet"),
        (used(WEEKLY, 88), "88 spent, 12 left; whole again on Monday"),
        (used(WEEKLY, 100), "100 spent, nothing left; whole again on Monday"),
        (used(WEEKLY, 112), "112 spent, 12 over; whole again on Monday"),
        (used(WEEKLY, 112, lifted=20), "112 spent, 8 left; whole again on Monday (20 more allowed until then)"),
        (used(replace(WEEKLY, period=Period.DAY), 5), "5 spent, 95 left; whole again tomorrow"),
        (used(replace(WEEKLY, period=Period.MONTH), 5), "5 spent, 95 left; whole again on Feb 1, 2026"),
        (used(MONEY, 1250), "CHF 12.50 spent, CHF 37.50 left; whole again on Monday"),
    ],
)
def test_how_it_stands(usage: Usage, words: str) -> None:
    assert SPEAK.say(usage_in_words(usage, READER)).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        (used(WEEKLY, 88), "Ivan has spent 88 of 100 Connects this week: 12 left. The limit is whole again on Monday."),
        (used(replace(WEEKLY, person=ANN), 100), "You have spent 100 of 100 Connects this week: nothing is left."),
        (used(replace(WEEKLY, person=None), 112), "All together have spent 112 of 100 Connects this week: 12 over"),
        (used(replace(WEEKLY, person=None, each=True), 90, person=ANN), "You have spent 90 of 100 Connects this week"),
        (used(replace(WEEKLY, boosts=True), 90), "Ivan has spent 90 of 100 Connects for boosts this week: 10 left."),
    ],
)
def test_whoever_comes_near_it_reads_that(usage: Usage, words: str) -> None:
    assert SPEAK.say(limit_remark(usage, READER)).startswith(words)


USAGES: Final = st.builds(
    lambda amount, part, lifted, period, person, boosts: used(
        Limit(1, amount, period, person, each=person is not None, currency="CHF", boosts=boosts),
        amount * part // 100,
        lifted=lifted,
    ),
    amount=st.integers(1, 10**7),
    part=st.integers(0, 300),
    lifted=st.sampled_from([0, 1, 250]),
    period=st.sampled_from(Period),
    person=st.sampled_from([None, IVAN, ANN]),
    boosts=st.booleans(),
)


@settings(max_examples=40)
@given(usage=USAGES)
def test_where_money_is_hidden_there_is_none_but_a_percentage(usage: Usage) -> None:
    hidden = READER._replace(money=False)
    words = [
        SPEAK.say(say)
        for say in (
            limit_in_words(usage.limit, hidden),
            usage_in_words(usage, hidden),
            in_brief(usage, hidden),
            limit_remark(usage, hidden),
            over_limit(refused(usage, asked=max(usage.spent, 1)), hidden),
        )
    ]
    assert not any("CHF" in one or "." in one.rstrip(".").replace(". ", "") for one in words)
    assert f"{usage.percent}%" in words[2]


def refused(usage: Usage, asked: int) -> OverLimit:
    limit = usage.limit
    return OverLimit(
        limit=limit.id,
        person=usage.person,
        each=limit.each,
        amount=usage.amount,
        currency=limit.currency,
        period=limit.period.value,
        boosts=limit.boosts,
        spent=usage.spent - asked,
        lifted=usage.lifted,
        left=usage.left + asked,
        asked=asked,
        since=usage.since,
        whole=usage.until,
    )


@pytest.mark.parametrize(
    ("usage", "asked", "words"),
    [
        (
            used(WEEKLY, 112),
            22,
            "That would be 112 of 100 Connects this week (Ivan). 10 are left. The limit is whole again on Monday.",
        ),
        (used(WEEKLY, 101), 1, "That would be 101 of 100 Connects this week (Ivan). Nothing is left."),
        (used(WEEKLY, 101), 2, "That would be 101 of 100 Connects this week (Ivan). 1 is left."),
        (used(replace(WEEKLY, person=None), 120), 30, "That would be 120 of 100 Connects this week (all together)."),
        (used(replace(WEEKLY, boosts=True), 120), 30, "That would be 120 of 100 Connects for boosts this week (Ivan)."),
        (used(MONEY, 6000), 3000, "That would be CHF 60.00 of CHF 50.00 this week (Ivan). CHF 20.00 is left."),
        (used(WEEKLY, 130), 10, "That would be 130 of 100 Connects this week (Ivan). Nothing is left."),
    ],
)
def test_what_would_pass_it_is_said_with_what_is_left(usage: Usage, asked: int, words: str) -> None:
    assert SPEAK.say(over_limit(refused(usage, asked), READER)).replace("\u00a0", " ").startswith(words)


def test_one_of_a_period_that_is_over_names_its_day() -> None:
    refusal = refused(used(replace(WEEKLY, act=Act.BLOCK), 112), 22)
    past = replace(refusal, since=refusal.since - timedelta(days=7), whole=refusal.whole - timedelta(days=7))
    said = SPEAK.say(over_limit(past, READER))
    assert said.startswith("That would be 112 of 100 Connects in the week of Jan 5, 2026 (Ivan).")
    assert said.endswith("That time is over.")


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "tomorrow"), (2, "on Friday"), (7, "on Wednesday, Jan 21, 2026"), (8, "on Jan 22, 2026")],
)
def test_a_day_to_come_is_named_as_people_do(days: int, words: str) -> None:
    assert SPEAK.say(when_whole(NOW + timedelta(days=days), NOW, "UTC")) == words


TARGET: Final = Target(1, 100, date(2026, 1, 12), date(2026, 1, 18), IVAN)


@pytest.mark.parametrize(
    ("bids", "today", "words"),
    [
        (62, 14, "62 of 100. That takes 8 a day for the 5 days that are left."),
        (62, 18, "62 of 100. Today is the last day: 38 to go."),
        (62, 19, "62 of 100. It was missed by 38."),
        (100, 19, "100 of 100. It is reached."),
        (0, 11, "0 of 100. It has not begun yet."),
    ],
)
def test_how_far_a_target_is(bids: int, today: int, words: str) -> None:
    day = date(2026, 1, today)
    assert SPEAK.say(progress_in_words(progress_of(TARGET, bids, day), day)) == words


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (TARGET, "Ivan: 100 bids from Jan 12, 2026 to Jan 18, 2026"),
        (replace(TARGET, person=None, bids=1), "All together: 1 bid from Jan 12, 2026 to Jan 18, 2026"),
        (replace(TARGET, first=TARGET.last), "Ivan: 100 bids on Jan 18, 2026"),
        (replace(TARGET, person=PersonId(9)), "someone: 100 bids from Jan 12, 2026 to Jan 18, 2026"),
    ],
)
def test_a_target_is_named(target: Target, words: str) -> None:
    assert SPEAK.say(target_named(target, READER.names)) == words
