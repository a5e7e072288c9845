"""What operators and admins of groups did: kept once for each action, for those who may look."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ids import PersonId
    from core.wallets.people import ChatRef


class Action(NamedTuple):
    """Something that was done: under the sender's key, by whom, where, in which words, and what came of it.

    `outcome` is a word, and after a blank what it refers to: `done`, `refused unknown`, `fault 1f2e3d4c`. `id` counts
    them (0: it is not kept yet).
    """

    key: str
    at: datetime
    person: PersonId
    chat: ChatRef
    line: str
    outcome: str
    id: int = 0


class Actions(Protocol):
    """What was done."""

    async def keep_action(self, action: Action) -> None:
        """Keep an action; a known key adds nothing."""
        ...

    async def actions(
        self, limit: int, before: int | None = None, chat: ChatRef | None = None, person: PersonId | None = None
    ) -> tuple[Action, ...]:
        """Actions with ids below `before` (None: the newest), newest first; in one chat, by one person."""
        ...

    async def forget_actions(self, before: datetime, limit: int) -> int:
        """Forget what was done before a time, so many at most; gives how many."""
        ...
