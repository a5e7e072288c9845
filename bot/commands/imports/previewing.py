"""What a draft of the Connects History would book, as it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.imports.remembered import with_memory
from bot.reply.parts import say
from bot.views.imports.shown import Shown
from bot.views.money.visibility import shows_money
from core.ledger.queries import BEGINNINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Call
    from bot.commands.imports.drafts import Draft
    from bot.commands.imports.rights import ForWallet
    from bot.reply.parts import Say
    from core.imports.model import Preview
    from core.shared.ids import PersonId

RECENT: Final = 200


async def late(call: Call, draft: Draft) -> Say | None:
    """Says so if something of today was booked after the page was handed over, so that its balance lacks that.

    What a wallet began with is no such thing: the page itself may have opened it.
    """
    for newest in await call.books.history(draft.wallet, None, 1):
        if newest.at > draft.at and newest.happened is None and newest.counterpart not in BEGINNINGS:
            return say("import-late", number=newest.number)
    return None


async def shown_of(call: Call, draft: Draft) -> Shown:
    """What a draft would book."""
    answers = await with_memory(call, draft)
    found = await call.imports.preview(draft.wallet, draft.pages, answers, draft.person)
    unread = sum(len(page.unread) for page in draft.pages)
    people = await _people(call, draft, found)
    group = "" if is_here(call, draft) else await group_of(call, draft)
    return Shown(draft.id, found, answers, people, unread, shows_money(call), group)


def is_here(call: Call, draft: ForWallet) -> bool:
    """Whether a draft is for the wallet of this chat."""
    return call.wallet is not None and call.wallet.id == draft.wallet


async def group_of(call: Call, draft: ForWallet) -> str:
    """The title of the group into whose wallet a draft is to be booked."""
    group = await call.store.people.group_of(draft.wallet)
    chat = None if group is None else await call.store.people.chat(group)
    return "" if chat is None else chat.title


async def _people(call: Call, draft: Draft, found: Preview) -> Mapping[PersonId, str]:
    """Those whom a page may name: whoever asks, who has booked there lately, and who has written in the group."""
    if not found.members:
        return {}
    authors = await call.books.authors(await call.books.history(draft.wallet, None, RECENT))
    members = await call.store.people.names(await call.store.people.members(draft.wallet))
    team = (await call.store.people.settings_of(draft.wallet)).team
    known = {team.now(person): name for person, name in {**authors, **members}.items()}
    return {call.person.id: call.person.name, **known}
