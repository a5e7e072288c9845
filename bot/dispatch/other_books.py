"""Keeps back what was asked about other books: those behind a private chat change when accounts are linked.

A button such as "Undo 5" means an entry of the books of then. After a link, or its undo, 5 is another entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.command.incoming import Pressed
from bot.dispatch.dialog import asked_at
from bot.reply.parts import Button, say
from core.links.following import whose_books

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.command.declaration import Call
    from bot.command.incoming import Incoming
    from bot.dispatch.dialog import Question, Wanted

OF_BOOKS: Final = frozenset(
    {
        *("undo", "instead", "return", "cost", "adjust", "opening", "reconcile", "missed"),
        *("history", "proposals", "outcome", "tag"),
    }
)
"""The commands that name entries or proposals by their numbers, or go by a balance."""
LOOK: Final = Button(say("button-history"), "history")
IMPORTS: Final = frozenset({"list", "undo"})
"""What buttons of /import do to an import by its number. All else is about a draft."""


async def check_books(call: Call, incoming: Incoming, question: Question | None, wanted: Wanted) -> None:
    """Raise DoubtError if somebody presses or answers what is about books that were changed for others since."""
    asked = _asked(incoming, question, wanted)
    if not call.group and asked is not None and _is_about_books(wanted) and await have_changed(call, asked):
        raise DoubtError(say("other-books"), LOOK)


def for_any_books(wanted: Wanted) -> Wanted:
    """A command whose books are others by now; DoubtError if it is about those of before."""
    if _is_about_books(wanted):
        raise DoubtError(say("other-books"), LOOK)
    return wanted


async def have_changed(call: Call, then: datetime) -> bool:
    """Whether other books were behind this chat at a moment than now."""
    links = await call.store.links.links_of(call.person.id)
    own = call.person.own
    return whose_books(links, own, then) != whose_books(links, own, call.at)


def _asked(incoming: Incoming, question: Question | None, wanted: Wanted) -> datetime | None:
    """When it was asked what is answered or pressed now; None if it is neither."""
    if isinstance(incoming.said, Pressed):
        return asked_at(incoming.said.press, incoming)
    if question is None or not question.token or question.wanted.command != wanted.command:
        return None
    goes_on = question.wanted.words.items() <= wanted.words.items()
    return asked_at(question.token, incoming) if goes_on else None


def _every(wanted: Wanted) -> Iterator[Wanted]:
    yield wanted
    if wanted.then is not None:
        yield from _every(wanted.then)


def _is_about_books(wanted: Wanted) -> bool:
    return any(map(_names_something, _every(wanted)))


def _names_something(wanted: Wanted) -> bool:
    """Whether a command has a number of the books in it, or an amount that goes by them."""
    of_books = wanted.command in OF_BOOKS or (wanted.command == "import" and wanted.words.get("do") in IMPORTS)
    return of_books and any(sign.isdigit() for words in wanted.words.values() for sign in words)
