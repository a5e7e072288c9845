"""On which platform the alerts come of somebody who is on several ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.declaration import Suggestion, UnfitError
from bot.options.linking import LAST_USED
from bot.reply.parts import say
from bot.views.team.joining import platform_name

if TYPE_CHECKING:
    from bot.command.declaration import Call


async def platforms_of(call: Call) -> tuple[str, ...]:
    """The platforms on which whoever calls is, the one that they used last first; none in a group."""
    if call.group:
        return ()
    return tuple(dict.fromkeys(one.platform for one in await call.store.people.identities(call.person.id)))


async def own_platforms(call: Call, typed: str) -> list[Suggestion]:
    """What can be chosen: each of these platforms, or the one that was used last."""
    found = [Suggestion(one, platform_name(one)) for one in sorted(await platforms_of(call)) if one.startswith(typed)]
    return [*found, Suggestion(LAST_USED, say("choice-platform-last"))]


async def check_platform(call: Call, platform: str) -> None:
    """Refuse a platform on which whoever calls is not known; and any where there is no choice."""
    if call.group:
        raise UnfitError(say("alerts-platform-group"))
    known = await platforms_of(call)
    if platform not in {"", *known}:
        raise UnfitError(say("alerts-not-there", platform=platform_name(platform)))
    if len(known) == 1:
        raise UnfitError(say("alerts-one-platform", platform=platform_name(known[0])))
