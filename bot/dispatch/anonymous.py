"""Acts in a group's own name: of an admin who writes anonymously, and of everybody who posts in a channel.

Such an admin writes as the group, but presses as himself. So a button below what was answered to the group is pressed
in the group's name by whichever admin presses it: nobody is named, and the question that it answers is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.declaration import UnfitError
from bot.command.incoming import OF_GROUP, Pressed, as_group, asked_of_group
from bot.dispatch.dialog import ANSWER
from bot.dispatch.permission import is_admin
from bot.reply.parts import say

if TYPE_CHECKING:
    from bot.command.incoming import Incoming


async def in_its_name(incoming: Incoming) -> Incoming:
    """What somebody did, or what the group did if an admin has pressed a button of the group's."""
    return as_group(incoming) if _answers_group(incoming) and await is_admin(incoming) else incoming


def check_press(incoming: Incoming) -> None:
    """UnfitError if somebody who is no admin pressed what is for admins: an answer, or anything of a channel's own."""
    said = incoming.said
    if not isinstance(said, Pressed) or not _answers_group(incoming) or incoming.by_group:
        return
    if incoming.channel or said.press.partition(OF_GROUP)[2].startswith(ANSWER):
        raise UnfitError(say("admins-press"))


def _answers_group(incoming: Incoming) -> bool:
    return incoming.group and isinstance(incoming.said, Pressed) and asked_of_group(incoming.said.press)
