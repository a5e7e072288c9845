"""A figure that is far too large gets a kind answer from every command, and nothing is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer

FIGURES = pytest.mark.parametrize("figure", ["2147483648", "4294967296", "9223372036854775808", "9" * 40])
LINES = (
    "/spend {}", "/buy {}", "/buy 60 ${}", "/buy 60 $9 ${}", "/earn reward {}", "/earn interview {}", "/opening {}",
    "/adjust {} as Upwork shows it", "/adjust -{} as Upwork shows it", "/return {}", "/return 2 {}", "/undo {}",
    "/history {}", "/history before={}", "/expiring {}", "/balance {}", "/claim {}", "/settings low={}",
    "/alerts low={}", "/alerts budget={}", "/alerts cycle={}", "/alerts runway={}", "/alerts days={}",
)  # fmt: skip
OF_OPERATORS = (
    '/promote Summer gives={} ends="3 days" text="For all"', '/promote Summer gives=20 ends="{} days" text="For all"',
    '/promote Summer gives=20 ends="3 days" text="For all" supply={}', "/promo show {}", "/promo claims 1 claim={}",
    '/promote Summer gives=20 ends="3 days" text="For all" lasts={}', "/promo edit 1 gives {}", "/promo cancel {}",
    '/promote Summer gives=20 ends="3 days" text="For all" winners={}', "/series show {}", "/audit before={}",
    '/promote Summer gives=20 ends="3 days" text="For all" new={}', "/audit person={}", "/jobs {}",
)  # fmt: skip


@FIGURES
async def test_people_get_an_answer(ann: DeskPlayer, figure: str) -> None:
    await ann.say("/spend 5")
    for line in LINES:
        heard = await ann.say(line.format(figure))
        assert heard.text, line
        assert "Something went wrong" not in heard.text, line
        await ann.say("/cancel")
    assert "Entries #2 to #1" in (await ann.say("/history")).text


@FIGURES
async def test_operators_get_an_answer(boss: DeskPlayer, figure: str) -> None:
    await boss.say("/start")
    await boss.say('/promote Summer gives=20 ends="3 days" text="For all" approval=on')
    for line in OF_OPERATORS:
        heard = await boss.say(line.format(figure))
        assert heard.text, line
        assert "Something went wrong" not in heard.text, line
        await boss.say("/cancel")
    assert "Summer" in (await boss.say("/promo show 1")).text
    assert "There is no promotion" in (await boss.say("/promo show 2")).text
