"""Who is an admin of a group now, or in it, by the platform's own answer, wherever the question comes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.delivery.carrier import Carrier
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
        return await self._any(group, person, lambda carrier, user: carrier.is_admin(group.id, user))

    async def is_member(self, group: ChatRef, person: PersonId) -> bool | None:
        """Whether any of a person's identities is in a group; None if the platform does not say."""
        return await self._any(group, person, lambda carrier, user: carrier.is_member(group.id, user))

    async def _any(
        self,
        group: ChatRef,
        person: PersonId,
        ask: Callable[[Carrier, str], Awaitable[bool | None]],
    ) -> bool | None:
        live = self._live_platforms.get(group.platform)
        known = await self._people.identities(person)
        users = [identity.user for identity in known if identity.platform == group.platform]
        if not users:
            return False
        if live is None:
            return None
        answers = [await ask(live.carrier, user) for user in users]
        return True if True in answers else None if None in answers else False
