"""The parts of groups, by the platform's own answer, and where the bot may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.base.cleaning import cleaned_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.delivery.live_platforms import LivePlatforms
    from core.delivery.notice import Target
    from core.wallets.people import ChatRef


class GroupPlaces:
    """Implements `bot.command.declaration.Places` by asking the platforms that run here."""

    def __init__(self, live_platforms: LivePlatforms) -> None:
        """Ask `live_platforms`."""
        self._live_platforms = live_platforms

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        """What the bot lacks to write there; None if the platform does not run here, or cannot say now."""
        live = self._live_platforms.get(target.platform)
        return None if live is None else await live.carrier.lacks(target)

    def names(self, group: ChatRef) -> Mapping[str, str]:
        """The names of a group's parts, by their ids; none if the platform does not run here."""
        live = self._live_platforms.get(group.platform)
        found = {} if live is None else live.carrier.names(group.id)
        return {place: cleaned_line(name) for place, name in found.items()}
