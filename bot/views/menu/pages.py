"""The menu as people see it: its subjects, and the page of one, as far as they may use what stands there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.options.choice import choice
from bot.reading.lines import line_of
from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Say, reply, say
from bot.reply.words import FALLBACK_VOICE
from bot.views.commands import example_of
from bot.views.menu.contents import PLACES, MenuSubject
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.command.declaration import Call, Command
    from bot.views.menu.contents import MenuItem

MENU: Final = "menu"
IN_A_ROW: Final = 2
ENDS: Final = "?!. \u2026"


def menu_button() -> Button:
    """Shows the menu as an answer of its own."""
    return Button(say("button-menu"), MENU)


def subjects_of(call: Call, usable: Mapping[str, Command]) -> list[MenuSubject]:
    """The subjects of which somebody may use something here."""
    closed = MenuSubject.OPERATORS if call.group else MenuSubject.TEAM
    return [subject for subject, items in PLACES.items() if subject is not closed and _there(call, items, usable)]


def subject_rows(shown: Sequence[MenuSubject]) -> Buttons:
    """A button for each subject, which opens it in place."""
    return Buttons(_rows([Button(choice(subject), f"{MENU} {subject} here=yes") for subject in shown]))


def overview(shown: Sequence[MenuSubject], *beside: Say, first: Buttons | None = None, replace: bool) -> Reply:
    """All subjects, with what is in them."""
    rows: tuple[tuple[Say, Fact], ...] = tuple((choice(subject), say(f"topic-{subject}")) for subject in shown)
    return reply(*beside, Fields(rows), first, subject_rows(shown), replace=replace)


def page_of(call: Call, subject: MenuSubject, usable: Mapping[str, Command], *, replace: bool) -> Reply:
    """One subject: its commands with what each does, and buttons for those that a press can begin."""
    items = _there(call, PLACES[subject], usable)
    commands = dict.fromkeys(item.command for item in items)
    rows = tuple((say("command-name", command=name), _about(call, usable[name], items)) for name in commands)
    pressed = [Button(say(f"item-{item.label}"), item.runs) for item in items if item.label]
    back = Button(say("button-back"), line_of(MENU, {"here": "yes"}))
    return reply(Fields(rows, choice(subject)), Buttons((*_rows(pressed), (back,))), replace=replace)


def _there(call: Call, items: Sequence[MenuItem], usable: Mapping[str, Command]) -> list[MenuItem]:
    """What of a subject can be used here."""
    return [item for item in items if item.command in usable and not (item.private and call.group)]


def _about(call: Call, command: Command, items: Sequence[MenuItem]) -> Say:
    """What a command does; with an example, if no button begins it."""
    about = say(f"cmd-{command.name}")
    if any(item.command == command.name and item.label for item in items):
        return about
    return say("menu-example", about=about, example=example_of(call, command))


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))


def labelled_line(words: str) -> str | None:
    """The line of the menu's button with this label, whenever somebody types it; None if none has it."""
    return _labelled().get(folded(words).rstrip(ENDS))


@lru_cache
def _labelled() -> Mapping[str, str]:
    """The lines by their English labels."""
    speak = FALLBACK_VOICE
    subjects = {folded(speak.say(choice(subject))): f"{MENU} {subject}" for subject in PLACES}
    items = (item for items in PLACES.values() for item in items if item.label)
    return subjects | {folded(speak.say(say(f"item-{item.label}"))): item.runs for item in items}
