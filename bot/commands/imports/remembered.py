"""What somebody has explained once about Upwork's pages: what a wording means, and who a member is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from core.imports.model import Answers, RowKind
from core.shared.ids import PersonId

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.command.declaration import Call
    from bot.commands.imports.drafts import Draft
    from core.shared.ids import WalletId
    from core.shared.ports import Notes


async def with_memory(call: Call, draft: Draft) -> Answers:
    """The answers of a draft, and those that were given about earlier pages, by whoever is the same person now."""
    notes, now = call.store.notes, call.at
    same = await call.store.people.same_as(draft.person)
    known = [await _read(notes, _wordings(person), now) for person in same[::-1]]
    wordings = {wording: RowKind(kind) for one in known for wording, kind in one.items() if kind is not None}
    members = await _read(notes, _members(draft.wallet), now)
    given = draft.answers
    return replace(given, wordings={**wordings, **given.wordings}, members={**members, **given.members})


async def remember_wording(notes: Notes, person: PersonId, wording: str, kind: RowKind, now: datetime) -> None:
    """Remember for a person what a wording means."""
    await _add(notes, _wordings(person), wording, str(kind), now)


async def remember_member(notes: Notes, wallet: WalletId, member: str, person: str | None, now: datetime) -> None:
    """Remember for a wallet whom its pages call by a name (None: nobody here)."""
    await _add(notes, _members(wallet), member, person, now)


async def members_named(notes: Notes, wallet: WalletId, now: datetime) -> Mapping[str, PersonId | None]:
    """Whom a wallet's pages call by a name, as far as somebody has said (None: nobody here)."""
    known = await _read(notes, _members(wallet), now)
    return {name: None if person is None else PersonId(int(person)) for name, person in known.items()}


async def _read(notes: Notes, name: str, now: datetime) -> dict[str, str | None]:
    text = await notes.note(name, now)
    found: dict[str, str | None] = json.loads(text) if text else {}
    return found


async def _add(notes: Notes, name: str, key: str, value: str | None, now: datetime) -> None:
    known = await _read(notes, name, now)
    await notes.put_note(name, json.dumps({**known, key: value}, separators=(",", ":")), None)


def _wordings(person: PersonId) -> str:
    return f"import-wordings:{person}"


def _members(wallet: WalletId) -> str:
    return f"import-members:{wallet}"
