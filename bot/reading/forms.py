"""What people call the forms in which documents are written: "spreadsheet", "ledger", "ics"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.documents.model import Form
from bot.options.choice import Choice

if TYPE_CHECKING:
    from bot.options.choice import Synonyms

SPREADSHEETS: Final = """
xlsx, xls, ods, spreadsheet, spreadsheets, sheet, sheets, workbook, calc, google sheets, google sheet, libreoffice,
openoffice, open office, apple numbers, excel file, excel sheet, ms excel, microsoft excel
"""
CALLED: Final[Synonyms] = (
    (Form.CSV, ("comma separated", "csv file", "table", "plain csv")),
    (Form.EXCEL, tuple(word.strip() for word in SPREADSHEETS.split(","))),
    (Form.BEANCOUNT, ("bean count", "beans", "bean", "fava", "beancount journal", "beancount file")),
    (Form.HLEDGER, ("ledger", "ledger cli", "hledger journal", "ledger journal", "plain text accounting")),
    (Form.CALENDAR, ("ics", "ical", "cal", "icalendar", "calendar file", "google calendar", "outlook calendar")),
    (Form.PAGE, ("html", "web page", "webpage", "html page", "html file", "browser", "one page", "web")),
)
"""What else people call a form."""
FORM: Final = Choice(of=Form, also=CALLED, labels="form")
FORM_WORDS: Final = frozenset(
    {str(form) for form in Form} | {word for _, words in CALLED for word in words if " " not in word}
) - {"page", "table", "web", "browser", "calc", "sheet", "sheets", "beans", "bean", "ledger"}
"""Words that mean a form wherever they stand."""
PRINTED: Final = frozenset({"pdf", "pdfs", "print", "printed", "printable", "printout", "paper"})
"""What people call a document to print. The page is one."""


SHEETS: Final = "google sheet"
"""A form of two words, of which neither means one alone."""


def form_in(text: str) -> str:
    """The first form in a text, or the wish to print, as it is written (empty: there is none)."""
    if SHEETS in text:
        return "spreadsheet"
    return next((word for word in text.split() if word in PRINTED or word in FORM_WORDS), "")
