"""Takes the library's own patience away: it waits through limits and outages in the middle of a call.

For an answer that is right, somebody waits for it. Who carries messages unasked plans the waiting, for all of them.
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
UNSTATED: Final = 60.0  # seconds to wait where a limit does not say for how long it is

_failing_fast: ContextVar[bool] = ContextVar("failing_fast", default=False)


class TryLaterError(Exception):
    """The call was refused for the time being."""

    def __init__(self, until: Later) -> None:
        """Keep when it may be made again."""
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
    """What the library's session must be given: it sees each answer before the library does."""
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_check)
    return trace


async def _check(_session: object, _context: object, seen: aiohttp.TraceRequestEndParams) -> None:
    answer = seen.response
    limited = answer.status == HTTPStatus.TOO_MANY_REQUESTS
    if _failing_fast.get() and (limited or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR):
        answer.close()
        raise TryLaterError(limit_of(answer.headers) if limited else SHORTLY)


def limit_of(headers: Mapping[str, str]) -> Later:
    """A limit for all calls says so; one without `Via` is the firewall's before Discord, which lets nothing through."""
    try:
        seconds = float(headers.get("Retry-After", UNSTATED))
    except ValueError:  # it may also be a date
        seconds = UNSTATED
    return Later(timedelta(seconds=seconds), all="X-RateLimit-Global" in headers or "Via" not in headers)
