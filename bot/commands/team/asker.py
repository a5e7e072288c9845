"""Buttons for whoever was asked: what they book would count for somebody else if that one pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.declaration import UnfitError
from bot.reply.parts import say
from core.shared.ids import PersonId

if TYPE_CHECKING:
    from bot.command.declaration import Call


async def check_asker(call: Call, by: int | None) -> None:
    """Refuse everybody but the person who was asked (None: anybody may)."""
    if by is None or by == call.person.id:
        return
    names = await call.store.people.names([PersonId(by)])
    raise UnfitError(say("asked-other", name=names.get(PersonId(by), f"#{by}")))
