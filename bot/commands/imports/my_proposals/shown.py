"""What a draft of "My proposals" would set, as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.imports.previewing import group_of, is_here
from bot.views.imports.my_proposals.shown import MyProposalsShown

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.commands.imports.my_proposals.drafts import MyProposalsDraft
    from core.ledger.model import Change


async def my_proposals_shown(call: Call, draft: MyProposalsDraft, after: Change | None = None) -> MyProposalsShown:
    """What a draft would set now, or `after` another change."""
    found = await call.imports.my_proposals.preview(draft.wallet, draft.page, draft.answers, draft.person, after)
    group = "" if is_here(call, draft) else await group_of(call, draft)
    return MyProposalsShown(draft.id, found, group)
