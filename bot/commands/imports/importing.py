"""The command that explains imports, and whose presses ask about a draft, book it, leave it, and undo it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Final

from typing_extensions import override

from bot.command.declaration import Call, Kind, UnfitError, Who, command
from bot.command.incoming import action_key
from bot.commands.imports.answering import ANSWERS, costing
from bot.commands.imports.drafts import drop, keep, kept
from bot.commands.imports.memory import with_memory
from bot.commands.imports.service import imports_of
from bot.options.cost import Cost, Paid
from bot.options.figures import whole_number
from bot.options.text import Text
from bot.reply.parts import Reply, reply, say
from bot.views.imports.booked import booked_reply
from bot.views.imports.doubts import unread_lines, unsure_row
from bot.views.imports.howto import how_to
from bot.views.imports.previews import preview_of
from bot.views.imports.shown import Shown
from core.ledger.batch import own_key
from core.ledger.requests import Request
from core.shared.money import CostState
from core.shared.refusals import KeyReused, RefusedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.commands.imports.drafts import Draft
    from bot.reply.parts import Say
    from core.imports.model import Preview
    from core.ledger.sightings import Batch
    from core.shared.ids import PersonId

ACTS: Final = ("show", "unsure", "book", "leave", "cost", *ANSWERS)
RECENT: Final = 200


@dataclass(frozen=True, slots=True)
class Act(Kind):
    """What a button of an import does. Nobody types it, so it has no label."""

    @override
    def read(self, words: str) -> str:
        if words not in ACTS:
            raise UnfitError(say("import-ended"))
        return words


@command("import", who=Who.ADMINS, needs_wallet=False, with_file="import", read_only=("", "show", "unsure"))
async def importing(
    call: Call,
    do: Annotated[str, Act(hidden=True)] = "",
    on: Annotated[str, Text(hidden=True)] = "",
    cost: Annotated[CostState | Paid | None, Cost(named=True, hidden=True)] = None,
) -> Reply:
    """Say how to import Upwork's Connects History; its buttons ask about an import, book it or leave it."""
    if not do:
        return how_to()
    name, *words = on.split() or ("",)
    draft = await _draft(call, name)
    if do == "book":
        return await _book(call, draft, words)
    if draft.booked:
        return reply(say("import-booked-already"))
    if do == "leave":
        return await _leave(call, draft)
    if do == "unsure":
        return await _unsure(call, draft, words)
    return await preview(call, draft) if do == "show" else await _answered(call, draft, do, words, cost)


async def _answered(call: Call, draft: Draft, do: str, words: Sequence[str], cost: CostState | Paid | None) -> Reply:
    """The preview with an answer; after one about an unsure row, the next of these as long as there is one."""
    answers = costing(call, draft, words, cost) if do == "cost" else await ANSWERS[do](call, draft, words)
    answered = replace(draft, answers=answers)
    await keep(call.store.notes, answered, call.at)
    return await _next_unsure(call, answered, words) if do == "row" else await preview(call, answered)


async def preview(call: Call, draft: Draft, note: Say | None = None) -> Reply:
    """What a draft would book, with the buttons for it."""
    return preview_of(await _shown(call, draft), call.books.rulebook, note)


async def _shown(call: Call, draft: Draft) -> Shown:
    answers = await with_memory(call.store.notes, draft, call.at)
    found = await imports_of(call).preview(draft.wallet, draft.pages, answers, draft.person)
    unread = sum(len(page.unread) for page in draft.pages)
    people = await _people(call, draft, found)
    return Shown(draft.id, found, answers, people, unread, money=not call.group)


async def _people(call: Call, draft: Draft, found: Preview) -> Mapping[PersonId, str]:
    """Those who may be the members whom a page names: whoever asks, and who has booked something there lately."""
    if not found.members:
        return {}
    authors = await call.books.authors(await call.books.history(draft.wallet, None, RECENT))
    return {call.person.id: call.person.name, **authors}


async def _draft(call: Call, name: str) -> Draft:
    """The draft with this id, if whoever calls may book it; UnfitError if it has ended."""
    draft = await kept(call.store.notes, name, call.at)
    here = call.wallet is not None and draft is not None and call.wallet.id == draft.wallet
    if draft is None or not (here if call.group else draft.person == call.person.id):
        raise UnfitError(say("import-ended"))
    if not here and not await _may_book(call, draft):
        raise UnfitError(say("import-not-admin"))
    return draft


async def _may_book(call: Call, draft: Draft) -> bool:
    """Whether the draft is for somebody's own wallet, or for that of a group of which they are an admin."""
    group = await call.store.people.group_of(draft.wallet)
    if group is None:
        return True
    return call.admins is not None and bool(await call.admins.is_admin(group, call.person.id))


async def _unsure(call: Call, draft: Draft, words: Sequence[str]) -> Reply:
    """One of the unsure rows; after the last of them, the lines that could not be read."""
    shown, at = await _shown(call, draft), (whole_number(words[0]) if words else None) or 1
    lines = tuple(line for page in draft.pages for line in page.unread)
    if at <= len(shown.unsure):
        return unsure_row(draft.id, shown.unsure, at - 1, lines=bool(lines))
    return unread_lines(draft.id, lines) if lines else preview_of(shown, call.books.rulebook)


async def _next_unsure(call: Call, draft: Draft, words: Sequence[str]) -> Reply:
    """The unsure row after the one that was settled, or the first; the preview once there is none."""
    shown, settled = await _shown(call, draft), (whole_number(words[0]) if words else None) or 0
    if not shown.unsure:
        return preview_of(shown, call.books.rulebook, say("unsure-none"))
    at = next((at for at, one in enumerate(shown.unsure) if one.position > settled), 0)
    return unsure_row(draft.id, shown.unsure, at, lines=bool(shown.unread))


async def _leave(call: Call, draft: Draft) -> Reply:
    await drop(call.store.notes, draft.id)
    return reply(say("import-left"), replace=True)


async def _book(call: Call, draft: Draft, words: Sequence[str]) -> Reply:
    """Book what was shown. A draft is booked once, under a key of its own, whichever of its buttons is pressed."""
    stamp, said, *_ = (*words, "", "")
    request = Request(draft.wallet, action_key(draft.at, call.chat, f"import:{draft.id}"), call.person.id)
    answers = await with_memory(call.store.notes, draft, call.at)
    try:
        receipt = await imports_of(call).book(request, draft.pages, answers, stamp)
    except RefusedError as refused:
        if refused.refusal.code == "books_moved":
            return await preview(call, draft, say("import-moved"))
        if not isinstance(refused.refusal, KeyReused):
            raise
        return reply(say("import-booked-already"))
    batch = await _batch(call, request)
    here = call.wallet is not None and call.wallet.id == draft.wallet
    with suppress(UnavailableError):  # it is booked, whatever is remembered of its draft
        await keep(call.store.notes, replace(draft, booked=batch.number), call.at)
    return booked_reply(batch, receipt.entry.balance, said, here=here)


async def _batch(call: Call, request: Request) -> Batch:
    """The import that was booked for a request."""
    batches = await imports_of(call).batches(request.wallet)
    return next(batch for batch in reversed(batches) if batch.key == own_key(request.key))
