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
from discord.http import Route

from core.delivery.outcome import Later

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from bot.platforms.discord.sending.invalid import InvalidAnswers

SHORTLY: Final = Later(timedelta(seconds=5), fault=True)
IN_DOUBT: Final = SHORTLY._replace(doubt=True)
"""Discord may have done what was asked, and only its answer was lost."""
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


def trace_config(invalid: InvalidAnswers) -> aiohttp.TraceConfig:
    """The trace that the library's session needs for this: it sees each response before the library does.

    It also counts the `invalid` answers, and stops all calls before there are too many of them.
    """

    async def check_before(_session: object, _context: object, starting: aiohttp.TraceRequestStartParams) -> None:
        if _is_call(str(starting.url)) and (wait := invalid.pause(notice=_failing_fast.get())):
            raise TryLaterError(Later(wait, all=True))

    async def check_after(_session: object, _context: object, ended: aiohttp.TraceRequestEndParams) -> None:
        if _is_call(str(ended.url)):
            invalid.count(ended.response.status, ended.response.headers)
            _check(ended.response)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(check_before)
    trace.on_request_end.append(check_after)
    return trace


def _is_call(url: str) -> bool:
    """Whether this is a call of the API, and neither the gateway nor a file."""
    return url.startswith(Route.BASE)


def _check(response: aiohttp.ClientResponse) -> None:
    limited = response.status == HTTPStatus.TOO_MANY_REQUESTS
    if _failing_fast.get() and (limited or response.status >= HTTPStatus.INTERNAL_SERVER_ERROR):
        response.close()
        raise TryLaterError(limit_of(response.headers) if limited else _outage(response.status))


def _outage(status: int) -> Later:
    """Only who is unavailable has surely done nothing; after any other failure, the call may have been carried out."""
    return SHORTLY if status == HTTPStatus.SERVICE_UNAVAILABLE else IN_DOUBT


def limit_of(headers: Mapping[str, str]) -> Later:
    """How long a limit lasts, and whether it holds for all calls.

    A global one says so; a response without `Via` comes from the firewall in front of Discord, which blocks everything.
    """
    try:
        seconds = float(headers.get("Retry-After", UNSTATED))
    except ValueError:  # it may also be a date
        seconds = UNSTATED
    return Later(timedelta(seconds=seconds), all="X-RateLimit-Global" in headers or "Via" not in headers)
