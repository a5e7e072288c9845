"""What the other side of a link reads in its private chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import reply, say
from bot.views.linking.summary import confirm_buttons, done, summed_up, whys
from bot.views.linking.unlinking import told_unlinked
from bot.views.team.joining import platform_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.reply.parts import Reply
    from bot.views.showing import Showing, View
    from core.delivery.notice import Notice

LINK_ASKED: Final = "link-asked"
LINK_DECLINED: Final = "link-declined"
LINKED: Final = "linked"
UNLINKED: Final = "unlinked"


def _asked(notice: Notice, _showing: Showing) -> Reply:
    """Somebody who wrote a code waits for the yes of whoever got it, who sees the same figures."""
    facts = notice.facts
    return reply(
        say("told-link-asked", name=facts["by"], platform=platform_name(str(facts["from"]))),
        summed_up(facts),
        *whys(facts),
        say("told-link-warning"),
        confirm_buttons(facts, unlisted=True),
    )


def _declined(notice: Notice, _showing: Showing) -> Reply:
    facts = notice.facts
    return reply(say("told-link-declined", name=facts["by"], platform=platform_name(str(facts["from"]))))


def _linked(notice: Notice, _showing: Showing) -> Reply:
    return done(notice.facts)


def _unlinked(notice: Notice, _showing: Showing) -> Reply:
    return told_unlinked(notice.facts)


LINK_VIEWS: Final[Mapping[str, View]] = {
    LINK_ASKED: _asked,
    LINK_DECLINED: _declined,
    LINKED: _linked,
    UNLINKED: _unlinked,
}
