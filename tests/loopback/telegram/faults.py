"""Faults that a test scripts: each strikes the next calls that it matches."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.loopback.telegram.wire import ApiError, PageError, forbidden, too_many

if TYPE_CHECKING:
    from tests.loopback.telegram.chats import Chat

PAGE = "<html><head><title>Not here</title></head><body><h1>Not here</h1></body></html>"
PHRASES = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}


@dataclass(eq=False)
class Fault:
    """One scripted fault; `hits` counts how often it struck."""

    method: str | None
    chat: Chat | None
    left: int
    error: ApiError | None = None
    is_late: bool = False
    """The call is carried out all the same, and then answered with the error."""
    drops_before: bool = False
    drops_after: bool = False
    seconds: float | None = None
    """How long the answer takes; None: until `release`."""
    hits: int = 0
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def matches(self, method: str, chat_id: int | None) -> bool:
        named = self.method.lower() == method.lower() if self.method else method.lower() != "getupdates"
        return self.left > 0 and named and (self.chat is None or self.chat.id == chat_id)

    def release(self) -> None:
        """Let the held answers go."""
        self._released.set()

    async def delay(self) -> None:
        if self.error or self.drops_before or self.drops_after:
            return
        if self.seconds is None:
            await self._released.wait()
        else:
            await asyncio.sleep(self.seconds)


class Faults:
    """`method` and `chat` narrow a fault and may be left out; getUpdates is struck only where it is named."""

    def __init__(self) -> None:
        self._scripted: list[Fault] = []

    def rate_limit(
        self, retry_after: int, *, times: int = 1, method: str | None = None, chat: Chat | None = None
    ) -> Fault:
        """429 with retry_after: for one chat, or for all."""
        return self.refuse(too_many(retry_after), times=times, method=method, chat=chat)

    def fail(self, status: int, *, times: int = 1, method: str | None = None, chat: Chat | None = None) -> Fault:
        """500 answers as the API does, 502 to 504 with a page as the proxy before it does."""
        return self.refuse(ApiError(status, PHRASES[status]), times=times, method=method, chat=chat)

    def fail_after(
        self, description: str = "restart", *, times: int = 1, method: str | None = None, chat: Chat | None = None
    ) -> Fault:
        """500 for what was done: "restart", or "sent message was immediately deleted and can't be returned"."""
        error = ApiError(500, f"Internal Server Error: {description}")
        return self._add(Fault(method, chat, times, error=error, is_late=True))

    def block(self, status: int = 403, *, times: int = 1, method: str | None = None, chat: Chat | None = None) -> Fault:
        """A page of a proxy or a firewall, which did not pass the call on."""
        return self.refuse(PageError(status, "page"), times=times, method=method, chat=chat)

    def kicked(self, *, times: int = 1, chat: Chat | None = None) -> Fault:
        """403 without the bot having heard of it; `group.remove_bot` is the lasting form."""
        return self.refuse(forbidden("bot was kicked from the group chat"), times=times, chat=chat)

    def refuse(self, error: ApiError, *, times: int = 1, method: str | None = None, chat: Chat | None = None) -> Fault:
        """Any answer of the API that is not ok."""
        return self._add(Fault(method, chat, times, error=error))

    def drop_before(self, *, times: int = 1, method: str | None = None, chat: Chat | None = None) -> Fault:
        """The connection drops and nothing was done."""
        return self._add(Fault(method, chat, times, drops_before=True))

    def drop_after(self, *, times: int = 1, method: str | None = None, chat: Chat | None = None) -> Fault:
        """It was done, and the answer is lost."""
        return self._add(Fault(method, chat, times, drops_after=True))

    def slow(
        self,
        seconds: float | None = None,
        *,
        times: int = 1,
        method: str | None = None,
        chat: Chat | None = None,
    ) -> Fault:
        """It is done at once and answered late: after so many seconds, or when the test calls `release`."""
        return self._add(Fault(method, chat, times, seconds=seconds))

    def clear(self) -> None:
        for fault in self._scripted:
            fault.release()
        self._scripted.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        fault = next((one for one in self._scripted if one.matches(method, chat_id)), None)
        if fault:
            fault.left -= 1
            fault.hits += 1
        return fault

    def _add(self, fault: Fault) -> Fault:
        self._scripted.append(fault)
        return fault
