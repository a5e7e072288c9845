"""What the undo of an import took back, and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Fact, Reply, Say, Table, reply, say
from bot.views.entries import deed
from bot.views.imports.booked import balance_left
from bot.views.reconciling import broken_pin
from core.imports.model import Stay
from core.ledger.sightings import BatchKind

if TYPE_CHECKING:
    from core.imports.model import Staying, UndoneImport

MOST_STAYING: Final = 5


def undone_reply(undone: UndoneImport) -> Reply:
    """That an import was taken back, the balance, and what stays, with its reason."""
    batch = undone.batch
    if batch.kind is BatchKind.PROPOSALS:
        return reply(say("my-proposals-undone", number=batch.number if batch.of is None else batch.of))
    done = say("import-undone", number=batch.number if batch.of is None else batch.of)
    broken = None if undone.unpins is None else broken_pin(undone.unpins)
    return reply(say("import-answer", done=done, balance=balance_left(undone.after)), broken, _stays(undone.stays))


def _stays(stays: tuple[Staying, ...]) -> Table | Say | None:
    if not stays:
        return None
    others = {one.import_number for one in stays if one.why is Stay.SEEN_AGAIN}
    if len(others) == 1 and len(stays) > MOST_STAYING and all(one.why is Stay.SEEN_AGAIN for one in stays):
        return Say("import-stays-all", {"entries": len(stays), "import": others.pop()})
    shown = [_staying(one) for one in stays[:MOST_STAYING]]
    if len(stays) > MOST_STAYING:
        shown.append(say("stays-more", entries=len(stays) - MOST_STAYING))
    rows: tuple[tuple[Fact, ...], ...] = tuple((line,) for line in shown)
    return Table((say("column-what"),), rows, say("import-stays", entries=len(stays)))


def _staying(one: Staying) -> Say:
    what = deed(one.entry)
    if one.why is Stay.SEEN_AGAIN:
        return Say("stay-seen-again", {"number": one.entry.number, "deed": what, "import": one.import_number})
    return say("stay-needed", number=one.entry.number, deed=what)
