"""What people write after /limit and /target, read whole or asked about."""

from __future__ import annotations

from typing import Final

import pytest

from bot.command.declaration import DoubtError
from bot.commands import by_name
from bot.reading.team.told import told_limit

LIMIT, TARGET = by_name()["limit"], by_name()["target"]
NOTHING: Final = ""


def read(line: str) -> str:
    name, _, rest = line.partition(" ")
    command = by_name()[name]
    assert command.reader is not None
    return command.reader(command, rest).partition(" ")[2]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("limit", NOTHING),
        ("limit what is left", NOTHING),
        ("limit ivan 100 a week", "amount=100 per=week member=ivan"),
        ("limit 100 connects per week for ivan", 'amount="100 connects" per=week member=ivan'),
        ("limit everyone to 20 a day boosts block", "amount=20 per=day member=everyone act=block boosts=on"),
        ("limit all 300 a month", "amount=300 per=month member=all"),
        ("limit $50 a month", "amount=$50 per=month"),
        ("limit 50 eur monthly for Ann Lee", 'amount="50 eur" per=month member="Ann Lee"'),
        ("limit no limit for ivan", "amount=off member=ivan"),
        ("limit off", "amount=off"),
        ("limit 2 off", "amount=off number=2"),
        ("limit remove #3", "amount=off number=3"),
        ("limit boosts 30 a week", "amount=30 per=week boosts=on"),
        ("limit warn at 100 a day", "amount=100 per=day act=warn"),
        ("limit don't block, 20 a day each", "amount=20 per=day member=each act=warn"),
        ("limit hard limit of 100 a week for @ivan", "amount=100 per=week member=@ivan act=block"),
        ("limit Max max 20 a week", "amount=20 per=week member=Max"),
        ("limit 1 to 30", "amount=30 number=1"),
        ("limit no limit of 20 a week for ivan", "amount=off per=week member=ivan"),
        ("limit raise ivan to 40 a day", "amount=40 per=day member=ivan"),
        ("limit ivan = 20 daily", "amount=20 per=day member=ivan"),
        ("limit ivan no more than 20 a day", "amount=20 per=day member=ivan"),
        ("limit max 10 per day", "amount=10 per=day member=max"),
        ("limit 100 per month max per member", 'amount=100 per=month member="per member"'),
        ("limit 20/day each please", "amount=20 per=day member=each"),
        ("limit ivan may spend at most 1 000 connects a month", 'amount="1 000 connects" per=month member=ivan'),
        ("limit my 40 a day", "amount=40 per=day member=me"),
        ("limit bob 20 a day", "amount=20 per=day member=bob"),
        ("limit ivan 100 weekly on weekdays", 'amount=100 per=week member="ivan on weekdays"'),
        ("limit 5k a week", "per=week member=5k"),
        ("target", NOTHING),
        ("target 100 bids till the 15th", 'bids=100 days="till the 15th"'),
        ("target Ivan: 20 proposals before Friday", 'bids=20 days="before Friday" member=Ivan'),
        ("target 50 by friday", 'bids=50 days="by friday"'),
        ("target 100 in 10 days", 'bids=100 days="in 10 days"'),
        ("target 100 bids at least until the end of the month", 'bids=100 days="until the end of the month"'),
        ("target team 1 000 bids next month", 'bids="1 000" days="next month"'),
        ("target 30 bids within a week", 'bids=30 days="within a week"'),
        ("target no target for ivan", "bids=off member=ivan"),
        ("target 2 off", "bids=off number=2"),
        ("target off", "bids=off"),
        ("target 100", "bids=100"),
    ],
)
def test_the_line_that_is_meant(typed: str, line: str) -> None:
    assert read(typed) == line
    assert read(f"{typed.partition(' ')[0]} {line}") == line


@pytest.mark.parametrize(
    ("typed", "why", "readings"),
    [
        ("limit 20 bids a day", "doubt-limit-bids", ["/limit 20 connects a day", "/target 20 bids"]),
        ("limit ivan 100 this week", "doubt-limit-once", ["/limit ivan 100 a week"]),
        ("limit ivan 20 a day this month", "doubt-limit-bound", ["/limit ivan 20 a day"]),
        ("limit ivan 100 a week from monday", "doubt-limit-bound", ["/limit ivan 100 a week"]),
        (
            "limit ivan 100 until friday",
            "doubt-limit-bound",
            ["/limit ivan 100 a day", "/limit ivan 100 a week", "/limit ivan 100 a month"],
        ),
        ("limit no limits this week", "doubt-limit-pause", ["/limit no limits"]),
        (
            "limit ivan 20 a day, Mia 30 a week",
            "doubt-limit-several",
            ["/limit ivan 20 a day", "/limit Mia 30 a week"],
        ),
        ("limit ivan +10", "doubt-limit-more", ["/limit"]),
        ("limit ivan 20 more", "doubt-limit-more", ["/limit"]),
        ("limit double", "doubt-limit-more", ["/limit"]),
        ("limit no boosts for ivan", "doubt-limit-no-boosts", ["/limit 1 a month for boosts block for ivan"]),
        ("limit 9 a quarter", "doubt-limit-period", ["/limit 9 a day", "/limit 9 a week", "/limit 9 a month"]),
        (
            "limit ivan 100 a week, 20 a day",
            "doubt-limit-several",
            ["limit amount=100 per=week member=ivan", "limit amount=20 per=day member=ivan"],
        ),
        (
            "limit warn at 100 and block at 120 a week",
            "doubt-limit-several",
            ["limit amount=100 per=week act=warn", "limit amount=120 per=week act=block"],
        ),
        ("target 20 bids a week", "doubt-target-every", ["/target 20 bids this week", "/target 20 bids next week"]),
        (
            "target 100 connects this week",
            "doubt-target-connects",
            ["/target 100 bids this week", "/limit 100 connects"],
        ),
    ],
)
def test_what_is_not_clear_is_asked(typed: str, why: str, readings: list[str]) -> None:
    with pytest.raises(DoubtError) as doubt:
        read(typed)
    assert doubt.value.sentence.id == why
    assert [button.line for button in doubt.value.readings] == readings


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("ivan may spend 20 a day", "limit amount=20 per=day member=ivan"),
        ("Ivan should not spend more than 20 a day!", "limit amount=20 per=day member=Ivan"),
        ("give ivan 20 a day", "limit amount=20 per=day member=ivan"),
        ("set a limit of 100 a week for ivan", "limit amount=100 per=week member=ivan"),
        ("100 a week for everyone", 'limit amount=100 per=week member="for everyone"'),
        ("ivan 20/day", "limit amount=20 per=day member=ivan"),
        ("no limit for ivan", "limit amount=off member=ivan"),
        ("no limits", "limit amount=off"),
    ],
)
def test_what_is_said_without_a_command(said: str, line: str) -> None:
    told = told_limit(said)
    assert told is not None
    assert LIMIT.reader is not None
    assert LIMIT.reader(LIMIT, told.partition(" ")[2]) == line


@pytest.mark.parametrize(
    "said",
    [
        "may ivan spend 20 a day?",
        "16 Logo",
        "the job pays 20 a day",
        "client can spend 500 a week",
        "budget 300 a month",
    ],
)
def test_what_says_nothing_of_a_limit(said: str) -> None:
    assert told_limit(said) is None
