"""Whose wallet an import goes into: the person's own, unless they choose that of a group of which they are an admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, UnfitError, command
from bot.command.permissions import is_or_was
from bot.commands.imports.groups import groups_of
from bot.commands.imports.rights import may_import
from bot.commands.imports.taking import kept_both, moved_to, preview_latest
from bot.commands.imports.transactions.drafts import keep_transactions, kept_transactions
from bot.commands.imports.transactions.pressing import preview_transactions
from bot.options.figures import whole_number
from bot.options.text import Text
from bot.reply.parts import Button, Buttons, Reply, reply, say
from core.shared.ids import WalletId

if TYPE_CHECKING:
    from bot.commands.imports.transactions.drafts import TransactionsDraft
    from bot.reply.parts import Say


@command("importfor", hidden=True, needs_wallet=False)
async def import_for(call: Call, on: Annotated[str, Text(hidden=True)]) -> Reply:
    """Ask for which group an import is, or show it for the wallet that was chosen."""
    name, *words = on.split()
    drafts = await kept_both(call.store.notes, name, call.at)
    transactions = await kept_transactions(call.store.notes, name, call.at)
    found = [*drafts.every, *([] if transactions is None else [transactions])]
    if call.group or not found or not all([await is_or_was(call, draft.person) for draft in found]):
        raise UnfitError(say("import-ended"))
    if all(draft.booked for draft in found):
        return reply(say("import-booked-already"))
    wallet = whole_number(words[0]) if words else None
    if wallet is None:
        return await _choices(call, name)
    if call.wallet is not None and await call.store.people.group_of(WalletId(wallet)) is None:
        wallet = call.wallet.id  # their own, which may be another since they linked their accounts
    if not await may_import(call, WalletId(wallet)):
        raise UnfitError(say("import-not-admin"))
    if transactions is not None:
        return await _moved_transactions(call, transactions, WalletId(wallet))
    return await preview_latest(call, drafts, await moved_to(call, drafts, WalletId(wallet)))


async def _choices(call: Call, name: str) -> Reply:
    groups = [group for group in await groups_of(call) if await may_import(call, group.wallet)]
    if not groups:
        return reply(say("import-no-groups"))
    choices: list[tuple[Say, WalletId]] = [(say("button-group", group=one.title), one.wallet) for one in groups]
    choices += [] if call.wallet is None else [(say("button-own-wallet"), call.wallet.id)]
    rows = tuple((Button(label, f"importfor {name} {wallet}"),) for label, wallet in choices)
    return reply(say("ask-import-owner"), Buttons(rows, asks=True))


async def _moved_transactions(call: Call, draft: TransactionsDraft, wallet: WalletId) -> Reply:
    """The preview for another wallet."""
    moved = draft.moved(wallet, call.person.id)
    await keep_transactions(call.store.notes, moved, call.at)
    return await preview_transactions(call, moved)
