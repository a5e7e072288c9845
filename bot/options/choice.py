"""One of several: a choice, or a yes and a no."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.reply.parts import Say, say
from bot.reply.words import FALLBACK, voice

if TYPE_CHECKING:
    from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of an enumeration, by its value, what it is called, or the beginning of either; in a line, spelled out.

    `small`: a line may go on with free text, so that it is only heard in small letters, or where nothing else is said.
    """

    of: type[StrEnum] | None = None
    only: tuple[StrEnum, ...] = ()
    small: bool = False

    @property
    def values(self) -> tuple[StrEnum, ...]:
        """What can be chosen."""
        return self.only or tuple(self.of or ())

    @property
    @override
    def choices(self) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(value.value, choice(value)) for value in self.values)

    @override
    def read(self, words: str) -> StrEnum:
        wanted, spelled = _joined(words.casefold()), _spelled(self.values)
        near = {value for name, value in spelled.items() if wanted and name.startswith(wanted)}
        if wanted in spelled:
            return spelled[wanted]
        if len(near) != 1:
            raise UnfitError(say("unfit-choice", words=words[:40], known=self.known))
        return near.pop()

    @property
    def known(self) -> str:
        """What can be written for it."""
        return ", ".join(value.value.replace("_", " ") for value in self.values)

    @override
    def find(self, tokens: list[str]) -> slice | None:
        spelled = _spelled(self.values)
        for count in range(min(3, len(tokens)), 0, -1):
            said = _joined(" ".join(tokens[:count]))
            heard = said if self.small and count < len(tokens) else said.casefold()
            if heard in spelled:
                return slice(0, count)
        return None


@lru_cache
def _spelled(values: tuple[StrEnum, ...]) -> dict[str, StrEnum]:
    """What a choice may be called: its own words, and those that we call it."""
    speak = voice(FALLBACK, "UTC")
    called = {_joined(speak.say(choice(value)).casefold()): value for value in values}
    return called | {_joined(value.value): value for value in values}


def _joined(words: str) -> str:
    """Words as the values of enumerations are written."""
    return "_".join(words.replace("-", " ").replace("_", " ").split())


def choice(value: StrEnum) -> Say:
    """What a value of an enumeration is called."""
    return say(f"choice-{value.value.replace('_', '-')}")


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
        said = words.strip().casefold()
        if said not in ON | OFF:
            raise UnfitError(say("unfit-switch", words=words[:40]))
        return said in ON
