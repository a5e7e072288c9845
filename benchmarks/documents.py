"""Documents: what writing one costs beside the bare library, and what the chat notices of a large one."""

from __future__ import annotations

import asyncio
import csv
import gc
import io
import os
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.exporting import noticed
from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.till import event_loop
from bot.base.logs import set_up
from bot.documents.model import BookData, DueDate, Form, Subject
from bot.documents.writing import write
from tests.bot.documents.invented import MADE, a_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.documents.model import DocumentOrder

FEW: Final = 1_000
MANY: Final = 20_000 if QUICK else 100_000
ENTRIES_OF_A_PROPOSAL: Final = 2.1
DATES: Final = 1_000
ROUNDS: Final = 3 if QUICK else 7
LIMITS: Final = {Form.CSV: 3, Form.EXCEL: 1.5}
"""How many times the bare library's time a document may take."""
FORMS: Final = {
    "CSV, an entry a row": (Subject.ENTRIES, Form.CSV),
    "CSV, a posting a row": (Subject.POSTINGS, Form.CSV),
    "a spreadsheet": (Subject.ENTRIES, Form.EXCEL),
    "beancount": (Subject.ENTRIES, Form.BEANCOUNT),
    "hledger": (Subject.ENTRIES, Form.HLEDGER),
    "the report": (Subject.REPORT, Form.PAGE),
}


class Written(NamedTuple):
    """A document's processor time for 1,000 entries in milliseconds, and how many times the bare library's that is."""

    milliseconds: float
    against: float


def figures() -> Iterator[Figure]:
    """Writing is timed by the processor, in this process, since it is what the other one does."""
    for entries in (FEW, MANY):
        order, books = _lived(entries)
        for name, (subject, form) in FORMS.items():
            found = _written(order._replace(subject=subject, form=form), books)
            yield Figure(f"{name}, {entries:,} entries, ms of processor time for 1,000", found.milliseconds)
            what, limit = f"{name}, {entries:,} entries, against the bare library", LIMITS.get(form)
            yield Figure(what, found.against, limit, at_most=True)
    yield Figure(f"a calendar of {DATES:,} dates against icalendar alone", _calendar(), 1.5, at_most=True)
    if not Path("/proc/self/statm").exists():
        return
    with (
        TemporaryDirectory(prefix="bench-", dir=".") as folder,
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        asyncio.Runner(loop_factory=event_loop()) as runner,
    ):
        set_up("INFO", "console", stream=nowhere)
        yield from runner.run(noticed(f"sqlite:///{Path(folder) / 'documents.db'}", MANY))


def _lived(entries: int) -> tuple[DocumentOrder, BookData]:
    """Books of about so many entries, and the order of any document of them."""
    return a_year(round(entries / ENTRIES_OF_A_PROPOSAL))


def _written(order: DocumentOrder, books: BookData) -> Written:
    """The document and the same rows by the bare library, in turns."""
    entries = len(books.entries)
    content = write(order, books, _ignored).content  # imports what it needs
    bare = BARE[order.form](content, books)
    ours, theirs = [], []
    for _ in range(ROUNDS if entries < MANY // 2 else 1):
        ours.append(_took(lambda: write(order, books, _ignored)))
        theirs.append(_took(bare))
    return Written(median(ours) * 1_000 * 1_000 / entries, ratio(ours, theirs))


def _ignored(_done: float) -> None:
    pass


def _took(act: Callable[[], object]) -> float:
    """Seconds of processor time. As in the process that writes, nothing is looked through for garbage meanwhile."""
    gc.collect()
    gc.disable()
    start = process_time()
    act()
    used = process_time() - start
    gc.enable()
    return used


def _bare_csv(content: bytes, _books: BookData) -> Callable[[], object]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), quoting=csv.QUOTE_NONNUMERIC))

    def run() -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
        return text.getvalue().encode("utf-8-sig")

    return run


def _bare_workbook(content: bytes, _books: BookData) -> Callable[[], object]:
    from openpyxl import load_workbook
    from xlsxwriter import Workbook

    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(io.BytesIO(content), read_only=True)]

    def run() -> bytes:
        file = io.BytesIO()
        with Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
            for rows in sheets:
                sheet = book.add_worksheet()
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return file.getvalue()

    return run


def _bare_journal(_content: bytes, books: BookData) -> Callable[[], object]:
    """The lines of each posting, as text."""

    def run() -> bytes:
        return "\n".join(_transactions(books)).encode()

    return run


def _transactions(books: BookData) -> Iterator[str]:
    for entry in books.entries:
        yield f'{entry.when:%Y-%m-%d} * "{entry.memo}"'
        for leg in entry.postings:
            net = 0 if leg.price is None else leg.price.net
            yield f"  {leg.account}  {leg.connects} CONNECTS @@ {net / 100:.2f} USD"


def _bare_page(_content: bytes, books: BookData) -> Callable[[], object]:
    """A table of all proposals, and one of all entries."""
    from jinja2 import Environment

    table = Environment(autoescape=True).from_string(
        "{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
    )
    rows = [(one.sent, one.title, one.job, one.base, one.boost, one.back, one.stage) for one in books.proposals]
    entries = [(one.number, one.when, one.kind, one.memo, one.delta, one.balance) for one in books.entries]

    def run() -> bytes:
        return (table.render(rows=rows) + table.render(rows=entries)).encode()

    return run


BARE: Final[dict[Form, Callable[[bytes, BookData], Callable[[], object]]]] = {
    Form.CSV: _bare_csv,
    Form.EXCEL: _bare_workbook,
    Form.BEANCOUNT: _bare_journal,
    Form.HLEDGER: _bare_journal,
    Form.PAGE: _bare_page,
}


def _calendar() -> float:
    """A calendar of many days and moments against the same events by icalendar alone."""
    dates = tuple(
        DueDate(f"{number}", (MADE + timedelta(hours=number)).date(), f"{number} Connects expire", "Logo")
        for number in range(DATES)
    )
    order = _lived(FEW)[0]._replace(subject=Subject.DATES, form=Form.CALENDAR, dates=dates)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_took(lambda: write(order, BookData(), _ignored)))
        theirs.append(_took(lambda: _bare_calendar(dates)))
    return ratio(ours, theirs)


def _bare_calendar(dates: tuple[DueDate, ...]) -> bytes:
    from icalendar import Calendar, Event

    calendar = Calendar.new()
    for due in dates:
        calendar.add_component(
            Event.new(uid=due.uid, stamp=MADE, start=due.at, summary=due.title, description=due.detail)
        )
    content: bytes = calendar.to_ical()
    return content
