"""Which chats can be written to, as the platforms learn it; and the greeting of a group that adds the bot."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.base.cache import Cache
from bot.base.cleaning import cleaned_line
from bot.base.errors import noted
from bot.command.incoming import token_at
from bot.commands.announcements.returning import asked_again
from bot.dispatch.asides import ANNOUNCEMENTS, LOOK_EVERY, MOST_LOOKED_AT
from bot.reply.parts import Button, buttons, joined, reply, say
from bot.views.welcome import help_button
from core.shared.refusals import UnavailableError
from core.wallets.people import Chat, ChatKind
from core.wallets.team_changes import feed_moved

if TYPE_CHECKING:
    from bot.command.incoming import Incoming
    from bot.dispatch.asides import Asides
    from bot.dispatch.dialog import Dialog
    from bot.reply.parts import Reply
    from core.books import Books
    from core.store import Store
    from core.wallets.people import ChatRef

GREETING_LIFE: Final = timedelta(days=90)
LONGEST_TRY: Final = timedelta(seconds=60)
"""How long it may take to find out that a message cannot be sent."""
GREETING: Final = reply(say("greet-group"), buttons(Button(say("button-begin"), "start"), help_button()))
POSTED: Final = reply(say("greet-channel"))
"""In a channel, whose readers would see buttons that are for its admins."""


class Arrivals:
    """Follows people and groups that come, go and move."""

    def __init__(self, store: Store, books: Books, dialog: Dialog, asides: Asides) -> None:
        """Keep chats in `store`. `asides` are told when something has happened to one."""
        self._store, self._books, self._dialog, self._asides = store, books, dialog, asides
        self._clock = books.clock
        self._here: Cache[str] = Cache(MOST_LOOKED_AT)
        self._greeting = asyncio.Lock()

    async def came(self, incoming: Incoming) -> None:
        """Somebody acts in a chat, which can be written to then. It is noted now and then, and after a loss.

        Whatever goes wrong with that, the action is carried out; the next one is another chance.
        """
        chat = incoming.chat
        if self._here.get(str(chat), incoming.at) == incoming.title:
            return
        try:
            await self.reachable(Chat(chat, ChatKind.GROUP if incoming.group else ChatKind.PRIVATE, incoming.title))
        except UnavailableError:
            return
        except Exception as error:  # noqa: BLE001 - what was asked for matters more
            noted(error, chat.platform)
            return
        self._here.put(str(chat), incoming.title, incoming.at + LOOK_EVERY)

    async def reachable(self, chat: Chat) -> None:
        """A chat can be written to."""
        await self._store.people.note_reachable(replace(chat, title=cleaned_line(chat.title)), self._clock.now())

    async def left(self, ref: ChatRef, kind: ChatKind, why: str) -> None:
        """The bot was removed from a chat, or blocked."""
        await self._store.people.note_unreachable(ref, kind, why, self._clock.now())
        self._look_again(ref)

    async def unreachable(self, ref: ChatRef, kind: ChatKind, why: str) -> None:
        """Something could not be sent to a chat. If the chat came back while that was tried, it is old news."""
        now = self._clock.now()
        await self._store.people.note_unreachable(ref, kind, why, now, tried=now - LONGEST_TRY)
        self._look_again(ref)

    async def moved(self, old: ChatRef, new: ChatRef) -> None:
        """A group has a new id: its wallet follows, with what is shown there, and it is not greeted again."""
        await self._store.people.move_chat(old, new)
        if (wallet := await self._books.wallet_of(new)) is not None:
            await self._books.change_settings(
                wallet.id, lambda kept: replace(kept, team=feed_moved(kept.team, old.platform, old.id, new.id))
            )
        await self._store.notes.put_note(_greeted(new), "", self._clock.now() + GREETING_LIFE)

    def _look_again(self, ref: ChatRef) -> None:
        """Something has happened to a chat."""
        self._here.pop(str(ref))
        self._asides.look_again(ref)

    async def joined(self, chat: Chat, *, channel: bool = False) -> Reply | None:
        """The bot was added to a chat; what to say there.

        A group is greeted, unless it was lately. If it had removed the bot, it is asked about announcements. Both are
        noted first, so that after a crash they are said never rather than twice.
        """
        await self.reachable(chat)
        self._look_again(chat.ref)
        if chat.kind is not ChatKind.GROUP:
            return None
        async with self._greeting:
            greeting = (POSTED if channel else GREETING) if await self._is_to_greet(chat.ref) else None
            said = [one for one in (greeting, await self._ask(chat.ref, channel=channel)) if one is not None]
        if not said:
            return None
        now = self._clock.now()
        return await self._dialog.seal_with(token_at(now, str(chat.ref)), joined(*said), now, chat.ref)

    async def not_heard(self, ref: ChatRef) -> None:
        """What was to be said on joining did not arrive, so the next admin is asked about announcements."""
        await self._asides.unheard(ANNOUNCEMENTS, ref, self._clock.now())

    async def _is_to_greet(self, ref: ChatRef) -> bool:
        """Whether a group was not greeted lately; it counts as greeted from now on."""
        notes, now, name = self._store.notes, self._clock.now(), _greeted(ref)
        if await notes.note(name, now) is not None:
            return False
        await notes.put_note(name, "", now + GREETING_LIFE)
        return True

    async def _ask(self, ref: ChatRef, *, channel: bool) -> Reply | None:
        found = await asked_again(self._store, ref, channel=channel)
        if found is None:
            return None
        occasion, question = found
        return question if await self._asides.take(ANNOUNCEMENTS, occasion, ref, self._clock.now()) else None


def _greeted(ref: ChatRef) -> str:
    """The name of the note that remembers a greeting."""
    return f"greeted:{ref}"
