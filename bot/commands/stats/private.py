"""What a member of a group may see of statistics: of other members, what they sent, but not what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.declaration import DoubtError
from bot.reply.parts import Button, say
from core.stats.model import Facet

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.views.stats.query import StatsQuery
    from core.stats.model import Selection, Statistics

MEMBER = Facet.MEMBER.value


def check_own(call: Call, query: StatsQuery, chosen: Selection) -> None:
    """Refuse the figures of another member, or of each of them."""
    others = MEMBER in query.only and chosen.by != call.person.id
    if others or query.by == Facet.MEMBER:
        own = query._replace(by="", only={**query.only, MEMBER: "me"})
        raise DoubtError(say("team-not-yours"), Button(say("button-my-figures"), own.line))


def without_others(found: Statistics) -> Statistics:
    """Statistics without what other members came to, and without the ways to it."""
    costly = tuple(one for one in found.costly if one.facet is not Facet.MEMBER)
    return found._replace(costly=costly, names=found.names._replace(members=(), people=()))
