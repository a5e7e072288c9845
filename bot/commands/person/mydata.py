"""`/mydata`: everything that is kept of whoever asks, as data and as a page to read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, UnfitError, command
from bot.commands.exports.answers import STOP, Wanted, document_answer, stop_writing
from bot.commands.person.subject import about, extent_of
from bot.documents.model import BookData, DocumentOrder, Form, Subject
from bot.options.times.period import ALL_TIME
from bot.reply.parts import Button, Buttons, File, Reply, say
from bot.views.statements.captions import STEMS, caption_of
from bot.views.statements.query import DocumentQuery
from core.forgetting.disclosure import Disclosure
from core.shared.ids import WalletId

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.documents.model import Document
    from bot.reply.parts import Part, Say

NO_WALLET: Final = WalletId(0)
ALMOST: Final = 0.99
"""How much is read while only what is left that nobody counts."""


class PersonReading:
    """Reads what is kept of somebody in pieces, and knows how much of their entries it has read."""

    def __init__(self, disclosure: Disclosure, entries: int) -> None:
        self._disclosure, self._entries = disclosure, entries
        self._read, self._ended = 0, False

    @property
    def share(self) -> float:
        """How much is read, from 0 to 1."""
        return 1.0 if self._ended else min(self._read / max(self._entries, 1), ALMOST)

    async def pieces(self) -> AsyncIterator[BookData]:
        """All parts."""
        self._read, self._ended = 0, False
        async for part in self._disclosure.parts():
            yield BookData(disclosed=(part,))
            self._read += len(part.values) if part.key.endswith("entries") else 0
        self._ended = True


@command("mydata", needs_wallet=False, read_only=("*",))
async def mydata(call: Call, *, stop: Annotated[int | None, STOP] = None) -> Reply:
    """Send all that is kept of whoever asks, in two files; or stop writing them."""
    if call.group:
        raise UnfitError(say("mydata-in-private"))
    query = DocumentQuery(Subject.PERSON, Form.PAGE, ALL_TIME)
    if stop is not None:
        return stop_writing(call, query, stop)
    known = await about(call)
    entries = (await extent_of(call, known)).all
    settings = None if call.wallet is None else call.wallet.settings
    order = DocumentOrder(
        subject=Subject.PERSON,
        form=Form.PAGE,
        wallet=NO_WALLET if call.wallet is None else call.wallet.id,
        days=None,
        at=call.at,
        up_to=entries,
        locale=call.locale,
        zone=call.zone,
        currency="USD" if settings is None else settings.currency,
        title=call.person.name,
    )
    reading = PersonReading(Disclosure(call.store, call.proposals, known), entries)
    what, forget = say("subject-person"), Buttons(((Button(say("button-forget"), "forgetme"),),))
    wanted = Wanted(query, what, STEMS[Subject.PERSON], partial(_caption, query), forget, also=_data)
    return await document_answer(call, wanted, order, reading)


def _caption(query: DocumentQuery, document: Document) -> tuple[Say, ...]:
    return (caption_of(query, document, say("period-all")),)


def _data(document: Document) -> tuple[Part, ...]:
    return (File(f"{STEMS[Subject.PERSON]}.json", document.data, say("mydata-data")),)
