"""The groups for whose wallets somebody may import: those in which they have acted."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reply.parts import Button, Buttons, say
from core.wallets.people import ChatRef

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.command.declaration import Call
    from bot.commands.imports.rights import ForWallet
    from bot.reply.parts import Reply
    from core.shared.ids import PersonId, WalletId
    from core.shared.ports import Notes

MOST_GROUPS: Final = 10


class Group(NamedTuple):
    """A group by its wallet, and its name."""

    wallet: WalletId
    title: str


async def with_owner_row(call: Call, given: Reply, draft: ForWallet) -> Reply:
    """A preview in private that offers other wallets, if there may be any."""
    if call.group:
        return given
    own = call.wallet is not None and call.wallet.id == draft.wallet
    if own and not await groups_of(call):
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


async def groups_of(call: Call) -> Sequence[Group]:
    """The groups with wallets in which somebody has acted."""
    found: list[Group] = []
    same = await call.store.people.same_as(call.person.id)
    known = [ref for person in same for ref in await _acted_in(call.store.notes, person, call.at)]
    for ref in dict.fromkeys(known):
        wallet, chat = await call.store.people.wallet_of(ref), await call.store.people.chat(ref)
        if wallet is not None and all(one.wallet != wallet.id for one in found):  # several groups may use one wallet
            found.append(Group(wallet.id, "" if chat is None else chat.title))
    return found


def _with_row(part: Buttons, button: Button) -> Buttons:
    return replace(part, rows=(*part.rows, (button,)))


def _name(person: PersonId) -> str:
    return f"groups-of:{person}"
