"""Takes lists of transactions in: as files, as text, or as the parts of a text that a client has cut."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from bot.base.cache import Cache
from bot.command.incoming import Edited, Typed, UnreadableError, token_of
from bot.commands.imports.rights import may_import
from bot.commands.imports.transactions.drafts import TransactionsDraft, keep_transactions, kept_transactions
from bot.commands.imports.transactions.incomes import keep_incomes
from bot.commands.imports.transactions.pressing import preview_transactions
from bot.dispatch.pages.pastes import LIFE, LONG, MOST_HELD, REST, WINDOW
from bot.pages.files import LARGEST, decoded, is_html
from bot.pages.not_pages import file_kind
from bot.pages.transactions import joined_table, read_transactions
from bot.reply.parts import Growing
from bot.views.imports.transactions.previews import no_books_yet
from core.imports.transactions.model import merged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.command.declaration import Call
    from bot.command.incoming import Attached, Incoming
    from bot.dispatch.pages.handed import Handed
    from bot.reply.parts import Reply
    from core.imports.transactions.model import Transactions
    from core.shared.ports import Notes


class Part(NamedTuple):
    """A text by its place among the messages of the chat, and by its place in the message. `whole`: it is a file."""

    number: int
    place: int
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """What came together: the id of its draft, and its parts by the keys of their messages."""

    draft: str
    at: datetime
    parts: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    version: int = 0

    def with_message(self, key: str, at: datetime, parts: tuple[Part, ...]) -> Coming:
        """The same with a further message."""
        return replace(self, at=max(self.at, at), parts={**self.parts, key: parts}, version=self.version + 1)

    @property
    def in_order(self) -> list[Part]:
        """The parts in the order of their messages."""
        return sorted(part for parts in self.parts.values() for part in parts)

    def read(self) -> Transactions | None:
        """What all that came says. What has no head of its own goes on where the part before it ends."""
        texts: list[list[str]] = []
        for part in self.in_order:
            if texts and not part.whole and read_transactions(part.text) is None:
                texts[-1].append(part.text)
            else:
                texts.append([part.text])
        read = [one for some in texts if (one := read_transactions(joined_table(some))) is not None]
        return merged(list({repr(one): one for one in read}.values())) if read else None


class TransactionsIntake:
    """Recognises lists of transactions in what comes in, and shows what they would book.

    The text of a part is held in memory only, for minutes.
    """

    def __init__(self, notes: Notes) -> None:
        """Keep drafts in `notes`."""
        self._notes = notes
        self._coming: Cache[Coming] = Cache(MOST_HELD)

    async def goes_on(self, incoming: Incoming) -> bool:
        """Whether a message that looks like nothing is the next piece of a list that a client has cut."""
        said, coming = incoming.said, self._coming.get(incoming.conversation, incoming.at)
        line = said.line if isinstance(said, Typed | Edited) else ""
        if coming is None or not line.strip() or line.lstrip().startswith("/"):
            return False
        if incoming.key in coming.parts:
            return True
        long = [part.number for part in coming.in_order if not part.whole and len(part.text) >= LONG]
        if not long or not min(long) < incoming.number or abs(incoming.at - coming.at) > REST:
            return False
        part = Part(incoming.number, 0, line, whole=False)
        more = coming.with_message(incoming.key, incoming.at, (part,))
        return await asyncio.to_thread(_rows, more.read()) > await asyncio.to_thread(_rows, coming.read())

    async def take(self, handed: Handed, incoming: Incoming, call: Call) -> Reply | None:
        """What is answered to lists of transactions; None if anything else was handed over, too."""
        parts = await self._parts(handed, incoming)
        if not parts:
            return None
        coming = await self._with_these(parts, incoming, call)
        transactions = await asyncio.to_thread(coming.read)
        if transactions is None:
            return None
        self._coming.put(incoming.conversation, coming, incoming.at + LIFE)
        if call.wallet is None and not call.group:
            return no_books_yet(transactions)
        incomes, transactions = await keep_incomes(call, transactions), transactions._replace(incomes=())
        known = await kept_transactions(self._notes, coming.draft, call.at)
        draft = known or TransactionsDraft(coming.draft, call.open_wallet.id, call.person.id, transactions, call.at)
        draft = replace(draft, transactions=transactions, incomes=incomes)
        await keep_transactions(self._notes, draft, call.at)
        given = await preview_transactions(call, draft)
        return replace(given, replace=False, growing=Growing(coming.draft, coming.version))

    async def _parts(self, handed: Handed, incoming: Incoming) -> tuple[Part, ...]:
        """The parts of a message, if all of it is lists of transactions."""
        texts = [await _text_in(file) for file in handed.files]
        if not all([text is not None and await asyncio.to_thread(_is_list, text) for text in texts]):
            return ()
        parts = [Part(incoming.number, place, text or "", whole=True) for place, text in enumerate(texts, 1)]
        if handed.text:
            if not await asyncio.to_thread(_is_list, handed.text) and not await self.goes_on(incoming):
                return ()
            parts.append(Part(incoming.number, 0, handed.text, whole=False))
        return tuple(parts)

    async def _with_these(self, parts: Sequence[Part], incoming: Incoming, call: Call) -> Coming:
        """What came within a minute, with these parts, unless it was booked meanwhile."""
        coming = self._coming.get(incoming.conversation, incoming.at)
        draft = None if coming is None else await kept_transactions(self._notes, coming.draft, call.at)
        over = draft is None or draft.booked or not (call.group or await may_import(call, draft.wallet))
        if coming is None or over or abs(incoming.at - coming.at) > WINDOW:
            coming = Coming(token_of(incoming), incoming.at)
        return coming.with_message(incoming.key, incoming.at, tuple(parts))


async def _text_in(file: Attached) -> str | None:
    """The text of a file (None: it has none, or could not be fetched)."""
    if file.size > LARGEST:
        return None
    try:
        content = await file.read()
    except UnreadableError:
        return None
    text = None if file_kind(content) else await asyncio.to_thread(decoded, content)
    return None if text is None or is_html(text) else text


def _is_list(text: str) -> bool:
    return read_transactions(text) is not None


def _rows(read: Transactions | None) -> int:
    return 0 if read is None else len(read.fees) + len(read.given_back) + sum(read.others.values())
