"""Every operation of the store fails once while an import is booked or undone; what is answered is true."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

import pytest

from bot.command.incoming import Pressed
from storage.memory.store import MemoryStore
from tests.bot.failing import Failing, Fault, bot_on
from tests.bot.handing import handed
from tests.bot.stages.desk import DeskPlayer
from tests.bot.test_true_answers import FAILED, FAULTS, check_truth, line_in, play, seen
from tests.clock import TestClock

PRESSES: Final = {
    "Book all 3": (),
    "Undo": ("Book all 3",),
    "Given by Upwork": (),
    "Leave": (),
}
"""A press below the preview of an import, and those before it."""


@pytest.mark.parametrize("label", PRESSES)
async def test_no_answer_claims_what_is_not_so(label: str) -> None:
    store, clock = MemoryStore(), TestClock()
    ann = DeskPlayer(bot := bot_on(store, clock), "ann")
    await ann.say("/start")
    await handed(bot, ann, "d1")
    for press in PRESSES[label]:
        await ann.press(press)
    clock.pass_(minutes=1)
    incoming = line_in(f">{label}", ann, ann.buttons, clock)
    assert isinstance(incoming.said, Pressed)
    before = seen(store)
    whole = await play(bot_on(own := deepcopy(store), clock), incoming, Failing(own), own)
    plan = Failing(own := deepcopy(store))
    assert await play(bot_on(plan.as_store(), clock), incoming, plan, own) == whole._replace(calls=len(plan.calls))
    for name, fault in FAULTS.items():
        for at in range(1, len(plan.calls) + 1):
            where = f"{label}: {name} operation {at}"
            failing = Failing(own := deepcopy(store), fault, at=at)
            bot = bot_on(failing.as_store(), TestClock(incoming.at))
            first = await play(bot, incoming, failing, own)
            failing.at = 0
            again = await play(bot_on(own, bot.clock) if fault.lasting else bot, incoming, failing, own)
            check_truth(first, before, whole, where)
            assert not any(words in again.text for words in FAILED), where
            assert again.after.entries == whole.after.entries, where


def test_each_fault_is_tried() -> None:
    assert all(isinstance(fault, Fault) for fault in FAULTS.values())
