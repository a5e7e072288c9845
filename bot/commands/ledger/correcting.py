"""Commands that correct the books: undo and adjust."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, DoubtError, MissingOptionError, UnfitError, command
from bot.command.permissions import corrects_others, may
from bot.commands.imports.booked import check_no_import, check_no_state
from bot.commands.ledger.booking_day import booked_on, happened_on, keeping
from bot.commands.ledger.remarks import budget_after, low_after, unpinned
from bot.commands.ledger.suggestions import recent_days
from bot.options.choice import Switch
from bot.options.correction import Corrected, Correction
from bot.options.numbers import MOST_CONNECTS, EntryNumber, Whole
from bot.options.text import Text
from bot.options.times.past import Past, PastDay
from bot.reply.parts import Button, Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.entries import left, listed, named, proposal_button, signed, undo_button
from bot.views.team.roles import not_yours
from core.ledger.model import Kind
from core.shared.refusals import BalanceMoved, NotEnough, OutOfRange, RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.reply.parts import Buttons
    from core.ledger.model import Receipt


MOST_OFFERED: Final = 5


@command("undo")
async def undo(
    call: Call,
    number: Annotated[int | None, EntryNumber()] = None,
    *,
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Undo an entry, the latest if no number is given; an import only after it was shown what that takes back."""
    call = replace(call, past_pins=anyway)
    if number is None:
        await check_no_state(call)
    if number is None and await corrects_others(call):
        await check_no_import(call)
    receipt = await _reversed(call, number)
    return reply(
        await _undone(call, receipt),
        await unpinned(call, receipt),
        Fields((left(receipt),)),
        low_after(call, receipt),
        await budget_after(call, receipt),
        await _proposal_of_return(call, receipt),
    )


@command("instead", hidden=True)
async def instead(
    call: Call,
    number: Annotated[int, EntryNumber()],
    *,
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Undo what a line had booked before it was edited; what it says now is booked after that."""
    call = replace(call, past_pins=anyway)
    receipt = await _reversed(call, number)
    return reply(await _undone(call, receipt), await unpinned(call, receipt))


@command("leave", hidden=True, needs_wallet=False)
async def leave(call: Call) -> Reply:  # noqa: ARG001 - it takes the buttons away, and does nothing else
    """Leave what a line had booked before it was edited."""
    return Reply((say("edited-left"),), replace=True)


async def _reversed(call: Call, number: int | None) -> Receipt:
    if call.group and not await _may_reverse(call, number):
        raise await _refused(call, number)
    return await call.books.undo(call.request, number)


async def _refused(call: Call, number: int | None) -> UnfitError:
    """The latest entry may be somebody else's by the time it is undone, so that one's own is offered by its number."""
    spends = await call.books.open_spends(call.request.wallet) if number is None else ()
    own = next((spend.entry for spend in spends if call.team.now(spend.entry.by) == call.person.id), None)
    if own is None:
        return UnfitError(not_yours(call.wallet))
    label = say("button-undo-one", number=own.number, deed=named(own))
    return DoubtError(not_yours(call.wallet, "doubt-undo-own"), Button(label, f"undo {own.number}"))


async def _undone(call: Call, receipt: Receipt) -> Say:
    undos = [entry for entry in receipt.entries if entry.kind is Kind.UNDO]
    delta = signed(sum(entry.delta for entry in undos))
    if len(undos) > 1:
        return say("undo-several", entries=listed(entry.of for entry in undos), delta=delta)
    undone = await call.books.entry(call.request.wallet, receipt.entry.of or 0)
    what: Fact = None if undone is None else named(undone)
    if undone is not None and undone.kind is Kind.AMENDMENT:
        return say("undo-amended", of=undone.number, entry=undone.of)
    if undone is not None and undone.delta and not receipt.entry.delta:
        return say("undo-replaced", of=undone.number, deed=what)
    return say("undo-done", of=receipt.entry.of, deed=what, delta=delta)


async def _proposal_of_return(call: Call, receipt: Receipt) -> Buttons | None:
    """A button for the proposal of which a return was undone: it stands, and costs more again."""
    undone = await call.books.entry(call.request.wallet, receipt.entry.of or 0)
    if undone is None or undone.kind is not Kind.RETURN or undone.of is None:
        return None
    return buttons(proposal_button(await call.books.entry(call.request.wallet, undone.of)))


async def _may_reverse(call: Call, number: int | None) -> bool:
    """In a group members may undo their own entries, and managers all."""
    if number is not None:
        entry = await call.books.entry(call.request.wallet, number)
        if entry is None or call.team.now(entry.by) == call.person.id:
            return True
    return await corrects_others(call)


@command("adjust")
async def adjust(
    call: Call,
    by: Annotated[tuple[Correction, ...], Corrected()] = (),
    to: Annotated[int | None, Whole(low=0, high=MOST_CONNECTS, ruled=True, named=True)] = None,
    was: Annotated[int | None, Whole(low=0, high=MOST_CONNECTS, ruled=True, named=True)] = None,
    reason: Annotated[str, Text(named=True)] = "",
    *,
    on: Annotated[PastDay | None, Past(named=True, suggest=recent_days)] = None,
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Correct the balance if it differs from what Upwork shows."""
    happened = happened_on(call, on, "adjust")
    if happened is not None and to is not None:
        raise UnfitError(say("adjust-total-dated"))
    if to is not None and was is not None:
        return await _book_total(call, to, was, reason)
    if to is not None:
        return await difference(call, Correction(total=to, reason=reason))
    if not by:
        raise MissingOptionError("by")
    with keeping(on):
        meant = await _meant(call, tuple(one._replace(reason=reason or one.reason) for one in by))
    if meant.total is not None and happened is not None:
        raise UnfitError(say("adjust-total-dated"))
    if meant.total is not None:
        return await difference(call, meant)
    return await _book(replace(call, past_pins=anyway), meant.delta or 0, meant.reason, happened=happened)


async def difference(call: Call, stated: Correction, note: Say | None = None) -> Reply:
    """What it takes to make the balance what somebody says it is, with a button for those who may book it."""
    balance, total = await _balance(call), stated.total or 0
    if total == balance:
        return reply(say("adjust-equal", connects=balance))
    delta, most = total - balance, call.books.rulebook.grant_limit
    if abs(delta) > most:
        raise RefusedError(OutOfRange("adjustment", delta, -most, most))
    corrects = await may(call, "adjust")
    label = say("button-adjust", delta=signed(delta))
    return reply(
        say("adjust-total", was=balance, to=total, delta=signed(delta)),
        note if stated.was in {None, balance} else say("adjust-was", said=stated.was, was=balance),
        None if not stated.reason else Fields(((say("field-reason"), stated.reason),)),
        buttons(Button(label, _line(f"to={total} was={balance}", stated.reason)) if corrects else None),
    )


async def _meant(call: Call, readings: tuple[Correction, ...]) -> Correction:
    """The one reading that is meant; asks if there are several."""
    balance, first = await _balance(call), readings[0]
    totals = [one for one in readings if one.total is not None]
    deltas = [one for one in readings if one.delta is not None]
    agree = len(totals) == len(deltas) == 1 and balance + (deltas[0].delta or 0) == totals[0].total
    if (len(readings) == 1 or agree) and first.signed and not first.unread:
        return first
    if first.signed:
        sentence = say("adjust-unread", words=first.unread) if first.unread else say("adjust-which")
        possible = [one for one in readings if balance + (one.delta or 0) >= 0] or readings
        raise DoubtError(sentence, *(_button(one, balance) for one in possible[:MOST_OFFERED]))
    doubt = _direction_doubt(first, balance, call.books.rulebook.grant_limit)
    asked = ("adjust", first.delta, first.reason)
    if doubt is None or await call.books.replayed(call.request, asked) is not None:
        return first
    raise doubt


def _direction_doubt(bare: Correction, balance: int, most: int) -> DoubtError | None:
    """The question about a figure without a sign, unless it can only be how many to add.

    One of at least half the balance may be the right balance, and one with a reason may be what is missing or too much.
    """
    connects = bare.delta or 0
    as_total = connects != balance and 2 * connects >= balance > 0
    beside = bare.worded or bare.unread
    if not 0 < connects <= most or not (as_total or beside or connects == balance):
        return None
    sentence = "adjust-direction"
    if as_total:
        sentence = "adjust-which" if beside else "adjust-sum"
    elif connects == balance and not beside:
        sentence = "adjust-equal-or"
    total, less = Correction(total=connects, reason=bare.reason), bare._replace(delta=-connects)
    readings = [*([total] if as_total else []), bare, *([less] if connects <= balance else [])]
    return DoubtError(say(sentence, connects=connects), *(_button(one, balance) for one in readings))


def _button(reading: Correction, balance: int) -> Button:
    """The button that books a reading."""
    if reading.total is not None:
        label = say("button-adjust-to", was=balance, to=reading.total)
        return Button(label, _line(f"to={reading.total} was={balance}", reading.reason))
    delta = reading.delta or 0
    return Button(say("button-adjust", delta=signed(delta)), _line(f"by={delta:+}", reading.reason))


def _line(figures: str, reason: str) -> str:
    quoted = reason.replace('"', "'")
    return f'adjust {figures} reason="{quoted}"' if reason else f"adjust {figures}"


async def _balance(call: Call) -> int:
    return (await call.books.balance(call.open_wallet.id)).available


async def _book_total(call: Call, to: int, was: int, reason: str) -> Reply:
    """Book a total that was shown with a button; if the balance has moved since, show the new difference instead."""
    if to == was:
        return await difference(call, Correction(total=to, reason=reason))
    try:
        return await _book(call, to - was, reason, was=was)
    except RefusedError as refused:
        if isinstance(refused.refusal, BalanceMoved):
            moved = say("adjust-moved", was=was, now=refused.refusal.now)
            return await difference(call, Correction(total=to, reason=reason), moved)
        raise


async def _book(call: Call, delta: int, reason: str, was: int | None = None, happened: datetime | None = None) -> Reply:
    try:
        receipt = await call.books.adjust(call.request, delta, reason, was=was, on=happened)
    except RefusedError as refused:
        if isinstance(refused.refusal, NotEnough):  # the usual answer offers to buy some, which would not help here
            raise UnfitError(say("adjust-too-low", available=refused.refusal.available)) from refused
        raise
    return reply(
        say("adjust-done", number=receipt.entry.number, delta=signed(delta)),
        booked_on(call, happened),
        await unpinned(call, receipt),
        Fields((left(receipt),)),
        low_after(call, receipt),
        buttons(undo_button(receipt)),
    )
