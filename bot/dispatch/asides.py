"""What an answer says beside itself to the person who is there, such as that announcements come here again.

Each function in `ASIDES` finds one thing to say. It may read the store: a chat is looked at only now and then, and
again when something has happened to it. A thing is said once on each occasion, also after a restart; an action that
arrives a second time gets the same answer, with all that stood beside it.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from bot.base.cache import Cache
from bot.base.errors import noted
from bot.command.incoming import token_at
from bot.command.permissions import may
from bot.commands.alerts.unplaced import unplaced
from bot.commands.announcements.returning import returned
from bot.reply.parts import Ask, Buttons, joined

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.command.declaration import Call
    from bot.dispatch.dialog import Dialog
    from bot.reply.parts import Reply
    from core.shared.ports import Notes
    from core.wallets.people import ChatRef

MOST_LOOKED_AT: Final = 10_000
LOOK_EVERY: Final = timedelta(minutes=10)
"""How long a chat that has nothing to say is left alone, unless something happens to it in this process."""


class Aside(NamedTuple):
    """Something to say beside an answer. `occasion` is one word; with another word it is said again."""

    occasion: str
    said: Reply


Source: TypeAlias = "Callable[[Call], Awaitable[Aside | None]]"
"""Finds something to say to the caller of a command. In a group it is said only to those who decide such things."""


async def _announcements(call: Call) -> Aside | None:
    """Whether announcements come, where they had stopped."""
    found = await returned(call)
    return None if found is None else Aside(*found)


async def _place(call: Call) -> Aside | None:
    """Where a group's alerts shall go, if they have no place."""
    found = await unplaced(call)
    return None if found is None else Aside(*found)


ANNOUNCEMENTS: Final = "announcements"
ASIDES: Final[Mapping[str, Source]] = MappingProxyType({ANNOUNCEMENTS: _announcements, "place": _place})
"""All sources, by the names under which the store remembers what they have said."""


class Asides:
    """Adds to an answer what there is to say beside it."""

    def __init__(self, notes: Notes, dialog: Dialog, sources: Mapping[str, Source] = ASIDES) -> None:
        """What has been said is remembered in `notes`; `dialog` makes the buttons work."""
        self._notes, self._dialog, self._sources = notes, dialog, sources
        self._quiet: Cache[set[str]] = Cache(MOST_LOOKED_AT)
        self._taking = asyncio.Lock()

    def look_again(self, chat: ChatRef) -> None:
        """Something has happened to a chat, so there may be something to say there."""
        self._quiet.pop(str(chat))

    async def beside(self, given: Reply, call: Call) -> Reply:
        """An answer with what there is to say beside it. Whatever goes wrong with that, the answer stands."""
        if not _has_room(given) or self._is_quiet(call):
            return given
        try:
            new = await self._new(call)
            if new and call.group and not await may(call, "alerts"):
                return given  # it waits for an owner
            taken = [name for name, aside in new.items() if await self._take(name, aside, call)]
            said = [await self._sealed(name, new[name], call) for name in taken]
        except Exception as error:  # noqa: BLE001 - what was asked for matters more
            noted(error, call.chat.platform)
            return given
        if said:
            return replace(given, parts=joined(given, *said).parts)
        self._be_quiet(call)
        return given

    async def _new(self, call: Call) -> Mapping[str, Aside]:
        """What there is to say that has not been said before, except to the same action."""
        found = {name: aside for name, source in self._sources.items() if (aside := await source(call)) is not None}
        heard = {name: await self._said_to(name, aside.occasion, call.chat, call.at) for name, aside in found.items()}
        return {name: aside for name, aside in found.items() if heard[name] in (None, call.key)}

    async def _take(self, name: str, aside: Aside, call: Call) -> bool:
        return await self.take(name, aside.occasion, call.chat, call.at, action=call.key)

    async def _sealed(self, name: str, aside: Aside, call: Call) -> Reply:
        return await self._dialog.seal_with(token_at(call.at, f"{call.key}:{name}"), aside.said, call.at, call.chat)

    async def take(self, name: str, occasion: str, chat: ChatRef, now: datetime, *, action: str = "") -> bool:
        """Whether to say a thing now in a chat: it has not been said on this occasion, or only to the same action.

        From now on it has been said. So after a crash it is said never rather than twice.
        """
        async with self._taking:
            said_to = await self._said_to(name, occasion, chat, now)
            if said_to is None:
                await self._notes.put_note(_note(name, chat), f"{occasion} {action}", None)
        return said_to is None or (action != "" and said_to == action)

    async def _said_to(self, name: str, occasion: str, chat: ChatRef, now: datetime) -> str | None:
        """The action beside whose answer a thing was said in a chat; None if it was not said on this occasion."""
        before, _, action = (await self._notes.note(_note(name, chat), now) or "").partition(" ")
        return action if before == occasion else None

    async def unheard(self, name: str, chat: ChatRef, now: datetime) -> None:
        """What was said last in a chat did not arrive there, so it is said again."""
        await self._notes.put_note(_note(name, chat), "", now)
        self.look_again(chat)

    def _is_quiet(self, call: Call) -> bool:
        return call.identity in (self._quiet.get(str(call.chat), call.at) or ())

    def _be_quiet(self, call: Call) -> None:
        people = self._quiet.get(str(call.chat), call.at)
        if people is None:
            self._quiet.put(str(call.chat), {call.identity}, call.at + LOOK_EVERY)
        else:
            people.add(call.identity)


def _note(name: str, chat: ChatRef) -> str:
    return f"aside:{name}:{chat}"


def _has_room(given: Reply) -> bool:
    """Whether an answer stays and waits for nothing: other buttons beside a question would be taken for its answers."""
    waits = any(isinstance(part, Ask) or (isinstance(part, Buttons) and part.asks) for part in given.parts)
    return not waits and not given.ephemeral and given.coming is None
