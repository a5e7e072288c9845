"""Imports that wait to be booked: the rows that were read and what was answered, for a day. No raw text is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from core.imports.model import Answers, Page
from core.shared.ids import PersonId, WalletId
from core.shared.money import CostState, Price

if TYPE_CHECKING:
    from core.shared.ports import Notes

DRAFT_LIFE: Final = timedelta(hours=24)
ENDED: Final = datetime(1970, 1, 1, tzinfo=UTC)
NAMED: Final = (Answers, CostState, Mapping, Page, Price, date, datetime)
NAMES: Final[dict[str, Any]] = {
    "PersonId": PersonId,
    "WalletId": WalletId,
    **{kind.__name__: kind for kind in NAMED},
}
"""The names in the types of fields; core imports some of them for the type checker only."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An import of `pages` into `wallet`, which `person` began at `at`. `booked` is its number, once it has one."""

    id: str
    wallet: WalletId
    person: PersonId
    pages: tuple[Page, ...]
    answers: Answers
    at: datetime
    booked: int = 0


@cache
def _adapter() -> TypeAdapter[Draft]:
    """Built on first use, since building it takes far longer than using it."""
    adapter = TypeAdapter(Draft)
    adapter.rebuild(raise_errors=True, _types_namespace=NAMES)
    return adapter


async def keep(notes: Notes, draft: Draft, now: datetime) -> None:
    """Keep a draft for a day from now. Other work goes on while a long one is written down."""
    text = await asyncio.to_thread(lambda: _adapter().dump_json(draft).decode())
    await notes.put_note(_name(draft.id), text, now + DRAFT_LIFE)


async def kept(notes: Notes, id: str, now: datetime) -> Draft | None:  # noqa: A002 - the field's own word
    """The draft with this id; None if it has ended."""
    text = await notes.note(_name(id), now)
    return await asyncio.to_thread(_adapter().validate_json, text) if text else None


async def drop(notes: Notes, id: str) -> None:  # noqa: A002 - as above
    """Forget a draft."""
    await notes.put_note(_name(id), "", ENDED)


def _name(draft: str) -> str:
    return f"draft:{draft}"
