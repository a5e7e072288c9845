"""How people ask for statistics: each wording, and the line that it stands for."""

from __future__ import annotations

import pytest

from bot.command.declaration import DoubtError
from bot.commands import by_name
from bot.reading.proposals.statistics import stats_line

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
        stats_line(STATS, "by month")
    assert [button.line for button in doubt.value.readings] == ["chart what=spend", "chart what=replies"]
