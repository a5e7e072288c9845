"""Writes documents, each form by a library or by its own standard. Only the worker's process imports this package."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from bot.documents.model import Form, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.documents.model import BookData, Document, DocumentOrder
    from bot.documents.publisher import Progress

    Write = Callable[[DocumentOrder, BookData, Progress], Document]

WRITERS: Final[Mapping[tuple[Subject, Form], str]] = {
    (Subject.ENTRIES, Form.CSV): "csv_files.entries",
    (Subject.POSTINGS, Form.CSV): "csv_files.postings",
    (Subject.STATEMENT, Form.CSV): "csv_files.statement",
    (Subject.ENTRIES, Form.EXCEL): "workbook.books",
    (Subject.STATEMENT, Form.EXCEL): "workbook.statement",
    (Subject.ENTRIES, Form.BEANCOUNT): "journals.beancount",
    (Subject.STATEMENT, Form.BEANCOUNT): "journals.beancount",
    (Subject.ENTRIES, Form.HLEDGER): "journals.hledger",
    (Subject.STATEMENT, Form.HLEDGER): "journals.hledger",
    (Subject.DATES, Form.CALENDAR): "calendar",
    (Subject.REPORT, Form.PAGE): "page.report",
    (Subject.PERSON, Form.PAGE): "person.data",
}
"""The module that writes each document, by its function `write`. It is imported when it is needed, with its library."""


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write a document. Now and then, `progress` is called with how much is done, from 0 to 1."""
    module = import_module(f"{__name__}.{WRITERS[order.subject, order.form]}")
    writer: Write = module.write
    named = order._replace(names={**order.names, **books.names})
    return writer(named, books, progress)
