"""What is said when a group joins the books of another one, or parts from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reply.parts import Button, Buttons, buttons, enumerated, reply, say
from core.wallets.people import ChatRef

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.reply.parts import Reply, Say
    from bot.views.showing import Showing, View
    from core.delivery.notice import Notice

JOINED: Final = "group-joined"
LEFT: Final = "group-left"


class NamedGroup(NamedTuple):
    """A group, and the title that it was last seen with."""

    ref: ChatRef
    name: str

    @property
    def title(self) -> str:
        """Its name, or else its id."""
        return self.name or self.ref.id

    @property
    def platform(self) -> Say:
        """Its platform as people write it."""
        return platform_name(self.ref.platform)


def platform_name(platform: str) -> Say:
    """A platform as people write it."""
    return say("raw", text=platform.capitalize())


def groups_named(groups: Sequence[NamedGroup]) -> Say:
    """Several groups with their platforms."""
    return enumerated([say("join-group", group=one.title, platform=one.platform) for one in groups])


def off_line(ref: ChatRef | None) -> str:
    """The line that parts a group from the books (None: the one in which it is said)."""
    return "join off" if ref is None else f"join off {ref}"


def joined_rows(groups: Sequence[NamedGroup]) -> Buttons | None:
    """A button for each group that parts it from the books."""
    rows = tuple((Button(say("button-part-from", group=one.title), off_line(one.ref)),) for one in groups)
    return Buttons(rows) if rows else None


def _joined(notice: Notice, _showing: Showing) -> Reply:
    facts = notice.facts
    ref = ChatRef(str(facts["platform"]), str(facts["chat"]))
    told = say("told-joined", group=facts["group"], platform=platform_name(ref.platform), by=facts["by"])
    return reply(told, buttons(Button(say("button-part-from", group=facts["group"]), off_line(ref))))


def _left(notice: Notice, _showing: Showing) -> Reply:
    facts = notice.facts
    platform = platform_name(str(facts["platform"]))
    return reply(say("told-parted", side=facts["side"], group=facts["group"], platform=platform, by=facts["by"]))


JOIN_VIEWS: Final[Mapping[str, View]] = {JOINED: _joined, LEFT: _left}
