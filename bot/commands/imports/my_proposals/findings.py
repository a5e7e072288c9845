"""What the books know once "My proposals" is booked beside the history."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.forecast.coverage import Typing, covered_since, spans_of
from core.ledger.sightings import BatchKind, standing
from core.proposals.findings import Findings, ReplyCost, month_before, open_entries, overdue, reply_cost
from core.proposals.model import Filter
from core.proposals.refunds import refunds
from core.proposals.service import EVERY
from core.shared.calendar import day_in
from core.stats.model import Selection, Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.command.declaration import Call
    from core.ledger.sightings import Batch
    from core.shared.ids import WalletId


async def findings_of(call: Call, wallet: WalletId) -> Findings:
    """What is certain of a wallet's proposals."""
    batches = await call.imports.batches(wallet)
    days = timedelta(days=call.books.rulebook.returns_due_days)
    found = refunds(await call.proposals.every(wallet), batches, call.at, days)
    return Findings(await _reply_cost(call, wallet, batches), overdue(found, days))


async def _reply_cost(call: Call, wallet: WalletId, batches: Sequence[Batch]) -> ReplyCost | None:
    """What the statistics of last month say of a reply, if that is certain enough to be said unasked."""
    zone = (await call.store.people.settings_of(wallet)).zone
    first, last = month_before(day_in(zone, call.at))
    began = await call.books.entry(wallet, 1)
    spans = spans_of(batches, Typing(None if began is None else began.at, None), zone, call.at)
    if covered_since(spans, first, last) is None or not _shown_since(batches, last):
        return None
    bids = (await call.proposals.page(wallet, Filter(first=first, last=last), limit=EVERY)).proposals
    entries = {number: await call.books.entry(wallet, number) for number in sorted(open_entries(bids))}
    if reply_cost(bids, {number: entry for number, entry in entries.items() if entry is not None}) is None:
        return None
    funnel = (await call.stats.statistics(wallet, (first, last), Selection())).funnel
    replies = funnel.at(Step.REPLY).rate.hits
    cost = ReplyCost(funnel.expense.connects, funnel.proposals, replies, bool(funnel.expense.about), funnel.waiting)
    return cost if replies else None


def _shown_since(batches: Sequence[Batch], last: date) -> bool:
    """Whether a page told what became of the proposals of that time."""
    pages = standing(tuple(batches), BatchKind.PROPOSALS)
    return any((batch.last or batch.at.date()) > last for batch in pages)
