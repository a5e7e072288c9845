"""Recurring announcements: operators start, pause, resume and end them, and see their results."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, MissingOptionError, UnfitError, command
from bot.options.choice import Choice
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.times.cron import following
from bot.options.times.schedule import explained
from bot.reply.parts import Button, Buttons, Fact, Fields, Hour, Reply, Say, buttons, reply, say
from bot.views.audience import reach
from bot.views.progress import beginning_of
from core.announcements.model import Announcement, Series
from core.announcements.recurring import Past, RecurringService
from core.delivery.notice import Audience
from core.delivery.state import State
from core.shared.lifecycle import Status
from core.shared.refusals import RefusedError, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.delivery.notice import Subscription

LISTED: Final = 10
SHOWN: Final = 3


class Do(StrEnum):
    """The actions of /series."""

    LIST = "list"
    SHOW = "show"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    DISCARD = "discard"


STATUS: Final = {Do.START: Status.LIVE, Do.PAUSE: Status.PAUSED, Do.RESUME: Status.LIVE, Do.END: Status.ENDED}
LABELS: Final = {Do.START: "button-start-series"}
POSSIBLE: Final = {
    Status.DRAFT: (Do.START, Do.END),
    Status.LIVE: (Do.PAUSE, Do.END),
    Status.PAUSED: (Do.RESUME, Do.END),
}


async def preview(call: Call, series: Series, subscriptions: Sequence[Subscription]) -> Reply:
    """Keep a new draft, and show what it says, when it comes and whom it reaches; a button starts it."""
    times = recurring_of(call).upcoming(series, SHOWN)
    if not times:
        raise UnfitError(say("series-never"))
    made = await call.store.recurring.new_series(series)
    reached = reach(made.audience, subscriptions, times[0], made.zone)
    rows = ((say("field-repeats"), explained(made.cron, made.zone)), *_next(made, times), *reached)
    go = Button(say("button-start-series"), f"series start {made.id}")
    return reply(
        say("series-preview"),
        say("raw", text=made.text),
        Fields(rows),
        buttons(go, Button(say("button-discard"), f"series discard {made.id}")),
    )


def drafted(call: Call, text: str, audience: Audience, cron: str, zone: str | None) -> Series:
    """A new recurring announcement, in the zone of the operator's wallet if none is named."""
    return Series(0, Status.DRAFT, cron, zone or call.zone, text, audience, call.person.id, call.at)


def recurring_of(call: Call) -> RecurringService:
    """The service for recurring announcements."""
    return RecurringService(call.store, call.books.clock, following)


@command("series", hidden=True, needs_wallet=False, read_only=("", "list", "show"))
async def series(
    call: Call, do: Annotated[Do, Choice(of=Do)] = Do.LIST, number: Annotated[int, Whole(low=1, high=MOST_NUMBER)] = 0
) -> Reply:
    """List the recurring announcements; show, start, pause, resume or end one."""
    if do is Do.LIST:
        if not number:
            return await _list(call)
        do = Do.SHOW  # "/series 3"
    if not number:
        raise MissingOptionError("number")
    one = await _known(call, number)
    done: Say | None = None
    if do is Do.DISCARD:
        if one.status is Status.DRAFT and await recurring_of(call).move(one, Status.ENDED):
            return reply(say("draft-discarded"))
        done = say("series-not-draft")
    if do in STATUS:
        fits = await recurring_of(call).move(one, STATUS[do])
        done = say(f"series-{STATUS[do]}" if fits else "series-not-so")
    return await _shown(call, await _known(call, number), done)


async def _known(call: Call, number: int) -> Series:
    one = await call.store.recurring.one_series(number)
    if one is None:
        raise RefusedError(Unknown("series", str(number)))
    return one


async def _list(call: Call) -> Reply:
    found = await call.store.recurring.all_series(LISTED)
    if not found:
        return reply(say("series-none"))
    rows: tuple[tuple[Say, Fact], ...] = tuple(
        (say("promo-number", number=one.id), say("series-line", **_facts(one), status=say(f"status-{one.status}")))
        for one in found
    )
    shows = tuple((Button(say("button-show-series", number=one.id), f"series show {one.id}"),) for one in found)
    return reply(Fields(rows, say("series-title")), Buttons(shows))


def _facts(one: Series) -> dict[str, Fact]:
    return {"text": beginning_of(one.text), "when": explained(one.cron, one.zone)}


async def _shown(call: Call, one: Series, done: Say | None) -> Reply:
    recurring = recurring_of(call)
    past = await recurring.past(one)
    times = recurring.upcoming(one, SHOWN) if one.status is Status.LIVE else ()
    rows = (
        (say("field-state"), say(f"status-{one.status}")),
        (say("field-repeats"), explained(one.cron, one.zone)),
        *_next(one, times),
        *[(say("field-told-at", at=_hour(one, occurrence)), await _reached(call, occurrence)) for occurrence in past],
    )
    steps = tuple(
        Button(say(LABELS.get(do, f"button-{do}")), f"series {do} {one.id}") for do in POSSIBLE.get(one.status, ())
    )
    reports = tuple(
        (Button(say("button-report-of", at=_hour(one, occurrence)), f"announcement show {occurrence.id}"),)
        for occurrence in past
        if occurrence.id
    )
    keys = (*((steps,) if steps else ()), *reports)
    return reply(done, say("raw", text=one.text), Fields(rows), Buttons(keys) if keys else None)


def _next(one: Series, times: tuple[datetime, ...]) -> tuple[tuple[Say, Fact], ...]:
    return tuple((say("field-next", number=number), Hour(at, one.zone)) for number, at in enumerate(times, 1))


def _hour(one: Series, past: Past) -> Hour:
    return Hour(datetime.fromisoformat(past.at), one.zone)


async def _reached(call: Call, past: Past) -> Say:
    """How many chats an occurrence reached."""
    if not past.id:
        return say("series-missed")
    counts = await call.store.outbox.tally(Announcement(past.id, "", Audience()).name)
    sent = sum(number for _, state, number in counts if state is State.SENT)
    return say("series-told", sent=sent, all=sum(number for _, _, number in counts))
