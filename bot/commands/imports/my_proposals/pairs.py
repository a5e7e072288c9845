"""The Connects History and "My proposals" that one person has open for one wallet: one press books both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.commands.imports.drafts import DRAFT_LIFE, Draft, kept
from bot.commands.imports.my_proposals.drafts import MyProposalsDraft, kept_my_proposals
from bot.commands.imports.my_proposals.shown import my_proposals_shown
from bot.commands.imports.previewing import shown_of
from bot.views.imports.my_proposals.pairs import beside_history, beside_my_proposals, is_history_ready
from bot.views.imports.my_proposals.previews import is_my_proposals_ready
from bot.views.imports.previews import says_more
from core.imports.undated import is_undated

if TYPE_CHECKING:
    from datetime import datetime

    from bot.command.declaration import Call
    from bot.reply.parts import Reply
    from bot.views.imports.my_proposals.shown import MyProposalsShown
    from bot.views.imports.shown import Shown
    from core.shared.ids import PersonId
    from core.shared.ports import Notes

HISTORY: Final = "history"
MY_PROPOSALS: Final = "proposals"


async def note_open(notes: Notes, draft: Draft | MyProposalsDraft, now: datetime) -> None:
    """Note that somebody has a preview open."""
    kind = HISTORY if isinstance(draft, Draft) else MY_PROPOSALS
    await notes.put_note(_name(draft.person, kind), draft.id, now + DRAFT_LIFE)


async def with_my_proposals(call: Call, given: Reply, draft: Draft, shown: Shown) -> Reply:
    """The preview of a history that offers to book an open "My proposals", too."""
    name = await call.store.notes.note(_name(draft.person, MY_PROPOSALS), call.at)
    proposals = await kept_my_proposals(call.store.notes, name, call.at) if name else None
    if proposals is None or not _are_together(draft, proposals):
        return given
    found = await my_proposals_shown(call, proposals, shown.preview.change)
    return replace(given, parts=beside_history(given.parts, shown, found, call.books.rulebook))


async def open_history(call: Call, proposals: MyProposalsDraft) -> Shown | None:
    """The history that waits beside "My proposals", as it is shown.

    None if there is none, if its day is not known, or if nothing in it is new: then it waits for nothing.
    """
    name = await call.store.notes.note(_name(proposals.person, HISTORY), call.at)
    draft = await kept(call.store.notes, name, call.at) if name else None
    if draft is None or not _are_together(draft, proposals) or any(map(is_undated, draft.pages)):
        return None
    shown = await shown_of(call, draft)
    return shown if says_more(shown.preview) or shown.unsure else None


async def with_history(call: Call, given: Reply, history: Shown, shown: MyProposalsShown) -> Reply:
    """The preview of "My proposals" that offers to book an open history, too."""
    return replace(given, parts=beside_my_proposals(given.parts, history, shown, call.books.rulebook))


async def are_ready(call: Call, history: Draft, proposals: MyProposalsDraft) -> bool:
    """Whether nothing is left to ask about either, so that one press can book both."""
    if any(map(is_undated, history.pages)):
        return False
    shown = await shown_of(call, history)
    if not is_history_ready(shown, call.books.rulebook):
        return False
    return is_my_proposals_ready(await my_proposals_shown(call, proposals, shown.preview.change))


def _are_together(history: Draft, proposals: MyProposalsDraft) -> bool:
    return (
        history.wallet == proposals.wallet
        and history.person == proposals.person
        and not (history.booked or proposals.booked)
    )


def _name(person: PersonId, kind: str) -> str:
    return f"open-import:{kind}:{person}"
