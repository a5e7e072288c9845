"""Tells the other side of a link what happened, in its private chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.linking.pairing_notes import keep, links_of
from bot.views.linking.notices import LINKED
from bot.views.linking.summary import done, done_facts
from core.delivery.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Call
    from bot.reply.parts import Reply
    from bot.views.linking.pairing import Pairing, PlatformAccount


async def tell(call: Call, key: str, code: str, facts: Mapping[str, str | int], side: PlatformAccount) -> None:
    """Send a notice to the private chat of a side, at once: whoever is there waits for it. The same key sends once."""
    said = {**facts, "by": call.person.name, "from": call.chat.platform}
    await call.store.outbox.notify([Notice(key, code, said, urgent=True, to=(side.target,))], call.at)


async def finished(call: Call, pairing: Pairing) -> Reply | None:
    """The answer once two accounts are linked by this pairing, which the other side reads too; None if they are not.

    It is the same whoever presses how often, so that the other side is notified even if that failed at first.
    """
    links = await links_of(call).standing(call.person.id)
    link = next((one for one in links if one.key == pairing.key), None)
    if link is None:
        return None
    if not pairing.done:
        await keep(call, pairing._replace(done=True))
    wallet = await call.store.people.wallet_of(link.kept)
    balance = None if wallet is None else (await call.store.ledger.holding(wallet.id)).balance
    facts = done_facts(pairing.giver, pairing.taker, balance)
    other = pairing.other(call.identity)
    await tell(call, f"linked:{pairing.id}:{other.identity}", LINKED, facts, other)
    return done(facts)
