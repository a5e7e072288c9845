"""What a draft of "My proposals" would set, as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.imports.previewing import group_of, is_here
from bot.views.imports.sheets.shown import SheetShown

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.commands.imports.sheets.drafts import SheetDraft
    from core.ledger.model import Change


async def sheet_shown(call: Call, draft: SheetDraft, after: Change | None = None) -> SheetShown:
    """What a draft would set now, or `after` another change."""
    found = await call.imports.sheets.preview(draft.wallet, draft.sheet, draft.answers, draft.person, after)
    group = "" if is_here(call, draft) else await group_of(call, draft)
    return SheetShown(draft.id, found, group)
