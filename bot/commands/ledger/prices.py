"""What a purchase cost: as written or, where that is unlikely or may mean several things, as somebody confirms it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from babel.numbers import get_currency_precision

from bot.command.declaration import DoubtError, UnfitError
from bot.options.currencies import SHARED
from bot.options.figures import FINE, Amount, Percent, rounded
from bot.reply.parts import Button, Say, say
from core.ledger.rules import price_of
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.command.declaration import Call
    from core.ledger.rulebook import Rulebook

FEWEST_COINS: Final = 2
"""In any currency a Connect costs at least this many of its smallest coins."""
MOST_TAX: Final = Decimal("0.3")
"""The highest rate of a tax on sales; what is above the list price by more is not taken for tax."""
NO_TAX: Final = Percent(Decimal(0))
CLOSE: Final = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"})
"""Currencies of which each has been worth between half and twice as much as the others."""


class Purchase(NamedTuple):
    """A reading of a line: so many Connects for a net price in minor units.

    each: the price was written for each of them. fine: the price if what looks like thousands are decimals.
    """

    connects: int
    net: int
    currency: str
    each: bool = False
    fine: int = 0

    @property
    def price(self) -> Price:
        """The price before tax."""
        return Price(self.net, 0, self.currency)


def paid_for(
    call: Call, connects: int, price: Amount | None, tax: Amount | Percent | None, *, included: bool, sure: bool
) -> Price | None:
    """What was paid; None for the rulebook's price. An amount without a currency is in the wallet's.

    included: the tax is a part of the price that was written.

    Raises DoubtError about a price that may be in several currencies or, unless they are `sure`, is far from the list
    price.
    """
    if price is None and tax is None:
        return None
    rulebook = call.books.rulebook
    if price is None:
        usual = price_of(connects, rulebook)
        bought = Purchase(connects, usual.net, usual.currency)
    else:
        bought = _purchase(call, connects, price, tax, included=included)
        if included:
            bought, tax = _before_tax(bought, tax, rulebook)
        if not sure and is_unlikely(bought, rulebook):
            raise _doubt(bought, tax, rulebook)
    taxed = tax_of(bought, tax or Percent(Decimal(rulebook.tax_percent)))
    paid = Price(bought.net, taxed, bought.currency)
    if paid.tax > paid.net:
        raise UnfitError(say("unfit-tax-high", tax=Price(paid.tax, 0, paid.currency), price=bought.price))
    return paid


def _before_tax(
    bought: Purchase, tax: Amount | Percent | None, rulebook: Rulebook
) -> tuple[Purchase, Amount | Percent]:
    """A purchase without the tax that is included in its price, and that tax as an amount.

    Raises DoubtError if it is not known how much of the price is tax.
    """
    if tax is None and rulebook.tax_percent:
        tax = Percent(Decimal(rulebook.tax_percent))
    if tax is None:
        raise _tax_doubt(bought, rulebook)
    inside = tax_of(bought, tax)
    if isinstance(tax, Percent):
        inside = tax_in(bought, tax)
    net = bought._replace(net=bought.net - inside, fine=0)
    figure = Decimal(inside).scaleb(-get_currency_precision(bought.currency))
    return net, Amount(figure, bought.currency)


def _tax_doubt(bought: Purchase, rulebook: Rulebook) -> DoubtError:
    """The question how much of a price is tax: what it is above the list price, or nothing that is booked as such."""
    usual = price_of(bought.connects, rulebook)
    inside = bought.net - usual.net if usual.currency == bought.currency else 0
    net, rows = Purchase(bought.connects, bought.net - inside, bought.currency), []
    if 0 < inside <= usual.net * MOST_TAX:
        tax = Amount(Decimal(inside).scaleb(-get_currency_precision(bought.currency)), bought.currency)
        label = say("reading-taxed", price=bought.price, tax=Price(inside, 0, bought.currency))
        rows.append(Button(label, purchase_line(net, tax)))
    rows.append(Button(say("reading-untaxed", price=bought.price), purchase_line(bought, NO_TAX)))
    return DoubtError(say("doubt-tax-part", price=bought.price), *rows)


def _purchase(call: Call, connects: int, price: Amount, tax: Amount | Percent | None, *, included: bool) -> Purchase:
    def priced(reading: Amount, currency: str) -> Button:
        return _priced(connects, reading, currency, tax, included=included)

    currency, *others = _currencies(connects, price, call.open_wallet.settings.currency, call.books.rulebook)
    if others:
        meant = ((price._replace(currency=one, sign=""), one) for one in (currency, *others))
        raise DoubtError(say("doubt-currency"), *(priced(reading, one) for reading, one in meant))
    if price.comma and price.fine is not None and get_currency_precision(currency) >= FINE:
        readings = (price._replace(figure=figure, fine=None, comma=False) for figure in (price.fine, price.figure))
        raise DoubtError(say("doubt-comma"), *(priced(reading, currency) for reading in readings))
    total = price.times(connects) if price.each else price
    fine = 0 if total.fine is None else total._replace(figure=total.fine).minor(currency)
    return Purchase(connects, total.minor(currency), currency, price.each, fine)


def _currencies(connects: int, price: Amount, own: str, rulebook: Rulebook) -> tuple[str, ...]:
    """The currencies that a price may be in, the likelier first; `own` is the wallet's.

    A bare figure that is right in the rulebook's currency is doubtful in one of another worth, such as rupees.
    """
    if price.currency is not None:
        shared = own != price.currency and own in SHARED.get(price.sign, ())
        return (price.currency, own) if shared else (price.currency,)
    total = price.times(connects) if price.each else price
    listed = Purchase(connects, total.minor(rulebook.currency), rulebook.currency)
    comparable = _tolerance(listed._replace(currency=own), rulebook) or not rulebook.each or not rulebook.doubt
    return (own,) if comparable or connects < 1 or _is_far(listed, rulebook) else (rulebook.currency, own)


def _priced(connects: int, price: Amount, currency: str, tax: Amount | Percent | None, *, included: bool) -> Button:
    """A button for the same line with one of the prices that it may mean."""
    net = (price.times(connects) if price.each else price).minor(currency)
    return Button(
        say("reading-currency", price=Price(net, 0, currency), currency=currency),
        purchase_line(Purchase(connects, net, currency), tax, included=included),
    )


def tax_in(bought: Purchase, tax: Percent) -> int:
    """The tax that is included in a price, in minor units."""
    return bought.net - rounded(bought.net * 100 / (100 + tax.figure))


def tax_of(bought: Purchase, tax: Amount | Percent) -> int:
    """The tax on a purchase, in minor units."""
    if isinstance(tax, Percent):
        return tax.of(bought.net)
    if tax.currency not in {None, bought.currency} and bought.currency not in SHARED.get(tax.sign, ()):
        raise UnfitError(say("unfit-tax-currency", currency=bought.currency))
    return tax._replace(currency=bought.currency).minor(bought.currency)


def is_unlikely(bought: Purchase, rulebook: Rulebook) -> bool:
    """Whether the price is far from the list price or, where they cannot be compared, seems to be something else."""
    allowed = 0 < bought.connects <= rulebook.purchase_limit and bought.net <= rulebook.price_limit
    if not allowed or not rulebook.doubt:
        return False  # the rulebook refuses it, or wants no questions
    if _tolerance(bought, rulebook):
        return _is_far(bought, rulebook)
    return _is_tiny(bought) or _is_swapped(bought, rulebook)


def _is_far(bought: Purchase, rulebook: Rulebook) -> bool:
    usual, factor = rulebook.each * bought.connects, _tolerance(bought, rulebook)
    return bool(usual) and not usual <= bought.net * factor <= usual * factor**2


def _tolerance(bought: Purchase, rulebook: Rulebook) -> int:
    """How many times above or below the list price is likely; 0 if the currencies cannot be compared."""
    if bought.currency == rulebook.currency:
        return rulebook.doubt
    return 2 * rulebook.doubt if {bought.currency, rulebook.currency} <= CLOSE else 0


def _is_tiny(bought: Purchase) -> bool:
    return bought.net < FEWEST_COINS * bought.connects


def _is_swapped(bought: Purchase, rulebook: Rulebook) -> bool:
    return _whole(bought) in rulebook.bundles and _whole(bought) != bought.connects


def _whole(bought: Purchase) -> int:
    """The price in whole units of its currency; 0 if it is not whole."""
    units, rest = divmod(bought.net, 10 ** get_currency_precision(bought.currency))
    return 0 if rest else units


def _doubt(bought: Purchase, tax: Amount | Percent | None, rulebook: Rulebook) -> DoubtError:
    readings = list(dict.fromkeys((*_likely(bought, rulebook), bought)))
    rows = (
        Button(_label(reading, written=reading is bought), purchase_line(reading, tax, sure=True))
        for reading in readings
    )
    if not _tolerance(bought, rulebook):
        return DoubtError(say("doubt-order"), *rows)
    usual = price_of(bought.connects, rulebook)
    return DoubtError(say("doubt-price", connects=bought.connects, usual=Price(usual.net, 0, usual.currency)), *rows)


def _likely(bought: Purchase, rulebook: Rulebook) -> Iterator[Purchase]:
    """What else may have been meant: a price for each (or not), figures in the other order, cents, decimals."""
    connects, net, currency, each, fine = bought
    compared = bool(_tolerance(bought, rulebook))
    others = []
    if each:
        others.append(Purchase(connects, net // connects, currency))
    elif compared or _is_tiny(bought):
        others.append(Purchase(connects, net * connects, currency, each=True))
    if not each and (compared or _is_swapped(bought, rulebook)):
        others.append(Purchase(_whole(bought), connects * 10 ** get_currency_precision(currency), currency))
    if not each and compared:
        others += [Purchase(connects, cents, currency) for cents in (net // 100, fine)]
    for other in others:
        possible = 0 < other.connects <= rulebook.purchase_limit and other.net
        if possible and not (compared and _is_far(other, rulebook)):
            yield other


def _label(reading: Purchase, *, written: bool) -> Say:
    if written:
        return say("reading-written", connects=reading.connects, price=reading.price)
    if not reading.each:
        return say("reading-buy", connects=reading.connects, price=reading.price)
    each = Price(reading.net // reading.connects, 0, reading.currency)
    return say("reading-buy-each", connects=reading.connects, price=reading.price, each=each)


def purchase_line(
    reading: Purchase, tax: Amount | Percent | None, *, sure: bool = False, included: bool = False
) -> str:
    """The line that books a reading; its price has all the decimals of its currency, so that it reads back."""
    words = [f"buy {reading.connects}", f'price="{_money(reading.net, reading.currency)}"']
    if isinstance(tax, Percent):
        words.append(f"tax={tax.figure:f}%")
    elif tax is not None:
        same = tax.currency is None or reading.currency in SHARED.get(tax.sign, ())
        currency = reading.currency if same or tax.currency is None else tax.currency
        words.append(f'tax="{_money(tax._replace(currency=currency).minor(currency), currency)}"')
    switches = [name for name, on in (("included", included), ("sure", sure)) if on]
    return " ".join((*words, *(f"{name}=yes" for name in switches)))


def _money(minor: int, currency: str) -> str:
    return f"{Decimal(minor).scaleb(-get_currency_precision(currency)):f} {currency}"
