"""The books of random agencies as documents, and what each says of who spent what.

`python -m tests.bot.documents.agency_books 100` tries so many of them.
"""

from __future__ import annotations

import asyncio
import csv
import io
import sys
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import html
from openpyxl import load_workbook

from bot.documents.model import BookData, DocumentOrder, Form, Subject, TeamFacts
from bot.documents.writing import write
from bot.reply.words import voice
from bot.views.statements.statement import members_in_words
from bot.views.team.phrases import name_of
from bot.views.team.seen import TeamSeen
from core.shared.calendar import DAY, day_in
from core.statements.sightings import SightingReader
from core.stats.team import TeamFigures
from storage import open_store
from tests.core.team.agencies import live
from tests.imports.accounts import MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from core.team.model import TeamReport
    from tests.core.team.agencies import Agency

    Days = tuple[date, date] | None
SPEAK = voice("en", "UTC")
OTHERS = "All others"


class Lived(NamedTuple):
    """An agency's books, and what /team says of some days of them."""

    order: DocumentOrder
    books: BookData
    reports: Mapping[Days, TeamReport]

    def named(self, days: Days) -> dict[str, int]:
        """Who spent how much, as /team says it."""
        names = {**self.order.names, **facts(self.order).names}
        return {SPEAK.say(name_of(row.who, names)): row.connects for row in self.reports[days].rows if row.connects}


def facts(order: DocumentOrder) -> TeamFacts:
    assert order.team is not None
    return order.team


async def lived(seed: int, steps: int = 30) -> Lived:
    dice = Random(seed)  # noqa: S311 - days from a seed are wanted, no secret
    async with open_store("memory://") as store:
        agency = await live(store, seed, steps)
        wallet, at = agency.ann.wallet, agency.ann.clock.at
        matched = {name: dice.choice([*agency.people, None]) for name in MEMBERS[:3]}
        order = DocumentOrder(
            Subject.ENTRIES, Form.CSV, wallet, None, at, 10**6, "en", "UTC", "USD",
            lots=await store.ledger.lots(wallet), names=agency.people,
            team=TeamFacts(matched, agency.people, None, (await store.people.settings_of(wallet)).alerts.answer),
        )  # fmt: skip
        books = await books_of(agency)
        first = day_in("UTC", dice.choice(books.entries).when)
        days: list[Days] = [None, (first, first + dice.randrange(1, 20) * DAY)]
        figures = TeamFigures(store, agency.ann.clock)
        reports = {one: await figures.report(wallet, one or (None, day_in("UTC", at)), matched) for one in days}
    return Lived(order, books, reports)


async def books_of(agency: Agency) -> BookData:
    """The books as they are read for a document."""
    ann = agency.ann
    entries = (await ann.record()).entries
    reader = SightingReader(ann.wallet, await ann.store.ledger.batches(ann.wallet))
    reader.note(entries)
    rows = [row async for page in reader.pages(ann.store.ledger) for row in page]
    cards = [card async for page in agency.proposals.pages(ann.wallet, 100) for card in page]
    return BookData(entries, rows, cards)


def content(life: Lived, days: Days, subject: Subject, form: Form, **changes: Any) -> bytes:
    order = life.order._replace(subject=subject, form=form, days=days, **changes)
    return write(order, life.books, lambda _: None).content


def table(life: Lived, days: Days, subject: Subject, **changes: Any) -> list[dict[str, str]]:
    text = content(life, days, subject, Form.CSV, **changes).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet(life: Lived, days: Days, subject: Subject, name: str, **changes: Any) -> list[dict[str, Any]]:
    book = load_workbook(io.BytesIO(content(life, days, subject, Form.EXCEL, **changes)), data_only=True)
    if name not in book.sheetnames:
        return []
    heads, *rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
    return [dict(zip(heads, row, strict=True)) for row in rows[:-1]]


def page(life: Lived, days: Days, **changes: Any) -> list[list[str]]:
    tree = html.fromstring(content(life, days, Subject.REPORT, Form.PAGE, **changes).decode())
    rows = tree.xpath("//table[@id='t-members']/tbody/tr")
    return [[cell.text_content().strip() for cell in row.xpath("td")] for row in rows]


def sums(pairs: Iterable[tuple[str | None, Any]]) -> dict[str, int]:
    """What a spreadsheet adds up by the names."""
    found: Counter[str] = Counter()
    for name, connects in pairs:
        if name and connects not in {"", None}:
            found[name] += int(str(connects).replace(",", ""))
    return {name: connects for name, connects in found.items() if connects}


def check(life: Lived) -> None:
    """All documents say the same as /team of the same days, member by member and in all."""
    for days, report in life.reports.items():
        wanted, whole = life.named(days), report.whole
        assert sum(wanted.values()) == whole.connects
        entries = table(life, days, Subject.ENTRIES)
        assert sums((row["spent_by"], row["spent"]) for row in entries) == wanted
        if days is None:  # what comes back in other days is no posting of these
            legs = [row for row in table(life, days, Subject.POSTINGS) if row["account"].startswith("expense:")]
            assert sums((row["spent_by"], row["connects"]) for row in legs if row["purpose"]) == wanted
        stated = table(life, days, Subject.STATEMENT)
        assert sums((row["item"], row["connects"]) for row in stated if row["section"] == "team") == wanted
        rows = sheet(life, days, Subject.ENTRIES, "Team")
        assert sums((row["Member"], row["Spent"]) for row in rows) == wanted
        assert [sum(row.get(name, 0) for row in rows) for name in ("Came back", "Cost unknown", "Bids", "Replies")] == [
            whole.returned, whole.unknown, whole.outcomes.bids, whole.outcomes.replies,
        ]  # fmt: skip
        for net, tax, currency in whole.money:
            paid = [row[f"Net, {currency}"] or 0 for row in rows], [row[f"Tax, {currency}"] or 0 for row in rows]
            assert [round(100 * sum(one)) for one in paid] == [net, tax]
        assert sums((row[0], row[1]) for row in page(life, days)) == wanted
        if whole.connects:
            words = SPEAK.say(members_in_words(TeamSeen(report, life.order.names))).partition(", net")[0]
            assert sum(int(part.rpartition(" ")[2]) for part in words.split(", ")) == whole.connects


def check_of_member(life: Lived) -> None:
    """Whoever sees only their own figures has those of all others as one, and together they are the whole."""
    for reader, name in life.order.names.items():
        team = facts(life.order)._replace(reader=reader)
        for days in life.reports:
            wanted = life.named(days)
            shown = sums((row["spent_by"], row["spent"]) for row in table(life, days, Subject.ENTRIES, team=team))
            rest = sum(wanted.values()) - wanted.get(name, 0)
            assert shown == {key: some for key, some in ((name, wanted.get(name, 0)), (OTHERS, rest)) if some}
            rows = sheet(life, days, Subject.STATEMENT, "Team", team=team)
            assert sums((row["Member"], row["Spent"]) for row in rows) == shown


async def _try(seeds: int) -> None:
    for seed in range(seeds):
        print(seed, flush=True)  # noqa: T201 - it is watched in a terminal
        life = await lived(seed, steps=80)
        check(life)
        check_of_member(life)


if __name__ == "__main__":
    asyncio.run(_try(int(sys.argv[1])))
