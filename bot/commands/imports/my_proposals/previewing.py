"""The preview of "My proposals"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.imports.groups import with_owner_row
from bot.commands.imports.my_proposals.pairs import open_history, with_history
from bot.commands.imports.my_proposals.shown import my_proposals_shown
from bot.views.imports.my_proposals.previews import my_proposals_preview

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.commands.imports.my_proposals.drafts import MyProposalsDraft
    from bot.reply.parts import Reply, Say


async def preview_my_proposals(
    call: Call, draft: MyProposalsDraft, note: Say | None = None, *, alone: bool = False
) -> Reply:
    """What a draft would set, with the buttons for it; unless `alone`, beside the history that waits, too."""
    history = None if alone else await open_history(call, draft)
    shown = await my_proposals_shown(call, draft, None if history is None else history.preview.change)
    given = await with_owner_row(call, my_proposals_preview(shown, note), draft)
    return given if history is None else await with_history(call, given, history, shown)
