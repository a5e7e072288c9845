"""Whose wallet an import goes into: the person's own, unless they choose that of a group of which they are an admin."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from bot.command.declaration import Call, UnfitError, command
from bot.commands.imports.drafts import keep, kept
from bot.commands.imports.importing import preview
from bot.commands.imports.rights import may_import
from bot.options.figures import whole_number
from bot.options.text import Text
from bot.reply.parts import Button, Buttons, Reply, Say, reply, say
from core.shared.ids import WalletId
from core.wallets.people import ChatRef

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.commands.imports.drafts import Draft
    from core.shared.ids import PersonId
    from core.shared.ports import Notes

MOST_GROUPS: Final = 10


class Group(NamedTuple):
    """A group by its wallet, and its name."""

    wallet: WalletId
    title: str


@command("importfor", hidden=True, needs_wallet=False)
async def import_for(call: Call, on: Annotated[str, Text(hidden=True)]) -> Reply:
    """Ask for which group an import is, or show it for the wallet that was chosen."""
    name, *words = on.split()
    draft = await kept(call.store.notes, name, call.at)
    if draft is None or draft.person != call.person.id or call.group:
        raise UnfitError(say("import-ended"))
    if draft.booked:
        return reply(say("import-booked-already"))
    wallet = whole_number(words[0]) if words else None
    return await _choices(call, draft) if wallet is None else await _moved(call, draft, wallet)


async def with_owner_row(call: Call, given: Reply, draft: Draft) -> Reply:
    """A preview in private that offers other wallets, if there may be any."""
    if call.group:
        return given
    own = call.wallet is not None and call.wallet.id == draft.wallet
    if own and not await _groups(call):
        return given
    label = say("button-import-group") if own else say("button-import-other")
    row = Button(label, f"importfor {draft.id}")
    parts = tuple(_with_row(part, row) if isinstance(part, Buttons) else part for part in given.parts)
    return replace(given, parts=parts)


async def note_group(notes: Notes, person: PersonId, group: ChatRef, now: datetime) -> None:
    """Note that somebody acts in a group. Whether they are an admin there is asked when it matters."""
    known = await _acted_in(notes, person, now)
    if group not in known:
        refs = [(one.platform, one.id) for one in (group, *known)]
        await notes.put_note(_name(person), json.dumps(refs[:MOST_GROUPS]), None)


async def _acted_in(notes: Notes, person: PersonId, now: datetime) -> Sequence[ChatRef]:
    """The groups in which somebody has acted, latest first."""
    text = await notes.note(_name(person), now)
    return [] if text is None else [ChatRef(*ref) for ref in json.loads(text)]


async def _groups(call: Call) -> Sequence[Group]:
    """The groups with wallets in which somebody has acted."""
    found: list[Group] = []
    for ref in await _acted_in(call.store.notes, call.person.id, call.at):
        wallet, chat = await call.store.people.wallet_of(ref), await call.store.people.chat(ref)
        found += [] if wallet is None else [Group(wallet.id, "" if chat is None else chat.title)]
    return found


def _with_row(part: Buttons, button: Button) -> Buttons:
    return replace(part, rows=(*part.rows, (button,)))


async def _choices(call: Call, draft: Draft) -> Reply:
    groups = [group for group in await _groups(call) if await may_import(call, group.wallet)]
    if not groups:
        return reply(say("import-no-groups"))
    choices: list[tuple[Say, WalletId]] = [(say("button-group", group=one.title), one.wallet) for one in groups]
    choices += [] if call.wallet is None else [(say("button-own-wallet"), call.wallet.id)]
    rows = tuple((Button(label, f"importfor {draft.id} {wallet}"),) for label, wallet in choices)
    return reply(say("ask-import-owner"), Buttons(rows, asks=True))


async def _moved(call: Call, draft: Draft, number: int) -> Reply:
    """The preview for another wallet. What was answered about the rows was about the other books."""
    wallet = WalletId(number)
    if not await may_import(call, wallet):
        raise UnfitError(say("import-not-admin"))
    answers = replace(draft.answers, same={}, unsure={}, members={}, cost=None, own_account=False)
    moved = replace(draft, wallet=wallet, answers=answers)
    await keep(call.store.notes, moved, call.at)
    return await with_owner_row(call, await preview(call, moved), moved)


def _name(person: PersonId) -> str:
    return f"groups-of:{person}"
