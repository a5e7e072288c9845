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

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.commands.imports.drafts import Draft
    from core.shared.ids import PersonId, WalletId
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
    if own and not await known_groups(call.store.notes, call.person.id, call.at):
        return given
    label = say("button-import-group") if own else say("button-import-other")
    row = Button(label, f"importfor {draft.id}")
    parts = tuple(_with_row(part, row) if isinstance(part, Buttons) else part for part in given.parts)
    return replace(given, parts=parts)


async def note_group(notes: Notes, person: PersonId, wallet: WalletId, now: datetime) -> None:
    """Note that somebody acts in a group that has a wallet. Whether they are an admin is asked when it matters."""
    known = await known_groups(notes, person, now)
    if wallet not in known:
        await notes.put_note(_name(person), json.dumps([wallet, *known][:MOST_GROUPS]), None)


async def known_groups(notes: Notes, person: PersonId, now: datetime) -> Sequence[WalletId]:
    """The wallets of the groups in which somebody has acted, latest first."""
    text = await notes.note(_name(person), now)
    return [] if text is None else json.loads(text)


def _with_row(part: Buttons, button: Button) -> Buttons:
    return replace(part, rows=(*part.rows, (button,)))


async def _choices(call: Call, draft: Draft) -> Reply:
    groups = [
        Group(wallet, title)
        for wallet in await known_groups(call.store.notes, call.person.id, call.at)
        if await may_import(call, wallet) and (title := await _title(call, wallet)) is not None
    ]
    own = call.wallet
    if not groups:
        return reply(say("import-no-groups"))
    choices: list[tuple[Say, WalletId]] = [(say("button-group", group=one.title), one.wallet) for one in groups]
    choices += [] if own is None else [(say("button-own-wallet"), own.id)]
    rows = tuple((Button(label, f"importfor {draft.id} {wallet}"),) for label, wallet in choices)
    return reply(say("ask-import-owner"), Buttons(rows, asks=True))


async def _moved(call: Call, draft: Draft, number: int) -> Reply:
    """The preview for another wallet. What was answered about the rows was about the other books."""
    own = call.wallet is not None and call.wallet.id == number
    known = await known_groups(call.store.notes, call.person.id, call.at)
    wallet = next(
        (wallet for wallet in (*known, *((call.wallet.id,) if own and call.wallet else ())) if wallet == number), None
    )
    if wallet is None or not await may_import(call, wallet):
        raise UnfitError(say("import-not-admin"))
    answers = replace(draft.answers, same={}, unsure={}, members={}, cost=None, own_account=False)
    moved = replace(draft, wallet=wallet, answers=answers)
    await keep(call.store.notes, moved, call.at)
    return await with_owner_row(call, await preview(call, moved), moved)


async def _title(call: Call, wallet: WalletId) -> str | None:
    """The name of the group to which a wallet belongs; None if it is no group's."""
    ref = await call.store.people.group_of(wallet)
    if ref is None:
        return None
    chat = await call.store.people.chat(ref)
    return "" if chat is None else chat.title


def _name(person: PersonId) -> str:
    return f"groups-of:{person}"
