"""What a purchase cost: as written or, where that is unlikely or may mean several things, as somebody confirms it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from babel.numbers import get_currency_precision

from bot.command.declaration import DoubtError, UnfitError
from bot.options.currencies import SHARED
from bot.options.figures import FINE, Amount, Percent
from bot.reply.parts import Button, Say, say
from core.ledger.rules import price_of
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.command.declaration import Call
    from core.ledger.rulebook import Rulebook

FEWEST_COINS: Final = 2
"""In any currency a Connect costs at least this many of its smallest coins."""


class Purchase(NamedTuple):
    """A reading of a line: so many Connects for a net price in minor units, `each` for each of them."""

    connects: int
    net: int
    currency: str
    each: bool = False

    @property
    def price(self) -> Price:
        """The price before tax."""
        return Price(self.net, 0, self.currency)


def paid_for(
    call: Call, connects: int, price: Amount | None, tax: Amount | Percent | None, *, sure: bool
) -> Price | None:
    """What was paid; None for the rulebook's price. An amount without a currency is in the wallet's.

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
        bought = _purchase(call, connects, price, tax)
        if not sure and _is_unlikely(bought, rulebook):
            raise _doubt(bought, tax, rulebook)
    taxed = _tax(bought, tax or Percent(Decimal(rulebook.tax_percent)))
    paid = Price(bought.net, taxed, bought.currency)
    if paid.tax > paid.net:
        raise UnfitError(say("unfit-tax-high", tax=Price(paid.tax, 0, paid.currency), price=bought.price))
    return paid


def _purchase(call: Call, connects: int, price: Amount, tax: Amount | Percent | None) -> Purchase:
    own = call.open_wallet.settings.currency
    currency = price.currency or own
    if own != currency and own in SHARED.get(price.sign, ()):
        raise DoubtError(
            say("doubt-currency", sign=price.sign),
            *(_priced(connects, price._replace(currency=meant, sign=""), meant, tax) for meant in (currency, own)),
        )
    if price.comma and price.fine is not None and get_currency_precision(currency) >= FINE:
        readings = (price._replace(figure=figure, fine=None, comma=False) for figure in (price.fine, price.figure))
        raise DoubtError(say("doubt-comma"), *(_priced(connects, reading, currency, tax) for reading in readings))
    return Purchase(connects, (price.times(connects) if price.each else price).minor(currency), currency, price.each)


def _priced(connects: int, price: Amount, currency: str, tax: Amount | Percent | None) -> Button:
    """A button for the same line with one of the prices that it may mean."""
    net = (price.times(connects) if price.each else price).minor(currency)
    return Button(
        say("reading-currency", price=Price(net, 0, currency), currency=currency),
        _line(Purchase(connects, net, currency), tax),
    )


def _tax(bought: Purchase, tax: Amount | Percent) -> int:
    if isinstance(tax, Percent):
        return tax.of(bought.net)
    if tax.currency not in {None, bought.currency} and bought.currency not in SHARED.get(tax.sign, ()):
        raise UnfitError(say("unfit-tax-currency", currency=bought.currency))
    return tax._replace(currency=bought.currency).minor(bought.currency)


def _is_unlikely(bought: Purchase, rulebook: Rulebook) -> bool:
    """Whether the price is far from the list price or, in a currency that cannot be compared, seems to be swapped."""
    if bought.connects < 1:
        return False  # the rulebook refuses it
    if bought.currency != rulebook.currency:
        return _is_tiny(bought) or (bought.connects not in rulebook.bundles and _whole(bought) in rulebook.bundles)
    usual, factor = rulebook.each * bought.connects, rulebook.doubt
    return bool(usual and factor) and not usual <= bought.net * factor <= usual * factor**2


def _is_tiny(bought: Purchase) -> bool:
    return 0 < bought.net < FEWEST_COINS * bought.connects


def _whole(bought: Purchase) -> int:
    """The price in whole units of its currency; 0 if it is not whole."""
    units, rest = divmod(bought.net, 10 ** get_currency_precision(bought.currency))
    return 0 if rest else units


def _doubt(bought: Purchase, tax: Amount | Percent | None, rulebook: Rulebook) -> DoubtError:
    readings = list(dict.fromkeys((*_likely(bought, rulebook), bought)))
    rows = (Button(_label(reading, written=reading is bought), _line(reading, tax, sure=True)) for reading in readings)
    if bought.currency != rulebook.currency:
        return DoubtError(say("doubt-order"), *rows)
    usual = price_of(bought.connects, rulebook)
    return DoubtError(say("doubt-price", connects=bought.connects, usual=Price(usual.net, 0, usual.currency)), *rows)


def _likely(bought: Purchase, rulebook: Rulebook) -> Iterator[Purchase]:
    """What else may have been meant: a price for each (or not), figures in the other order, cents for dollars."""
    connects, net, currency, each = bought
    swapped = Purchase(_whole(bought), connects * 10 ** get_currency_precision(currency), currency)
    others = (
        (Purchase(connects, net // connects, currency),)
        if each
        else (
            Purchase(connects, net * connects, currency, each=True),
            swapped,
            Purchase(connects, net // 100, currency),
        )
    )
    for other in others:
        if 0 < other.connects <= rulebook.purchase_limit and other.net and not _is_unlikely(other, rulebook):
            yield other


def _label(reading: Purchase, *, written: bool) -> Say:
    if written:
        return say("reading-written", connects=reading.connects, price=reading.price)
    if not reading.each:
        return say("reading-buy", connects=reading.connects, price=reading.price)
    each = Price(reading.net // reading.connects, 0, reading.currency)
    return say("reading-buy-each", connects=reading.connects, price=reading.price, each=each)


def _line(reading: Purchase, tax: Amount | Percent | None, *, sure: bool = False) -> str:
    """The line that books a reading; its price has all the decimals of its currency, so that it reads back."""
    words = [f"buy {reading.connects}", f'price="{_money(reading.net, reading.currency)}"']
    if isinstance(tax, Percent):
        words.append(f"tax={tax.figure:f}%")
    elif tax is not None:
        same = tax.currency is None or reading.currency in SHARED.get(tax.sign, ())
        currency = reading.currency if same or tax.currency is None else tax.currency
        words.append(f'tax="{_money(tax._replace(currency=currency).minor(currency), currency)}"')
    return " ".join((*words, *(("sure=yes",) if sure else ())))


def _money(minor: int, currency: str) -> str:
    return f"{Decimal(minor).scaleb(-get_currency_precision(currency)):f} {currency}"
