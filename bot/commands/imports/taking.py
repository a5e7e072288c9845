"""The drafts of all that came in together: one of the Connects History, and one of "My proposals"."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bot.commands.imports.drafts import Draft, keep, kept
from bot.commands.imports.importing import preview
from bot.commands.imports.my_proposals.drafts import MyProposalsDraft, keep_my_proposals, kept_my_proposals
from bot.commands.imports.my_proposals.pairs import are_ready, note_open
from bot.commands.imports.my_proposals.previewing import preview_my_proposals
from bot.pages import Came
from core.imports.model import Answers
from core.proposals.my_proposals import MyProposalsAnswers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.command.declaration import Call
    from bot.reply.parts import Reply
    from core.shared.ids import WalletId
    from core.shared.ports import Notes


class Drafts(NamedTuple):
    """The drafts of what came together (None: no such page is in it). They have one id."""

    history: Draft | None = None
    proposals: MyProposalsDraft | None = None

    @property
    def every(self) -> tuple[Draft | MyProposalsDraft, ...]:
        """Those that there are."""
        return tuple(one for one in self if one is not None)

    @property
    def are_over(self) -> bool:
        """Whether nothing can be added to them: they were booked, left, or forgotten."""
        return not self.every or any(one.booked for one in self.every)

    @property
    def wallet(self) -> WalletId:
        """The wallet for which they are."""
        return self.every[0].wallet

    @property
    def came(self) -> Came:
        """What is in them."""
        return Came(
            () if self.history is None else self.history.pages,
            None if self.proposals is None else self.proposals.page,
        )


async def kept_both(notes: Notes, name: str, now: datetime) -> Drafts:
    """The drafts with this id."""
    history, proposals = await asyncio.gather(kept(notes, name, now), kept_my_proposals(notes, name, now))
    return Drafts(history, proposals)


async def keep_both(call: Call, name: str, before: Drafts, came: Came) -> Drafts:
    """Keep what came as drafts. What was answered about single lines is over, as there are other lines now."""
    history, proposals = before
    if came.pages and (history is None or history.pages != came.pages):
        fresh = history or Draft(name, call.open_wallet.id, call.person.id, (), Answers(), call.at)
        history = replace(fresh, pages=came.pages, answers=replace(fresh.answers, same={}, unsure={}))
        await keep(call.store.notes, history, call.at)
        await note_open(call.store.notes, history, call.at)
    if came.my_proposals is not None and (proposals is None or proposals.page != came.my_proposals):
        begun = proposals or MyProposalsDraft(
            name, call.open_wallet.id, call.person.id, came.my_proposals, MyProposalsAnswers(), call.at
        )
        proposals = replace(begun, page=came.my_proposals, answers=replace(begun.answers, which={}))
        await keep_my_proposals(call.store.notes, proposals, call.at)
        await note_open(call.store.notes, proposals, call.at)
    return Drafts(history, proposals)


async def moved_to(call: Call, drafts: Drafts, wallet: WalletId) -> Drafts:
    """Those that are not booked yet, for another wallet."""
    history = None if drafts.history is None or drafts.history.booked else drafts.history
    proposals = None if drafts.proposals is None or drafts.proposals.booked else drafts.proposals
    if history is not None:
        history = history.moved(wallet, call.person.id)
        await keep(call.store.notes, history, call.at)
    if proposals is not None:
        proposals = proposals.moved(wallet, call.person.id)
        await keep_my_proposals(call.store.notes, proposals, call.at)
    return Drafts(history, proposals)


async def preview_latest(call: Call, before: Drafts, now: Drafts) -> Reply:
    """The preview of what came last. If both came, that which has a question comes first."""
    history, proposals = now
    if history is None or proposals is None:
        return await (preview(call, history) if history is not None else _of_my_proposals(call, proposals))
    only_proposals = history == before.history and proposals != before.proposals
    only_history = proposals == before.proposals and history != before.history
    if only_proposals or not (only_history or not await are_ready(call, history, proposals)):
        return await preview_my_proposals(call, proposals)
    return await preview(call, history)


async def _of_my_proposals(call: Call, proposals: MyProposalsDraft | None) -> Reply:
    if proposals is None:
        raise AssertionError("nothing came in")
    return await preview_my_proposals(call, proposals)
