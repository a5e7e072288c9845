"""Faults that a test scripts: each strikes the next calls that it matches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.loopback.discord import wire
from tests.loopback.discord.wire import ApiError

if TYPE_CHECKING:
    from tests.loopback.discord.world import Chat

POST_MESSAGE = "POST /channels/{channel_id}/messages"
CALLBACK = "POST /interactions/{interaction_id}/{token}/callback"
PAGE = "<html><body>The service is for the moment out of order.</body></html>"
REASONS = {
    reason[1]: reason
    for reason in (
        wire.BOT_LIMITED,
        wire.CANNOT_DM,
        wire.DM_TOO_FAST,
        wire.FEATURE_DISABLED,
        wire.INVALID_RECIPIENTS,
        wire.MISSING_ACCESS,
        wire.MISSING_PERMISSIONS,
        wire.NETWORK_ERROR,
        wire.NOT_VERIFIED,
        wire.NO_MUTUAL_GUILDS,
        wire.SENDING_DISABLED,
        wire.THREAD_ARCHIVED,
        wire.THREAD_LOCKED,
        wire.UNAUTHORIZED,
        wire.UNHEARD_OF,
        wire.UNKNOWN_CHANNEL,
        wire.UNKNOWN_USER,
    )
}


@dataclass(eq=False)
class Fault:
    """One scripted fault; `hits` counts how often it struck."""

    route: str | None
    chat: Chat | None
    left: int
    error: ApiError | None = None
    status: int = 0
    """A failure of the service: 500, 502, 503 or 504, or 429; 403 is the page of the firewall in front of it."""
    retry_after: float = 0.0
    is_global: bool = False
    via: bool = True
    lose_answer: bool = False
    """The call is carried out and its answer lost; otherwise the line drops before anything is done."""
    hits: int = 0

    after: int = 0
    """How many calls it lets pass before it strikes."""

    def matches(self, route: str, chat_id: int | None) -> bool:
        if not (self.left > 0 and self.route in (None, route) and (self.chat is None or self.chat.id == chat_id)):
            return False
        self.after -= 1
        return self.after < 0

    acts: bool = False
    """The call is carried out, and the failure is all that is heard of it."""

    @property
    def drops_line(self) -> bool:
        return not self.status and self.error is None


class Faults:
    """`route` is a method and a path as in the request log; `chat` narrows to one channel. Both may be left out."""

    def __init__(self) -> None:
        self._scripted: list[Fault] = []

    def rate_limit(
        self,
        retry_after: float,
        *,
        times: int = 1,
        route: str | None = None,
        chat: Chat | None = None,
        is_global: bool = False,
        via: bool = True,
        after: int = 0,
    ) -> Fault:
        """429; without `Via` it looks like a ban by the firewall, and discord.py raises at once."""
        fault = Fault(route, chat, times, status=429, retry_after=retry_after, is_global=is_global, via=via)
        fault.after = after
        return self._add(fault)

    def fail(
        self, status: int, *, times: int = 1, route: str | None = None, chat: Chat | None = None, acts: bool = False
    ) -> Fault:
        """500, 502, 503, 504 or 524; 403 is the page of the firewall in front of Discord, which is no JSON."""
        return self._add(Fault(route, chat, times, status=status, acts=acts))

    def refuse(self, code: int, *, times: int = 1, route: str | None = None, chat: Chat | None = None) -> Fault:
        """One of `REASONS`, such as 50001 Missing Access or 50007 Cannot send messages to this user."""
        return self._add(Fault(route, chat, times, error=ApiError(*REASONS[code])))

    def drop_before(self, *, times: int = 1, route: str | None = None, chat: Chat | None = None) -> Fault:
        """The line drops and nothing was done."""
        return self._add(Fault(route, chat, times))

    def drop_after(self, *, times: int = 1, route: str | None = None, chat: Chat | None = None) -> Fault:
        """It was done, and the answer is lost."""
        return self._add(Fault(route, chat, times, lose_answer=True))

    def clear(self) -> None:
        self._scripted.clear()

    def hits(self) -> int:
        """How often any of them has struck."""
        return sum(fault.hits for fault in self._scripted)

    def take(self, route: str, chat_id: int | None) -> Fault | None:
        for fault in self._scripted:
            if fault.matches(route, chat_id):
                fault.left -= 1
                fault.hits += 1
                return fault
        return None

    def _add(self, fault: Fault) -> Fault:
        self._scripted.append(fault)
        return fault
