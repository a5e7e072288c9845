"""Who is an admin of a group now, by the platform's own answer, wherever the question comes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.delivery.live_platforms import LivePlatforms
    from core.shared.ids import PersonId
    from core.wallets.people import ChatRef
    from core.wallets.ports import Directory


class GroupAdmins:
    """Implements `bot.command.declaration.Admins` by asking the platforms that run here."""

    def __init__(self, people: Directory, live_platforms: LivePlatforms) -> None:
        """Ask on `live_platforms` about the identities that are kept in `people`."""
        self._people, self._live_platforms = people, live_platforms

    async def is_admin(self, group: ChatRef, person: PersonId) -> bool | None:
        """Whether any of a person's identities is an admin of a group; None if the platform cannot say now."""
        live = self._live_platforms.get(group.platform)
        known = await self._people.identities(person)
        users = [identity.user for identity in known if identity.platform == group.platform]
        if not users:
            return False
        if live is None:
            return None
        answers = [await live.carrier.is_admin(group.id, user) for user in users]
        return True if True in answers else None if None in answers else False
