"""Where somebody gets in private what is for them, if they are on several platforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.delivery.notice import Target, own_chat

if TYPE_CHECKING:
    from core.shared.ids import PersonId
    from core.wallets.ports import Directory


async def private_chat_of(people: Directory, person: PersonId, *, known: bool = False) -> tuple[Target, ...]:
    """Their private chat, as one target; none if no chat can be reached. With `known`, they have written there."""
    found = []
    for identity in await people.identities(person):
        target = Target(identity.platform, identity.user, direct=True)
        chat = await people.chat(target.ref)
        if (not known) if chat is None else not chat.retired:
            found.append(target)
    wallet = await people.wallet_of(person) if len(found) > 1 else None
    return own_chat(found, "" if wallet is None else wallet.settings.alerts.platform)
