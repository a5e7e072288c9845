"""The commands that show lots: in the order of their use, past ones, and those that expire soon."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, command
from bot.command.permissions import may
from bot.commands.ledger.costs import asking_once
from bot.options.choice import Choice
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.times.days import Within
from bot.reply.parts import Button, Buttons, Reply, reply, say
from bot.views.lots.forecast import expiring_unspent, monthly_buttons, monthly_sentences
from bot.views.lots.tables import open_lots, past_lots
from bot.views.money.visibility import shows_money
from core.forecast.outlook import outlook
from core.ledger.model import EXPIRED
from core.ledger.queries import balance_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.options.choice import Synonyms
    from core.forecast.outlook import Outlook
    from core.ledger.model import Lot
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
    skip: Annotated[int | None, Whole(low=0, high=MOST_NUMBER, named=True, hidden=True)] = None,
) -> Reply:
    """List the lots in the order in which they will be used, with what will expire unspent; or past ones."""
    if which is not None:
        return await _past(call, which, skip)
    wallet = call.open_wallet
    found = await outlook(call.store.ledger, wallet.id, wallet.settings, call.books.rulebook, call.at)
    balance = balance_of(found.lots, call.at, call.books.rulebook)
    book = await may(call, "earn")
    answer = _listed(found, balance, skip, book=book, money=shows_money(call))
    return answer if skip is not None else await asking_once(call, balance.lots, answer)


def _listed(found: Outlook, balance: Balance, skip: int | None, *, book: bool, money: bool) -> Reply:
    """The lots of a page, and what is to be expected.

    `book`: whoever reads it may book what came. `money`: they may read what the Connects cost that will expire unspent.
    """
    first = skip or 0
    page = balance.lots[first : first + PAGE]
    unspent = {} if found.unspent is None else {one.lot.number: one for one in found.unspent.lots}
    title = say("lots-title", connects=balance.available)
    rows = (
        monthly_buttons(found.monthly) if book else (),
        (Button(say("button-cost-unknown", connects=balance.unknown), "cost"),) if balance.unknown and book else (),
        _paging("lots", first, len(balance.lots)),
        (Button(say("button-past-lots"), "lots all"),) if len(found.lots) > len(balance.lots) else (),
    )
    kept = tuple(row for row in rows if row)
    return reply(
        open_lots(page, title, unspent, money=money) if page else say("lots-none"),
        expiring_unspent(found.unspent, balance.lots, money=money),
        *monthly_sentences(found.monthly),
        Buttons(kept) if kept else None,
        replace=skip is not None,
    )


def _paging(line: str, first: int, number: int) -> tuple[Button, ...]:
    """The buttons to the page before, and to the one after."""
    before = Button(say("button-previous-lots"), f"{line} skip={max(first - PAGE, 0)}") if first else None
    after = Button(say("button-next-lots"), f"{line} skip={first + PAGE}") if first + PAGE < number else None
    return tuple(button for button in (before, after) if button is not None)


async def _past(call: Call, which: Which, skip: int | None) -> Reply:
    """Lots of any time: those of which something expired, the last one first, or all, the newest first."""
    every = [lot for lot in await call.store.ledger.lots(call.open_wallet.id) if lot.size]
    gone = await _expired(call, every)
    if which is Which.EXPIRED:
        found = sorted((lot for lot in every if lot.number in gone), key=_expiry, reverse=True)
        title, none = say("lots-expired-title", connects=sum(gone.values())), say("lots-expired-none")
    else:
        found = sorted(every, key=lambda lot: (lot.issued, lot.number), reverse=True)
        title, none = say("lots-all-title", lots=len(found)), say("lots-all-none")
    first = skip or 0
    rows = (_paging(f"lots {which}", first, len(found)), (Button(say("button-lots"), "lots"),))
    return reply(
        past_lots(found[first : first + PAGE], gone, title) if found else none,
        Buttons(tuple(row for row in rows if row)),
        replace=skip is not None,
    )


def _expiry(lot: Lot) -> tuple[datetime, int]:
    return lot.expires or lot.issued, lot.number


async def _expired(call: Call, lots: Iterable[Lot]) -> dict[int, int]:
    """How many Connects of each lot expired, by its number, if any did: also those that are still to be booked out."""
    over = {lot.number: lot.left for lot in lots if lot.expired(call.at)}
    if not over:
        return {}
    for entry in await call.books.journal(call.open_wallet.id):
        for _, beyond in entry.moves:
            if beyond.account == EXPIRED and beyond.lot in over:
                over[beyond.lot] += beyond.connects
    return {number: connects for number, connects in over.items() if connects}


@command("expiring")
async def expiring(call: Call, days: Annotated[int, Within(high=3650)] = SOON) -> Reply:
    """List the lots that expire within some days."""
    found = await call.books.expiring(call.open_wallet.id, timedelta(days=days))
    if not found:
        return reply(say("expiring-none", days=days))
    connects = sum(lot.left for lot in found)
    return reply(open_lots(found, say("expiring-title", connects=connects, days=days)))
