"""Logs: lines of structlog and of the standard library look alike, and every secret in them is masked."""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import TYPE_CHECKING, Final, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from typing_extensions import override

from bot.base.platform_registry import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from structlog.typing import Processor

MASK: Final = "***"
TOKENS: Final = tuple(one.token_shape.replace(":", "(?::|%3A)") for one in PLATFORMS.values())  # as in a URL
SHORTEST: Final = 4  # a shorter secret would mask ordinary words and hide nothing
QUIET: Final = ("apscheduler", "asyncio", "alembic", *(name for one in PLATFORMS.values() for name in one.loggers))


class Mask:
    """Replaces the given secrets, and whatever looks like a token, with three asterisks."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Mask `secrets` also in the forms that repr and JSON give them, and JSON of a repr."""
        forms = {secret for secret in secrets if len(secret) >= SHORTEST}
        for _ in range(2):
            forms |= {quoted for form in forms for quoted in _quoted(form)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._pattern = re.compile("|".join((*map(re.escape, longest_first), *TOKENS)))

    def __call__(self, text: str) -> str:
        """Return the text without secrets."""
        return self._pattern.sub(MASK, text)


def _quoted(text: str) -> tuple[str, ...]:
    return repr(text)[1:-1], json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]


class _MaskedFormatter(ProcessorFormatter):
    """Masks finished lines, so that not even a traceback or a library's own line gets around it."""

    def __init__(self, mask: Mask, processors: list[Processor]) -> None:
        super().__init__(foreign_pre_chain=_shared(), processors=processors)
        self._mask = mask

    @override
    def format(self, record: logging.LogRecord) -> str:
        return self._mask(super().format(record))


def set_up(level: str, form: str, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Log from this level up to `stream` (None: stderr) as `console` or `json`, in place of any earlier setup."""
    out = sys.stderr if stream is None else stream
    handler = logging.StreamHandler(out)
    mask, rendering = Mask(secrets), _renderers(form, colors=out.isatty())
    handler.setFormatter(_MaskedFormatter(mask, [ProcessorFormatter.remove_processors_meta, *rendering]))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    structlog.configure(  # our lines skip the standard library, whose records cost twice as much
        processors=[*_shared(), *rendering, lambda _logger, _name, line: mask(str(line))],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(out),
    )


def _shared() -> list[Processor]:
    """The processors of every event, ours or a library's."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _renderers(form: str, *, colors: bool) -> list[Processor]:
    if form == "json":
        return [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=repr),
        ]
    return [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)]
