"""Imports that were booked: their rows, their undo, and what /undo does right after one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError, UnfitError
from bot.commands.imports.rights import may_import
from bot.options.figures import whole_number
from bot.reply.parts import Button, say
from bot.views.entries import named
from bot.views.imports.listing import imports_of, rows_of
from bot.views.imports.my_proposals.listing import lines_of
from bot.views.imports.rows import days_of
from bot.views.imports.undone import undone_reply
from core.ledger.change_keys import change_key
from core.ledger.model import Kind
from core.ledger.queries import latest_to_undo
from core.ledger.requests import Request
from core.ledger.sightings import BatchKind, came_with_link, standing
from core.shared.ids import WalletId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.command.declaration import Call
    from bot.reply.parts import Reply, Say
    from core.ledger.model import Entry
    from core.ledger.sightings import Batch

PAGES: Final = (BatchKind.HISTORY, BatchKind.PROPOSALS, BatchKind.TRANSACTIONS)
"""What pages and files made, and no word of a person's."""


def numbers_in(words: str) -> tuple[int, ...]:
    """The figures among words, such as "#3"."""
    found = (whole_number(word) for word in words.split())
    return tuple(number for number in found if number is not None)


async def listed(call: Call, numbers: Sequence[int]) -> Reply:
    """The rows of an import, from one of them on; without its number, the latest imports."""
    batches = await call.imports.batches(call.open_wallet.id)
    if not numbers:
        return imports_of(standing(batches, *PAGES))
    number, first, *_ = (*numbers, 1)
    batch = next((one for one in batches if one.number == number and (one.sightings or one.proposals)), None)
    if batch is None or batch.kind is BatchKind.TOLD:
        raise UnfitError(say("import-unknown", number=number))
    if batch.kind is BatchKind.PROPOSALS:
        return lines_of(batch, first, undone=batch not in standing(batches))
    return rows_of(batch, first, undone=batch not in standing(batches))


async def undone(call: Call, numbers: Sequence[int]) -> Reply:
    """Take an import back, in this chat's wallet unless the press names another."""
    number, named, *_ = (*numbers, 0, 0)
    wallet = WalletId(named) if named else call.open_wallet.id
    if named and not await may_import(call, wallet):
        raise UnfitError(say("import-not-admin"))
    request = Request(wallet, call.key, call.person.id, call.past_pins, shown_in=call.shown_in)
    return undone_reply(await call.imports.undo(request, number or None))


async def check_no_state(call: Call) -> None:
    """Ask before /undo takes back an entry, if the state of a proposal was noted after it; raises DoubtError then.

    Only what this person has noted counts. An /undo that is delivered again means what it meant the first time.
    """
    wallet = call.open_wallet.id
    noted = standing(await call.store.ledger.batches(wallet), BatchKind.TOLD, BatchKind.PROPOSALS)[-1:]
    newest = await call.books.history(wallet, None, 1)
    if (
        not noted
        or noted[0].kind is not BatchKind.TOLD
        or call.team.now(noted[0].by) != call.person.id
        or (newest and newest[0].at >= noted[0].at)
    ):
        return
    if await call.books.replayed(call.request, ("undo", None)) is not None:
        return
    (batch,) = noted
    (said,) = batch.proposals
    of = f"#{said.number}" if said.number is not None else f"#{batch.number}-{said.line}"
    number = await latest_to_undo(call.store.ledger, wallet)
    entry = await call.books.entry(wallet, number) if number else None
    rather = () if entry is None else (Button(_undoing(entry), f"undo {entry.number}"),)
    if said.tags is not None:
        tags = Button(say("button-undo-tags"), f"tag of={of} undo={batch.number}")
        raise DoubtError(say("undo-tags", tags=", ".join(said.tags), count=len(said.tags), of=of), tags, *rather)
    state = Button(say("button-undo-state"), f"outcome of={of} undo={batch.number}")
    noticed = say(f"reached-{said.state}")
    noticed = noticed if said.worth is None else say("reached-worth", state=noticed, worth=said.worth)
    raise DoubtError(say("undo-state", state=noticed, of=of), state, *rather)


def _undoing(entry: Entry) -> Say:
    return say("button-undo-one", number=entry.number, deed=named(entry))


async def check_no_import(call: Call) -> None:
    """Ask before /undo takes back an import or a link, if that is what was booked last; raises DoubtError then.

    An /undo that is delivered again means what it meant the first time.
    """
    wallet, ledger = call.open_wallet.id, call.store.ledger
    number = await latest_to_undo(ledger, wallet)
    entry = await ledger.entry(wallet, number) if number else None
    if await call.books.replayed(call.request, ("undo", None)) is not None:
        return
    there = standing(await ledger.batches(wallet))
    if entry is not None and came_with_link(there, change_key(entry.key)):
        raise DoubtError(say("link-last"), Button(say("button-unlink"), "unlink"))
    imported = await ledger.imported(wallet, change_key(entry.key)) if entry is not None else None
    last = next((one for one in reversed(there) if one.kind in PAGES and not came_with_link(there, one.key)), None)
    if last is not None and _is_after(last, entry, 0 if imported is None else imported.number):
        raise await _about(call, last)
    if imported is None or imported.of is not None or imported.number not in {one.number for one in there}:
        return  # the last of these: its import is undone, and this is a row that had to stay
    raise await _about(call, imported)


def _is_after(last: Batch, entry: Entry | None, imported: int) -> bool:
    """Whether the last import came after the last entry, which the import of that number booked (0: none did).

    Such an import has booked no entry: it is "My proposals", or has only completed what was known.
    """
    return entry is None or entry.at < last.at or 0 < imported < last.number


async def _about(call: Call, imported: Batch) -> DoubtError:
    """Asks whether an import is to be taken back."""
    batch = next(one for one in await call.imports.batches(imported.wallet) if one.number == imported.number)
    match batch.kind:
        case BatchKind.PROPOSALS:
            what = say("my-proposals-last", proposals=len(batch.proposals), day=batch.last or batch.at)
        case BatchKind.TRANSACTIONS:
            booked = await call.store.ledger.booked(batch.wallet, batch.key)
            what = say("prices-last", rows=sum(one.kind is Kind.AMENDMENT for one in booked))
        case _:
            what = say("import-last", rows=len(batch.sightings), days=days_of(batch))
    return DoubtError(what, Button(say("button-undo-import"), f"import undo {batch.number}"))


async def stands(call: Call, batch: Batch) -> bool:
    """Whether an import that was booked before has not been taken back since."""
    return any(one.number == batch.number for one in standing(await call.imports.batches(batch.wallet)))
