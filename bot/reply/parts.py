"""The parts of an answer: a closed set of data types without text. Each platform draws every part in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping, Sequence
    from datetime import date, datetime, timedelta

    from core.shared.money import Price

Fact: TypeAlias = "str | int | datetime | date | timedelta | Price | Say | Hour | Recent | Then | None"


@dataclass(frozen=True, slots=True)
class Hour:
    """A time shown with its hour and minute; a plain datetime is shown as a date only.

    If `zone` is set, the time is shown in that zone instead of the reader's, with the weekday.
    readers: many people read it, so a platform that can do so shows it to each of them in their own time zone.
        Elsewhere it is shown as without.
    """

    at: datetime
    zone: str = ""
    readers: bool = False


@dataclass(frozen=True, slots=True)
class Recent:
    """A past time as a list shows it: today and yesterday with the time of day, others as a date, seen at `now`.

    day: only the day is known.
    """

    at: datetime
    now: datetime
    day: bool = False


@dataclass(frozen=True, slots=True)
class Then:
    """A past time as a sentence names it, seen at `now`: "yesterday at 14:05", "on Friday at 14:05".

    day: only the day is known.
    """

    at: datetime
    now: datetime
    day: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence by its id in `locales/*.ftl`, with the values to put into it. Text is given as people wrote it."""

    id: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def say(id: str, /, **facts: Fact) -> Say:  # noqa: A002 - the field's own word
    """Name a sentence: `say("spend-done", number=3)`."""
    return Say(id, facts)


def enumerated(items: Sequence[Say], last: str = "list-last") -> Say:
    """A list with commas, and an "and" (or another `last` sentence) before the last item."""
    if len(items) == 1:
        return items[0]
    some = items[0]
    for item in items[1:-1]:
        some = say("list-more", first=some, next=item)
    return say(last, first=some, last=items[-1])


@dataclass(frozen=True, slots=True)
class Fields:
    """Labelled values, one on each line."""

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
    """Pressing it is the same as typing `line`. `press` is what the platform sends back; the desk fills it in.

    goes_on: after the line, the command that was refused, or that has shown this button, is carried out.
    copy: what a press copies instead, on a platform whose buttons can; elsewhere the line shows it.
    only: the number of the one person who may press it; 0 if everybody may who may use its command.
    """

    label: Say
    line: str
    press: str = ""
    goes_on: bool = False
    copy: str = ""
    only: int = 0


@dataclass(frozen=True, slots=True)
class Buttons:
    """Rows of buttons under the answer.

    asks: the answer waits for one of them, so that their labels are remembered on disk for somebody who types one.
    """

    rows: tuple[tuple[Button, ...], ...]
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A button that leads to an address, or with `copied` copies it.

    If it begins with "?", it leads to the bot itself with something to start with ("?start=claim_7"). Platforms without
    such addresses leave it out.
    """

    label: Say
    to: str
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """A row of links under the answer."""

    row: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question; the person's next words are taken as the answer.

    hint: a placeholder for the empty input.
    choices: buttons whose line is the answer. Unless the question is `free`, no other answer is accepted.
    token: identifies the question; the desk fills it in.
    """

    question: Say
    hint: Say
    choices: tuple[Button, ...] = ()
    token: str = ""
    free: bool = True


@dataclass(frozen=True, slots=True)
class File:
    """A file that the person can save. A `picture` is shown at once, where the platform can do that."""

    name: str
    content: bytes
    caption: Say
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text to copy and send elsewhere. It is shown apart from the rest, and as it is."""

    lines: tuple[Say, ...]


Part: TypeAlias = Say | Fields | Table | Verbatim | Buttons | Links | Ask | File


class Growing(NamedTuple):
    """Which growing answer one is a version of, and which version: the first is 1."""

    name: str
    version: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    replace: the message whose button was pressed is edited instead of a new one being sent, such as for paging.
    ephemeral: it answers a press in a group, and only the one who pressed should see it, if the platform can do that.
        If there is room for a few words only, the first part alone is shown, so it must make sense by itself.
    onward: what the private chat can be started with to read more, on a platform that can open it at once.
    growing: it grows with what comes in, such as the parts of a paste. A platform that can edit what it has sent edits
        the version before; elsewhere the new version is sent as `anew` has it.
    quiet: it comes by itself and can wait, so that no device makes a sound because of it.
    coming: what takes the place of this answer as soon as it is there, such as a picture that is being drawn. It may in
        turn have something `coming`, as a stage has that says how much is done (`bot.reply.stages`). A stage may never
        be shown, because only the newest counts.
    """

    parts: tuple[Part, ...] = field(default=())
    replace: bool = False
    ephemeral: bool = False
    onward: str = ""
    growing: Growing | None = None
    quiet: bool = False
    coming: Awaitable[Reply] | None = None


def reply(*parts: Part | None, replace: bool = False) -> Reply:
    """An answer made of these parts; None is left out."""
    return Reply(tuple(part for part in parts if part is not None), replace)


def buttons(*row: Button | None, asks: bool = False) -> Buttons | None:
    """One row of buttons; None is left out, and an empty row is None."""
    kept = tuple(button for button in row if button is not None)
    return Buttons((kept,), asks) if kept else None


def joined(*replies: Reply) -> Reply:
    """Several answers as one, with all buttons at its end, and links below those."""
    parts = [part for given in replies for part in given.parts]
    rows = chain.from_iterable(part.rows for part in parts if isinstance(part, Buttons))
    every = Buttons(tuple(rows))
    rest = (part for part in parts if not isinstance(part, Buttons | Links))
    return reply(*rest, every if every.rows else None, *(part for part in parts if isinstance(part, Links)))


def anew(given: Reply) -> Reply:
    """An answer as a message of its own: a later version of a growing answer says that it replaces the one before."""
    if given.growing is None or given.growing.version == 1:
        return given
    return replace(given, parts=(say("replaces-earlier"), *given.parts))


def without_buttons(given: Reply) -> Reply:
    """An answer without anything to press: buttons, links, and the choices of a question."""
    parts = (replace(part, choices=()) if isinstance(part, Ask) else part for part in given.parts)
    return replace(given, parts=tuple(part for part in parts if not isinstance(part, Buttons | Links)))
