"""What somebody has explained once about Upwork's pages: what a wording means, and who a member is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from core.imports.model import Answers, RowKind

if TYPE_CHECKING:
    from datetime import datetime

    from bot.commands.imports.drafts import Draft
    from core.shared.ids import PersonId, WalletId
    from core.shared.ports import Notes


async def with_memory(notes: Notes, draft: Draft, now: datetime) -> Answers:
    """The answers of a draft, and those that were given about earlier pages."""
    wordings = {wording: RowKind(kind) for wording, kind in (await _read(notes, _wordings(draft.person), now)).items()}
    members = await _read(notes, _members(draft.wallet), now)
    given = draft.answers
    return replace(given, wordings={**wordings, **given.wordings}, members={**members, **given.members})


async def remember_wording(notes: Notes, person: PersonId, wording: str, kind: RowKind, now: datetime) -> None:
    """Remember for a person what a wording means."""
    await _add(notes, _wordings(person), wording, str(kind), now)


async def remember_member(notes: Notes, wallet: WalletId, member: str, person: str | None, now: datetime) -> None:
    """Remember for a wallet whom its pages call by a name (None: nobody here)."""
    await _add(notes, _members(wallet), member, person, now)


async def _read(notes: Notes, name: str, now: datetime) -> dict[str, str]:
    text = await notes.note(name, now)
    found: dict[str, str] = json.loads(text) if text else {}
    return found


async def _add(notes: Notes, name: str, key: str, value: str | None, now: datetime) -> None:
    known = await _read(notes, name, now)
    await notes.put_note(name, json.dumps({**known, key: value}, separators=(",", ":")), None)


def _wordings(person: PersonId) -> str:
    return f"import-wordings:{person}"


def _members(wallet: WalletId) -> str:
    return f"import-members:{wallet}"
