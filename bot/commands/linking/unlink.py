"""/unlink: says what goes where, asks once, and makes two persons of one again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, UnfitError, command
from bot.commands.linking.link import waiting
from bot.commands.linking.pairing_notes import latest_pairing, links_of
from bot.options.choice import Switch
from bot.options.numbers import MOST_NUMBER, Whole
from bot.reading.linking import unlink_line
from bot.reply.parts import Reply, reply, say
from bot.views.linking.notices import UNLINKED
from bot.views.linking.unlinking import ask_sure, built_on, unlinked_facts, unlinked_reply
from core.delivery.notice import Notice, Target
from core.shared.ids import LinkId
from core.shared.refusals import BooksMoved, LinkBuiltOn, RefusedError

if TYPE_CHECKING:
    from core.links.model import Link
    from core.wallets.people import Identity


@command("unlink", needs_wallet=False, reader=unlink_line)
async def unlink(
    call: Call,
    number: Annotated[int | None, Whole(named=True, hidden=True, high=MOST_NUMBER)] = None,
    sure: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - options are given by name
    keep: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - the same
) -> Reply:
    """Part the accounts that were linked last."""
    if call.group or call.away:
        raise UnfitError(say("unlink-private"))
    if keep:
        return reply(say("unlink-kept"), replace=True)
    if sure and number is not None:
        return await _unlinked(call, LinkId(number))
    links = await links_of(call).standing(call.person.id)
    if not links:
        pairing = await latest_pairing(call)
        return reply(say("unlink-none")) if pairing is None else await waiting(call, pairing)
    return await _asked(call, links[-1])


async def _asked(call: Call, link: Link) -> Reply:
    """What goes where; or why it cannot be unlinked yet."""
    top = await links_of(call).on_top(link)
    if not top.nothing:
        return built_on(top)
    return ask_sure(link, unlinked_facts(*await _platforms(call, link), *await links_of(call).parted(link)))


async def _platforms(call: Call, link: Link) -> tuple[tuple[Identity, ...], tuple[Identity, ...]]:
    """The identities of both sides: of whoever keeps their books, and of the other one."""
    people = call.store.people
    every = dict.fromkeys((*await people.identities(link.kept), *await people.identities(link.merged)))
    merged = [one for one in every if await people.own_person(one) in link.persons]
    return tuple(one for one in every if one not in merged), tuple(merged)


async def _unlinked(call: Call, number: LinkId) -> Reply:
    """Part them, and tell everybody else who is one of the two."""
    known = await call.store.people.identities(call.person.id)
    try:
        undone = await links_of(call).unlink(call.person.id, number, call.key)
    except RefusedError as refused:
        if not isinstance(refused.refusal, LinkBuiltOn | BooksMoved):
            raise
        links = await links_of(call).standing(call.person.id)
        return reply(say("unlink-changed"), *(await _asked(call, links[-1])).parts)
    facts = unlinked_facts(*await _platforms(call, undone.link), undone.kept, undone.merged)
    others = [one for one in known if str(one) != call.identity]
    told = {**facts, "by": call.person.name, "from": call.chat.platform}
    to = tuple(Target(one.platform, one.user, direct=True) for one in others)
    await call.store.outbox.notify([Notice(f"unlinked:{number}", UNLINKED, told, urgent=True, to=to)], call.at)
    return unlinked_reply(facts)
