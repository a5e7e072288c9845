"""One value of an enumeration, or a switch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from typing_extensions import override

from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.reply.parts import Say, say
from bot.reply.words import FALLBACK_VOICE
from core.shared.names import folded

if TYPE_CHECKING:
    from enum import StrEnum

Synonyms: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""The values, each with its synonyms, as in `((Source.REWARD, ("bonus", "gift")),)`."""
MOST_WORDS: Final = 3
LABELS: Final = "choice"


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One value of an enumeration, or of `only`, by its name, its label, the beginning of either, or a synonym.

    In a line it must be complete.

    also: what else people call a value, each at most `MOST_WORDS` words. It is declared beside the option.
    lowercase: free text may follow in the line, so the value is only recognised in lower case ("boost", but not "Boost
        your sales"), or if nothing follows it.
    labels: what the sentences that name the values begin with.
    """

    of: type[StrEnum] | None = None
    only: tuple[str, ...] = ()
    also: Synonyms = ()
    lowercase: bool = False
    labels: str = LABELS

    @property
    def values(self) -> tuple[str, ...]:
        """The values that can be chosen."""
        return self.only or tuple(self.of or ())

    @property
    @override
    def choices(self) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(str(value), choice(value, self.labels)) for value in self.values)

    @override
    def read(self, words: str) -> str:
        wanted, spelled = _joined(words), _spelled(self.values, self.also, self.labels)
        if wanted in spelled:
            return spelled[wanted]
        near = {
            value
            for name, value in _spelled(self.values, labels=self.labels).items()
            if wanted and name.startswith(wanted)
        }
        if len(near) != 1:
            raise UnfitError(say("unfit-choice", words=words[:40], known=self.known))
        return near.pop()

    @property
    def known(self) -> str:
        """The accepted values, as a comma-separated list for messages."""
        return ", ".join(value.replace("_", " ") for value in self.values)

    @override
    def find(self, tokens: list[str]) -> slice | None:
        spelled = _spelled(self.values, self.also, self.labels)
        for count in range(min(MOST_WORDS, len(tokens)), 0, -1):
            words = " ".join(tokens[:count])
            if self.lowercase and count < len(tokens) and words != words.lower():
                continue
            if _joined(words) in spelled:
                return slice(0, count)
        return None


@lru_cache
def _spelled(values: tuple[str, ...], also: Synonyms = (), labels: str = LABELS) -> dict[str, str]:
    """Every accepted spelling, mapped to its value: the values themselves, their English labels, and synonyms."""
    speak = FALLBACK_VOICE
    synonyms = {_joined(words): value for value, others in also for words in others}
    labelled = {_joined(speak.say(choice(value, labels))): value for value in values}
    return synonyms | labelled | {_joined(value): value for value in values}


def _joined(words: str) -> str:
    """Words in the form of enumeration values: folded, and joined by underscores."""
    return "_".join(folded(words).replace("-", " ").replace("_", " ").split())


def choice(value: str, labels: str = LABELS) -> Say:
    """The label of a value that can be chosen."""
    return say(f"{labels}-{value.replace('_', '-')}")


ON: Final = frozenset({"on", "yes", "true", "1"})
OFF: Final = frozenset({"off", "no", "false", "0"})


@dataclass(frozen=True, slots=True)
class Switch(Kind):
    """On or off, yes or no."""

    @property
    @override
    def choices(self) -> tuple[Suggestion, ...]:
        return (Suggestion("on", say("choice-on")), Suggestion("off", say("choice-off")))

    @override
    def read(self, words: str) -> bool:
        word = folded(words)
        if word not in ON | OFF:
            raise UnfitError(say("unfit-switch", words=words[:40]))
        return word in ON
