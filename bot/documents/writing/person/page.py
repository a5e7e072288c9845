"""Writes what is kept of a person as a page to read: one file with its style inside, which asks nothing of the net."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markupsafe import Markup

from bot.base.cleaning import cleaned_line
from bot.documents.cells import plain
from bot.documents.writing.page.page_voice import PageVoice
from bot.documents.writing.page.report import labels
from bot.documents.writing.page.template import template_of
from bot.reply.parts import Hour
from bot.reply.words import voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.documents.model import DocumentOrder
    from core.forgetting.plain import Plain

PACKAGE: Final = "bot.documents.writing.person"
STYLE: Final = "bot.documents.writing.page"
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "persons": ("number", "name", "used"),
    "accounts": ("platform", "user"),
    "chats": ("platform", "chat", "title", "unreachable"),
    "wallets": ("number", "closed", "balance", "settings"),
    "entries": ("number", "happened", "kind", "title", "connects", "balance"),
    "lots": ("number", "source", "issued", "expires", "size", "left", "cost"),
    "imports": ("number", "at", "kind", "first", "last", "balance"),
    "rows": ("import", "entry", "day", "wording", "title", "connects", "member"),
    "proposals": ("ref", "sent", "title", "profile", "tags", "stage", "end"),
    "incomes": ("day", "client", "about", "amount"),
    "won_by": ("client", "proposal"),
    "groups": ("titles", "chats", "since", "roles", "limits", "targets"),
    "group_entries": ("wallet", "number", "happened", "kind", "title", "connects"),
    "group_imports": ("wallet", "number", "at", "kind", "first", "last", "balance"),
    "group_rows": ("wallet", "entry", "day", "wording", "title", "connects", "member"),
    "claims": ("promotion", "number", "state", "at", "chat"),
    "promotions": ("number", "title", "status", "made"),
    "announcements": ("number", "text", "stage", "made", "at"),
    "series": ("number", "text", "cron", "status", "made"),
    "subscriptions": ("platform", "chat", "title", "since", "topics"),
    "messages": ("platform", "what", "made", "state", "facts"),
    "links": ("at", "accounts", "undone"),
    "notes": ("name", "text", "until"),
    "updates": ("platform", "at", "body"),
    "actions": ("at", "platform", "line", "outcome"),
}
"""Which values of each list the page shows. The data have all of them. `data-LIST` says what the list is."""
FIGURES: Final = frozenset({"connects", "balance", "size", "left", "cost", "amount"})
"""The columns whose figures stand below each other."""
OTHERWISE: Final = {"accounts": "which-accounts", "chats": "group-chats"}
"""The columns that are not called `data-COLUMN`, because a list is called so."""


class DataTable(NamedTuple):
    """A list on the page."""

    name: str
    title: str
    names: tuple[str, ...]
    rows: Iterator[tuple[str, ...]]
    total: str
    classes: str


def page_of(order: DocumentOrder, lists: Mapping[str, Sequence[Plain]]) -> str:
    """The page. Whatever people wrote stands on it as text, without marks of direction."""
    speak = PageVoice(voice(order.locale, order.zone))
    found = tuple(_table(name, lists[name], speak) for name in LISTS if lists[name])
    return template_of(PACKAGE).render(
        lang=speak.voice.locale,
        dir=speak.direction,
        policy=POLICY,
        style=Markup(resources.files(STYLE).joinpath("page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own
        kind=speak.say("data-kind-of-page"),
        title=cleaned_line(order.title),
        made=speak.say("page-made-of-person", at=Hour(order.at)),
        skip=speak.say("page-skip"),
        contents=speak.say("page-contents"),
        footer=speak.say("page-footer"),
        tables=found,
        labels=labels,
    )


def _table(name: str, values: Sequence[Plain], speak: PageVoice) -> DataTable:
    columns = LISTS[name]
    rows = (tuple(_cell(value.get(column), speak) for column in columns) for value in values)
    names = tuple(speak.say(f"data-{OTHERWISE.get(column, column)}") for column in columns)
    classes = " ".join(("data", *(f"n{place}" for place, column in enumerate(columns, 1) if column in FIGURES)))
    title, total = speak.say(f"data-{name.replace('_', '-')}"), speak.number(len(values)).text
    return DataTable(name, title, names, rows, total, classes)


def _cell(value: Any, speak: PageVoice) -> str:
    """A value as somebody reads it: a moment in their zone, money with its decimals, several values in a row."""
    match value:
        case None | "":
            text = ""
        case bool():
            text = json.dumps(value)
        case int():
            text = speak.number(value).text
        case str() if MOMENT.fullmatch(value):
            text = speak.voice.text(Hour(datetime.fromisoformat(value)))
        case str() if DAY.fullmatch(value):
            text = speak.voice.text(date.fromisoformat(value))
        case str():
            text = plain(value)
        case {"net": net, "tax": tax, "currency": currency}:
            text = speak.minor(net + tax, currency).text
        case dict():
            said = {key: _cell(one, speak) for key, one in value.items()}
            text = " \N{MIDDLE DOT} ".join(f"{key}: {one}" for key, one in said.items() if one)
        case _:
            text = ", ".join(_cell(one, speak) for one in value)
    return text
