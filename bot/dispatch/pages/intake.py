"""Takes pages in, in whatever form they come, and answers with the preview of the import."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakValueDictionary

from bot.base.cache import Cache
from bot.command.incoming import Edited, Typed, token_of
from bot.commands.imports.groups import note_group
from bot.commands.imports.rights import may_import
from bot.commands.imports.taking import Drafts, keep_both, kept_both, preview_latest
from bot.commands.ledger.remarks import of_two_accounts
from bot.dispatch.dialog import QUESTION_LIFE
from bot.dispatch.pages.handed import IMPORT, OTHERS, Handed, handed_in, page_in
from bot.dispatch.pages.joining import is_another, is_rest
from bot.dispatch.pages.pastes import Held, Paste, Pastes, Text
from bot.dispatch.pages.transactions import TransactionsIntake
from bot.dispatch.permission import forbidden
from bot.pages import Came, NotAPage, Why, looks_like_page, read_all
from bot.reply.parts import Growing, Reply, Say, joined, reply, say, without_buttons
from bot.views.imports.howto import not_a_page
from core.shared.refusals import UnavailableError
from core.wallets.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.command.declaration import Call
    from bot.command.incoming import Incoming
    from core.shared.ports import Notes

OTHER_TEXTS: Final = frozenset({Why.TRANSACTIONS, Why.EARNINGS})
LONG_TEXT: Final = "message.txt"
"""As what Discord's client sends a paste that is too long for a message: its days are those of the message."""
MET: Final = timedelta(days=1)
"""How long a process need not look whether it is noted who acts in a group."""


class Taken(NamedTuple):
    """What was handed over is for an import; `reply` is None if it is not to be answered."""

    reply: Reply | None


class Coming(NamedTuple):
    """A paste, what this process has of it, and its drafts (None: there is none yet).

    `another`: it came right after a page with which it does not go together.
    """

    paste: Paste
    held: Held
    drafts: Drafts
    another: bool = False


NOT_OURS: Final = None


class Intake:
    """Recognises pages in what comes in, joins the parts of one paste, and shows what they would book.

    It reads no commands and answers no questions: a question that is open stays open.
    """

    def __init__(self, notes: Notes) -> None:
        """Keep what is coming in in `notes`."""
        self._notes, self._pastes, self._transactions = notes, Pastes(notes), TransactionsIntake(notes)
        self._in_turn: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._met: Cache[bool] = Cache()

    async def met(self, call: Call) -> None:
        """Somebody acts in a group, so that they may later choose it. Nothing else depends on that."""
        name = f"{call.person.id} {call.chat}"
        if not call.group or call.speaks_as_chat or self._met.get(name, call.at):
            return
        with suppress(UnavailableError):
            await note_group(self._notes, call.person.id, call.chat, call.at)
            self._met.put(name, True, call.at + MET)  # noqa: FBT003 - a set with an end for each

    async def asked(self, incoming: Incoming) -> None:
        """/import was explained in a group: what replies to that is a page."""
        if incoming.group:
            await self._notes.put_note(_asked(incoming), "", incoming.at + QUESTION_LIFE)

    async def take(self, incoming: Incoming, call: Call) -> Taken | None:
        """What is answered to a page or a part of one; None if nothing of the kind came in."""
        handed = handed_in(incoming)
        if not handed.anything and not _line(incoming):
            return NOT_OURS
        async with self._in_turn.setdefault(incoming.conversation, asyncio.Lock()):
            paste = await self._paste(incoming)
            if not handed.anything and paste is not None and await self._is_rest(incoming, paste):
                handed = handed._replace(text=_line(incoming), rest=True)
            further = not handed.anything and await self._transactions.goes_on(incoming)
            if further:
                handed = handed._replace(text=_line(incoming))
            if not handed.anything:
                return NOT_OURS
            if incoming.group and not (handed.asked or further or await self._is_awaited(incoming, paste)):
                return Taken(None) if handed.text else NOT_OURS
            refusal = await forbidden(call.commands[IMPORT], call, incoming, {"do": "book"})
            if refusal is not None:
                return Taken(reply(refusal))
            if transactions := await self._transactions.take(handed, incoming, call):
                return Taken(transactions)
            return await self._read(handed, paste, incoming, call)

    async def _paste(self, incoming: Incoming) -> Paste | None:
        """The paste to which this message belongs, if it comes about the same time."""
        paste = await self._pastes.last(incoming.conversation, incoming.at)
        return paste if paste is not None and paste.takes(incoming.key, incoming.at) else None

    async def _is_awaited(self, incoming: Incoming, paste: Paste | None) -> bool:
        """Whether somebody in a group replies to /import, or their paste goes on."""
        if paste is not None and paste.goes_on(incoming.number, incoming.at):
            return True
        said = incoming.said
        direct = isinstance(said, Typed | Edited) and said.direct
        return direct and await self._notes.note(_asked(incoming), incoming.at) is not None

    async def _is_rest(self, incoming: Incoming, paste: Paste) -> bool:
        """Whether a message is the end of a paste that a client has cut, so that it looks like nothing."""
        line = _line(incoming)
        if not line.strip() or line.lstrip().startswith("/"):
            return False
        if incoming.key in paste.keys:
            return True
        held = self._pastes.held(paste, incoming.at) if paste.goes_on(incoming.number, incoming.at) else None
        return held is not None and await asyncio.to_thread(is_rest, held, incoming.key, _text(incoming, line))

    async def _read(self, handed: Handed, paste: Paste | None, incoming: Incoming, call: Call) -> Taken | None:
        """Read what came in, and show what all that came together would book."""
        told = _told(incoming)
        read = [await page_in(file, told if file.name == LONG_TEXT else None) for file in handed.files]
        alone = await asyncio.to_thread(_read_alone, handed, told)
        files = [one for one in read if isinstance(one, Came)]
        others = [one for one in (*read, alone) if one is None or isinstance(one, NotAPage)]
        beside = [_instead(one, alone=len(handed.files) + bool(handed.text) == 1) for one in others]
        came = Came()
        for file in files:
            came = came.with_more(file)
        new = came.with_more(alone) if isinstance(alone, Came) else came
        text = _text(incoming, "" if isinstance(alone, NotAPage) else handed.text)
        if not files and not text.text:
            return NOT_OURS if _is_of_operators(handed, others, call) else Taken(joined(*beside))
        coming = await self._coming(paste, new, incoming, call)
        known = incoming.key in coming.paste.keys and incoming.key not in {*coming.held.texts, *coming.held.files}
        if text.text and not known:  # what came again after a restart is in the draft
            coming.held.texts[incoming.key] = text
        if files and not known:
            coming.held.files[incoming.key] = came
        paste = coming.paste.with_message(incoming.key, incoming.number, incoming.at, len(text.text))
        return Taken(await self._shown(coming._replace(paste=paste), beside, incoming, call))

    async def _coming(self, paste: Paste | None, new: Came, incoming: Incoming, call: Call) -> Coming:
        """What the message is added to: what came before it, unless that was booked or left, or is another page.

        Nor is anything added to what is for a group of which the person is no admin any more.
        """
        fresh = Coming(Paste(token_of(incoming)), Held(), Drafts())
        if paste is None:
            return fresh
        drafts = await kept_both(self._notes, paste.draft, call.at)
        if paste.drafted and (drafts.are_over or not (call.group or await may_import(call, drafts.wallet))):
            return fresh
        held = self._pastes.held(paste, call.at) or Held(drafts.came)
        if incoming.key not in paste.keys:
            before = await asyncio.to_thread(held.read)
            goes_on = paste.goes_on(incoming.number, incoming.at)
            if isinstance(before, Came) and is_another(before, new, goes_on=goes_on):
                return fresh._replace(another=True)
        return Coming(paste, held, drafts)

    async def _shown(self, coming: Coming, beside: Sequence[Reply], incoming: Incoming, call: Call) -> Reply:
        """The preview of all that was read, or what to do instead if nothing was."""
        paste, held, drafts, another = coming
        came = await asyncio.to_thread(held.read)
        first: tuple[Say, ...] = ()
        if isinstance(came, Why):
            given = not_a_page(came)
        else:
            call, opened = await self._opened(call)
            paste = replace(paste, drafted=True, opened=paste.opened or opened)
            first = (say("import-opened"),) if paste.opened else (await _apart(call),) if another else ()
            given = await preview_latest(call, drafts, await keep_both(call, paste.draft, drafts, came))
        self._pastes.hold(paste, held, call.at)
        await self._pastes.keep(incoming.conversation, paste, call.at)
        growing = Growing(paste.draft, paste.version)
        parts = (*first, *(part for one in beside for part in one.parts), *given.parts)
        return replace(given, parts=parts, replace=False, growing=growing)

    async def _opened(self, call: Call) -> tuple[Call, bool]:
        """The call with a wallet. Whoever has none yet gets one as by /start, so that one can begin with a page."""
        if call.group or (call.wallet is not None and await call.books.history(call.wallet.id, limit=1)):
            return call, False
        settings = Settings(currency=call.books.rulebook.currency)
        opened = await call.books.open(call.person.id, settings, call.key, call.person.id)
        return replace(call, wallet=opened.wallet), True


def _instead(read: NotAPage | None, *, alone: bool) -> Reply:
    """What to do with a file that holds no page, or could not be fetched."""
    given = reply(say("file-unreadable")) if read is None else not_a_page(read.why)
    return given if alone else without_buttons(given)


def _read_alone(handed: Handed, told: date) -> Came | NotAPage:
    """The pages of a text by itself; NotAPage if it is certainly no part of one."""
    read = read_all([(handed.text, told)]) if handed.text else Came()
    if isinstance(read, Came):
        return read
    may_be_part = handed.rest or (read not in OTHER_TEXTS and looks_like_page(handed.text))
    return Came() if may_be_part else NotAPage(read)


def _is_of_operators(handed: Handed, read: Sequence[NotAPage | None], call: Call) -> bool:
    """Whether an operator may have meant a file of promotions."""
    if not call.operator or handed.asked or handed.text:
        return False
    return all(one is not None and one.why in OTHERS for one in read)


def _text(incoming: Incoming, text: str) -> Text:
    return Text(incoming.number, text, _told(incoming))


def _told(incoming: Incoming) -> date:
    return (incoming.written or incoming.at).date()


def _line(incoming: Incoming) -> str:
    said = incoming.said
    return said.line if isinstance(said, Typed | Edited) else ""


def _asked(incoming: Incoming) -> str:
    return f"importing:{incoming.conversation}"


async def _apart(call: Call) -> Say:
    """Says that a page is shown by itself. A wallet with the books of two accounts gets pages of both."""
    two = call.wallet is not None and await of_two_accounts(call, call.wallet.id)
    return say("import-apart" if two else "import-another")
