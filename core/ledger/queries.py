"""Questions answered from the journal and the lots."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from core.ledger.change_keys import MOST_MEMBERS, change_key, continues, members_in, own_key
from core.ledger.entry_builder import order_of_use
from core.ledger.model import (
    REPRICES,
    Kind,
    Receipt,
    Source,
    income_from,
    issued_at,
    issues,
    source_of,
)
from core.ledger.requests import Balance
from core.shared.calendar import day_in
from core.shared.money import CostState, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime, timedelta

    from core.ledger.model import Entry, Lot
    from core.ledger.ports import Ledger
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import WalletId
    from core.shared.money import Price

BATCH: Final = 100
BEGINNINGS: Final = frozenset({income_from(Source.WELCOME), income_from(Source.OPENING)})
"""The accounts that a wallet's first Connects come from; an undo reverses those only if it names their entry."""


async def latest_to_undo(ledger: Ledger, wallet: WalletId) -> int:
    """The number of the latest entry that can be undone, leaving out a wallet's first Connects (0: there is none)."""
    undone: set[int | None] = set()
    back: dict[str, bool] = {}
    before: int | None = None
    while batch := await ledger.history(wallet, before, BATCH):
        for entry in batch:  # newest first: an undo comes before what it undid
            if entry.kind is Kind.UNDO:
                undone.add(entry.of)
            elif entry.kind in {Kind.EXPIRY, Kind.RECAST} or entry.number in undone or _begins(entry):
                continue
            elif not await _stayed(ledger, entry, back):
                return entry.number
        before = batch[-1].number
    return 0


def _begins(entry: Entry) -> bool:
    return entry.counterpart in BEGINNINGS and entry.kind not in REPRICES


async def _stayed(ledger: Ledger, entry: Entry, known: dict[str, bool]) -> bool:
    """Whether an entry is only what stayed when an import was undone. `known` are the changes that were asked about."""
    if entry.happened is None:
        return False
    key = change_key(entry.key)
    if key not in known:
        found = await ledger.imported(entry.wallet, key)
        known[key] = found is not None and found.of is not None
    return known[key]


async def members_of(ledger: Ledger, wallet: WalletId, number: int) -> tuple[Entry, ...]:
    """The members of the change that an entry is of, in order; empty if there is no entry with this number."""
    around = (await ledger.history(wallet, number + 2, 3))[::-1]
    if any(continues(one.key, other.key) for one, other in pairwise(around)):
        around = (await ledger.history(wallet, number + MOST_MEMBERS, 2 * MOST_MEMBERS))[::-1]
    return members_in(around, number)


async def booked_under(ledger: Ledger, wallet: WalletId, key: str) -> tuple[Entry, ...]:
    """What was booked in a wallet under the key of an action, as it was asked for."""
    return Receipt(await ledger.booked(wallet, own_key(key)), ()).asked


async def undos_of(ledger: Ledger, entries: Sequence[Entry]) -> Mapping[int, Entry]:
    """The later entries that undo some entries of one wallet, by the numbers of the latter."""
    numbers = {entry.number for entry in entries}
    undos: dict[int, Entry] = {}
    before: int | None = None
    while entries and (batch := await ledger.history(entries[0].wallet, before, BATCH)):
        undos |= {entry.of: entry for entry in batch if entry.kind is Kind.UNDO and entry.of in numbers}
        before = batch[-1].number
        if before <= entries[-1].number:
            break
    return undos


def available(lots: Iterable[Lot], now: datetime) -> int:
    """Connects that can be spent now."""
    return sum(lot.left for lot in lots if not lot.expired(now))


def began_on(lots: Iterable[Lot], zone: str) -> date | None:
    """The first day of the books in a zone; None if they have not begun.

    What was taken back, such as the opening of an import, leaves a lot in which nothing ever was. The welcome bonus was
    there until an opening took its place.
    """
    begun = (lot for lot in lots if lot.size or lot.source is Source.WELCOME)
    return min((day_in(zone, lot.issued) for lot in begun), default=None)


def balance_of(lots: Iterable[Lot], moment: datetime, rulebook: Rulebook) -> Balance:
    """What can be spent of these lots at a moment, by what it cost."""
    live = sorted(
        (lot for lot in lots if lot.left and not lot.expired(moment)), key=lambda lot: order_of_use(lot, rulebook)
    )
    worth: dict[str, Price] = {}
    for lot in live:
        if lot.worth is not None and lot.cost_state is CostState.PAID:
            worth[lot.worth.currency] = worth.get(lot.worth.currency, lot.worth.none) + lot.worth
    left = {state: sum(lot.left for lot in live if lot.cost_state is state) for state in CostState}
    return Balance(
        moment,
        available=sum(left.values()),
        free=left[CostState.FREE],
        paid=left[CostState.PAID],
        worth=tuple(worth.values()),
        lots=tuple(live),
        unknown=left[CostState.UNKNOWN],
    )


def ending(lots: Iterable[Lot], now: datetime, within: timedelta) -> list[tuple[datetime, Lot]]:
    """Lots with Connects left that expire within a span from now, the soonest first, each with its expiry."""
    soon = [
        (lot.expires, lot.number, lot)
        for lot in lots
        if lot.left and lot.expires is not None and now < lot.expires <= now + within
    ]
    return [(expires, lot) for expires, _, lot in sorted(soon)]


def cost_states(entries: Iterable[Entry]) -> dict[int, CostState]:
    """What is known of the cost of each lot that these entries issue, by its number; the oldest entry comes first."""
    states: dict[int, CostState] = {}
    for entry in entries:
        for leg, beyond in entry.moves:
            if leg.lot not in states and leg.connects > 0 and issues(beyond.account):
                states[leg.lot] = state_of(issued_at(source_of(beyond.account), leg.price))
    return states
