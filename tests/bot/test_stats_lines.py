"""How people ask for statistics: each wording, and the line that it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import DoubtError
from bot.commands import by_name
from bot.reading.proposals.statistics import stats_line

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer

STATS = by_name()["stats"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", "stats"),
        ("last month", 'stats period="last month"'),
        ("of October please", "stats period=October"),
        ("for the last 30 days by tag", 'stats period="30 days" by=tag'),
        ("by profile last month", 'stats period="last month" by=profile'),
        ("year per member", "stats period=year by=member"),
        ("all", "stats period=all"),
        ("all time by age of the job", 'stats period="all time" by=age'),
        ("boosted this month", 'stats period="this month" boosted=on'),
        ("not boosted", "stats boosted=off"),
        ("boosted vs plain", "stats by=boost"),
        ("boosted or not boosted last month", 'stats period="last month" by=boost'),
        ("my own", "stats member=me"),
        ("plain by price", "stats by=price boosted=off"),
        ("tag design last month", 'stats period="last month" tag=design'),
        ("#design by member", "stats by=member tag=design"),
        ("by Ann Lee last month", 'stats period="last month" member="Ann Lee"'),
        ("profile Web Design", 'stats profile="Web Design"'),
        ("tag=design 90 days", 'stats period="90 days" tag=design'),
        ("from 1 Nov to 15 Nov", 'stats period="from 1 Nov to 15 Nov"'),
        ("bids of up to 8 Connects", "stats price=low"),
        ("under 9 connects last month", 'stats price=low period="last month"'),
        ("last 30 days between 9 and 16 connects", 'stats price=middle period="30 days"'),
        ("9-16 connects by tag", "stats price=middle by=tag"),
        ("17+ connects boosted", "stats price=high boosted=on"),
        ("bids over 16 Connects", "stats price=high"),
        ("at an unknown price", "stats price=unknown"),
        ("price high", "stats price=high"),
        ("from 10 to 20 connects", "stats price=?"),
        ("jobs under an hour old", "stats age=hour"),
        ("1 to 6 hours old #design", "stats age=hours tag=design"),
        ("jobs 6 to 24 hours old", "stats age=day"),
        ("jobs a day old or more", "stats age=days"),
        ("older than 24 hours in October", "stats age=days period=October"),
        ("at least 2 days old", "stats age=?"),
        ("jobs of unknown age", "stats age=unknown"),
        ("last 2 days", 'stats period="2 days"'),
        ("up to 8 connects for jobs younger than 1 hour by Ann Lee", 'stats price=low age=hour member="Ann Lee"'),
    ],
)
def test_a_wording_is_the_line_that_the_bot_would_print(typed: str, line: str) -> None:
    assert stats_line(STATS, typed) == line


def test_other_words_are_asked_about() -> None:
    with pytest.raises(DoubtError) as doubt:
        stats_line(STATS, "last month of cats")
    assert [button.line for button in doubt.value.readings] == [
        'stats period="last month" tag=cats',
        'stats period="last month"',
    ]
    with pytest.raises(DoubtError) as doubt:
        stats_line(STATS, "last 30")
    assert [button.line for button in doubt.value.readings] == ['stats period="30 days"', "stats"]
    with pytest.raises(DoubtError) as doubt:
        stats_line(STATS, "by month")
    assert [button.line for button in doubt.value.readings] == ["chart what=spend", "chart what=replies"]


async def test_a_price_that_is_no_group_and_days_without_a_button_are_asked_for(ann: DeskPlayer) -> None:
    for line in ("/spend 10 Logo", "/spend 4 Shop", "replied for Logo"):
        await ann.say(line)
    heard = await ann.say("/stats from 5 to 12 connects")
    assert heard.text == "At which price?"
    assert "Proposals: 1 sent" in (await ann.press("bids of 9 to 16 Connects")).text
    assert "Which period?" in (await ann.press("Other days")).text
    assert "I cannot read “soon” as a period." in (await ann.say("soon")).text
    assert "only bids of 9 to 16 Connects" in (await ann.say("1 Jan 2026 to 30 Dec 2026")).text
