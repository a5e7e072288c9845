"""Makes calls fail at once on rate limits and outages, which the library would wait out within the call.

That waiting is right for an answer, which somebody expects. For notices, the sender plans all waiting by itself.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import aiohttp

from core.delivery.outcome import Later

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

SHORTLY: Final = Later(timedelta(seconds=5), fault=True)
UNSTATED: Final = 60.0  # seconds to wait if a limit does not say how long it lasts

_failing_fast: ContextVar[bool] = ContextVar("failing_fast", default=False)


class TryLaterError(Exception):
    """The call was refused for now."""

    def __init__(self, until: Later) -> None:
        """`until` says when it may be repeated."""
        super().__init__()
        self.until = until


@contextmanager
def fail_fast() -> Generator[None]:
    """Within this block, a limit or an outage raises TryLaterError at once."""
    token = _failing_fast.set(True)
    try:
        yield
    finally:
        _failing_fast.reset(token)


def trace_config() -> aiohttp.TraceConfig:
    """The trace that the library's session needs for this: it sees each response before the library does."""
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_check)
    return trace


async def _check(_session: object, _context: object, ended: aiohttp.TraceRequestEndParams) -> None:
    response = ended.response
    limited = response.status == HTTPStatus.TOO_MANY_REQUESTS
    if _failing_fast.get() and (limited or response.status >= HTTPStatus.INTERNAL_SERVER_ERROR):
        response.close()
        raise TryLaterError(limit_of(response.headers) if limited else SHORTLY)


def limit_of(headers: Mapping[str, str]) -> Later:
    """How long a limit lasts, and whether it holds for all calls.

    A global one says so; a response without `Via` comes from the firewall in front of Discord, which blocks everything.
    """
    try:
        seconds = float(headers.get("Retry-After", UNSTATED))
    except ValueError:  # it may also be a date
        seconds = UNSTATED
    return Later(timedelta(seconds=seconds), all="X-RateLimit-Global" in headers or "Via" not in headers)
