"""What was earned, where a line leaves a doubt: which figure is the amount, and how many times it was given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError, UnfitError
from bot.options.choice import choice
from bot.options.figures import money_in, percent_in, plain, whole_number
from bot.reply.parts import Button, say
from core.ledger.model import Source
from core.wallets.settings import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.ledger.rulebook import Rulebook

TIMES: Final = re.compile(r"(?:[x\u00d7*]\s*)(\d{1,2})|(\d{1,2})\s*(?:[x\u00d7*]|times)|(twice)", re.IGNORECASE)
SINGLE: Final = frozenset({Source.MONTHLY, Source.FEEDBACK, Source.ASSESSMENT})
"""Of these, each is an entry of its own."""
UNIT: Final = re.compile(r"^-?\s*(?:stars?|/\s?5)\b[\s,:-]*|^[\u2b50\ufe0f\s]+|\s*[\u2b50\ufe0f]+$", re.IGNORECASE)
BESIDE_PLAN: Final = frozenset({"freelancer", "plan", "the", "my", "for", "on", "account", "from"})
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
    *before, last = name.split() or [""]
    if before and amount is None and source not in SINGLE and (times := _times(last, None)):
        usual = rulebook.earning[source]["connects"]
        raise _doubt(source, ((times * usual, " ".join(before)), (usual, name)))
    if (source is Source.MONTHLY and name) or _is_other_figure(name):
        raise UnfitError(say("unfit-leftover", words=name[:60], command="earn"))
    if source in {Source.MONTHLY, Source.FEEDBACK}:
        return
    readings = _readings(source, rulebook.earning[source]["connects"], amount, name)
    if readings:
        raise _doubt(source, readings)


def without_stars(name: str) -> str:
    """What somebody wrote beside the stars of a feedback, such as "from Acme" of "5 stars from Acme"."""
    return UNIT.sub("", name, count=1)


def plan_in(name: str) -> Plan | None:
    """The plan that is named beside a monthly lot, as in "freelancer plus"."""
    words = [word for word in name.casefold().split() if word not in BESIDE_PLAN]
    return Plan(words[0]) if len(words) == 1 and words[0] in set(Plan) else None


def check_plan(rulebook: Rulebook, named: Plan, current: Plan) -> None:
    """Raise DoubtError if the lot of another plan is meant than the one that is set."""
    if named is current:
        return
    once = rulebook.monthly(named)
    book = Button(say("reading-earn", connects=once, what=choice(Source.MONTHLY)), award_line(Source.MONTHLY, once, ""))
    setting = Button(say("button-line", line=f"/settings plan={named}"), f"/settings plan={named}")
    raise DoubtError(say("doubt-plan", plan=choice(current)), *([book] if once else []), setting)


def _times(name: str, amount: int | None) -> int:
    """How many times, in "x3" or "3 times"; 0 if it is not that. The 3 may have been taken for the amount already."""
    written = (name, *(() if amount is None else (f"{name}{amount}", f"{amount}{name}")))
    found = next(filter(None, map(TIMES.fullmatch, map(plain, written))), None)
    return 0 if found is None else int(found[1] or found[2] or 2)


def _readings(source: Source, usual: int, amount: int | None, name: str) -> tuple[Reading, ...]:
    """What may be meant, the likelier first; none if there is no doubt."""
    words = name.split()
    if amount is None and (figure := whole_number(name)) is not None:
        return (figure, ""), (usual, name)
    if amount is None:  # a figure at either end of a typed line is the amount, so here the name has it by intention
        return next((((usual, name), (figure, rest)) for figure, rest in _figures(words, inner=True)), ())
    if source is Source.INTERVIEW and amount < usual and not name:
        return (amount * usual, ""), (amount, "")
    if source is Source.ASSESSMENT and amount == usual:
        return ()
    for figure, rest in _figures(words, inner=False):
        if rest or figure != amount:
            return ((amount, name), (figure, f"{amount} {rest}")) if rest else ((amount, ""), (figure, ""))
    may_belong = amount in YEARS or source is Source.ASSESSMENT or (source is Source.INTERVIEW and amount != usual)
    return ((usual, f"{name} {amount}"), (amount, name)) if name and may_belong else ()


def _is_other_figure(name: str) -> bool:
    """Whether a name is but a figure that is no number of Connects, such as "$50" or "100%"."""
    return whole_number(name) is None and (money_in(name) or percent_in(name)) is not None


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
            award_line(source, connects, name),
        )
        for connects, name in readings
    )
    return DoubtError(say("doubt-amount"), *rows)


def award_line(source: Source, connects: int, name: str) -> str:
    """The line that books a reading."""
    named = f' name="{name.replace(QUOTE, APOSTROPHE)}"' if name else ""
    return f"earn {source} amount={connects}{named} sure=yes"
