"""What an import booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Reply, Say, buttons, enumerated, reply, say

if TYPE_CHECKING:
    from core.ledger.sightings import Batch


PROVEN: Final = "proven"
UNPROVEN: Final = "unproven"


def booked_reply(
    batch: Batch, balance: int, said: str, more: tuple[int, int, int] | None = None, *, here: bool
) -> Reply:
    """What was booked, and the balance: as the page says, or not.

    `said` is what the press carried: "proven", "unproven", or the balance that the page shows instead; and `more`, how
    many rows were new, how many known ones it completed, and how many earlier spends it gave another cost (None: only
    new rows). If the import is not in the wallet of this chat (`here`), its undo names its wallet.
    """
    rows, completed, recosted = more or (sum(sighting.booked for sighting in batch.sightings), 0, 0)
    deeds = [
        *([say("import-done", rows=rows)] if rows else []),
        *([say("import-completed", rows=completed)] if completed else []),
        *([say("import-recosted", spends=recosted)] if recosted else []),
    ]
    done = enumerated(deeds or [say("import-rest")])
    line = f"import undo {batch.number}" if here else f"import undo {batch.number} {batch.wallet}"
    return reply(
        say("import-answer", done=done, balance=balance_left(balance, said)),
        buttons(Button(say("button-undo"), line), Button(say("button-proposals"), "proposals") if here else None),
        replace=True,
    )


def balance_left(balance: int, said: str = UNPROVEN) -> Say:
    """The balance after something, with what the page says of it."""
    if said == PROVEN:
        return say("left-proven", connects=balance)
    if said.isdecimal():
        return say("left-parted", connects=balance, balance=int(said))
    return say("left-unproven", connects=balance)
