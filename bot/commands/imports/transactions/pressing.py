"""What the buttons of a list of transactions do: show it, answer a question about it, book it or leave it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.command.incoming import action_key
from bot.commands.imports.booked import stands
from bot.commands.imports.groups import with_owner_row
from bot.commands.imports.previewing import group_of, is_here
from bot.commands.imports.rights import usable
from bot.commands.imports.transactions.drafts import drop_transactions, keep_transactions, kept_transactions
from bot.options.figures import whole_number
from bot.reply.parts import reply, say
from bot.views.imports.transactions.booked import prices_booked
from bot.views.imports.transactions.previews import OTHERS, TransactionsShown, transactions_preview
from bot.views.money.visibility import in_money, shows_money
from core.ledger.requests import Request
from core.shared.refusals import BooksMoved, KeyReused, RefusedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

    from bot.command.declaration import Call
    from bot.commands.imports.transactions.drafts import TransactionsDraft
    from bot.reply.parts import Reply, Say

    Act = Callable[[Call, Sequence[str]], Awaitable[Reply]]


async def preview_transactions(call: Call, draft: TransactionsDraft, note: Say | None = None) -> Reply:
    """What a list of transactions would change, with the buttons for it."""
    found = await call.imports.transactions.preview(draft.wallet, draft.transactions, draft.settled, draft.person)
    group = "" if is_here(call, draft) else await group_of(call, draft)
    proposals = await _with_any(call, draft, found.spends)
    beside = in_money(call, f"import paid {draft.id}")
    shown = TransactionsShown(
        draft.id, draft.transactions, found, proposals, beside is None, group, draft.incomes, beside
    )
    return await with_owner_row(call, transactions_preview(shown, note), draft)


async def _with_any(call: Call, draft: TransactionsDraft, spends: Collection[int]) -> int:
    """How many proposals have one of these entries."""
    every = await call.proposals.every(draft.wallet) if spends else ()
    some = frozenset(spends)
    return sum(not some.isdisjoint(proposal.entries) for proposal in every)


async def _draft(call: Call, name: str) -> tuple[TransactionsDraft, bool]:
    """The draft with this id, and whether it is for other books by now; UnfitError if it has ended."""
    return await usable(call, await kept_transactions(call.store.notes, name, call.at))


async def _moved(call: Call, draft: TransactionsDraft) -> Reply:
    """The preview for the books of since somebody linked their accounts, or unlinked them."""
    await keep_transactions(call.store.notes, draft, call.at)
    return await preview_transactions(call, draft, say("import-followed"))


async def looked_at(call: Call, words: Sequence[str]) -> Reply:
    """Show a list again, settle which purchase a fee has paid for, or leave the list: `ID`, `ID REF 12`, `ID leave`."""
    name, first, number, *_ = (*words, "", "", "")
    draft, moved = await _draft(call, name)
    if draft.booked:
        return reply(say("import-booked-already"))
    if first == "leave":
        await drop_transactions(call.store.notes, draft.id)
        return reply(say("transactions-left"), replace=True)
    if moved:
        return await _moved(call, draft)
    if first:
        settled = {**draft.settled, first: whole_number(number) or 0}
        draft = replace(draft, settled=settled)
        await keep_transactions(call.store.notes, draft, call.at)
    return await preview_transactions(call, draft)


async def booked(call: Call, words: Sequence[str]) -> Reply:
    """Book what was shown, or all but what is from before a confirmed balance: `ID STAMP`, `ID STAMP others`.

    A draft is booked once, under a key of its own, whichever of its buttons is pressed. In a group another admin may
    press; it is booked by whoever sent the file all the same, because so it was shown.
    """
    name, stamp, which, *_ = (*words, "", "", "")
    draft, moved = await _draft(call, name)
    if moved:
        return reply(say("import-booked-already")) if draft.booked else await _moved(call, draft)
    key = action_key(draft.at, call.chat, f"transactions:{draft.id}")
    request = Request(draft.wallet, key, draft.person, shown_in=call.shown_in)
    transactions = call.imports.transactions
    try:
        done = await transactions.book(request, draft.transactions, draft.settled, stamp, pinned=which != OTHERS)
    except RefusedError as refused:
        if isinstance(refused.refusal, BooksMoved):
            return await preview_transactions(call, draft, say("import-moved"))
        if not isinstance(refused.refusal, KeyReused):
            raise
        return reply(say("import-booked-already"))
    if done.replayed and not await stands(call, done.batch):
        return reply(say("import-taken-back"))
    with suppress(UnavailableError):  # it is booked, whatever is remembered of its draft
        await keep_transactions(call.store.notes, replace(draft, booked=done.batch.number), call.at)
    return prices_booked(
        done, draft.transactions, call.books.rulebook, here=is_here(call, draft), money=shows_money(call)
    )


ON_TRANSACTIONS: Final[dict[str, Act]] = {"paid": looked_at, "price": booked}
"""By the word after /import in a button's line; the second changes the books."""
