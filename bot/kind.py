"""What a kind of option is: it reads words into a value, and finds its words in a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.command import Call
    from bot.reply import Say

    Suggest = Callable[["Call", str], Awaitable[Sequence["Suggestion"]]]


class Suggestion(NamedTuple):
    """Words that an option could be given, and what they are called."""

    words: str
    label: Say


class UnfitError(ValueError):
    """Words that do not fit an option; `sentence` says what would."""

    def __init__(self, sentence: Say) -> None:
        """Keep the sentence; the error's own text is its name, never the words."""
        super().__init__(sentence.id)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of option. `suggest` offers words for it, given the call and what was typed so far.

    `named`: in a line it is heard only under its name, as in "supply=1000", for free text may hold the like.
    """

    suggest: Suggest | None = None
    named: bool = False
    greedy: ClassVar[bool] = False
    eager: ClassVar[bool] = False  # found before the others, so that these find their words around it

    @property
    def offers(self) -> tuple[Suggestion, ...]:
        """What can always be chosen."""
        return ()

    def read(self, words: str) -> Any:
        """The value of these words; UnfitError says what would fit."""
        raise NotImplementedError

    def mind(self, rest: list[str]) -> None:
        """Look at the words that no option found; UnfitError where they make no sense beside this one."""

    def find(self, tokens: list[str]) -> slice | None:
        """Where in a line this option stands (None: nowhere). By default: the first word, if it can be read."""
        if not tokens:
            return None
        try:
            self.read(tokens[0])
        except UnfitError:
            return None
        return slice(0, 1)
