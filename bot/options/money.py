"""Money, tax, currencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from babel.numbers import list_currencies
from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.options.figures import SYMBOLS, Amount, money_in, percent_in
from bot.reply.parts import say

MOST_MONEY: Final = 10**13  # far above any limit of the rulebook, which refuses it with better words


@dataclass(frozen=True, slots=True)
class Money(Kind):
    """An amount of money, such as "$9", "9.60 EUR" or "9,60"."""

    @override
    def read(self, words: str) -> Amount:
        amount = money_in(words)
        if amount is None or not 0 <= amount.figure <= MOST_MONEY:
            raise UnfitError(say("unfit-money", words=words[:40]))
        return amount

    @override
    def find(self, tokens: list[str]) -> slice | None:
        spans = [slice(i, i + n) for n in (2, 1) for i in range(len(tokens) - n + 1)]
        named = (span for span in spans if (found := money_in(" ".join(tokens[span]))) and found.currency)
        return next(named, None) or Kind.find(self, tokens)


@dataclass(frozen=True, slots=True)
class Tax(Money):
    """Tax on a price: an amount, or a percentage such as "20%"."""

    @override
    def read(self, words: str) -> Any:
        amount = percent_in(words) or money_in(words)
        if amount is None or not 0 <= amount.figure <= MOST_MONEY:
            raise UnfitError(say("unfit-tax", words=words[:40]))
        return amount


@dataclass(frozen=True, slots=True)
class Currency(Kind):
    """A currency by its ISO 4217 code or its symbol."""

    @override
    def read(self, words: str) -> str:
        code = SYMBOLS.get(words.strip(), words.strip().upper())
        if code not in list_currencies():
            raise UnfitError(say("unfit-currency", words=words[:40]))
        return code
