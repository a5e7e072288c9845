"""Whose wallet an import goes into: the person's own, unless they choose that of a group of which they are an admin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, UnfitError, command
from bot.commands.imports.drafts import keep, kept
from bot.commands.imports.groups import groups_of
from bot.commands.imports.importing import preview
from bot.commands.imports.rights import may_import
from bot.options.figures import whole_number
from bot.options.text import Text
from bot.reply.parts import Button, Buttons, Reply, reply, say
from core.shared.ids import WalletId

if TYPE_CHECKING:
    from bot.commands.imports.drafts import Draft
    from bot.reply.parts import Say


@command("importfor", hidden=True, needs_wallet=False)
async def import_for(call: Call, on: Annotated[str, Text(hidden=True)]) -> Reply:
    """Ask for which group an import is, or show it for the wallet that was chosen."""
    name, *words = on.split()
    draft = await kept(call.store.notes, name, call.at)
    if draft is None or draft.person != call.person.id or call.group:
        raise UnfitError(say("import-ended"))
    if draft.booked:
        return reply(say("import-booked-already"))
    wallet = whole_number(words[0]) if words else None
    return await choices(call, f"importfor {draft.id}") if wallet is None else await _moved(call, draft, wallet)


async def choices(call: Call, line: str) -> Reply:
    """The wallets into which somebody may import; each button has the `line` with the number of its wallet."""
    groups = [group for group in await groups_of(call) if await may_import(call, group.wallet)]
    if not groups:
        return reply(say("import-no-groups"))
    choices: list[tuple[Say, WalletId]] = [(say("button-group", group=one.title), one.wallet) for one in groups]
    choices += [] if call.wallet is None else [(say("button-own-wallet"), call.wallet.id)]
    rows = tuple((Button(label, f"{line} {wallet}"),) for label, wallet in choices)
    return reply(say("ask-import-owner"), Buttons(rows, asks=True))


async def _moved(call: Call, draft: Draft, number: int) -> Reply:
    """The preview for another wallet. What was answered about the rows was about the other books."""
    wallet = WalletId(number)
    if not await may_import(call, wallet):
        raise UnfitError(say("import-not-admin"))
    answers = replace(draft.answers, same={}, unsure={}, members={}, cost=None, own_account=False)
    moved = replace(draft, wallet=wallet, answers=answers)
    await keep(call.store.notes, moved, call.at)
    return await preview(call, moved)
