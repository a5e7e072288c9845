"""An announcement before it is sent, what would change about one that was sent, and the list of all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.options.text import LONGEST_MESSAGE
from bot.reading.lines import line_of
from bot.reply.marks import weight
from bot.reply.parts import Button, Buttons, Fact, Fields, Hour, Reply, Say, buttons, reply, say
from bot.views.audience import reach
from bot.views.progress import Do, beginning_of
from core.announcements.model import KEPT, SOON, UNSENT, Stage
from core.delivery.state import State
from core.shared.clock_steps import has_passed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.announcements.model import Announcement, Course, Tally
    from core.delivery.notice import Subscription

Rows = tuple[tuple[Say, Fact], ...]
DELETABLE: Final = timedelta(hours=48)
"""How long Telegram lets a bot delete its messages."""
IN_ROW: Final = 4
STAGES: Final = {Stage.DRAFT: "stage-draft", Stage.WITHDRAWN: "stage-withdrawn"}


def draft(one: Announcement, subscriptions: Sequence[Subscription], now: datetime, zone: str) -> Reply:
    """A draft as people will see it, with a button that sends it or, if its time is still to come, schedules it."""
    if one.stage is Stage.SCHEDULED:
        return _scheduled(one, subscriptions, zone)
    at = one.at if one.at is not None and one.at > now else None
    reached = len(one.audience.among(subscriptions))
    go = (
        Button(say("button-send", chats=reached), _line_as_seen(Do.SEND, one))
        if at is None
        else Button(
            say("button-schedule", at=Hour(at, zone)), f'{_line_as_seen(Do.LATER, one)} at="{at:%Y-%m-%d %H:%M:%SZ}"'
        )
    )
    planned: Rows = () if at is None else ((say("field-sent-at"), Hour(at, zone)),)
    length = say("field-length"), say("length-of", length=weight(one.text), most=LONGEST_MESSAGE)
    return reply(
        say("announce-preview"),
        say("raw", text=one.text),
        Fields((*planned, *reach(one.audience, subscriptions, at or now, zone), length)),
        buttons(go if at is not None or reached else None, Button(say("button-discard"), _line(Do.DISCARD, one))),
    )


def _scheduled(one: Announcement, subscriptions: Sequence[Subscription], zone: str) -> Reply:
    """What will be sent later, and what can be done before."""
    at = one.at
    planned: Rows = () if at is None else ((say("field-sent-at"), Hour(at, zone)),)
    reached = () if at is None else reach(one.audience, subscriptions, at, zone)
    change = Button(say("button-text"), _line(Do.CORRECT, one)), Button(say("button-later"), _line(Do.LATER, one))
    last = (
        Button(say("button-send-now"), _line_as_seen(Do.SEND, one)),
        Button(say("button-cancel"), _line(Do.DISCARD, one)),
    )
    return reply(
        say("announcement-waits", number=one.number),
        say("raw", text=one.text),
        Fields((*planned, *reached)),
        Buttons((change, last)),
    )


def correction(one: Announcement, text: str, tally: Tally, lost: int) -> Reply:
    """What a correction would do; a button does it. `lost`: messages in chats that cannot be reached any more."""
    words = {"do": str(Do.CORRECT), "id": one.id, "text": text, "sure": "yes", "seen": str(one.version)}
    go = Button(say("button-correct-it"), line_of("announcement", words))
    return reply(
        say("correct-before"),
        say("raw", text=one.text),
        say("correct-after"),
        say("raw", text=text),
        Fields(_touched(tally, lost, "field-edited", "field-new-at-once")),
        buttons(go, Button(say("button-leave"), _line(Do.SHOW, one))),
    )


def withdrawal(one: Announcement, tally: Tally, lost: int, now: datetime) -> Reply:
    """What a withdrawal would do; a button does it."""
    words = {"do": str(Do.WITHDRAW), "id": one.id, "sure": "yes", "seen": str(one.version)}
    on_telegram = sum(number for platform, state, number in tally.rows if (platform, state) == ("telegram", State.SENT))
    old = on_telegram if one.at is not None and now - one.at > DELETABLE else 0
    replaced: Rows = ((say("field-replaced"), say("withdraw-replaced", number=old)),) if old else ()
    return reply(
        say("withdraw-sure", text=beginning_of(one.text)),
        Fields((*_touched(tally, lost, "field-deleted", "field-never-sent"), *replaced)),
        buttons(
            Button(say("button-withdraw-it"), line_of("announcement", words)),
            Button(say("button-leave"), _line(Do.SHOW, one)),
        ),
    )


def _touched(tally: Tally, lost: int, there: str, waiting: str) -> Rows:
    """How many messages there are to be changed, how many wait, and how many cannot be reached, and why."""
    counts = tally.counts
    rows: list[tuple[Say, Fact]] = [(say(there), counts[State.SENT] + counts[State.SENDING] - lost)]
    if new := counts[State.PENDING] + counts[State.HELD]:
        rows.append((say(waiting), new))
    if lost:
        rows.append((say("field-not-mended"), say("mended-no-chat", number=lost)))
    if counts[State.UNKNOWN]:
        rows.append((say("field-not-mended"), say("mended-unknown", number=counts[State.UNKNOWN])))
    return tuple(rows)


def lost_in(course: Course, subscriptions: Sequence[Subscription]) -> int:
    """How many of the messages that were sent stand in chats that cannot be reached any more."""
    gone = {one.target[:2] for one in subscriptions if not one.is_reached}
    return sum(state is State.SENT and target[:2] in gone for target, state, _ in course.deliveries)


def listed(found: Sequence[tuple[Announcement, Tally]], zone: str, older: Button | None, newer: Button | None) -> Reply:
    """A page of announcements, newest first."""
    rows = tuple(
        (
            say("promo-number", number=one.number),
            say("announcement-line", text=beginning_of(one.text), state=state_of(one, tally, zone)),
        )
        for one, tally in found
    )
    shows = [
        Button(say("button-show-series", number=one.number), f"announcement show {one.number}") for one, _ in found
    ]
    keys = [tuple(shows[at : at + IN_ROW]) for at in range(0, len(shows), IN_ROW)]
    turning = tuple(button for button in (newer, older) if button is not None)
    return reply(Fields(rows, say("announcements-title")), Buttons((*keys, *((turning,) if turning else ()))))


def state_of(one: Announcement, tally: Tally, zone: str) -> Say:
    """How far an announcement has come, in a few words."""
    if one.stage is Stage.SCHEDULED and one.at is not None:
        return say("stage-scheduled", at=Hour(one.at, zone))
    if one.stage is not Stage.SENT or not tally.all:
        return say(STAGES.get(one.stage, "stage-sent"))
    counts = tally.counts
    how = "held" if counts[State.HELD] else "sending" if tally.waiting else "over"
    how = "stopped" if how == "over" and counts[State.CANCELLED] else how
    corrected = "none" if tally.mending is None else "now" if tally.mending.waiting else "yes"
    return say("stage-under-way", how=how, sent=counts[State.SENT], all=tally.all, corrected=corrected)


def untold(one: Announcement, now: datetime, zone: str) -> Say:
    """Why it is not known how far an announcement has come."""
    if one.stage in UNSENT or one.at is None:
        return say("announcement-unsent")
    if has_passed(KEPT, one.at, now):
        return say("announcement-forgotten-course", at=Hour(one.at, zone))
    return say("announcement-nobody" if has_passed(SOON, one.at, now) else "announcement-begins")


def _line(do: Do, one: Announcement) -> str:
    return f"announcement {do} {one.id}"


def _line_as_seen(do: Do, one: Announcement) -> str:
    """The line with the version that its reader has seen, so that nobody sends what somebody else has written since."""
    return f"announcement {do} seen={one.version} {one.id}"
