"""What the libraries log, without what it was about: their records hold addresses with the token, and words."""

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
    """Passes on the text of a record without its values, and the kind of an error without its text."""

    @override
    def emit(self, record: LogRecord) -> None:
        error = record.exc_info[0] if record.exc_info else None
        kind = None if error is None else error.__name__
        log.log(record.levelno, "library", source=record.name, text=str(record.msg), kind=kind)


def limit_library_logs() -> None:
    """Keep token and content out of the logs, whatever level the program logs at."""
    for name in (*WITH_ADDRESSES, *WITH_CONTENT):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in WITH_CONTENT:
        logger = logging.getLogger(name)
        logger.propagate = False
        if not any(isinstance(handler, TemplateOnly) for handler in logger.handlers):
            logger.addHandler(TemplateOnly())
