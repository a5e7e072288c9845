"""An answer that is a document. If it takes long, something is said first, and then how much of it is done."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from bot.base.waiting import done_within, is_cancelled
from bot.command.declaration import UnfitError
from bot.documents.publisher import NotWrittenError
from bot.options.numbers import Whole
from bot.processes.errors import BusyError
from bot.processes.owned_tasks import MOST_TOKEN, Stop
from bot.reply.parts import Button, Buttons, File, Reply, reply, say
from bot.reply.stages import in_stages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.command.declaration import Call
    from bot.documents.documents import Order, Writing
    from bot.documents.model import BookData, Document
    from bot.reply.parts import Part, Say
    from bot.views.statements.query import DocumentQuery

HUNDRED: Final = 100
STOP: Final = Whole(low=1, high=MOST_TOKEN, named=True, hidden=True)
"""The token of a document that shall no longer be written, as the button for that says it."""


class Reading(Protocol):
    """Reads what a document is made of, and knows how much of it is read."""

    @property
    def share(self) -> float:
        """How much is read, from 0 to 1, which it is as soon as nothing is left to read."""
        ...

    def pieces(self) -> AsyncIterator[BookData]:
        """All of it, piece by piece."""
        ...


def _nothing(_document: Document) -> tuple[Part, ...]:
    return ()


class Wanted(NamedTuple):
    """A document that is wanted, and how it is handed over.

    `what` names it within a sentence, `stem` is the name of its file without the ending. `caption` says what it is once
    it is there. `preparing`: there is something to do before the books are read, and it is not done yet. `also` is what
    comes with it.
    """

    query: DocumentQuery
    what: Say
    stem: str
    caption: Callable[[Document], tuple[Say, ...]]
    buttons: Buttons
    preparing: Callable[[], bool] = lambda: False
    also: Callable[[Document], tuple[Part, ...]] = _nothing


async def document_answer(call: Call, wanted: Wanted, order: Order, books: Reading) -> Reply:
    """The document with its caption and buttons, at once or later."""
    try:
        writing = call.documents.begin(call.person.id, order, books.pieces)
    except BusyError:
        return _busy(wanted)
    coming = asyncio.ensure_future(_finished(writing, wanted))
    if await done_within(coming, call.documents.grace):
        return coming.result()
    cancel = Buttons(((Button(say("button-cancel"), wanted.query.stopping(writing.token)),),))
    later = in_stages(coming, lambda: reply(_progress(wanted, books, writing), cancel), call.documents.every)
    return replace(reply(say("document-writing", what=wanted.what), cancel), coming=later)


def stop_writing(call: Call, query: DocumentQuery, token: int) -> Reply:
    """What became of the wish to stop a document. What is written already stays."""
    outcome = call.documents.stop(call.person.id, token)
    if outcome is Stop.STOPPED:
        return _stopped(query)
    if outcome is Stop.OTHERS:
        raise UnfitError(say("document-of-another"))
    name = "document-written-already" if outcome is Stop.DONE else "document-not-writing"
    return reply(say(name), Buttons(((query.again,),)), replace=outcome is Stop.UNKNOWN)


def _progress(wanted: Wanted, books: Reading, writing: Writing) -> Say:
    """What is being done, and how much of it is."""
    if wanted.preparing():
        return say("document-drawing", what=wanted.what)
    if books.share < 1:
        return say("document-reading-share", what=wanted.what, percent=_percent(books.share))
    return say("document-writing-share", what=wanted.what, percent=_percent(writing.progress))


def _percent(share: float) -> int:
    return int(HUNDRED * share)


async def _finished(writing: Writing, wanted: Wanted) -> Reply:
    """The document, or why there is none."""
    try:
        document = await writing.document
    except BusyError:
        return _busy(wanted)
    except NotWrittenError as error:
        failed = say("document-failed", what=wanted.what, id=error.number)
        return reply(failed, Buttons(((wanted.query.again,),)))
    except asyncio.CancelledError:
        if is_cancelled():
            raise
        return _stopped(wanted.query)  # by its button, whose answer may be shown before this or after it
    caption, *notes = wanted.caption(document)
    file = File(f"{wanted.stem}{document.suffix}", document.content, caption)
    return reply(file, *wanted.also(document), *notes, wanted.buttons)


def _busy(wanted: Wanted) -> Reply:
    return reply(say("document-busy"), Buttons(((wanted.query.again,),)))


def _stopped(query: DocumentQuery) -> Reply:
    return reply(say("document-stopped"), Buttons(((query.again,),)), replace=True)
