"""Writes what is kept of a person as a page to read: one file with its style inside, which asks nothing of the net."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.base.cleaning import cleaned_line
from bot.documents.cells import plain
from bot.documents.writing.page.page_voice import PageVoice
from bot.reply.parts import Hour
from bot.reply.words import voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Template

    from bot.documents.model import DocumentOrder
    from core.forgetting.plain import Plain

PACKAGE: Final = "bot.documents.writing.person"
STYLE: Final = "bot.documents.writing.page"
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
LISTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "persons": ("data-persons", ("number", "name", "used")),
    "accounts": ("data-accounts", ("platform", "user")),
    "chats": ("data-chats", ("platform", "chat", "title", "unreachable")),
    "wallets": ("data-wallets", ("number", "balance", "settings")),
    "entries": ("data-entries", ("number", "happened", "kind", "title", "connects", "balance")),
    "lots": ("data-lots", ("number", "source", "issued", "expires", "size", "left", "cost")),
    "imports": ("data-imports", ("number", "at", "kind", "first", "last", "balance")),
    "rows": ("data-rows", ("import", "entry", "day", "wording", "title", "connects", "member")),
    "proposals": ("data-proposals", ("ref", "sent", "title", "profile", "tags", "stage", "end")),
    "incomes": ("data-incomes", ("day", "client", "about", "amount")),
    "won_by": ("data-won-by", ("client", "proposal")),
    "groups": ("data-groups", ("titles", "chats", "since", "roles", "limits", "targets")),
    "group_entries": ("data-group-entries", ("wallet", "number", "happened", "kind", "title", "connects")),
    "group_imports": ("data-group-imports", ("wallet", "number", "at", "kind", "first", "last", "balance")),
    "group_rows": ("data-group-rows", ("wallet", "entry", "day", "wording", "title", "connects", "member")),
    "claims": ("data-claims", ("promotion", "number", "state", "at", "chat")),
    "promotions": ("data-promotions", ("number", "title", "status", "made")),
    "announcements": ("data-announcements", ("number", "text", "stage", "made", "at")),
    "series": ("data-series", ("number", "text", "cron", "status", "made")),
    "subscriptions": ("data-subscriptions", ("platform", "chat", "title", "since", "topics")),
    "messages": ("data-messages", ("platform", "what", "made", "state", "facts")),
    "links": ("data-links", ("at", "accounts", "undone")),
    "notes": ("data-notes", ("name", "text", "until")),
    "updates": ("data-updates", ("platform", "at", "body")),
    "actions": ("data-actions", ("at", "platform", "line", "outcome")),
}
"""What the page says of each list, and which of its values it shows. The data have all of them."""
HEADINGS: Final[Mapping[str, str]] = {
    "about": "data-about",
    "accounts": "data-which-accounts",
    "amount": "data-amount",
    "at": "data-at",
    "balance": "data-balance",
    "body": "data-body",
    "chat": "data-chat",
    "chats": "data-group-chats",
    "client": "data-client",
    "connects": "data-connects",
    "cost": "data-cost",
    "cron": "data-cron",
    "day": "data-day",
    "end": "data-end",
    "entry": "data-entry",
    "expires": "data-expires",
    "facts": "data-facts",
    "first": "data-first",
    "happened": "data-happened",
    "import": "data-import",
    "issued": "data-issued",
    "kind": "data-kind",
    "last": "data-last",
    "left": "data-left",
    "limits": "data-limits",
    "line": "data-line",
    "made": "data-made",
    "member": "data-member",
    "name": "data-name",
    "number": "data-number",
    "outcome": "data-outcome",
    "platform": "data-platform",
    "profile": "data-profile",
    "promotion": "data-promotion",
    "proposal": "data-proposal",
    "ref": "data-ref",
    "roles": "data-roles",
    "sent": "data-sent",
    "settings": "data-settings",
    "since": "data-since",
    "size": "data-size",
    "source": "data-source",
    "stage": "data-stage",
    "state": "data-state",
    "status": "data-status",
    "tags": "data-tags",
    "targets": "data-targets",
    "text": "data-text",
    "title": "data-title",
    "titles": "data-titles",
    "topics": "data-topics",
    "undone": "data-undone",
    "unreachable": "data-unreachable",
    "until": "data-until",
    "used": "data-used",
    "user": "data-user",
    "wallet": "data-wallet",
    "what": "data-what",
    "wording": "data-wording",
}
"""What the columns are called."""


class DataTable(NamedTuple):
    """A list on the page."""

    name: str
    title: str
    names: tuple[str, ...]
    rows: Iterator[tuple[str, ...]]
    total: str


def page_of(order: DocumentOrder, lists: Mapping[str, Sequence[Plain]]) -> str:
    """The page. Whatever people wrote stands on it as text, without marks of direction."""
    speak = PageVoice(voice(order.locale, order.zone))
    found = tuple(_table(name, lists[name], speak) for name in LISTS if lists[name])
    return _template().render(
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
    )


def _table(name: str, values: Sequence[Plain], speak: PageVoice) -> DataTable:
    sentence, columns = LISTS[name]
    rows = (tuple(_cell(value.get(column), speak) for column in columns) for value in values)
    names = tuple(speak.say(HEADINGS[column]) for column in columns)
    return DataTable(name, speak.say(sentence), names, rows, speak.number(len(values)).text)


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


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader(PACKAGE, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.jinja")
