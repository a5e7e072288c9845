"""What an answer is made of: a closed set of parts, data and not strings. Each platform draws every part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, timedelta

    from core.shared.money import Price

Fact: TypeAlias = "str | int | datetime | date | timedelta | Price | Say | Hour | None"


@dataclass(frozen=True, slots=True)
class Hour:
    """A time of which the hour matters too; a datetime on its own is said as its day.

    With `zone` it is told by the clocks there and not by the reader's, and with its weekday.
    """

    at: datetime
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence by its name, and its facts: text as the person wrote it, figures, times, money, or another Say."""

    id: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def say(id: str, /, **facts: Fact) -> Say:  # noqa: A002 - the field's own word
    """A sentence by its name."""
    return Say(id, facts)


@dataclass(frozen=True, slots=True)
class Fields:
    """Labelled values, one to a line."""

    rows: tuple[tuple[Say, Fact], ...]
    title: Say | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column names; on a phone each row is one line."""

    columns: tuple[Say, ...]
    rows: tuple[tuple[Fact, ...], ...]
    title: Say | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """Pressing it is typing `line`. `press` is what travels to the platform and back; the desk fills it in."""

    label: Say
    line: str
    press: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """Rows of buttons under the answer."""

    rows: tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that the next words of this person answer. `hint` stands in the empty input.

    `choices` are buttons whose line is the answer; unless `free`, nothing else can be one. `token` is the question's
    own; the desk fills it in.
    """

    question: Say
    hint: Say
    choices: tuple[Button, ...] = ()
    token: str = ""
    free: bool = True


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep."""

    name: str
    content: bytes
    caption: Say


Part: TypeAlias = Say | Fields | Table | Buttons | Ask | File


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `replace`: where a button was pressed, its message is changed in place (paging).

    `aside`: it answers a press in a group and is for the eyes of who pressed, where the platform can do that. Where
    there is room for a few words only, the first part is told and must say it all.
    """

    parts: tuple[Part, ...] = field(default=())
    replace: bool = False
    aside: bool = False


def reply(*parts: Part | None, replace: bool = False) -> Reply:
    """An answer of these parts; None leaves a part out."""
    return Reply(tuple(part for part in parts if part is not None), replace)


def buttons(*row: Button | None) -> Buttons | None:
    """One row of buttons, or nothing where none is left."""
    kept = tuple(button for button in row if button is not None)
    return Buttons((kept,)) if kept else None
