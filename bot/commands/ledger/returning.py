"""The command for what comes back: which spend is meant, and how many Connects of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, MissingOptionError, UnfitError, command
from bot.command.permissions import corrects_others
from bot.commands.ledger.booking_day import booked_on, happened_on, keeping
from bot.commands.ledger.open_spends import OpenSpends, Reading, meant
from bot.commands.ledger.remarks import unpinned
from bot.commands.ledger.suggestions import recent_days, recent_spends
from bot.options.choice import Switch
from bot.options.numbers import MOST_CONNECTS, Whole
from bot.options.returned import Returned, Spent
from bot.options.times.past import Past, PastDay
from bot.reply.parts import Button, Fields, Reply, Say, buttons, reply, say
from bot.views.entries import left, listed, proposal_button, undo_button
from bot.views.team.roles import not_yours
from core.books import RECENT
from core.ledger.model import Kind
from core.ledger.summary import came_back

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.model import Receipt


@command("return", "refund")
async def give_back(
    call: Call,
    spend: Annotated[Returned | None, Spent(suggest=recent_spends)] = None,
    connects: Annotated[int | None, Whole(high=MOST_CONNECTS, ruled=True, named=True)] = None,
    on: Annotated[PastDay | None, Past(named=True, suggest=recent_days)] = None,
    *,
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Book Connects that Upwork returned, all of a spend or a part of it."""
    if spend is None and connects is None:
        raise MissingOptionError("spend")
    call = replace(call, past_pins=anyway)
    said = spend or Returned()
    if connects is not None:
        said = said._replace(connects=connects)
    if call.pressed and said.figure is not None:
        said = Returned(numbers=said.figures)  # the buttons of earlier versions say "return 12"
    happened = happened_on(call, on, "return")
    asked = said.asked if happened is None else (*said.asked, happened)
    receipt = None if said.certain else await call.books.replayed(call.request, asked)
    if receipt is None:
        everyones = await corrects_others(call)
        with keeping(on):
            reading = await _meant(call, said, everyones=everyones)
        if not everyones and not await _are_own(call, reading):
            return reply(not_yours(call.wallet))
        receipt = await _book(call, reading, asked, happened)
    done = _done(receipt), booked_on(call, happened), await unpinned(call, receipt)
    return reply(*done, Fields((left(receipt),)), buttons(undo_button(receipt), await _shown(call, receipt)))


async def _meant(call: Call, said: Returned, *, everyones: bool) -> Reading:
    """What is meant. In a group members may return their own spends, and managers all."""
    wallet = call.open_wallet.id
    spends = await call.books.open_spends(wallet)
    own = [one for one in spends if everyones or call.team.now(one.entry.by) == call.person.id]
    if spends and not own:
        raise UnfitError(not_yours(call.wallet))
    newest = await call.books.newest(wallet)
    return meant(said, OpenSpends(own, newest if newest > RECENT else 0))


async def _book(call: Call, reading: Reading, asked: tuple[object, ...], happened: datetime | None) -> Receipt:
    if reading.connects is None:
        return await call.books.give_back_all(call.request, reading.numbers, asked=asked, on=happened)
    return await call.books.give_back(call.request, reading.numbers[0], reading.connects, asked=asked, on=happened)


async def _are_own(call: Call, reading: Reading) -> bool:
    entries = [await call.books.entry(call.open_wallet.id, number) for number in reading.numbers]
    return all(entry is None or call.team.now(entry.by) == call.person.id for entry in entries)


async def _shown(call: Call, receipt: Receipt) -> Button | None:
    """The button that shows the proposal whose Connects came back."""
    returned = next((entry.of for entry in receipt.entries if entry.kind is Kind.RETURN), None)
    return proposal_button(None if returned is None else await call.books.entry(call.open_wallet.id, returned))


def _done(receipt: Receipt) -> Say:
    returns = [entry for entry in receipt.entries if entry.kind is Kind.RETURN]
    connects = sum(max(came_back(entry), entry.delta) for entry in returns)
    if len(returns) == 1:
        return say("return-done", number=receipt.entry.number, connects=connects, of=receipt.entry.of)
    return say("return-several", connects=connects, entries=listed(entry.of for entry in returns))
