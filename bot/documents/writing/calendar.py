"""A calendar of what falls due (RFC 5545). Read again after a later export, it updates the same events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from icalendar import Alarm, Calendar, Event, vText
from icalendar.enums import TRANSP

from bot.base.cleaning import cleaned_line
from bot.documents.cells import plain
from bot.documents.model import Document
from bot.reply.parts import say
from bot.reply.words import voice
from core.shared.calendar import DAY

if TYPE_CHECKING:
    from bot.documents.model import BookData, DocumentOrder, DueDate
    from bot.documents.publisher import Progress

PRODUCT: Final = "-//connects-bot//Connects//EN"
NINE_THE_DAY_BEFORE: Final = -timedelta(hours=15)
"""Counted from the beginning of a whole day, so that the reminder comes at nine wherever the calendar is read."""


def write(order: DocumentOrder, _books: BookData, progress: Progress) -> Document:
    """Write the order's dates."""
    name = "calendar-of" if order.title else "calendar-name"
    said = voice(order.locale, order.zone).say(say(name, title=cleaned_line(order.title)))
    calendar = Calendar.new(prodid=PRODUCT, method="PUBLISH")
    calendar.add("X-WR-CALNAME", vText(said))
    del calendar["UID"]  # another one each time would make it another calendar
    for due in order.dates:
        calendar.add_component(_event(due, order.at))
    progress(1)
    return Document(".ics", calendar.to_ical(), len(order.dates))


def _event(due: DueDate, stamp: datetime) -> Event:
    """An event that leaves the time free. A whole day is one wherever it is read; a moment has no end."""
    event = Event.new(uid=due.uid, stamp=stamp, summary=cleaned_line(due.title), transparency=TRANSP.TRANSPARENT)
    if isinstance(due.at, datetime):
        event.start = due.at.astimezone(UTC)
    else:
        event.start, event.end = due.at, due.at + DAY
    if due.detail:
        event.description = plain(due.detail)
    if due.remind:
        event.add_component(_reminder(due))
    return event


def _reminder(due: DueDate) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", cleaned_line(due.title))
    alarm.add("trigger", NINE_THE_DAY_BEFORE)
    return alarm
