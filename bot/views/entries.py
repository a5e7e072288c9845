"""Phrases about entries that several commands use: what one did, what it cost, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.declaration import Suggestion
from bot.options.choice import choice
from bot.reply.parts import Button, Fact, Say, say
from core.alerts.budget import reached
from core.ledger.model import Entry, Kind, Purpose, Receipt, Source, expense_on, source_of
from core.shared.job_links import short_id

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from core.shared.money import Price
    from core.wallets.settings import Settings

FORMS = {Kind.SPEND: Purpose, Kind.GRANT: Source}


def deed(entry: Entry) -> Say:
    """What an entry did, such as "Proposal" or "Undo of #3"."""
    if entry.of is not None:
        return say(f"deed-{entry.kind}", of=entry.of)
    form = FORMS.get(entry.kind)
    if form is None:
        return say(f"deed-{entry.kind}")
    return choice(form(_end_of(entry)))


def _end_of(entry: Entry) -> str:
    """The last part of the counterpart account's name; of a replaced welcome bonus, the account that replaced it."""
    beyond = entry.moves[-1][1].account
    return source_of(beyond) or beyond.partition(":")[2]


def named(entry: Entry) -> Say:
    """What an entry did, with its title if it has one, or else with the end of its job's id."""
    if entry.memo:
        return say("deed-titled", deed=deed(entry), title=entry.memo)
    return say("deed-of-job", deed=deed(entry), job=short_id(entry.job)) if entry.job else deed(entry)


def cost(entry: Entry) -> Fact:
    """What the Connects of an entry cost, and how many of them were free."""
    legs = [leg for leg, _ in entry.moves]
    paid = sum(abs(leg.connects) for leg in legs if leg.price is not None)
    free = sum(abs(leg.connects) for leg in legs) - paid
    total = total_price(entry)
    if total is None:
        return say("cost-free")
    return say("cost-mixed", price=total, free=free, paid=paid) if free else say("cost-paid", price=total)


def total_price(entry: Entry) -> Price | Say | None:
    """The money in an entry as a positive price, or a sum of several currencies; None if all was free."""
    sums: dict[str, Price] = {}
    for leg, _ in entry.moves:
        if leg.price is not None:
            currency = leg.price.currency
            sums[currency] = sums[currency] + leg.price if currency in sums else leg.price
    total: Price | Say | None = None
    for price in sums.values():
        positive = price if price.total >= 0 else -price
        total = positive if total is None else say("sum", one=total, other=positive)
    return total


def signed(number: int) -> str:
    """A change with its sign; a minus is the typographic one, not a hyphen."""
    return f"{number:+}".replace("-", "\u2212")


def left(receipt: Receipt) -> tuple[Say, Fact]:
    """The row that shows the balance after an entry."""
    return say("field-left"), say("connects", connects=receipt.entry.balance)


def warning(settings: Settings, balance: int) -> Say | None:
    """The warning to show while the balance is below the low-balance threshold."""
    if settings.threshold is None or balance >= settings.threshold:
        return None
    return say("low-balance", connects=balance, threshold=settings.threshold)


def low_after(call: Call, receipt: Receipt) -> Say | None:
    """The same after an entry. A group gets a separate notice instead, because not everybody sees this answer."""
    return None if call.group else warning(call.open_wallet.settings, receipt.entry.balance)


async def budget_after(call: Call, receipt: Receipt) -> Say | None:
    """The warning to show while most of the month's budget is spent; a group gets a separate notice instead."""
    if call.group or call.open_wallet.settings.budget is None:
        return None
    budget = (await call.store.ledger.holding(receipt.entry.wallet)).budget
    percent = None if budget is None else reached(budget, receipt.entry.at)
    if budget is None or percent is None:
        return None
    return say("alert-budget", spent=budget.spent, limit=budget.limit, mark=percent)


async def bid_before(call: Call, spent: Entry) -> Say | None:
    """A note if the same job already had a proposal; in a group, whose that was."""
    if not spent.job or spent.counterpart != expense_on(Purpose.PROPOSAL):
        return None
    earlier = await call.books.bid_before(spent)
    if earlier is None:
        return None
    names = await call.books.authors([earlier]) if call.group and earlier.by != spent.by else {}
    for name in names.values():
        return say("bid-before-by", number=earlier.number, name=name)
    return say("bid-before", number=earlier.number)


def undo_button(receipt: Receipt) -> Button:
    """A button that undoes an entry."""
    return Button(say("button-undo"), f"undo {receipt.entry.number}")


def buy_button(connects: int, price: Price) -> Button:
    """A button that books a purchase at the rulebook's price."""
    return Button(say("button-buy", connects=connects, price=price), f"buy {connects}")


async def recent_titles(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """Recently used job titles."""
    return tuple(Suggestion(title, say("raw", text=title)) for title in await call.books.titles(call.open_wallet.id))


async def usual_amounts(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """What recent spends cost, filled up with common amounts."""
    page = await call.books.history(call.open_wallet.id, None, 50)
    recent = [-entry.delta for entry in page if entry.kind is Kind.SPEND]
    amounts = sorted(list(dict.fromkeys([*recent, 8, 12, 16, 20]))[:4])
    return tuple(Suggestion(str(amount), say("connects", connects=amount)) for amount in amounts)


async def recent_spends(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """The latest spends that were not returned or undone yet."""
    page = await call.books.history(call.open_wallet.id, None, 50)
    undone = {entry.of for entry in page}
    spends = [entry for entry in page if entry.kind is Kind.SPEND and entry.number not in undone][:5]
    return tuple(
        Suggestion(
            str(entry.number), say("entry-line", number=entry.number, deed=named(entry), delta=signed(entry.delta))
        )
        for entry in spends
    )
