"""The code by which a person links another account of theirs, and the platform on which they want their alerts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from typing_extensions import override

from bot.base.platform_registry import PLATFORM_NAMES
from bot.command.codes import code_in
from bot.command.declaration import Kind, UnfitError
from bot.options.audience import platform_named
from bot.options.correction import LONGEST, total_in
from bot.options.numbers import MOST_CONNECTS
from bot.reply.parts import say
from core.links.preview import BalanceChoice
from core.shared.names import folded

SOMEBODY: Final = re.compile(r"@\w|<@|[a-z]+:-?\d", re.IGNORECASE)
LAST_USED: Final = "last"
LAST: Final = frozenset(
    {LAST_USED, "last used", "the last one", "latest", "any", "auto", "either", "default", "usual"}
    | {"where i write", "wherever i write", "where i wrote last", "where i am", "the one i used last"}
)


@dataclass(frozen=True, slots=True)
class LinkCode(Kind):
    """A code such as "AB3D-5F7H", in whatever case."""

    @override
    def read(self, words: str) -> str:
        code = code_in(words)
        if code is None:
            raise UnfitError(say("unfit-link-other" if SOMEBODY.search(words) else "unfit-link-code"))
        return code

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return slice(0, len(tokens)) if tokens else None


class PairingStep(StrEnum):
    """What a button says between a code and a link: what both accounts stand for, what is the same, yes or no."""

    SHOW = "show"
    SAME = "same"
    TWO = "two"
    MATCHING = "matching"
    OTHERS = "others"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class LinkStep(Kind):
    """A step, which only the bot's own buttons take."""

    @override
    def read(self, words: str) -> PairingStep:
        if words not in set(PairingStep):
            raise UnfitError(say("button-over"))
        return PairingStep(words)


@dataclass(frozen=True, slots=True)
class OwnPlatform(Kind):
    """A platform by its name, such as "tg"; or "last", for the one that was used last, which reads as ""."""

    @override
    def read(self, words: str) -> str:
        name = folded(words)
        if name in LAST:
            return ""
        platform = platform_named(name)
        if platform not in PLATFORM_NAMES:
            raise UnfitError(say("unfit-own-platform", words=words[:40]))
        return platform


@dataclass(frozen=True, slots=True)
class TrueBalance(Kind):
    """Which of two balances is true, what both give together, or a figure such as "190"."""

    @override
    def read(self, words: str) -> BalanceChoice | int:
        word = folded(words)
        if word in set(BalanceChoice):
            return BalanceChoice(word)
        stated = total_in(words[:LONGEST])
        if stated is None or stated.reason or stated.total is None or not 0 <= stated.total <= MOST_CONNECTS:
            raise UnfitError(say("unfit-true-balance", words=words[:40]))
        return stated.total
