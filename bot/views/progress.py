"""The progress of an announcement, as its sender sees it."""

from __future__ import annotations

import json
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.base.platform_registry import least_time
from bot.reply.marks import bare
from bot.reply.parts import Button, Buttons, Fact, Fields, Hour, Reply, Say, buttons, reply, say
from core.announcements.model import Tally
from core.delivery.notice import Notice
from core.delivery.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.announcements.model import Announcement, MendingTally
    from core.delivery.notice import Target

STEPS: Final = 10
BEGINNING: Final = 60
NOT_MENDED: Final = {
    State.FAILED: "mended-no-message",
    State.GONE: "mended-no-chat",
    State.CANCELLED: "mended-not-there",
}


class Do(StrEnum):
    """The actions of /announcement."""

    SHOW = "show"
    SEND = "send"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    RESEND = "resend"
    REPORT = "report"
    DISCARD = "discard"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    LATER = "later"


def time_of(chats: Mapping[str, int]) -> timedelta:
    """The least time that sending takes, in whole seconds; `chats` counts messages by platform, sent in parallel."""
    longest = max((least_time(platform, number) for platform, number in chats.items()), default=timedelta())
    return timedelta(seconds=max(1, round(longest.total_seconds())))


def progress(name: str, tally: Tally, *before: Say | None, zone: str = "") -> Reply:
    """A progress bar, the deliveries by state, the time left, and buttons for what can be done.

    `zone`: that of the reader, if the message is for one whose zone is not known otherwise.
    """
    counts, every, waiting = tally.counts, tally.all, tally.waiting
    if not every:
        return reply(*before, say("announcement-unsent"))
    filled = STEPS * (every - waiting) // every
    rows: list[tuple[Say, Fact]] = [(say(f"state-{state}"), counts[state]) for state in State if counts[state]]
    if waiting and not counts[State.HELD]:
        left = say("field-time-left"), time_of(tally.open)
        rows.append(left if tally.asleep is None else (say("field-asleep-until"), Hour(tally.asleep, zone)))
    rows += _mended(tally.mending)
    bar = say("progress", bar="\u2588" * filled + "\u2591" * (STEPS - filled), done=every - waiting, all=every)
    return reply(*before, bar, Fields(tuple(rows)), _steps(name, tally), replace=True)


def _mended(mending: MendingTally | None) -> list[tuple[Say, Fact]]:
    """How far a correction or a withdrawal has come, what it could not do, and the time left."""
    if mending is None:
        return []
    label = "field-withdrawn" if mending.withdrawn else "field-corrected"
    rows: list[tuple[Say, Fact]] = [(say(label), say("mended-of", done=mending.done, all=mending.all))]
    for state, why in NOT_MENDED.items():
        if number := mending.counts[state]:
            rows.append((say("field-not-mended"), say(why, number=number)))
    if mending.waiting:
        rows.append((say("field-time-left"), time_of(mending.open)))
    return rows


def begun(name: str, tally: Tally) -> Reply:
    """The answer that sending has begun, to be followed by a message that shows the progress."""
    row = buttons(*(Button(say(f"button-{do}"), f"announcement {do} {name}") for do in (Do.SHOW, Do.PAUSE, Do.STOP)))
    return reply(say("announcement-begun", chats=tally.all), row, replace=True)


def _steps(name: str, tally: Tally) -> Buttons | None:
    counts, withdrawn = tally.counts, tally.mending is not None and tally.mending.withdrawn
    possible = (
        (Do.SHOW, tally.busy),
        (Do.PAUSE, counts[State.PENDING]),
        (Do.RESUME, counts[State.HELD]),
        (Do.STOP, counts[State.PENDING] + counts[State.HELD]),
        (Do.RESEND, counts[State.UNKNOWN] and not withdrawn),
        (Do.REPORT, True),
    )
    there = counts[State.SENT] + counts[State.SENDING] + tally.waiting
    mending = ((Do.CORRECT, there and not withdrawn), (Do.WITHDRAW, there and not withdrawn))
    rows = tuple(
        tuple(Button(say(f"button-{do}"), f"announcement {do} {name}") for do, fits in row if fits)
        for row in (possible, mending)
    )
    return Buttons(tuple(row for row in rows if row))


def progress_notice(one: Announcement, tally: Tally, to: Target) -> Notice:
    """The notice that shows an announcement's progress to its sender; the message is then edited as it goes on."""
    facts = {"id": one.id, "text": beginning_of(one.text), "tally": json.dumps(tally.rows)}
    return Notice(progress_key(one.id), "progress", facts, urgent=True, to=(to,))


def progress_key(name: str) -> str:
    """The key of that notice, and the name of the task that updates it."""
    return f"progress:{name}"


def first_progress(facts: Mapping[str, str | int]) -> Reply:
    """That message as it is first sent."""
    rows = tuple((platform, State(state), number) for platform, state, number in json.loads(str(facts["tally"])))
    return shown(str(facts["id"]), str(facts["text"]), Tally(rows))


def shown(name: str, text: str, tally: Tally, zone: str = "") -> Reply:
    """That message with the progress so far."""
    title = "watch-over" if tally.all and not tally.busy else "watch-title"
    if tally.mending is not None and tally.mending.waiting:
        title = "watch-withdrawn" if tally.mending.withdrawn else "watch-corrected"
    return progress(name, tally, say(title, text=beginning_of(text)), zone=zone)


def beginning_of(text: str, most: int = BEGINNING) -> str:
    """The beginning of a text on one line, of at most so many characters."""
    line = " ".join(bare(text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}\u2026"
