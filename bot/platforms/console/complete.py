"""Tab completion: commands, options, and the values that the bot suggests for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.command.declaration import UnfitError
from bot.reading.parser import words_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from bot.command.declaration import Command, Option

    Suggest = Callable[[str, str, str], Awaitable[Sequence[tuple[str, str]]]]
    Complete = Callable[[str], Awaitable[Sequence["Completion"]]]


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion that replaces the last `typed` characters of the line; `label` describes it."""

    words: str
    typed: int
    label: str = ""


async def completions(
    line: str, commands: Mapping[str, Command], own: Iterable[str], suggest: Suggest
) -> list[Completion]:
    """Completions for the end of a line. `suggest` asks the bot, given command, option and what was typed."""
    name, gap, rest = line.lstrip("/").partition(" ")
    if not gap:
        known = {f"/{name}" for name, command in commands.items() if not command.hidden} | set(own)
        return [Completion(word, len(line)) for word in sorted(known) if line and word.startswith(line)]
    command = commands.get(name.casefold())
    if command is None:
        return []
    return await _values(command, rest, suggest)


async def _values(command: Command, rest: str, suggest: Suggest) -> list[Completion]:
    word = rest.rpartition(" ")[2]
    named, equals, begun = word.partition("=")
    option = next((option for option in command.options if equals and option.name == named), None)
    if option is not None:
        return await _words(command, option, begun.lstrip('"'), len(begun), suggest, quote=True)
    found: list[Completion] = []
    for left, typed in _open(command, rest, word):
        found += await _words(command, left, typed, len(typed), suggest)
    names = [f"{option.name}=" for option in command.shown if f"{option.name}=" not in rest]
    return found + [Completion(name, len(word)) for name in names if name.startswith(word)]


def _open(command: Command, rest: str, word: str) -> list[tuple[Option, str]]:
    """The options that the end of the line may belong to, each with what was typed of it."""
    before = _read(command, rest.removesuffix(word))
    given = _read(command, rest)
    found: list[tuple[Option, str]] = []
    for option in command.shown:
        if option.kind.greedy:
            typed = given.get(option.name, "")
            if rest.endswith(typed) and f"{option.name}=" not in rest:
                found.append((option, typed))
        elif option.name not in before:
            found.append((option, word))
    return found


def _read(command: Command, line: str) -> Mapping[str, str]:
    try:
        return words_of(command, line)
    except UnfitError:
        return {}


async def _words(
    command: Command, option: Option, typed: str, span: int, suggest: Suggest, *, quote: bool = False
) -> list[Completion]:
    """The option's fixed choices, then the bot's suggestions. After `name=`, words with spaces are quoted."""
    fixed = [(choice.words, "") for choice in option.kind.choices if choice.words.startswith(typed)]
    asked = [] if option.kind.suggest is None else await suggest(command.name, option.name, typed)
    return [
        Completion(f'"{words}"' if quote and " " in words else words, span, "" if label == words else label)
        for label, words in [*((label, words) for words, label in fixed), *asked]
    ]
