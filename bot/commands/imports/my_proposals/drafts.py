"""Pages "My proposals" that wait to be booked, for a day: what was read and answered. No raw text is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from bot.commands.imports.drafts import DRAFT_LIFE, ENDED
from core.ledger.sightings import Boosted, ProposalSighting, ProposalState
from core.proposals.my_proposals import Count, MyProposals, MyProposalsAnswers, Section
from core.shared.ids import PersonId, WalletId
from core.shared.money import Price

if TYPE_CHECKING:
    from core.shared.ports import Notes

NAMED: Final = (
    Boosted, Count, Mapping, Price, ProposalSighting, ProposalState, Section, MyProposals, MyProposalsAnswers, date,
    datetime,
)  # fmt: skip
NAMES: Final[dict[str, Any]] = {
    "PersonId": PersonId,
    "WalletId": WalletId,
    **{kind.__name__: kind for kind in NAMED},
}
"""The names in the types of fields; core imports some of them for the type checker only."""


@dataclass(frozen=True, slots=True)
class MyProposalsDraft:
    """An import of `page` into `wallet`, which `person` began at `at`. `booked` is its number, once it has one."""

    id: str
    wallet: WalletId
    person: PersonId
    page: MyProposals
    answers: MyProposalsAnswers
    at: datetime
    booked: int = 0


@cache
def _adapter() -> TypeAdapter[MyProposalsDraft]:
    """Built on first use, since building it takes far longer than using it."""
    adapter = TypeAdapter(MyProposalsDraft)
    adapter.rebuild(raise_errors=True, _types_namespace=NAMES)
    return adapter


async def keep_my_proposals(notes: Notes, draft: MyProposalsDraft, now: datetime) -> None:
    """Keep a draft for a day from now. Other work goes on while a long one is written down."""
    text = await asyncio.to_thread(lambda: _adapter().dump_json(draft).decode())
    await notes.put_note(_name(draft.id), text, now + DRAFT_LIFE)


async def kept_my_proposals(notes: Notes, id: str, now: datetime) -> MyProposalsDraft | None:  # noqa: A002 - the field's own word
    """The draft with this id; None if it has ended."""
    text = await notes.note(_name(id), now)
    return await asyncio.to_thread(_adapter().validate_json, text) if text else None


async def drop_my_proposals(notes: Notes, id: str) -> None:  # noqa: A002 - as above
    """Forget a draft."""
    await notes.put_note(_name(id), "", ENDED)


def _name(draft: str) -> str:
    return f"my_proposals:{draft}"
