"""`/resetowners`: gives a group whose named owners are gone back to the platform's admins of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, UnfitError, command
from bot.commands.team.elsewhere import note_elsewhere
from bot.options.text import Text
from bot.reply.parts import Reply, reply, say
from core.delivery.notice import Notice, Target
from core.wallets.people import ChatRef
from core.wallets.team_changes import without_owners

if TYPE_CHECKING:
    from core.wallets.settings import Settings

LONGEST: Final = 80


@command("resetowners", hidden=True, needs_wallet=False)
async def reset_owners(call: Call, group: Annotated[str, Text(most=LONGEST)] = "") -> Reply:
    """Let the platform's admins of a group be its owners again, until they name one. The group is notified.

    group: such as telegram:-1001234, where it is not written in the group itself.
    """
    platform, _, number = group.strip().partition(":")
    chat = ChatRef(platform.casefold(), number) if group else call.chat
    wallet = await call.store.people.wallet_of(chat) if group or call.group else None
    if wallet is None:
        raise UnfitError(say("reset-owners-which"))

    def changed(settings: Settings) -> Settings:
        return replace(settings, team=without_owners(settings.team))

    _, is_new = await call.books.change_settings(wallet.id, changed)
    first = await call.store.people.group_of(wallet.id) or chat  # the group may use the books of another one
    if is_new and first != call.chat:
        told = Notice(f"owners-reset:{call.key}", "owners-reset", {}, to=(Target(first.platform, first.id),))
        await call.store.outbox.notify([told], call.books.clock.now())
        await note_elsewhere(call, first, "/resetowners")
    return reply(say("reset-owners-done" if is_new else "reset-owners-none"))
