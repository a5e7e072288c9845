"""Commands for what comes in: buy and earn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, MissingOptionError, UnfitError, command
from bot.commands.ledger.awards import check_award, check_plan, plan_in, without_stars
from bot.commands.ledger.booking_day import booked_on, happened_on, keeping, noon_of
from bot.commands.ledger.prices import paid_for
from bot.commands.ledger.remarks import unpinned
from bot.commands.ledger.suggestions import recent_days
from bot.options.choice import Choice, Switch, choice
from bot.options.figures import Amount, Percent
from bot.options.money import Money, Tax
from bot.options.numbers import MOST_CONNECTS, Rated, Whole
from bot.options.text import Text
from bot.options.times.past import Past, PastDay
from bot.options.times.time import Day
from bot.reading.buying import purchase_line_of
from bot.reply.parts import Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.entries import left, lot_of, total_price, undo_button
from core.ledger.earning import BOOKABLE, EARNING
from core.ledger.model import Source
from core.shared.money import Price

if TYPE_CHECKING:
    from bot.options.choice import Synonyms

SOURCES: Final[Synonyms] = (
    (
        Source.ASSESSMENT,
        ("assessments", "skill assessment", "skills assessment", "test", "skill test", "exam", "quiz", "certificate"),
    ),
    (Source.INTERVIEW, ("interviews", "interviewed", "interviewing", "client interview")),
    (
        Source.FEEDBACK,
        ("review", "reviews", "good review", "client review", "rating", "positive feedback", "star review", "stars"),
    ),
    (Source.REWARD, ("rewards", "bonus", "gift", "award", "badge", "prize", "rising talent", "top rated")),
    (Source.MONTHLY, ("month", "monthly bonus", "monthly plan", "plan", "membership", "subscription")),
)


@command("buy", reader=purchase_line_of)
async def buy(
    call: Call,
    connects: Annotated[int, Whole(high=MOST_CONNECTS, ruled=True)],
    price: Annotated[Amount | None, Money(rate=True)] = None,
    tax: Annotated[Amount | Percent | None, Tax()] = None,
    on: Annotated[PastDay | None, Past(named=True, suggest=recent_days)] = None,
    *,
    included: Annotated[bool, Switch(named=True, hidden=True)] = False,
    sure: Annotated[bool, Switch(named=True, hidden=True)] = False,
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Book a purchase, at the rulebook's price if none is given. The price is before tax unless it is `included`."""
    if included and price is None:
        raise MissingOptionError("price", say("ask-price-taxed"))
    happened = happened_on(call, on, "buy")
    with keeping(on):
        paid = paid_for(call, connects, price, tax, included=included, sure=sure)
    call = replace(call, past_pins=anyway)
    receipt = await call.books.buy(call.request, connects, paid, on=happened)
    lot = lot_of(receipt)
    return reply(
        say("buy-done", number=receipt.entry.number, connects=connects),
        booked_on(call, happened),
        await unpinned(call, receipt),
        Fields(
            (
                (say("field-price"), _price(total_price(receipt.entry))),
                (say("field-expires"), lot.expires or say("never")),
                left(receipt),
            )
        ),
        buttons(undo_button(receipt)),
    )


def _price(price: Price | Say | None) -> Fact:
    if not isinstance(price, Price) or not price.tax:
        return price
    return say("price-taxed", price=price, tax=Price(price.tax, 0, price.currency))


@command("earn")
async def earn(
    call: Call,
    source: Annotated[Source, Choice(only=BOOKABLE, also=SOURCES)],
    amount: Annotated[int | None, Rated()] = None,
    name: Annotated[str, Text(undated=True, figures=True)] = "",
    *,
    came: Annotated[date | None, Day(named=True, hidden=True)] = None,
    sure: Annotated[bool, Switch(named=True, hidden=True)] = False,
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Book Connects that Upwork gave: for an assessment, an interview, feedback, a reward, or monthly.

    `came`: the earlier day on which a monthly lot came.
    """
    if came is not None and source is not Source.MONTHLY:
        raise UnfitError(say("unfit-earned-on"))
    plan = call.open_wallet.settings.plan
    if source is Source.FEEDBACK:
        name = without_stars(name)
    if source is Source.MONTHLY and (named := plan_in(name)) is not None:
        check_plan(call.books.rulebook, named, plan)
        name = ""
    if not sure:
        check_award(call.books.rulebook, source, amount, name)
    rule = EARNING[source]
    if rule.named and not name:
        raise MissingOptionError("name")
    if rule.rated and amount is None:
        raise MissingOptionError("amount")
    stars, connects = (amount, None) if rule.rated else (None, amount)
    happened = None if came is None else noon_of(call, came)
    call = replace(call, past_pins=anyway)
    receipt = await call.books.earn(
        call.request, source, plan=plan, name=name, stars=stars, connects=connects, on=happened
    )
    lot = lot_of(receipt)
    return reply(
        say("earn-done", number=receipt.entry.number, connects=receipt.entry.delta, source=choice(source)),
        booked_on(call, happened),
        await unpinned(call, receipt),
        Fields(((say("field-expires"), lot.expires or say("never")), left(receipt))),
        buttons(undo_button(receipt)),
    )
