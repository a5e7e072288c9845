"""What was earned, where a line leaves a doubt: which figure is the amount, and how many times it was given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError, UnfitError
from bot.options.choice import choice
from bot.options.figures import plain, whole_number
from bot.reply.parts import Button, say
from core.ledger.model import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.ledger.rulebook import Rulebook

TIMES: Final = re.compile(r"(?:[x\u00d7*]\s*)(\d{1,2})|(\d{1,2})\s*(?:[x\u00d7*]|times)|(twice)", re.IGNORECASE)
SINGLE: Final = frozenset({Source.MONTHLY, Source.FEEDBACK, Source.ASSESSMENT})
"""Of these, each is an entry of its own."""
QUOTE, APOSTROPHE = '"', "'"
YEARS: Final = range(1900, 2101)

Reading = tuple[int, str]
"""So many Connects under a name."""


def check_award(rulebook: Rulebook, source: Source, amount: int | None, name: str) -> None:
    """Raise DoubtError if the amount may be a part of the name or the other way round, or a number of times."""
    if times := _times(name, amount):
        if source in SINGLE:
            raise UnfitError(say("unfit-times"))
        usual = rulebook.earning[source]["connects"]
        raise _doubt(source, ((times * usual, ""), (usual, "")))
    if source is Source.MONTHLY and name:
        raise UnfitError(say("unfit-leftover", words=name[:60], command="earn"))
    if source in {Source.MONTHLY, Source.FEEDBACK}:
        return
    readings = _readings(source, rulebook.earning[source]["connects"], amount, name)
    if readings:
        raise _doubt(source, readings)


def _times(name: str, amount: int | None) -> int:
    """How many times, in "x3" or "3 times"; 0 if it is not that. The 3 may have been taken for the amount already."""
    written = (name, *(() if amount is None else (f"{name}{amount}", f"{amount}{name}")))
    found = next(filter(None, map(TIMES.fullmatch, map(plain, written))), None)
    return 0 if found is None else int(found[1] or found[2] or 2)


def _readings(source: Source, usual: int, amount: int | None, name: str) -> tuple[Reading, ...]:
    """What may be meant, the likelier first; none if there is no doubt."""
    words = name.split()
    if amount is None:  # a figure at either end of a typed line is the amount, so here the name has it by intention
        return next((((usual, name), (figure, rest)) for figure, rest in _figures(words, inner=True)), ())
    if source is Source.INTERVIEW and amount < usual and not name:
        return (amount * usual, ""), (amount, "")
    if source is Source.ASSESSMENT and amount == usual:
        return ()
    for figure, rest in _figures(words, inner=False):
        return ((amount, name), (figure, f"{amount} {rest}")) if rest else ((amount, ""), (figure, ""))
    may_belong = amount in YEARS or source is Source.ASSESSMENT
    return ((usual, f"{name} {amount}"), (amount, name)) if name and may_belong else ()


def _figures(words: Sequence[str], *, inner: bool) -> list[Reading]:
    """The figures inside a name, or at its ends, each with the rest of the name."""
    ends = {0, len(words) - 1}
    return [
        (figure, " ".join((*words[:at], *words[at + 1 :])))
        for at, word in enumerate(words)
        if (at not in ends) is inner and (figure := whole_number(word)) is not None
    ]


def _doubt(source: Source, readings: Sequence[Reading]) -> DoubtError:
    rows = (
        Button(
            say("reading-earn", connects=connects, what=say("raw", text=name) if name else choice(source)),
            _line(source, connects, name),
        )
        for connects, name in readings
    )
    return DoubtError(say("doubt-amount"), *rows)


def _line(source: Source, connects: int, name: str) -> str:
    named = f' name="{name.replace(QUOTE, APOSTROPHE)}"' if name else ""
    return f"earn {source} amount={connects}{named} sure=yes"
