"""Fake platforms whose outcomes a test decides."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bot.reply.parts import Buttons, Say
from core.delivery.outcome import Sent, Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome


class Carried(NamedTuple):
    """A message that was sent."""

    chat: str
    text: str
    presses: tuple[str, ...]
    nonce: str


class Amended(NamedTuple):
    """A message that was edited."""

    chat: str
    message: str
    text: str


class Mute:
    """A platform that can send nothing."""

    idempotent = False

    async def calls(self, target: Target) -> int:  # noqa: ARG002 - as said
        return 1

    async def is_admin(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - nobody asks here
        return None

    async def is_member(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - nobody asks here
        return None

    async def lacks(self, target: Target) -> tuple[str, ...] | None:  # noqa: ARG002 - nobody asks here
        return None

    def names(self, group: str) -> Mapping[str, str]:  # noqa: ARG002 - as said
        return {}

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:  # noqa: ARG002 - as said
        return Unreachable("mute")

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:  # noqa: ARG002 - as said
        return Unreachable("mute")

    async def withdraw(self, target: Target, message: str) -> Outcome:  # noqa: ARG002 - as said
        return Unreachable("mute")


@dataclass
class FakeCarrier:
    """Plays the outcomes in `fates`, then all goes well; while `open` is not set, what is under way stays there.

    What becomes of changes stands in `turns`.
    """

    name: str = "telegram"
    idempotent: bool = False
    fates: deque[Outcome | Exception] = field(default_factory=deque)
    turns: deque[Outcome | Exception] = field(default_factory=deque)
    carried: list[Carried] = field(default_factory=list)
    amended: list[Amended] = field(default_factory=list)
    withdrawn: list[tuple[str, str]] = field(default_factory=list)
    """The messages that were deleted, each with its chat."""
    opened: set[str] | None = None
    """The private chats that are already open, so that sending takes one call; None if opening never takes one."""
    under_way: list[str] = field(default_factory=list)
    admin: bool | None = True
    """Whether everybody is an admin of every group, as far as the platform says."""
    gone: set[str] = field(default_factory=set)
    """Who is in no group any more."""
    lacking: dict[str, tuple[str, ...] | None] = field(default_factory=dict)
    """What the bot lacks in some places; nothing in all others."""
    named: dict[str, str] = field(default_factory=dict)
    """The names of the parts of every group."""
    asked: int = 0
    """How often it was asked for that."""
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def calls(self, target: Target) -> int:
        return 1 if self.opened is None or target.chat in self.opened or not target.direct else 2

    async def is_admin(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - a test decides
        self.asked += 1
        return self.admin

    async def is_member(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - a test decides
        return user not in self.gone

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        return self.lacking.get(target.place, ())

    def names(self, group: str) -> Mapping[str, str]:  # noqa: ARG002 - a test decides
        return self.named

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        text = _text(given, speak)
        keys = [part.rows for part in given.parts if isinstance(part, Buttons)]
        presses = tuple(button.press for rows in keys for row in rows for button in row)
        if self.opened is not None:
            self.opened.add(target.chat)
        self.carried.append(Carried(target.chat, text, presses, nonce))
        assert target.chat not in self.under_way, "two at once in one chat"
        self.under_way.append(target.chat)
        try:
            await self.open.wait()  # looked up each time, because a test may replace it
        finally:
            if target.chat in self.under_way:
                self.under_way.remove(target.chat)
        fate = self.fates.popleft() if self.fates else Sent(f"m{len(self.carried)}")
        if isinstance(fate, Exception):
            raise fate
        return fate

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        self.amended.append(Amended(target.chat, message, _text(given, speak)))
        turn = self.turns.popleft() if self.turns else Sent(message)
        if isinstance(turn, Exception):
            raise turn
        return turn

    async def withdraw(self, target: Target, message: str) -> Outcome:
        self.withdrawn.append((target.chat, message))
        turn = self.turns.popleft() if self.turns else Sent(message)
        if isinstance(turn, Exception):
            raise turn
        return turn

    @property
    def chats(self) -> list[str]:
        """The chats that messages were sent to, in order."""
        return [one.chat for one in self.carried]


def _text(given: Reply, speak: Voice) -> str:
    return "\n".join(speak.say(part) for part in given.parts if isinstance(part, Say))
