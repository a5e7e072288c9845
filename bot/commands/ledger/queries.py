"""The command that shows the balance, now or on a past day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.command.declaration import Call, command
from bot.commands.ledger.costs import asking_once
from bot.commands.ledger.remarks import limit_beside
from bot.commands.reconciling.comparing import compared
from bot.options.correction import Correction, DayOrTotal
from bot.options.times.past import PastDay
from bot.reply.parts import Button, Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.costs import worth_rows
from core.shared.calendar import day_in

SOON = 30


@command("balance")
async def balance(call: Call, on: Annotated[date | PastDay | Correction | None, DayOrTotal()] = None) -> Reply:
    """Show what can be spent, now or at the end of a past day, or compare it with what Upwork shows."""
    if isinstance(on, Correction):
        return await compared(call, on)
    wallet, day = call.open_wallet, _day(call, on)
    found = await call.books.balance(wallet.id, None if day is None else _end_of(day, wallet.settings.zone))
    rows: list[tuple[Say, Fact]] = [(say("field-free"), found.free), (say("field-paid"), found.paid)]
    if found.unknown:
        rows.append((say("field-unknown"), say("unknown-number", connects=found.unknown)))
    rows += [(say("field-worth"), worth) for worth in worth_rows(found)]
    soon = [lot for lot in found.lots if lot.expires is not None and lot.expires <= found.at + timedelta(days=SOON)]
    if soon:
        connects = sum(lot.left for lot in soon)
        first = min(lot.expires for lot in soon if lot.expires is not None)
        rows.append((say("field-soon"), say("soon", connects=connects, first=first)))
    title = (
        say("balance-now", connects=found.available)
        if day is None
        else say("balance-then", connects=found.available, day=day)
    )
    shown = reply(title, Fields(tuple(rows)) if found.available else None)
    if day is not None:
        return shown
    more = buttons(Button(say("button-history"), "history"), Button(say("button-lots"), "lots"))
    limit = await limit_beside(call, found.available)
    return await asking_once(call, found.lots, reply(*shown.parts, limit, more))


def _day(call: Call, on: date | PastDay | None) -> date | None:
    """The day that is meant; None if it is today."""
    if not isinstance(on, PastDay):
        return on
    today = day_in(call.open_wallet.settings.zone, call.at)
    day = on.of(today)
    return None if day == today else day


def _end_of(day: date, zone: str) -> datetime:
    """The last microsecond of a day in a zone."""
    following = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return following.astimezone(UTC) - timedelta(microseconds=1)
