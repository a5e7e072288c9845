"""The kind of option that is a yes or a no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from bot.kind import Kind, Suggestion, UnfitError
from bot.reply import say

ON: Final = frozenset({"on", "yes", "true", "1"})
OFF: Final = frozenset({"off", "no", "false", "0"})


@dataclass(frozen=True, slots=True)
class Switch(Kind):
    """On or off, yes or no."""

    @property
    @override
    def offers(self) -> tuple[Suggestion, ...]:
        return (Suggestion("on", say("choice-on")), Suggestion("off", say("choice-off")))

    @override
    def read(self, words: str) -> bool:
        said = words.strip().casefold()
        if said not in ON | OFF:
            raise UnfitError(say("unfit-switch", words=words[:40]))
        return said in ON
