"""How much may be spent in a period: Connects, an amount of money, or as much as anybody likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.options.figures import money_in, whole_number
from bot.options.money import MOST_MONEY
from bot.options.numbers import MOST_CONNECTS
from bot.options.times.time import OFF
from bot.reply.parts import say

if TYPE_CHECKING:
    from bot.options.figures import Amount


class Ceiling(NamedTuple):
    """So many Connects, or an amount of money. With neither of them there is no limit any more."""

    connects: int = 0
    money: Amount | None = None

    @property
    def is_off(self) -> bool:
        """Whether a limit is taken away, rather than set."""
        return not self.connects and self.money is None


SWITCHED_OFF: Final = Ceiling()
NO_LIMIT: Final = OFF | {"unlimited", "no limit", "remove", "delete"}


@dataclass(frozen=True, slots=True)
class Most(Kind):
    """The most that may be spent, such as "100", "100 connects" or "$50"; "off" for no limit."""

    longest: ClassVar[bool] = True

    @override
    def read(self, words: str) -> Ceiling:
        text = words.strip()
        if text.casefold() in NO_LIMIT:
            return SWITCHED_OFF
        connects = whole_number(text)
        if connects is not None:
            return Ceiling(_checked(connects, text))
        money = money_in(text)
        if money is None or money.each or not (money.currency or money.sign) or not money.figure <= MOST_MONEY:
            raise UnfitError(say("unfit-ceiling", words=words[:40]))
        if not money.figure:
            raise _nothing()
        return Ceiling(money=money)


def _checked(connects: int, words: str) -> int:
    if connects < 0 or connects > MOST_CONNECTS:
        raise UnfitError(say("unfit-ceiling", words=words[:40]))
    if not connects:
        raise _nothing()
    return connects


def _nothing() -> UnfitError:
    """A limit of nothing is hardly meant."""
    return UnfitError(say("unfit-ceiling-nothing"), Suggestion("off", say("button-no-limit")))
