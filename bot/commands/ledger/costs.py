"""The cost of Connects whose cost was unknown: the command that states it, and the question that is asked once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, NamedTuple

from bot.command.declaration import Call, DoubtError, MissingOptionError, UnfitError, command
from bot.command.permissions import may
from bot.commands.ledger.prices import Purchase, tax_in, tax_of
from bot.options.choice import Switch
from bot.options.cost import COST, CostedNumber, Paid
from bot.options.figures import Amount, Percent
from bot.options.money import Tax
from bot.options.numbers import MOST_CONNECTS, EntryNumber
from bot.reading.buying import cost_line_of
from bot.reply.parts import Button, Buttons, Fields, Reply, buttons, reply, say
from bot.views.costs import cost_choices, cost_question, spent_cost, stated, taxed
from bot.views.entries import deed, total_price, undo_button
from core.ledger.model import Kind, Source
from core.ledger.past.amending import issued_by, issues_for_money
from core.ledger.rules import price_of
from core.ledger.valuation import stated_price
from core.shared.money import CostState, Price
from core.shared.refusals import CostKnown, NotAmendable, RefusedError, UnavailableError, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.reply.parts import Fact
    from core.ledger.model import Lot, Receipt


@command("cost", read_only=("",), reader=cost_line_of)
async def cost(
    call: Call,
    connects: Annotated[int | None, CostedNumber(high=MOST_CONNECTS, ruled=True)] = None,
    cost: Annotated[CostState | Paid | None, COST] = None,
    number: Annotated[int | None, EntryNumber(named=True)] = None,
    tax: Annotated[Amount | Percent | None, Tax(named=True)] = None,
    *,
    included: Annotated[bool, Switch(named=True, hidden=True)] = False,
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """State what Connects did cost: those of unknown cost, or all of an entry (`number`), whether spent or left."""
    call = replace(call, past_pins=anyway)
    if number is not None:
        return await _correct(call, number, cost, Tariff(tax, included))
    tariff = Tariff(tax, included)
    issues = await call.books.unpriced(call.open_wallet.id)
    every, left = sum(one.connects for one in issues), (await call.books.balance(call.open_wallet.id)).unknown
    used = every > sum(one.left for one in issues)
    wanted = connects or (every if used else left)
    if cost is None:
        if not 0 < wanted <= max(every, left):
            raise RefusedError(CostKnown(max(every, left)))
        question = say("cost-question", connects=wanted)
        raise MissingOptionError("cost", question, cost_choices(wanted, call.books.rulebook))
    if cost is CostState.UNKNOWN:
        return reply(say("cost-stays-unknown"))
    said = _taxed_price(call, wanted, cost, tariff, f"cost {wanted}")
    if used and 0 < left < every and (left < wanted < every or (connects is None and _is_total(cost))):
        raise _which(every, left, cost, said, tariff)
    if used and wanted == every:
        receipt = await call.books.price(call.request, every, said, asked=("value", connects, said))
    else:
        receipt = await call.books.value(call.request, connects, said)
    if receipt.entry.kind is Kind.AMENDMENT:
        return await _priced(call, receipt)
    return _done(receipt, every)


class Tariff(NamedTuple):
    """The tax that a line names, if any, and whether it is included in the price that was written."""

    tax: Amount | Percent | None
    included: bool

    @property
    def words(self) -> str:
        """The options that say it again."""
        words = " included=yes" if self.included else ""
        if isinstance(self.tax, Percent):
            return f" tax={self.tax.figure:f}%{words}"
        return words if self.tax is None else f' tax="{self.tax.figure:f} {self.tax.currency or ""}"{words}'


def _taxed_price(call: Call, connects: int, cost: CostState | Paid, tariff: Tariff, line: str) -> CostState | Price:
    """The cost that somebody states, with its tax: the one that was named, or else the rulebook's."""
    said = stated(call, connects, cost, f"{line}{tariff.words}")
    if said is CostState.PAID and tariff.tax is not None:
        said = price_of(connects, call.books.rulebook)
    if isinstance(said, CostState) or (tariff.tax is None and not tariff.included):
        return said
    if tariff.tax is None:
        raise MissingOptionError("tax", say("ask-tax-inside"))
    bought = Purchase(connects, said.net, said.currency)
    tax = tax_of(bought, tariff.tax)
    if tariff.included and isinstance(tariff.tax, Percent):
        tax = tax_in(bought, tariff.tax)
    price = Price(said.net - tax if tariff.included else said.net, tax, said.currency)
    if price.tax > price.net:
        raise UnfitError(say("unfit-tax-high", tax=Price(tax, 0, said.currency), price=price._replace(tax=0)))
    return price


def _is_total(cost: CostState | Paid) -> bool:
    return isinstance(cost, Paid) and not cost.each


def _which(every: int, left: int, cost: CostState | Paid, said: CostState | Price, tariff: Tariff) -> DoubtError:
    """The question of which Connects a cost is meant: of all whose cost is unknown, or of those that are left."""
    words = "bought" if said is CostState.PAID else "free"
    if isinstance(cost, Paid) and isinstance(said, Price):
        words = f"{cost.amount.figure:f} {said.currency} {'each' if cost.each else 'in total'}{tariff.words}"
    whole = Button(say("button-cost-every", connects=every), f"cost {every} {words}")
    rest = Button(say("button-cost-left", connects=left), f"cost {left} {words}")
    return DoubtError(say("doubt-cost-which", every=every, left=left), whole, rest)


async def _correct(call: Call, number: int, cost: CostState | Paid | None, tariff: Tariff) -> Reply:
    """State what all that an entry issued did cost."""
    entry = await call.books.entry(call.open_wallet.id, number)
    if entry is not None and entry.kind is Kind.AMENDMENT:
        entry = await call.books.entry(call.open_wallet.id, entry.of or 0)
    if entry is None:
        raise RefusedError(Unknown("entry", str(number)))
    if not issues_for_money(entry):
        raise RefusedError(NotAmendable(number, "kind"))
    connects = issued_by(entry)
    if cost is None or cost is CostState.UNKNOWN:
        question = say("cost-question-of", number=entry.number, connects=connects)
        raise MissingOptionError("cost", question, cost_choices(connects, call.books.rulebook)[:-1])
    said = _taxed_price(call, connects, cost, tariff, f"cost number={entry.number}")
    price = stated_price(said, connects, call.books.rulebook)
    return await _priced(call, await call.books.amend(call.request, {entry.number: price}))


async def _priced(call: Call, receipt: Receipt) -> Reply:
    """The answer to a price that what was spent follows."""
    fresh = [entry.moves[-1][0] for entry in receipt.asked]
    spent = await call.books.drawn(call.open_wallet.id, {leg.lot for leg in fresh})
    sentence, connects = "cost-corrected" if len(fresh) == 1 else "cost-done", sum(leg.connects for leg in fresh)
    return reply(
        say(sentence, number=receipt.entry.number, connects=connects, deed=deed(receipt.entry)),
        say("cost-spent", cost=spent_cost(spent), spends=spent.spends) if spent.spends else None,
        buttons(undo_button(receipt)),
    )


def _done(receipt: Receipt, every: int) -> Reply:
    """The answer to the cost of what is left, with a button to state that of all, if some was spent before."""
    lots = {lot.number: lot for lot in receipt.lots}
    legs = [leg for leg, _ in receipt.entry.moves]
    spent = sum(lots[leg.lot].size - lots[leg.lot].left for leg in legs if leg.connects < 0)
    connects = sum(leg.connects for leg in legs if leg.connects > 0)
    rest = Button(say("button-cost-rest", connects=every - connects), f"cost {every - connects}")
    return reply(
        say("cost-done", number=receipt.entry.number, connects=connects),
        Fields(((say("field-cost"), _stated(receipt)),)),
        say("cost-spent-before", connects=spent) if spent else None,
        buttons(undo_button(receipt), rest if spent else None),
    )


def _stated(receipt: Receipt) -> Fact:
    price = total_price(receipt.entry)
    return say("free") if isinstance(price, Price) and not price.total else taxed(price)


async def asking_once(call: Call, lots: Iterable[Lot], given: Reply) -> Reply:
    """The answer, with the question what the opening balance cost unless somebody has been asked that before.

    That is so for openings that were booked before the question came with them. In a group it is for those who may
    answer.
    """
    opened = sum(lot.size for lot in lots if lot.source is Source.OPENING and lot.cost_state is CostState.UNKNOWN)
    if not opened or call.viewed_as is not None or not await _is_to_ask(call) or not await note_asked(call):
        return given
    question, choices = cost_question(opened, call.books.rulebook)
    rows = tuple(row for part in given.parts if isinstance(part, Buttons) for row in part.rows)
    return reply(
        *(part for part in given.parts if not isinstance(part, Buttons)), question, Buttons((*choices.rows, *rows))
    )


async def _is_to_ask(call: Call) -> bool:
    """Whether nobody has been asked yet, and who calls can answer."""
    asked = await call.store.notes.note(_asked(call), call.at)
    return asked is None and await may(call, "cost")


async def note_asked(call: Call) -> bool:
    """Note that it was asked what this wallet's opening balance cost; False if nothing can be written right now."""
    try:
        await call.store.notes.put_note(_asked(call), "", None)
    except UnavailableError:
        return False
    return True


def _asked(call: Call) -> str:
    return f"cost-asked:{call.open_wallet.id}"
