"""Commands for what comes in: buy and earn."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, MissingOptionError, UnfitError, Who, command
from bot.options.choice import Choice, choice
from bot.options.figures import Amount, Percent
from bot.options.money import Money, Tax
from bot.options.numbers import MOST_CONNECTS, Whole
from bot.options.text import Text
from bot.reply.parts import Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.entries import left, total_price, undo_button
from core.ledger.earning import BOOKABLE, EARNING
from core.ledger.model import Source
from core.ledger.rules import price_of
from core.shared.money import Price

if TYPE_CHECKING:
    from bot.options.choice import Synonyms

SOURCES: Final[Synonyms] = (
    (Source.ASSESSMENT, ("assessments", "skill assessment", "skills assessment", "test", "skill test", "exam", "quiz")),
    (Source.INTERVIEW, ("interviews", "interviewed", "interviewing", "client interview")),
    (Source.FEEDBACK, ("review", "reviews", "good review", "client review", "rating", "positive feedback")),
    (Source.REWARD, ("rewards", "bonus", "gift", "award", "badge", "prize", "rising talent", "top rated")),
    (Source.MONTHLY, ("month", "monthly bonus", "monthly plan", "plan", "membership", "subscription")),
)


@command("buy", who=Who.ADMINS)
async def buy(
    call: Call,
    connects: Annotated[int, Whole(high=MOST_CONNECTS, ruled=True)],
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
    source: Annotated[Source, Choice(only=BOOKABLE, also=SOURCES)],
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
