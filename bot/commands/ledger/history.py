"""What was booked: a page of it, newest first, or all of it as a file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from bot.command.declaration import Call, command
from bot.options.choice import Switch
from bot.options.numbers import MOST_NUMBER, Whole
from bot.reply.parts import Button, Fact, Recent, Reply, Say, Table, buttons, reply, say
from bot.views.entries import in_list, proposal_button, signed
from core.ledger.change_keys import change_key, position_of
from core.ledger.model import Kind
from core.ledger.past.pins import may_have_pins
from core.ledger.sightings import BatchKind
from core.shared.names import SOMEONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.ledger.model import Entry
    from core.ledger.past.pins import Pin
    from core.ledger.sightings import Batch
    from core.shared.ids import WalletId

PAGE: Final = 10
LATER: Final = frozenset({Kind.UNDO, Kind.AMENDMENT})
"""What is shown when it was booked, whenever that which it is about has happened."""
READ: Final = 24
"""How many entries are read at once: a page, and what it does not show."""


class Line(NamedTuple):
    """An entry, or all entries of one change: of an import, or of one that would fill more than a page.

    `left` is the balance after it, `imported` the import, or its undo (None: it is neither).
    """

    first: Entry
    last: Entry
    left: int
    imported: Batch | None = None

    @property
    def together(self) -> bool:
        """Whether it stands for all entries of a change."""
        return self.imported is not None or self.first.number != self.last.number

    @property
    def delta(self) -> int:
        """By how much it changed the balance."""
        return self.last.balance - self.first.balance + self.first.delta


@command("history")
async def history(
    call: Call,
    before: Annotated[int | None, Whole(high=MOST_NUMBER)] = None,
    *,
    each: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """List the entries, newest first, each with the balance after it; what an import booked is a line that opens."""
    page = await _lines(call, before, each=each)
    if not page:
        return reply(say("history-none"), replace=True)
    newest, oldest = page[0].last.number, page[-1].first.number
    latest, more = await call.books.newest(call.open_wallet.id), " each=yes" if each else ""
    newer = (
        Button(say("button-newer"), f"history {newest + PAGE + 1}{more}")
        if before is not None and before <= latest
        else None
    )
    older = Button(say("button-older"), f"history {oldest}{more}") if oldest > 1 else None
    opened = next((_opening(line) for line in page if line.together), None)
    bids = any(line.imported is not None or proposal_button(line.last) is not None for line in page)
    listed = Button(say("button-proposals"), "proposals") if bids else None
    filed = Button(say("button-export"), "export")
    title = say("history-title", newest=newest, oldest=oldest, entries=newest - oldest + 1)
    return reply(await _table(call, page, before, title), buttons(opened, newer, older, listed, filed), replace=True)


async def _lines(call: Call, before: int | None, *, each: bool) -> list[Line]:
    """A page of lines, newest first, from below an entry on."""
    found = list[Line]()
    while len(found) < PAGE and (entries := await call.books.history(call.open_wallet.id, before, READ)):
        for entry, older in zip(entries, (*entries[1:], None), strict=True):
            if before is not None and entry.number >= before:
                continue  # it was shown with its change
            if older is None and entry.number > 1 and entry is not entries[0]:
                break  # whether it is the last of a change is seen with the one before it
            if _is_alone(entry, older):
                lines, before = [Line(entry, entry, entry.balance)], entry.number
            else:
                lines, before = await _change(call, entry, older, before, each=each)
            found += lines
            if len(found) >= PAGE:
                break
    return found[:PAGE]


def _is_alone(entry: Entry, older: Entry | None) -> bool:
    """Whether an entry is certainly the only one of its change, and of no import."""
    return entry.happened is None and entry.kind is not Kind.UNDO and _members(entry, older) == 1


async def _change(
    call: Call, entry: Entry, older: Entry | None, before: int | None, *, each: bool
) -> tuple[list[Line], int]:
    """The lines of a change from below an entry on, and the number of its first entry.

    Recasts are parts of what they correct. They stand around it in the journal, so that only the balance after the
    whole change is true.
    """
    wallet, ledger, key = call.open_wallet.id, call.store.ledger, change_key(entry.key)
    imported = None if each else await ledger.imported(wallet, key)
    if imported is not None and imported.kind is BatchKind.PINNED:  # it booked out what had expired
        imported = None
    if imported is not None:
        first = await call.books.entry(wallet, entry.number - _members(entry, older) + 1) or entry
        last = await _last(call, wallet, entry)
        return [Line(first, last, last.balance, imported)], first.number
    booked = await ledger.booked(wallet, key) or (entry,)
    shown, left = _shown(booked), booked[-1].balance
    if len(shown) > PAGE and not each:
        return [Line(booked[0], booked[-1], left)], booked[0].number
    lines: list[Line] = []
    for one in reversed(shown):
        lines.append(Line(one, one, left))
        left -= one.delta
    return [line for line in lines if before is None or line.last.number < before], booked[0].number


def _shown(booked: Sequence[Entry]) -> list[Entry]:
    """The entries of a change that say something new: what had expired, and expired again, does not."""
    expired = sum(one.delta for one in booked if one.kind is Kind.EXPIRY)
    silent = {Kind.RECAST} if expired else {Kind.RECAST, Kind.EXPIRY}
    return [one for one in booked if one.kind not in silent]


def _members(entry: Entry, older: Entry | None) -> int:
    """How many entries of one change there are up to this one."""
    position = position_of(entry.key)
    if position:
        return position
    joined = older is not None and change_key(older.key) == entry.key
    return (position_of(older.key) if older is not None and joined else 0) + 1


async def _last(call: Call, wallet: WalletId, entry: Entry) -> Entry:
    """The last entry of the change that an entry is of, found by halving: a change may have thousands."""
    step = 1 if position_of(entry.key) else 0
    while step:
        later = await call.books.entry(wallet, entry.number + step)
        if later is not None and change_key(later.key) == change_key(entry.key):
            entry, step = later, 2 * step if position_of(later.key) else 0
        else:
            step //= 2
    return entry


async def _table(call: Call, page: list[Line], before: int | None, title: Say) -> Table:
    """Lines as a table; in a group, with the name of each author."""
    names = await call.books.authors([line.last for line in page]) if call.of_group else {}
    rows: list[tuple[Fact, ...]] = []
    confirmed = await _pins_in(call, page, before)
    for line in page:
        rows += [_pin_row(call, pin) for pin in confirmed.get(line.last.number, ())]
        entry = line.last
        by = (None if entry.by is None else names.get(entry.by, SOMEONE),) if call.of_group else ()
        what = _what(line) if line.together else in_list(entry)
        booked_now = line.together or entry.kind in LATER
        when = Recent(entry.at if booked_now else entry.when, call.at, day=not booked_now and bool(entry.happened))
        left = say("balance-after", connects=line.left)
        rows.append((_numbers(line), when, say("signed", delta=signed(line.delta)), what, *by, left))
    columns = ("number", "day", "change", "what", *(("by",) if call.of_group else ()), "balance")
    return Table(tuple(say(f"column-{name}") for name in columns), tuple(rows), title)


async def _pins_in(call: Call, page: list[Line], before: int | None) -> Mapping[int, Sequence[Pin]]:
    """The confirmed balances of a page, newest first, by the last entry of the line that they stand above."""
    wallet, oldest = call.open_wallet.id, page[-1].first
    if not may_have_pins(await call.store.ledger.batches(wallet), oldest.at):
        return {}
    found: defaultdict[int, list[Pin]] = defaultdict(list)
    for pin, last in reversed((await call.reconciliation.agreed(wallet)).pins):
        line = next((line for line in page if line.first.number <= last), None)
        if line is not None and (before is None or last < before):
            found[line.last.number].append(pin)
    return found


def _pin_row(call: Call, pin: Pin) -> tuple[Fact, ...]:
    what = say("history-pin-moved" if pin.moved else "history-pin", balance=pin.balance)
    by = (None,) if call.of_group else ()
    return None, Recent(pin.at, call.at), None, what, *by, None


def _what(line: Line) -> Say:
    if line.imported is None:
        return say("history-together")
    if line.imported.of is not None:
        return say("history-import-undone", number=line.imported.of)
    return say("history-import", number=line.imported.number)


def _opening(line: Line) -> Button:
    """Shows the rows of an import, or else each entry of a change."""
    if line.imported is not None and line.imported.of is None:
        number = line.imported.number
        return Button(say("history-import", number=number), f"import list {number}")
    return Button(_numbers(line), f"history {line.last.number + 1} each=yes")


def _numbers(line: Line) -> Say:
    if line.first.number != line.last.number:
        return say("entry-numbers", first=line.first.number, last=line.last.number)
    return say("entry-number", number=line.last.number)
