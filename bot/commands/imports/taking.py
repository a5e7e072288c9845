"""The drafts of all that came in together: one of the Connects History, and one of "My proposals"."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bot.commands.imports.drafts import Draft, keep, kept
from bot.commands.imports.importing import preview
from bot.commands.imports.sheets.drafts import SheetDraft, keep_sheet, kept_sheet
from bot.commands.imports.sheets.pairs import are_ready, note_open
from bot.commands.imports.sheets.previewing import preview_sheet
from bot.pages import Came
from core.imports.model import Answers
from core.proposals.sheet import SheetAnswers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.command.declaration import Call
    from bot.reply.parts import Reply
    from core.shared.ids import WalletId
    from core.shared.ports import Notes


class Drafts(NamedTuple):
    """The drafts of what came together (None: no such page is in it). They have one id."""

    history: Draft | None = None
    sheet: SheetDraft | None = None

    @property
    def every(self) -> tuple[Draft | SheetDraft, ...]:
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
            () if self.history is None else self.history.pages, None if self.sheet is None else self.sheet.sheet
        )


async def kept_both(notes: Notes, name: str, now: datetime) -> Drafts:
    """The drafts with this id."""
    history, sheet = await asyncio.gather(kept(notes, name, now), kept_sheet(notes, name, now))
    return Drafts(history, sheet)


async def keep_both(call: Call, name: str, before: Drafts, came: Came) -> Drafts:
    """Keep what came as drafts. What was answered about single lines is over, as there are other lines now."""
    history, sheet = before
    if came.pages and (history is None or history.pages != came.pages):
        fresh = history or Draft(name, call.open_wallet.id, call.person.id, (), Answers(), call.at)
        history = replace(fresh, pages=came.pages, answers=replace(fresh.answers, same={}, unsure={}))
        await keep(call.store.notes, history, call.at)
        await note_open(call.store.notes, history, call.at)
    if came.sheet is not None and (sheet is None or sheet.sheet != came.sheet):
        begun = sheet or SheetDraft(name, call.open_wallet.id, call.person.id, came.sheet, SheetAnswers(), call.at)
        sheet = replace(begun, sheet=came.sheet, answers=replace(begun.answers, which={}))
        await keep_sheet(call.store.notes, sheet, call.at)
        await note_open(call.store.notes, sheet, call.at)
    return Drafts(history, sheet)


async def moved_to(call: Call, drafts: Drafts, wallet: WalletId) -> Drafts:
    """Those that are not booked yet, for another wallet. What was answered about their lines was about other books."""
    history = None if drafts.history is None or drafts.history.booked else drafts.history
    sheet = None if drafts.sheet is None or drafts.sheet.booked else drafts.sheet
    if history is not None:
        answers = replace(history.answers, same={}, unsure={}, members={}, cost=None, own_account=False)
        history = replace(history, wallet=wallet, answers=answers)
        await keep(call.store.notes, history, call.at)
    if sheet is not None:
        sheet = replace(sheet, wallet=wallet, answers=SheetAnswers())
        await keep_sheet(call.store.notes, sheet, call.at)
    return Drafts(history, sheet)


async def preview_latest(call: Call, before: Drafts, now: Drafts) -> Reply:
    """The preview of what came last. If both came, that which has a question comes first."""
    history, sheet = now
    if history is None or sheet is None:
        return await (preview(call, history) if history is not None else _of_sheet(call, sheet))
    only_sheet = history == before.history and sheet != before.sheet
    only_history = sheet == before.sheet and history != before.history
    if only_sheet or not (only_history or not await are_ready(call, history, sheet)):
        return await preview_sheet(call, sheet)
    return await preview(call, history)


async def _of_sheet(call: Call, sheet: SheetDraft | None) -> Reply:
    if sheet is None:
        raise AssertionError("nothing came in")
    return await preview_sheet(call, sheet)
