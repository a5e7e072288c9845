"""The Connects History and "My proposals" that one person has open for one wallet: one press books both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.commands.imports.drafts import DRAFT_LIFE, Draft, kept
from bot.commands.imports.previewing import shown_of
from bot.commands.imports.sheets.drafts import SheetDraft, kept_sheet
from bot.commands.imports.sheets.shown import sheet_shown
from bot.views.imports.sheets.pairs import beside_history, beside_sheet, is_history_ready
from bot.views.imports.sheets.preview import is_sheet_ready
from core.imports.undated import is_undated

if TYPE_CHECKING:
    from datetime import datetime

    from bot.command.declaration import Call
    from bot.reply.parts import Reply
    from bot.views.imports.sheets.shown import SheetShown
    from bot.views.imports.shown import Shown
    from core.shared.ids import PersonId
    from core.shared.ports import Notes

HISTORY: Final = "history"
SHEET: Final = "sheet"


async def note_open(notes: Notes, draft: Draft | SheetDraft, now: datetime) -> None:
    """Note that somebody has a preview open."""
    kind = HISTORY if isinstance(draft, Draft) else SHEET
    await notes.put_note(_name(draft.person, kind), draft.id, now + DRAFT_LIFE)


async def with_sheet(call: Call, given: Reply, draft: Draft, shown: Shown) -> Reply:
    """The preview of a history that offers to book an open "My proposals", too."""
    name = await call.store.notes.note(_name(draft.person, SHEET), call.at)
    sheet = await kept_sheet(call.store.notes, name, call.at) if name else None
    if sheet is None or not _are_together(draft, sheet):
        return given
    found = await sheet_shown(call, sheet, shown.preview.change)
    return replace(given, parts=beside_history(given.parts, shown, found, call.books.rulebook))


async def open_history(call: Call, sheet: SheetDraft) -> Shown | None:
    """The history that waits beside "My proposals", as it is shown; None if there is none, or its day is not known."""
    name = await call.store.notes.note(_name(sheet.person, HISTORY), call.at)
    draft = await kept(call.store.notes, name, call.at) if name else None
    if draft is None or not _are_together(draft, sheet) or any(map(is_undated, draft.pages)):
        return None
    return await shown_of(call, draft)


async def with_history(call: Call, given: Reply, history: Shown, shown: SheetShown) -> Reply:
    """The preview of "My proposals" that offers to book an open history, too."""
    return replace(given, parts=beside_sheet(given.parts, history, shown, call.books.rulebook))


async def are_ready(call: Call, history: Draft, sheet: SheetDraft) -> bool:
    """Whether nothing is left to ask about either, so that one press can book both."""
    if any(map(is_undated, history.pages)):
        return False
    shown = await shown_of(call, history)
    if not is_history_ready(shown, call.books.rulebook):
        return False
    return is_sheet_ready(await sheet_shown(call, sheet, shown.preview.change))


def _are_together(history: Draft, sheet: SheetDraft) -> bool:
    return history.wallet == sheet.wallet and history.person == sheet.person and not (history.booked or sheet.booked)


def _name(person: PersonId, kind: str) -> str:
    return f"open-import:{kind}:{person}"
