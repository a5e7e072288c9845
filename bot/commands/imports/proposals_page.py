"""What the buttons of "My proposals" do: answer about its draft, book it, leave it, or book the history with it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, command
from bot.command.incoming import action_key
from bot.commands.imports.booked import numbers_in, stands
from bot.commands.imports.drafts import kept
from bot.commands.imports.importing import Act
from bot.commands.imports.importing import book as book_history
from bot.commands.imports.my_proposals.drafts import (
    MyProposalsDraft,
    drop_my_proposals,
    keep_my_proposals,
    kept_my_proposals,
)
from bot.commands.imports.my_proposals.findings import findings_of
from bot.commands.imports.my_proposals.pairs import note_open
from bot.commands.imports.my_proposals.previewing import preview_my_proposals
from bot.commands.imports.previewing import is_here
from bot.commands.imports.rights import usable
from bot.options.figures import whole_number
from bot.options.text import Text
from bot.reply.parts import Buttons, Reply, joined, reply, say
from bot.views.imports.doubts import unread_lines
from bot.views.imports.my_proposals.booked import Figures, my_proposals_booked
from bot.views.imports.my_proposals.previews import OPEN
from core.ledger.requests import Request
from core.proposals.findings import Findings
from core.shared.refusals import BooksMoved, KeyReused, RefusedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    Acting = Callable[[Call, MyProposalsDraft, Sequence[str]], Awaitable[Reply]]


async def _show(call: Call, draft: MyProposalsDraft, _words: Sequence[str]) -> Reply:
    return await preview_my_proposals(call, draft)


async def _alone(call: Call, draft: MyProposalsDraft, _words: Sequence[str]) -> Reply:
    return await preview_my_proposals(call, draft, alone=True)


async def _mine(call: Call, draft: MyProposalsDraft, _words: Sequence[str]) -> Reply:
    """It was confirmed that the page is that of this wallet's account."""
    return await _answered(call, replace(draft, answers=replace(draft.answers, own_account=True)))


async def _which(call: Call, draft: MyProposalsDraft, words: Sequence[str]) -> Reply:
    """Which proposal a line is, by one of its names, or that it is left open."""
    line, ref, *_ = (*words, "", "")
    which = {**draft.answers.which, whole_number(line) or 0: "" if ref == OPEN else ref}
    return await _answered(call, replace(draft, answers=replace(draft.answers, which=which)))


async def _answered(call: Call, draft: MyProposalsDraft) -> Reply:
    await keep_my_proposals(call.store.notes, draft, call.at)
    return await preview_my_proposals(call, draft)


async def _lines(call: Call, draft: MyProposalsDraft, _words: Sequence[str]) -> Reply:
    """The lines of the page that could not be read."""
    unread = draft.page.unread
    return unread_lines(draft.id, unread, "importproposals show") if unread else await preview_my_proposals(call, draft)


async def _leave(call: Call, draft: MyProposalsDraft, _words: Sequence[str]) -> Reply:
    await drop_my_proposals(call.store.notes, draft.id)
    return reply(say("import-left"), replace=True)


async def _book(call: Call, draft: MyProposalsDraft, words: Sequence[str]) -> Reply:
    """Book what was shown. A draft is booked once, under a key of its own, whichever of its buttons is pressed."""
    stamp, *rest = (*words, "")
    key = action_key(draft.at, call.chat, f"import-proposals:{draft.id}")
    request = Request(draft.wallet, key, draft.person, shown_in=call.shown_in)
    try:
        done = await call.imports.my_proposals.book(request, draft.page, draft.answers, stamp)
    except RefusedError as refused:
        if isinstance(refused.refusal, BooksMoved):
            return await preview_my_proposals(call, draft, say("import-moved"))
        if not isinstance(refused.refusal, KeyReused):
            raise
        return reply(say("import-booked-already"))
    if done.preview is None and not await stands(call, done.batch):
        return reply(say("import-taken-back"))
    with suppress(UnavailableError):  # it is booked, whatever is remembered of its draft
        await keep_my_proposals(call.store.notes, replace(draft, booked=done.batch.number), call.at)
    found = Findings()
    with suppress(UnavailableError):  # it is booked, whatever else is known
        found = await findings_of(call, draft.wallet)
    return my_proposals_booked(done.batch, Figures.of(numbers_in(" ".join(rest))), found, here=is_here(call, draft))


async def _both(call: Call, draft: MyProposalsDraft, words: Sequence[str]) -> Reply:
    """Book the history, and then "My proposals". If the first is not booked as it was shown, the second waits."""
    at = words.index(WITH) if WITH in words else len(words)
    own, of_history = words[:at], words[at + 1 :]
    history, moved = await usable(call, await kept(call.store.notes, of_history[0] if of_history else "", call.at))
    if moved:
        return await _moved(call, draft)
    first = await book_history(call, history, of_history[1:])
    if not first.done:
        return first.reply
    return replace(_once(joined(first.reply, await _book(call, draft, own))), replace=True)


async def _moved(call: Call, draft: MyProposalsDraft) -> Reply:
    """The preview for the books of since somebody linked their accounts, or unlinked them."""
    await keep_my_proposals(call.store.notes, draft, call.at)
    await note_open(call.store.notes, draft, call.at)
    return await preview_my_proposals(call, draft, say("import-followed"))


def _once(given: Reply) -> Reply:
    """An answer in which no button stands twice."""
    keys = {key.line: key for part in given.parts if isinstance(part, Buttons) for row in part.rows for key in row}
    rest = (part for part in given.parts if not isinstance(part, Buttons))
    return replace(given, parts=(*rest, Buttons(tuple((key,) for key in keys.values()))))


ACTS: Final[dict[str, Acting]] = {
    "show": _show,
    "alone": _alone,
    "mine": _mine,
    "which": _which,
    "lines": _lines,
    "leave": _leave,
    "book": _book,
    "both": _both,
}
BOOKING: Final = frozenset({"book", "both"})
WITH: Final = "with"
"""What stands between the two pages in the line that books both."""


@command(
    "importproposals",
    hidden=True,
    needs_wallet=False,
    read_only=tuple(act for act in ACTS if act not in BOOKING),
)
async def import_proposals(
    call: Call,
    do: Annotated[str, Act(hidden=True, acts=tuple(ACTS))],
    on: Annotated[str, Text(hidden=True)],
) -> Reply:
    """Ask about a draft of "My proposals", book it or leave it."""
    name, *words = on.split()
    draft, moved = await usable(call, await kept_my_proposals(call.store.notes, name, call.at))
    if draft.booked and (moved or do not in BOOKING):
        return reply(say("import-booked-already"))
    if moved and do != "leave":
        return await _moved(call, draft)
    return await ACTS[do](call, draft, words)
