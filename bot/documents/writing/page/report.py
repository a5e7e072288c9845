"""Writes the report: one page of HTML with its style and its one script inside, which asks nothing of the net."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from bot.base.cleaning import cleaned_line
from bot.documents.model import Document
from bot.documents.writing.entries import lines_of
from bot.documents.writing.lots import left_of
from bot.documents.writing.page.members import members_table
from bot.documents.writing.page.page_voice import PageVoice
from bot.documents.writing.page.summary import Summary, months_table
from bot.documents.writing.page.tables import TableMaker
from bot.documents.writing.page.template import template_of
from bot.documents.writing.period import began_within, period_of
from bot.documents.writing.team import team_of
from bot.reply.parts import Hour
from bot.reply.words import voice
from core.statements.statement import statement_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress
    from bot.documents.writing.page.tables import PageTable
    from core.statements.model import Statement

PACKAGE: Final = "bot.documents.writing.page"
WORDS: Final = (
    "page-skip", "page-kind", "page-contents", "page-statement", "page-connects", "page-money", "page-figures",
    "page-pictures", "page-footer",
)  # fmt: skip
MONEY: Final = ("page-what", "page-net", "page-tax", "page-together")


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write the page."""
    return write_for(PageVoice(voice(order.locale, order.zone)), order, books, progress)


def write_for(speak: PageVoice, order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write the page for one reader. Whatever people wrote stands on it as text, without marks of direction."""
    lines = lines_of(order, books)
    period = period_of(order.days, order.zone)
    shown = [line for line in lines if period.has(line.when)]
    statement = statement_of(books.entries, order.lots, order.days, order.zone, order.at)
    progress(0.2)
    team = team_of(order, books, lines)
    maker = TableMaker(order, books, speak, shown, team if team is not None and team.every else None)
    months = months_table(statement, order, books.entries, speak)
    tables = (
        *(() if team is None else (members_table(team.rows, speak, money=order.money),)),
        months,
        maker.proposals(),
        maker.lots(left_of(lines, period)),
        maker.entries(statement.opening.connects),
    )
    progress(0.5)
    began = began_within(order.days, order.zone, lines)
    text = _page(order, speak, Summary(statement, speak, began, money=order.money), statement, tables)
    progress(1)
    return Document(".html", text.encode(), len(shown))


def _page(
    order: DocumentOrder, speak: PageVoice, summary: Summary, statement: Statement, tables: Sequence[PageTable]
) -> str:
    words = {name.removeprefix("page-"): speak.say(name) for name in WORDS}
    script = _file("page.js")
    title = cleaned_line(order.title)
    return template_of(PACKAGE).render(
        lang=speak.voice.locale,
        dir=speak.direction,
        point=speak.point,
        policy=policy_of(script),
        style=Markup(_file("page.css")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - the same
        title=speak.say("page-title", name=title) if title else speak.say("page-title-own"),
        days=_days(statement, speak),
        made=speak.say("page-made", at=Hour(order.at)),
        words=words,
        money=tuple(speak.say(name) for name in MONEY),
        labels=labels,
        contents=_contents(order, words, tables),
        summary=summary,
        facts=order.report,
        tables=tables,
        script_words=_script_words(speak),
    )


def _days(statement: Statement, speak: PageVoice) -> str:
    if statement.first is None:
        return speak.say("page-until", last=statement.last)
    return speak.say("page-days", first=statement.first, last=statement.last)


def _contents(order: DocumentOrder, words: Mapping[str, str], tables: Sequence[PageTable]) -> Iterator[tuple[str, str]]:
    """The sections that the page has, by their ids."""
    yield "statement", words["statement"]
    if order.report.sentences:
        yield "figures", words["figures"]
    if order.report.pictures:
        yield "pictures", words["pictures"]
    yield from ((table.name, table.title) for table in tables)


def _script_words(speak: PageVoice) -> dict[str, str]:
    """What the script says, with places for its figures."""
    return {
        "found": speak.say("page-found", found="{0}", total="{1}"),
        "more": speak.say("page-more", total="{0}"),
        "fewer": speak.say("page-fewer"),
        "open": speak.say("page-entries-of", ref="{0}"),
        "others": speak.say("page-entries-before", numbers="{0}"),
    }


def labels(names: Iterable[str]) -> str:
    """The names of columns as variables of the style, which writes them before the cells where rows are cards."""
    return ";".join(f"--c{place}:{_css_text(name)}" for place, name in enumerate(names, 1))


def _css_text(text: str) -> str:
    return '"' + re.sub(r"[^\w ]", lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def policy_of(script: str) -> str:
    """What the page allows a browser: its own style and script, and no request at all."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; img-src data:"


@cache
def _file(name: str) -> str:
    return resources.files(PACKAGE).joinpath(name).read_text(encoding="utf-8")
