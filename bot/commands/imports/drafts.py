"""Imports that wait to be booked: the rows that were read and what was answered, for a day. No raw text is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

from pydantic import TypeAdapter

from core.imports.model import Answers, Page
from core.shared.ids import PersonId, WalletId
from core.shared.money import CostState, Price

if TYPE_CHECKING:
    from core.shared.ports import Notes

DRAFT_LIFE: Final = timedelta(hours=24)
ENDED: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Identified(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str:
        """What its buttons name it by."""
        ...


D = TypeVar("D", bound=Identified)


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

    def moved(self, wallet: WalletId, person: PersonId) -> Draft:
        """The draft for another wallet, of whoever sent it. What was answered about rows was about other books."""
        answers = replace(self.answers, same={}, unsure={}, members={}, cost=None, own_account=False)
        return replace(self, wallet=wallet, person=person, answers=answers)


class DraftNotes(Generic[D]):
    """The drafts of one kind of page, kept as notes for a day each.

    `named` are the types that the fields of a draft name; core imports some of them for the type checker only. JSON is
    written and read in another thread, because a draft may have thousands of rows.
    """

    def __init__(self, kind: type[D], name: str, named: Iterable[type]) -> None:
        """Keep drafts of a kind under names that begin with `name`."""
        self._kind, self._name = kind, name
        self._types: dict[str, Any] = {"PersonId": PersonId, "WalletId": WalletId}
        self._types |= {one.__name__: one for one in named}

    @cached_property
    def _adapter(self) -> TypeAdapter[D]:
        """Built on first use, since building it takes far longer than using it."""
        adapter = TypeAdapter(self._kind)
        adapter.rebuild(raise_errors=True, _types_namespace=self._types)
        return adapter

    async def keep(self, notes: Notes, draft: D, now: datetime) -> None:
        """Keep a draft for a day from now."""
        text = await asyncio.to_thread(lambda: self._adapter.dump_json(draft).decode())
        await notes.put_note(self._note(draft.id), text, now + DRAFT_LIFE)

    async def kept(self, notes: Notes, id: str, now: datetime) -> D | None:  # noqa: A002 - the field's own word
        """The draft with this id; None if it has ended."""
        text = await notes.note(self._note(id), now)
        return await asyncio.to_thread(self._adapter.validate_json, text) if text else None

    async def drop(self, notes: Notes, id: str) -> None:  # noqa: A002 - as above
        """Forget a draft."""
        await notes.put_note(self._note(id), "", ENDED)

    def _note(self, draft: str) -> str:
        return f"{self._name}:{draft}"


HISTORIES: Final = DraftNotes(Draft, "draft", (Answers, CostState, Mapping, Page, Price, date, datetime))
keep, kept, drop = HISTORIES.keep, HISTORIES.kept, HISTORIES.drop
