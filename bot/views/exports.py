"""CSV files that are safe to open in a spreadsheet: deliveries and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.documents.cells import csv_of, id_cell, moment_cell, text_cell
from core.shared.calendar import tzinfo_of
from core.wallets.people import ChatRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.announcements.model import Course
    from core.delivery.notice import Target
    from core.delivery.state import State
    from core.promotions.model import Claim, Moment
    from core.shared.ids import PersonId


def deliveries_csv(course: Course, titles: Mapping[tuple[str, str], str]) -> bytes:
    """The state of each delivery of an announcement; `titles` of chats are by platform and chat id."""
    rows = (
        (to.platform, id_cell(to.chat), text_cell(titles.get((to.platform, to.chat), "")), state.value, text_cell(why))
        for to, state, why in course.deliveries
    )
    return csv_of(("platform", "chat", "title", "state", "why"), rows)


def claims_csv(
    claims: Iterable[Claim], zone: str, names: Mapping[PersonId, str], titles: Mapping[tuple[str, str], str]
) -> bytes:
    """The claims on a promotion, a row for each; the chat is only named if it is a group."""
    at_home = tzinfo_of(zone)
    rows = (
        (
            one.number, text_cell(names.get(one.person, "")), one.state.value, moment_cell(one.at, at_home),
            *_group(one.chat, titles),
        )
        for one in claims
    )  # fmt: skip
    return csv_of(("number", "name", "state", "at", "platform", "chat", "title"), rows)


def _group(chat: ChatRef | None, titles: Mapping[tuple[str, str], str]) -> tuple[str, str, str]:
    if chat is None:
        return "", "", ""
    return chat.platform, id_cell(chat.id), text_cell(titles.get((chat.platform, chat.id), ""))


def announcements_csv(
    course: Iterable[tuple[Moment, Target, State, str]], titles: Mapping[tuple[str, str], str]
) -> bytes:
    """The state of each notice about a promotion in each chat."""
    rows = (
        (about.value, *_group(ChatRef(to.platform, to.chat), titles), state.value, text_cell(why))
        for about, to, state, why in course
    )
    return csv_of(("moment", "platform", "chat", "title", "state", "why"), rows)
