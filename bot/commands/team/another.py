"""A spend that is titled with a member's name: it would count for whoever books it, not for the one who is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.commands.team.roster import roster
from bot.reply.parts import Button, say
from core.shared.names import folded

if TYPE_CHECKING:
    from bot.command.declaration import Call

LONGEST_NAME: Final = 4
"""Words. A longer title is no name, so that the members need not be read."""
BEFORE_A_NAME: Final = ("for ", "by ")


async def ask_whose(call: Call, title: str, line: str) -> None:
    """Ask before a spend is booked whose title is another member's name; `line` books it all the same."""
    name = folded(title)
    for word in BEFORE_A_NAME:
        name = name.removeprefix(word)
    if call.pressed or not call.group or not name or len(name.split()) > LONGEST_NAME:
        return
    others = (one for person, one in (await roster(call)).items() if person != call.person.id)
    named = next((one for one in others if folded(one) == name), None)
    if named is not None:
        raise DoubtError(say("doubt-whose-spend", name=named), Button(say("button-mine", title=title), line))
