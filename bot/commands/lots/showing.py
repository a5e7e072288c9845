"""The commands that show lots: in the order of their use, past ones, and those that expire soon."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, command
from bot.commands.ledger.costs import asking_once
from bot.options.choice import Choice
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.times.days import Within
from bot.reply.parts import Button, Buttons, Reply, buttons, reply, say
from bot.views.lots.forecast import expiring_unspent, monthly_buttons, monthly_sentences
from bot.views.lots.tables import open_lots, past_lots
from core.forecast.outlook import outlook
from core.ledger.model import EXPIRED
from core.ledger.queries import balance_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.options.choice import Synonyms
    from core.forecast.outlook import Outlook
    from core.ledger.model import Entry
    from core.ledger.requests import Balance

SOON: Final = 30
PAGE: Final = 10


class Which(StrEnum):
    """Which lots are listed, apart from those that can be spent."""

    EXPIRED = "expired"
    ALL = "all"


WHICH: Final[Synonyms] = (
    (Which.EXPIRED, ("expired ones", "lost", "past expired")),
    (Which.ALL, ("every", "past", "old", "used", "spent", "everything", "all lots")),
)


@command("lots")
async def lots(
    call: Call,
    which: Annotated[Which | None, Choice(of=Which, also=WHICH)] = None,
    skip: Annotated[int, Whole(low=0, high=MOST_NUMBER, named=True, hidden=True)] = 0,
) -> Reply:
    """List the lots in the order in which they will be used, with what will expire unspent; or past ones."""
    if which is not None:
        return await _past(call, which, skip)
    wallet = call.open_wallet
    found = await outlook(call.store.ledger, wallet.id, wallet.settings, call.books.rulebook, call.at)
    balance = balance_of(found.lots, call.at, call.books.rulebook)
    answer = _listed(found, balance, skip, book=not call.group or await call.is_admin())
    return answer if skip or not balance.lots else await asking_once(call, balance.lots, answer)


def _listed(found: Outlook, balance: Balance, skip: int, *, book: bool) -> Reply:
    page = balance.lots[skip : skip + PAGE]
    unspent = {} if found.unspent is None else {one.lot.number: one for one in found.unspent.lots}
    title = say("lots-title", connects=balance.available)
    rows = (
        monthly_buttons(found.monthly) if book else (),
        (Button(say("button-cost-unknown", connects=balance.unknown), "cost"),) if balance.unknown and book else (),
        _paging("lots", skip, len(balance.lots)),
        (Button(say("button-past-lots"), "lots all"),) if len(found.lots) > len(balance.lots) else (),
    )
    kept = tuple(row for row in rows if row)
    return reply(
        open_lots(page, title, unspent) if page else say("lots-none"),
        expiring_unspent(found.unspent, balance.lots),
        *monthly_sentences(found.monthly),
        Buttons(kept) if kept else None,
        replace=bool(skip),
    )


def _paging(line: str, skip: int, number: int) -> tuple[Button, ...]:
    """The buttons to the page before, and to the one after."""
    before = Button(say("button-previous-lots"), f"{line} skip={max(skip - PAGE, 0)}") if skip else None
    after = Button(say("button-next-lots"), f"{line} skip={skip + PAGE}") if skip + PAGE < number else None
    return tuple(button for button in (before, after) if button is not None)


async def _past(call: Call, which: Which, skip: int) -> Reply:
    """Lots of any time, the newest first; of those that expired, the one that expired last."""
    wallet, now = call.open_wallet, call.at
    every = [lot for lot in await call.store.ledger.lots(wallet.id) if lot.size]
    expired = _expired_of(await call.books.journal(wallet.id)) if any(lot.expired(now) for lot in every) else {}
    if which is Which.EXPIRED:
        gone = [lot for lot in every if expired.get(lot.number) or (lot.left and lot.expired(now))]
        found = sorted(gone, key=lambda lot: (lot.expires or now, lot.number), reverse=True)
    else:
        found = sorted(every, key=lambda lot: (lot.issued, lot.number), reverse=True)
    if not found:
        return reply(say(f"lots-{which}-none"), buttons(Button(say("button-lots"), "lots")))
    lost = sum(expired.get(lot.number, 0) or (lot.left if lot.expired(now) else 0) for lot in found)
    title = say(f"lots-{which}-title", lots=len(found), connects=lost)
    rows = (_paging(f"lots {which}", skip, len(found)), (Button(say("button-lots"), "lots"),))
    return reply(
        past_lots(found[skip : skip + PAGE], expired, title, now),
        Buttons(tuple(row for row in rows if row)),
        replace=bool(skip),
    )


def _expired_of(entries: Iterable[Entry]) -> dict[int, int]:
    """How many Connects of each lot expired, by its number."""
    found: dict[int, int] = {}
    for entry in entries:
        for _, beyond in entry.moves:
            if beyond.account == EXPIRED:
                found[beyond.lot] = found.get(beyond.lot, 0) + beyond.connects
    return found


@command("expiring")
async def expiring(call: Call, days: Annotated[int, Within(high=3650)] = SOON) -> Reply:
    """List the lots that expire within some days."""
    found = await call.books.expiring(call.open_wallet.id, timedelta(days=days))
    if not found:
        return reply(say("expiring-none", days=days))
    connects = sum(lot.left for lot in found)
    return reply(open_lots(found, say("expiring-title", connects=connects, days=days)))
