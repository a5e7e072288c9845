"""The command that explains imports, and whose presses ask about a draft, book it, leave it, and undo it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Call, Kind, UnfitError, command
from bot.command.incoming import action_key
from bot.commands.imports.answering import ANSWERS, costing, dating
from bot.commands.imports.booked import listed, numbers_in, stands, undone
from bot.commands.imports.drafts import drop, keep, kept
from bot.commands.imports.groups import with_owner_row
from bot.commands.imports.my_proposals.pairs import note_open, with_my_proposals
from bot.commands.imports.previewing import is_here, late, shown_of
from bot.commands.imports.remembered import with_memory
from bot.commands.imports.rights import usable
from bot.commands.imports.transactions.pressing import ON_TRANSACTIONS
from bot.options.choice import Switch
from bot.options.cost import Cost, Paid
from bot.options.figures import whole_number
from bot.options.text import Text
from bot.options.times.time import Day
from bot.reply.parts import Reply, reply, say
from bot.views.imports.booked import PROVEN, UNPROVEN, booked_reply
from bot.views.imports.doubts import unread_lines, unsure_row
from bot.views.imports.howto import how_to
from bot.views.imports.previews import preview_of
from bot.views.imports.undated import ask_day
from core.imports.undated import is_undated
from core.ledger.requests import Request
from core.shared.money import CostState
from core.shared.refusals import BooksMoved, KeyReused, RefusedError, UnavailableError
from core.wallets.people import Wallet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.imports.drafts import Draft
    from bot.reply.parts import Say

ON_IMPORTS: Final = {"list": listed, "undo": undone}
FIGURES: Final = 3
MANY: Final = 2000
"""From how many rows on it is shown that they are being booked."""


class Given(NamedTuple):
    """What was typed as an answer, instead of pressed."""

    cost: CostState | Paid | None = None
    day: date | None = None


async def _answered(call: Call, draft: Draft, do: str, words: Sequence[str], given: Given) -> Reply:
    """The preview with an answer; after one about an unsure row, the next of these as long as there is one."""
    if do == "day":
        answered = dating(draft, words, given.day)
    elif do == "cost":
        settings = await call.store.people.settings_of(draft.wallet)
        there = replace(call, wallet=Wallet(draft.wallet, settings))
        answered = replace(draft, answers=costing(there, draft, words, given.cost))
    else:
        answered = replace(draft, answers=await ANSWERS[do](call, draft, words))
    await keep(call.store.notes, answered, call.at)
    return await _next_unsure(call, answered, words) if do == "row" else await preview(call, answered)


async def preview(call: Call, draft: Draft, note: Say | None = None) -> Reply:
    """What a draft would book, with the buttons for it; before that, the day of a page that does not say it."""
    undated = next((page for page in draft.pages if is_undated(page)), None)
    if undated is not None:
        return ask_day(draft.id, undated, call.at.astimezone(UTC).date())
    shown = await shown_of(call, draft)
    given = preview_of(shown, call.books.rulebook, note or await late(call, draft))
    given = await with_owner_row(call, given, draft)
    return await with_my_proposals(call, given, draft, shown)


async def _moved(call: Call, draft: Draft) -> Reply:
    """The preview for the books of since somebody linked their accounts, or unlinked them."""
    await keep(call.store.notes, draft, call.at)
    await note_open(call.store.notes, draft, call.at)
    return await preview(call, draft, say("import-followed"))


async def _unsure(call: Call, draft: Draft, words: Sequence[str]) -> Reply:
    """One of the unsure rows; after the last of them, the lines that could not be read."""
    shown, at = await shown_of(call, draft), (whole_number(words[0]) if words else None) or 1
    lines = tuple(line for page in draft.pages for line in page.unread)
    if at <= len(shown.unsure):
        return unsure_row(draft.id, shown.unsure, at - 1, lines=bool(lines))
    return unread_lines(draft.id, lines) if lines else await preview(call, draft)


async def _next_unsure(call: Call, draft: Draft, words: Sequence[str]) -> Reply:
    """The unsure row after the one that was settled, or the first; the preview once there is none."""
    shown, settled = await shown_of(call, draft), (whole_number(words[0]) if words else None) or 0
    if not shown.unsure:
        return await preview(call, draft, say("unsure-none"))
    at = next((at for at, one in enumerate(shown.unsure) if one.position > settled), 0)
    return unsure_row(draft.id, shown.unsure, at, lines=bool(shown.unread))


async def _show(call: Call, draft: Draft, _words: Sequence[str]) -> Reply:
    return await preview(call, draft)


async def _leave(call: Call, draft: Draft, _words: Sequence[str]) -> Reply:
    await drop(call.store.notes, draft.id)
    return reply(say("import-left"), replace=True)


async def _book(call: Call, draft: Draft, words: Sequence[str]) -> Reply:
    return (await book(call, draft, words)).reply


class Pressed(NamedTuple):
    """The answer to a press, and whether the import is booked."""

    reply: Reply
    done: bool = False


async def book(call: Call, draft: Draft, words: Sequence[str]) -> Pressed:
    """Book what was shown. A draft is booked once, under a key of its own, whichever of its buttons is pressed.

    In a group another admin may press. It is booked by whoever sent the page all the same, because so it was shown.
    """
    stamp, said, *rest = (*words, "", "")
    figures = numbers_in(" ".join(rest))
    more = (figures[0], figures[1], figures[2]) if len(figures) == FIGURES else None
    key = action_key(draft.at, call.chat, f"import:{draft.id}")
    request = Request(draft.wallet, key, draft.person, shown_in=call.shown_in)
    answers = await with_memory(call, draft)
    if (rows := sum(len(page.rows) for page in draft.pages)) >= MANY:
        await call.meanwhile(say("import-booking", rows=rows))
    try:
        done = await call.imports.book(request, draft.pages, answers, stamp)
    except RefusedError as refused:
        if isinstance(refused.refusal, BooksMoved):
            return Pressed(await preview(call, draft, await late(call, draft) or say("import-moved")))
        if not isinstance(refused.refusal, KeyReused):
            raise
        return Pressed(reply(say("import-booked-already")))
    if done.replayed and not await stands(call, done.batch):
        return Pressed(reply(say("import-taken-back")))
    with suppress(UnavailableError):  # it is booked, whatever is remembered of its draft
        await keep(call.store.notes, replace(draft, booked=done.batch.number), call.at)
    if done.replayed and done.balance != done.batch.balance and said == PROVEN:  # more was booked since
        said = UNPROVEN
    return Pressed(booked_reply(done.batch, done.balance, said, more, here=is_here(call, draft)), done=True)


ON_DRAFTS: Final = {"show": _show, "unsure": _unsure, "leave": _leave, "book": _book}
ACTS: Final = (*ON_DRAFTS, "cost", "day", *ANSWERS, *ON_IMPORTS, *ON_TRANSACTIONS)
IN_BOOKS: Final = frozenset({"book", "undo", "price"})
"""What changes the books. All else changes a draft at most."""


@dataclass(frozen=True, slots=True)
class Act(Kind):
    """What a button of an import does: one of `acts`. Nobody types it, so it has no label."""

    acts: tuple[str, ...] = ACTS

    @override
    def read(self, words: str) -> str:
        if words not in self.acts:
            raise UnfitError(say("import-ended"))
        return words


@command(
    "import",
    needs_wallet=False,
    with_file="import",
    read_only=("", *(act for act in ACTS if act not in IN_BOOKS)),
)
async def importing(
    call: Call,
    do: Annotated[str, Act(hidden=True)] = "",
    on: Annotated[str, Text(hidden=True)] = "",
    cost: Annotated[CostState | Paid | None, Cost(named=True, hidden=True)] = None,
    day: Annotated[date | None, Day(named=True, hidden=True)] = None,
    *,
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Say how to import Upwork's Connects History; its buttons ask about an import, book it or leave it."""
    call = replace(call, past_pins=anyway)
    if not do and not numbers_in(on):
        return how_to(call.chat.platform, group=call.group)
    if not do or do in ON_IMPORTS:
        return await ON_IMPORTS[do or "list"](call, numbers_in(on))
    if do in ON_TRANSACTIONS:
        return await ON_TRANSACTIONS[do](call, on.split())
    return await _on_draft(call, do, on.split() or ("",), Given(cost, day))


async def _on_draft(call: Call, do: str, words: Sequence[str], given: Given) -> Reply:
    """What a press does to a draft. If it is for other books by now, it is shown for these first."""
    name, *rest = words
    draft, moved = await usable(call, await kept(call.store.notes, name, call.at))
    if draft.booked and (moved or do != "book"):
        return reply(say("import-booked-already"))
    if moved and do != "leave":
        return await _moved(call, draft)
    if do in ON_DRAFTS:
        return await ON_DRAFTS[do](call, draft, rest)
    return await _answered(call, draft, do, rest, given)
