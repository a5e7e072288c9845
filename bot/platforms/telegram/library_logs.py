"""Filters the libraries' log records, which contain addresses with the token, and people's messages."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import structlog
from typing_extensions import override

if TYPE_CHECKING:
    from logging import LogRecord

log = structlog.get_logger()

WITH_ADDRESSES: Final = ("httpx", "httpcore")
WITH_CONTENT: Final = ("telegram", "tornado")


class TemplateOnly(logging.Handler):
    """Forwards a record's message template without its values, and an error's type without its text."""

    @override
    def emit(self, record: LogRecord) -> None:
        error = record.exc_info[0] if record.exc_info else None
        kind = None if error is None else error.__name__
        log.log(record.levelno, "library", source=record.name, text=str(record.msg), kind=kind)


def limit_library_logs() -> None:
    """Keep the token and messages out of the logs, at every log level of the program."""
    for name in (*WITH_ADDRESSES, *WITH_CONTENT):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in WITH_CONTENT:
        logger = logging.getLogger(name)
        logger.propagate = False
        if not any(isinstance(handler, TemplateOnly) for handler in logger.handlers):
            logger.addHandler(TemplateOnly())
