"""The preview of "My proposals"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.imports.groups import with_owner_row
from bot.commands.imports.sheets.pairs import open_history, with_history
from bot.commands.imports.sheets.shown import sheet_shown
from bot.views.imports.sheets.preview import sheet_preview

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.commands.imports.sheets.drafts import SheetDraft
    from bot.reply.parts import Reply, Say


async def preview_sheet(call: Call, draft: SheetDraft, note: Say | None = None, *, alone: bool = False) -> Reply:
    """What a draft would set, with the buttons for it; unless `alone`, beside the history that waits, too."""
    history = None if alone else await open_history(call, draft)
    shown = await sheet_shown(call, draft, None if history is None else history.preview.change)
    given = await with_owner_row(call, sheet_preview(shown, note), draft)
    return given if history is None else await with_history(call, given, history, shown)
