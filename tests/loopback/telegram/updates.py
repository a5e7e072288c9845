"""The queue of updates: kept until confirmed, handed to a long poll or to a webhook."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.loopback.telegram.wire import ApiError, Json

if TYPE_CHECKING:
    from tests.loopback.telegram.limits import Clock
    from tests.loopback.telegram.pulse import Pulse

BY_DEFAULT = frozenset(
    {
        "business_connection",
        "business_message",
        "callback_query",
        "channel_post",
        "chat_boost",
        "chat_join_request",
        "chosen_inline_result",
        "deleted_business_messages",
        "edited_business_message",
        "edited_channel_post",
        "edited_message",
        "inline_query",
        "message",
        "my_chat_member",
        "poll",
        "poll_answer",
        "pre_checkout_query",
        "purchased_paid_media",
        "removed_chat_boost",
        "shipping_query",
    }
)
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LANES = {"callback_query": 3, "my_chat_member": 5}
"""Kinds that have lanes of their own, beside that of a chat's messages, so that their order to those is not kept."""
LIVES = {"callback_query": timedelta(seconds=150)}
LONGEST_LIFE = timedelta(days=1)
DISPLACED = ApiError(
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)


@dataclass(eq=False)
class Pending:
    id: int
    body: Json
    lane: tuple[int, int]
    """Updates of one lane go to a webhook one after another."""
    until: datetime
    """When Telegram gives it up."""
    copies: int = 1
    handed: bool = False
    flying: bool = False


class Updates:
    def __init__(self, pulse: Pulse, clock: Clock) -> None:
        self._pulse, self._clock = pulse, clock
        self._next = 700_000_001
        self._poller: object | None = None
        self._ended_by = DISPLACED
        self.queue: list[Pending] = []
        self.allowed = BY_DEFAULT
        self.twice: str | None = None
        """None, or "same update" or "new update": how every update is doubled."""

    def push(self, kind: str, content: Json, whose: int) -> int | None:
        """Queue an update and say its id; None if the bot did not ask for this kind. An unknown kind passes.

        whose: the chat that it is about, or of a press the person.
        """
        if kind in BY_DEFAULT | ON_REQUEST and kind not in self.allowed:
            return None
        pending = self._queue(kind, content, whose)
        if self.twice == "same update":
            pending.copies = 2
        if self.twice == "new update":
            self._queue(kind, content, whose)
        self._pulse.beat()
        return pending.id

    def allow(self, kinds: list[str] | None) -> None:
        """None leaves what was asked for before; an empty list goes back to the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or BY_DEFAULT

    def confirm(self, offset: int) -> None:
        """Everything before offset has been received; a negative offset keeps only so many of the last."""
        if offset < 0:
            del self.queue[:offset]
        for pending in self.queue:
            if offset > 0 and pending.id < offset and (pending.handed or pending.copies == 1):
                pending.copies -= 1
                pending.handed = False
        self.queue = [one for one in self.queue if one.copies]
        self._pulse.beat()

    def received(self, pending: Pending) -> None:
        """A webhook has taken this one."""
        pending.copies -= 1
        if not pending.copies and pending in self.queue:
            self.queue.remove(pending)
        self._pulse.beat()

    def drop_expired(self) -> None:
        """Give up what has waited for too long; a press lives for two and a half minutes."""
        now = self._clock.now()
        self.queue = [one for one in self.queue if one.flying or one.until > now]

    def clear(self) -> None:
        self.queue.clear()
        self._pulse.beat()

    async def poll(self, limit: int, seconds: float) -> list[Json]:
        """Wait for updates; a later poll ends an earlier one."""
        me = self._poller = object()
        self._ended_by = DISPLACED
        self._pulse.beat()
        try:
            async with asyncio.timeout(seconds):
                while self._poller is me and not self.queue:
                    await self._pulse.next()
        except TimeoutError:
            return []
        finally:
            displaced = self._poller is not me
            self._poller = None if not displaced else self._poller
        if displaced:
            raise self._ended_by
        self.drop_expired()
        batch = self.queue[:limit]
        for pending in batch:
            pending.handed = True
        return [one.body for one in batch]

    def end_poll(self, by: str) -> None:
        self._ended_by = ApiError(409, f"Conflict: terminated by {by} request")
        self._poller = None
        self._pulse.beat()

    @property
    def is_polled(self) -> bool:
        return self._poller is not None

    def _queue(self, kind: str, content: Json, whose: int) -> Pending:
        until = self._clock.now() + LIVES.get(kind, LONGEST_LIFE)
        pending = Pending(self._next, {"update_id": self._next, kind: content}, (LANES.get(kind, 0), whose), until)
        self._next += 1
        self.queue.append(pending)
        return pending
