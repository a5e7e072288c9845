"""Money, tax, currencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.options.currencies import currency_of
from bot.options.figures import Amount, money_in, percent_in, unknown_unit
from bot.options.spans import money_span, percent_span
from bot.reply.parts import Say, say

MOST_MONEY: Final = 10**13  # far above any limit of the rulebook, which refuses it with better words


@dataclass(frozen=True, slots=True)
class Money(Kind):
    """An amount of money, such as "$9", "9.60 EUR" or "9,60".

    rate: it may also be the price of one Connect (`Amount.each`), such as "$0.15 each".
    """

    rate: bool = False
    longest: ClassVar[bool] = True

    @override
    def read(self, words: str) -> Amount:
        amount = money_in(words)
        if amount is None or not 0 <= amount.figure <= MOST_MONEY or (amount.each and not self.rate):
            raise UnfitError(_why_not(words, "unfit-money"))
        return amount

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return money_span(tokens)


@dataclass(frozen=True, slots=True)
class Tax(Money):
    """Tax on a price: an amount, or a percentage such as "20%"."""

    @override
    def read(self, words: str) -> Any:
        amount = percent_in(words) or money_in(words)
        if amount is None or not 0 <= amount.figure <= MOST_MONEY or (isinstance(amount, Amount) and amount.each):
            raise UnfitError(_why_not(words, "unfit-tax"))
        return amount

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return percent_span(tokens) or money_span(tokens)


@dataclass(frozen=True, slots=True)
class Currency(Kind):
    """A currency by its ISO 4217 code or its symbol."""

    @override
    def read(self, words: str) -> str:
        code = currency_of(words)
        if code is None:
            raise UnfitError(say("unfit-currency", words=words[:40]))
        return code


def _why_not(words: str, otherwise: str) -> Say:
    """The currency that is not known, if that is what is wrong."""
    unit = unknown_unit(words)
    return say("unfit-money-unit", unit=unit) if unit else say(otherwise, words=words[:40])
