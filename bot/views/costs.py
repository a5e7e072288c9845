"""What Connects cost: the question, how a cost is shown, and the price of what somebody states."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.command.declaration import DoubtError, Suggestion
from bot.options.currencies import SHARED
from bot.options.figures import Amount, Percent
from bot.reply.parts import Button, Buttons, Fact, Say, say
from core.ledger.rules import price_of
from core.shared.money import CostState, Price

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.command.declaration import Call
    from bot.options.cost import Paid
    from core.ledger.model import Lot
    from core.ledger.past.amending import Drawn
    from core.ledger.requests import Balance
    from core.ledger.rulebook import Rulebook


def cost_choices(connects: int, rulebook: Rulebook) -> tuple[Suggestion, ...]:
    """The likely answers to what some Connects cost. "?" asks for the money."""
    return (
        Suggestion("bought", say("choice-cost-list", price=price_of(connects, rulebook))),
        Suggestion("?", say("choice-cost-other")),
        Suggestion("free", say("choice-cost-free")),
        Suggestion("unknown", say("choice-cost-unknown")),
    )


def cost_question(connects: int, rulebook: Rulebook) -> tuple[Say, Buttons]:
    """Asks for the cost of Connects that are in the books already, with a button for each likely answer."""
    rows = ((Button(label, f"cost {connects} cost={words}"),) for words, label in cost_choices(connects, rulebook))
    return say("cost-question", connects=connects), Buttons(tuple(rows))


def cost_of(lot: Lot) -> Fact:
    """What a lot cost, with the tax if there is any."""
    if lot.price is None or lot.cost_state is not CostState.PAID:
        return say("unknown" if lot.cost_state is CostState.UNKNOWN else "free")
    return taxed(lot.price)


def worth_of(lot: Lot) -> Fact:
    """What the Connects left in a lot cost."""
    return lot.worth if lot.cost_state is CostState.PAID else cost_of(lot)


def worth_rows(balance: Balance) -> Iterator[Fact]:
    """What the paid Connects of a balance cost, in each currency. The last of them says what it does not count."""
    *some, last = balance.worth or (None,)
    yield from some
    if last is not None:
        unknown = balance.unknown
        yield say("cost-partly", price=last, unknown=unknown) if unknown else last


def spent_cost(spent: Drawn) -> Fact:
    """What the spends cost that drew from some lots."""
    paid = [price for price in spent.cost if price.total]
    if not paid:
        return say("nothing")
    total: Fact = paid[0]
    for price in paid[1:]:
        total = say("sum", one=total, other=price)
    return total


def taxed(price: Fact) -> Fact:
    """A price, with the tax in it if there is any. What is shown instead of a price stays as it is."""
    if not isinstance(price, Price) or not price.tax:
        return price
    return say("price-taxed", price=price, tax=Price(price.tax, 0, price.currency))


def stated(call: Call, connects: int, said: CostState | Paid, line: str) -> CostState | Price:
    """The cost that somebody states for so many Connects. An amount without a currency is in the wallet's.

    Raises DoubtError if the amount is far from the list price, with readings that go on with `line`.
    """
    if isinstance(said, CostState):
        return said
    rulebook = call.books.rulebook
    own = call.open_wallet.settings.currency
    amount = said.amount._replace(currency=said.amount.currency or own)
    _check_currency(said, own, line)
    each, whole = _price(amount, connects, rulebook), _price(amount, 1, rulebook)
    if (
        said.each is None
        and connects > 1
        and _is_doubtful(each, whole, usual := price_of(connects, rulebook), rulebook.doubt)
    ):
        words = f"{line} {amount.figure} {amount.currency}"
        of_each = Button(say("button-cost-each", price=whole, total=each), f"{words} each")
        of_all = Button(say("button-cost-all", price=whole), f"{words} in total")
        at_list = Button(say("choice-cost-list", price=usual), f"{line} bought")
        readings = (of_each, of_all) if _is_near(each, usual, rulebook.doubt) else (of_all, at_list)
        raise DoubtError(say("doubt-cost", connects=connects, price=whole), *readings)
    return each if said.each else whole


def _check_currency(said: Paid, own: str, line: str) -> None:
    """Raise DoubtError about a sign such as "$" that is also that of the wallet's own currency."""
    amount, total = said.amount, " each" if said.each else " in total" if said.each is False else ""
    if amount.currency in {None, own} or own not in SHARED.get(amount.sign, ()):
        return
    readings = (
        Button(
            say(
                "reading-currency", price=Price(amount._replace(currency=meant).minor(meant), 0, meant), currency=meant
            ),
            f"{line} {amount.figure} {meant}{total}",
        )
        for meant in (amount.currency or own, own)
    )
    raise DoubtError(say("doubt-currency", sign=amount.sign), *readings)


def _is_doubtful(each: Price, whole: Price, usual: Price, times: int) -> bool:
    """Whether an amount is rather the price of one Connect, or many times what all of them usually cost.

    `times` is the rulebook's `doubt`; 0 means that nothing is asked.
    """
    if not times or not usual.total or whole.currency != usual.currency:
        return False
    return _is_near(each, usual, times) or whole.total > usual.total * times


def _is_near(price: Price, usual: Price, times: int) -> bool:
    return usual.total <= price.total * times and price.total <= usual.total * times


def _price(amount: Amount, times: int, rulebook: Rulebook) -> Price:
    """So many times an amount, with the rulebook's tax, as for a purchase that does not state its own."""
    net = amount.times(times).minor(rulebook.currency)
    return Price(net, Percent(Decimal(rulebook.tax_percent)).of(net), amount.currency or rulebook.currency)
