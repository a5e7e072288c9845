"""/link: a code on one platform, said on the other one, makes one person of two. Both have to say yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bot.base.own_names import own_names
from bot.command.codes import MOST_GUESSES, Fate, digest, shown_code
from bot.command.declaration import Call, UnfitError, command
from bot.commands.linking.pairing_notes import (
    LINK_CODES,
    account_of,
    agreed,
    giver_of,
    latest_pairing,
    links_of,
    new_link_code,
    paired,
)
from bot.commands.linking.steps import next_step, yes_noted
from bot.options.choice import Switch
from bot.options.linking import LinkCode
from bot.reading.linking import link_line
from bot.reply.parts import Button, Reply, buttons, joined, reply, say
from bot.views.linking.codes import code_given, linked_with
from bot.views.linking.questions import no_button
from core.shared.refusals import LinkedAlready, RefusedError

if TYPE_CHECKING:
    from bot.views.linking.pairing import Pairing


@command("link", needs_wallet=False, reader=link_line)
async def link(
    call: Call,
    code: Annotated[str, LinkCode()] = "",
    new: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - options are given by name
) -> Reply:
    """Give a code for another account of the same person; or take the one that was given there."""
    if call.group or call.away:
        return await _refused_here(call, code)
    if code:
        return await _taken(call, code)
    open_pairing = None if new else await latest_pairing(call)
    if open_pairing is not None:
        return await waiting(call, open_pairing)
    linked = await call.store.people.identities(call.person.id)
    shown = shown_code(await new_link_code(call))
    names = await own_names(call.store.notes, call.at)
    return reply(linked_with(linked, call.identity), *code_given(shown, call.chat.platform, names))


async def _refused_here(call: Call, code: str) -> Reply:
    """Refuse to link where others may read. A code that was said there is used up, whatever it was."""
    if not code:
        return reply(say("link-private"))
    await LINK_CODES.take(call, code)
    return reply(say("link-code-seen"))


async def waiting(call: Call, pairing: Pairing) -> Reply:
    """What stands between two accounts of which one has written the code of the other."""
    preview = await links_of(call).preview(*pairing.persons, pairing.accounts, pairing.answers)
    if await agreed(call, pairing, account_of(call), preview.stamp):
        given, no = yes_noted(pairing.other(call.identity)), no_button(pairing.id)
    else:
        given, no = await next_step(call, pairing, preview), None
    return joined(given, reply(buttons(Button(say("button-new-code"), "link new=yes"), no)))


async def _taken(call: Call, code: str) -> Reply:
    """Use a code up, unless it is worth nothing here, and begin to ask."""
    if await LINK_CODES.guessed_too_often(call):
        raise UnfitError(say("link-guessed", most=MOST_GUESSES))
    before = await latest_pairing(call)
    if before is not None and before.code == digest(code):  # the same line once more
        return await next_step(call, before)
    giver = await giver_of(call, code)
    if giver is None:
        raise UnfitError(say(f"fate-{await LINK_CODES.fate(call, code)}"))
    if giver.identity == call.identity:
        raise UnfitError(say("link-own-code", code=shown_code(code)))
    if giver.person == call.person.id:
        raise RefusedError(LinkedAlready())
    await links_of(call).preview(giver.person, call.person.id)  # refused before the code is used up
    pairing = await paired(call, code)
    if pairing is None:
        raise UnfitError(say(f"fate-{Fate.USED}"))
    return await next_step(call, pairing)
