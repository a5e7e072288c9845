"""Commands that only show: balance, lots, what expires, history, export."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from bot.command.declaration import Call, command
from bot.commands.ledger.correcting import difference
from bot.commands.ledger.costs import asking_once
from bot.options.choice import choice
from bot.options.correction import Correction, DayOrTotal
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.times.days import Within
from bot.reply.parts import Button, Fact, Fields, File, Recent, Reply, Say, Table, buttons, reply, say
from bot.views.costs import worth_of, worth_rows
from bot.views.entries import in_list, signed
from bot.views.exports import journal_csv
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from core.ledger.model import Entry, Lot

PAGE = 10
SOON = 30


@command("balance")
async def balance(call: Call, on: Annotated[date | Correction | None, DayOrTotal()] = None) -> Reply:
    """Show what can be spent, now or at the end of a past day, or compare it with what Upwork shows."""
    if isinstance(on, Correction):
        return await difference(call, on)
    wallet = call.open_wallet
    found = await call.books.balance(wallet.id, None if on is None else _end_of(on, wallet.settings.zone))
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
        if on is None
        else say("balance-then", connects=found.available, day=on)
    )
    shown = reply(title, Fields(tuple(rows)) if found.available else None)
    if on is not None:
        return shown
    more = buttons(Button(say("button-history"), "history"), Button(say("button-lots"), "lots"))
    return await asking_once(call, found.lots, reply(*shown.parts, more))


def _end_of(day: date, zone: str) -> datetime:
    """The last microsecond of a day in a zone."""
    following = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return following.astimezone(UTC) - timedelta(microseconds=1)


@command("lots")
async def lots(call: Call) -> Reply:
    """List the lots in the order in which they will be used."""
    found = await call.books.balance(call.open_wallet.id)
    if not found.lots:
        return reply(say("lots-none"))
    return await asking_once(call, found.lots, reply(_lots(found.lots, say("lots-title", connects=found.available))))


@command("expiring")
async def expiring(call: Call, days: Annotated[int, Within(high=3650)] = SOON) -> Reply:
    """List the lots that expire within some days."""
    found = await call.books.expiring(call.open_wallet.id, timedelta(days=days))
    if not found:
        return reply(say("expiring-none", days=days))
    connects = sum(lot.left for lot in found)
    return reply(_lots(found, say("expiring-title", connects=connects, days=days)))


def _lots(found: tuple[Lot, ...], title: Say) -> Table:
    columns = (say("column-left"), say("column-source"), say("column-worth"), say("column-expires"))
    rows: list[tuple[Fact, ...]] = [
        (
            say("connects", connects=lot.left),
            choice(lot.source),
            worth_of(lot),
            say("never") if lot.expires is None else say("expires-on", day=lot.expires),
        )
        for lot in found
    ]
    return Table(columns, tuple(rows), title)


@command("history")
async def history(call: Call, before: Annotated[int | None, Whole(high=MOST_NUMBER)] = None) -> Reply:
    """List the entries, newest first, each with the balance after it."""
    page = await call.books.history(call.open_wallet.id, before, PAGE)
    if not page:
        return reply(say("history-none"), replace=True)
    newest, oldest, latest = page[0].number, page[-1].number, await call.books.newest(call.open_wallet.id)
    newer = Button(say("button-newer"), f"history {newest + PAGE + 1}") if newest < latest else None
    older = Button(say("button-older"), f"history {oldest}") if oldest > 1 else None
    title = say("history-title", newest=newest, oldest=oldest, entries=len(page))
    return reply(await _entries(call, page, title), buttons(newer, older), replace=True)


async def _entries(call: Call, page: tuple[Entry, ...], title: Say) -> Table:
    """Entries as a table; in a group, with the name of each author."""
    names = await call.books.authors(page) if call.group else {}
    rows: list[tuple[Fact, ...]] = []
    for entry in page:
        first = (say("entry-number", number=entry.number), Recent(entry.at, call.at))
        by = (None if entry.by is None else names.get(entry.by),) if call.group else ()
        delta = say("signed", delta=signed(entry.delta))
        rows.append((*first, delta, in_list(entry), *by, say("balance-after", connects=entry.balance)))
    columns = ("number", "day", "change", "what", *(("by",) if call.group else ()), "balance")
    return Table(tuple(say(f"column-{name}") for name in columns), tuple(rows), title)


@command("export")
async def export(call: Call) -> Reply:
    """Send the whole journal as a file."""
    wallet = call.open_wallet
    entries = await call.books.journal(wallet.id)
    names = await call.books.authors(entries) if call.group else {}
    content = journal_csv(entries, wallet.settings.zone, names)
    today = day_in(wallet.settings.zone, call.at)
    return reply(File(f"connects-{today}.csv", content, say("export-done", entries=len(entries))))
