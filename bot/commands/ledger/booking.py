"""Commands that move Connects: spend, buy, earn, return, undo, adjust."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from bot.command.declaration import Call, MissingOptionError, UnfitError, Who, command
from bot.commands.ledger.remarks import bid_before, budget_after, low_after
from bot.commands.ledger.suggestions import recent_spends, recent_titles, usual_amounts
from bot.options.choice import Choice, choice
from bot.options.figures import Amount, Percent
from bot.options.money import Money, Tax
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.text import Link, Text
from bot.reply.parts import Button, Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.entries import cost, left, named, signed, total_price, undo_button
from core.ledger.earning import BOOKABLE, EARNING
from core.ledger.model import Purpose, Source
from core.ledger.rules import price_of
from core.shared.job_links import JobLink
from core.shared.money import Price
from core.shared.refusals import NotEnough, RefusedError

MOST = 1_000_000
CLOCKS_DIFFER = timedelta(days=1)


@command("spend", "bid")
async def spend(
    call: Call,
    connects: Annotated[int, Whole(high=MOST, ruled=True, suggest=usual_amounts)],
    purpose: Annotated[Purpose, Choice(of=Purpose, lowercase=True)] = Purpose.PROPOSAL,
    job: Annotated[JobLink | None, Link()] = None,
    title: Annotated[str, Text(suggest=recent_titles, undated=True)] = "",
) -> Reply:
    """Book Connects that were spent on a proposal, a boost, the badge, a profile ad or something else."""
    if job is not None and job.posted is not None and job.posted > call.at + CLOCKS_DIFFER:
        raise UnfitError(say("unfit-link-future", day=job.posted))
    memo = title or (job.title if job is not None else "")
    receipt = await call.books.spend(call.request, connects, purpose, memo, "" if job is None else job.id)
    rows: list[tuple[Say, Fact]] = [(say("field-cost"), cost(receipt.entry)), left(receipt)]
    if job is not None and job.posted is not None:
        rows.insert(0, (say("field-posted"), say("posted-before", age=max(receipt.entry.at - job.posted, timedelta()))))
    back = Button(say("button-return"), f"return {receipt.entry.number}")
    return reply(
        say("spend-done", number=receipt.entry.number, connects=connects, deed=named(receipt.entry)),
        Fields(tuple(rows)),
        await bid_before(call, receipt.entry),
        low_after(call, receipt),
        await budget_after(call, receipt),
        buttons(undo_button(receipt), back),
    )


@command("buy", who=Who.ADMINS)
async def buy(
    call: Call,
    connects: Annotated[int, Whole(high=MOST, ruled=True)],
    price: Annotated[Amount | None, Money()] = None,
    tax: Annotated[Amount | Percent | None, Tax()] = None,
) -> Reply:
    """Book a purchase, at the rulebook's price if none is given."""
    receipt = await call.books.buy(call.request, connects, _paid(call, connects, price, tax))
    lot = receipt.lots[-1]
    return reply(
        say("buy-done", number=receipt.entry.number, connects=connects),
        Fields(
            (
                (say("field-price"), _price(total_price(receipt.entry))),
                (say("field-expires"), lot.expires or say("never")),
                left(receipt),
            )
        ),
        buttons(undo_button(receipt)),
    )


def _paid(call: Call, connects: int, price: Amount | None, tax: Amount | Percent | None) -> Price | None:
    """What was paid; None for the rulebook's price. An amount without a currency is in the wallet's."""
    if price is None and tax is None:
        return None
    usual = price_of(connects, call.books.rulebook)
    if price is None:
        net, currency = usual.net, usual.currency
    else:
        currency = price.currency or call.open_wallet.settings.currency
        net = price.minor(currency)
    paid = Price(net, _tax(net, currency, tax or Percent(Decimal(call.books.rulebook.tax_percent))), currency)
    if paid.tax > net:
        raise UnfitError(say("unfit-tax-high", tax=Price(paid.tax, 0, currency), price=Price(net, 0, currency)))
    return paid


def _tax(net: int, currency: str, tax: Amount | Percent) -> int:
    if isinstance(tax, Percent):
        return tax.of(net)
    if tax.currency not in {None, currency}:
        raise UnfitError(say("unfit-tax-currency", currency=currency))
    return tax.minor(currency)


def _price(price: Price | Say | None) -> Fact:
    if not isinstance(price, Price) or not price.tax:
        return price
    return say("price-taxed", price=price, tax=Price(price.tax, 0, price.currency))


@command("earn", who=Who.ADMINS)
async def earn(
    call: Call,
    source: Annotated[Source, Choice(only=BOOKABLE)],
    amount: Annotated[int | None, Whole(trails=False)] = None,
    name: Annotated[str, Text(undated=True)] = "",
) -> Reply:
    """Book Connects that Upwork gave: for an assessment, an interview, feedback, a reward, or monthly."""
    rule = EARNING[source]
    if rule.named and not name:
        raise MissingOptionError("name")
    if rule.rated and amount is None:
        raise MissingOptionError("amount")
    stars, connects = (amount, None) if rule.rated else (None, amount)
    plan = call.open_wallet.settings.plan
    receipt = await call.books.earn(call.request, source, plan=plan, name=name, stars=stars, connects=connects)
    lot = receipt.lots[-1]
    return reply(
        say("earn-done", number=receipt.entry.number, connects=receipt.entry.delta, source=choice(source)),
        Fields(((say("field-expires"), lot.expires or say("never")), left(receipt))),
        buttons(undo_button(receipt)),
    )


@command("return", "refund")
async def give_back(
    call: Call,
    number: Annotated[int, Whole(high=MOST_NUMBER, suggest=recent_spends)],
    connects: Annotated[int | None, Whole()] = None,
) -> Reply:
    """Book Connects that Upwork returned, all of a spend or a part of it."""
    if call.group and not await _may_reverse(call, number):
        return reply(say("not-yours"))
    receipt = await call.books.give_back(call.request, number, connects)
    back = sum(-beyond.connects for _, beyond in receipt.entry.moves if beyond.account.startswith("expense:"))
    return reply(
        say("return-done", number=receipt.entry.number, connects=max(back, receipt.entry.delta), of=number),
        Fields((left(receipt),)),
        buttons(undo_button(receipt)),
    )


@command("undo")
async def undo(call: Call, number: Annotated[int | None, Whole(high=MOST_NUMBER)] = None) -> Reply:
    """Undo an entry, the latest if no number is given."""
    if call.group and not await _may_reverse(call, number):
        return reply(say("not-yours"))
    receipt = await call.books.undo(call.request, number)
    undone = await call.books.entry(call.request.wallet, receipt.entry.of or 0)
    what: Fact = None if undone is None else named(undone)
    return reply(
        say("undo-done", of=receipt.entry.of, deed=what, delta=signed(receipt.entry.delta)),
        Fields((left(receipt),)),
        low_after(call, receipt),
        await budget_after(call, receipt),
    )


async def _may_reverse(call: Call, number: int | None) -> bool:
    """In a group everyone may return and undo their own entries, and admins all."""
    if number is not None:
        entry = await call.books.entry(call.request.wallet, number)
        if entry is None or entry.by == call.person.id:
            return True
    return await call.is_admin()


@command("adjust", who=Who.ADMINS)
async def adjust(
    call: Call,
    by: Annotated[int, Whole(low=-MOST, high=MOST, ruled=True)],
    reason: Annotated[str, Text()] = "",
) -> Reply:
    """Correct the balance if it differs from what Upwork shows."""
    try:
        receipt = await call.books.adjust(call.request, by, reason)
    except RefusedError as refused:
        if isinstance(refused.refusal, NotEnough):  # the usual answer offers to buy some, which would not help here
            raise UnfitError(say("adjust-too-low", available=refused.refusal.available)) from refused
        raise
    return reply(
        say("adjust-done", number=receipt.entry.number, delta=signed(by)),
        Fields((left(receipt),)),
        low_after(call, receipt),
        buttons(undo_button(receipt)),
    )


@command("number", hidden=True, needs_wallet=False)
async def number_(_call: Call, connects: Annotated[int, Whole()], title: Annotated[str, Text()] = "") -> Reply:
    """Ask what a bare number means."""
    return reply(
        say("number-what-titled", connects=connects, title=title) if title else say("number-what", connects=connects),
        buttons(
            Button(say("button-spend"), f"spend {connects} {title}".strip()),
            Button(say("button-boost"), f"spend {connects} boost {title}".strip()),
            None if title else Button(say("button-bought"), f"buy {connects}"),
        ),
    )
