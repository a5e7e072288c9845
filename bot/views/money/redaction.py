"""Leaves money out of an answer: what a group's Connects cost is not for everybody who reads there.

Connects stay, and so does how many of them were free or paid for. This is done to whole answers, where they leave the
bot, so that no command or notice can forget it.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.reply.parts import Ask, Buttons, Fields, File, Links, Say, Table, Verbatim, say
from bot.views.money.sentences import NO_SECRET, WITHOUT
from core.shared.money import Price

if TYPE_CHECKING:
    from bot.reply.parts import Button, Fact, Part, Reply


class Gone(Enum):
    """What is left of money."""

    GONE = auto()


GONE: Final = Gone.GONE
Left: TypeAlias = "Fact | Gone"
HIDDEN: Final = say("money-hidden")


def without_money(given: Reply) -> Reply:
    """The same answer without money. If nothing else was in it, it says why. It is the same object if it had none."""
    parts = tuple(left for part in given.parts if (left := _part(part)) is not None)
    if parts == given.parts:
        return given
    speaks = any(not isinstance(part, Buttons | Links) for part in parts)
    return replace(given, parts=parts if speaks else (HIDDEN, *parts))


def sentence_without(sentence: Say) -> Say:
    """A sentence that has to say something, such as a label, without money."""
    left = _fact(sentence)
    return left if isinstance(left, Say) else HIDDEN


def _part(part: Part) -> Part | None:
    left: Part | None
    match part:
        case Say():
            left = said if isinstance(said := _fact(part), Say) else None
        case Fields():
            left = _fields(part)
        case Table():
            left = _table(part)
        case Verbatim():
            lines = tuple(said for line in part.lines if isinstance(said := _fact(line), Say))
            left = Verbatim(lines) if lines else None
        case Buttons():
            left = replace(part, rows=tuple(map(_labelled, part.rows)))
        case Links():
            left = Links(tuple(replace(link, label=sentence_without(link.label)) for link in part.row))
        case Ask():
            left = replace(part, question=sentence_without(part.question), choices=_labelled(part.choices))
        case File():
            left = replace(part, caption=sentence_without(part.caption))
    return left


def _labelled(row: tuple[Button, ...]) -> tuple[Button, ...]:
    return tuple(replace(one, label=sentence_without(one.label)) for one in row)


def _fields(part: Fields) -> Fields | None:
    """The rows that are left."""
    rows = tuple((label, left) for label, fact in part.rows if not isinstance(left := _fact(fact), Gone))
    return Fields(rows, _title(part.title)) if rows or not part.rows else None


def _table(part: Table) -> Table:
    """The cells that are left, and the columns in which any is."""
    rows = [[_fact(cell) for cell in row] for row in part.rows]
    gone = {at for at in range(len(part.columns)) if _is_gone([row[at] for row in rows])}
    return Table(
        tuple(column for at, column in enumerate(part.columns) if at not in gone),
        tuple(
            tuple(None if isinstance(cell, Gone) else cell for at, cell in enumerate(row) if at not in gone)
            for row in rows
        ),
        _title(part.title),
    )


def _is_gone(column: list[Left]) -> bool:
    return any(cell is GONE for cell in column) and all(cell is GONE or cell is None for cell in column)


def _title(title: Say | None) -> Say | None:
    return None if title is None else sentence_without(title)


def _fact(fact: Fact) -> Left:
    match fact:
        case Price():
            return GONE
        case Say() if fact.facts and fact.id not in NO_SECRET:
            return _sentence(fact)
        case _:
            return fact


def _sentence(sentence: Say) -> Left:
    left = {name: _fact(fact) for name, fact in sentence.facts.items()}
    rest = {name: fact for name, fact in left.items() if not isinstance(fact, Gone)}
    if len(rest) == len(left):
        return Say(sentence.id, rest)
    form = WITHOUT.get(sentence.id)
    if form is None:
        return GONE
    return Say(form, rest) if form else ""
