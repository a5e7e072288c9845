"""What a platform suggests while an option is being typed, from the entries of the wallet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.command.declaration import Suggestion
from bot.commands.ledger.booking_day import named_day
from bot.reply.parts import say
from bot.views.entries import named, signed
from core.ledger.model import Kind
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from bot.command.declaration import Call


async def recent_titles(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """Recently used job titles."""
    return tuple(Suggestion(title, say("raw", text=title)) for title in await call.books.titles(call.open_wallet.id))


async def usual_amounts(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """What recent spends cost, filled up with common amounts."""
    page = await call.books.latest(call.open_wallet.id, 50)
    undone = {entry.of for entry in page if entry.kind is Kind.UNDO}
    recent = [-entry.delta for entry in page if entry.kind is Kind.SPEND and entry.number not in undone]
    amounts = sorted(list(dict.fromkeys([*recent, 8, 12, 16, 20]))[:4])
    return tuple(Suggestion(str(amount), say("connects", connects=amount)) for amount in amounts)


async def recent_days(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """The days of the last week, the latest first."""
    today = day_in(call.open_wallet.settings.zone, call.at)
    days = (today - timedelta(days=back) for back in range(1, 8))
    return tuple(Suggestion(day.isoformat(), named_day(day)) for day in days)


async def recent_spends(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """The latest spends of which something can still come back."""
    spends = (await call.books.open_spends(call.open_wallet.id))[:5]
    return tuple(
        Suggestion(f"#{entry.number}", say("entry-line", number=entry.number, deed=named(entry), delta=signed(-left)))
        for entry, left in spends
    )
