"""Lists of transactions that wait to be booked: the fees that were read and what was answered, for a day."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from bot.commands.imports.drafts import DRAFT_LIFE, ENDED
from core.imports.transactions.model import Fee, GivenBack, OtherRows, Transactions
from core.shared.ids import PersonId, WalletId
from core.shared.money import Price

if TYPE_CHECKING:
    from core.shared.ports import Notes

NAMED: Final = (Fee, Transactions, GivenBack, Mapping, OtherRows, Price, date, datetime)
NAMES: Final[dict[str, Any]] = {
    "PersonId": PersonId,
    "WalletId": WalletId,
    **{kind.__name__: kind for kind in NAMED},
}
"""The names in the types of fields; core imports some of them for the type checker only."""


@dataclass(frozen=True, slots=True)
class TransactionsDraft:
    """An import of `transactions` into `wallet`, which `person` began at `at`. `booked` is its number, once it has one.

    `settled` is what was answered: the purchase that a fee paid for, by the fee's number (0: it is left alone).
    """

    id: str
    wallet: WalletId
    person: PersonId
    transactions: Transactions
    at: datetime
    settled: Mapping[str, int] = field(default_factory=dict)
    booked: int = 0


@cache
def _adapter() -> TypeAdapter[TransactionsDraft]:
    """Built on first use, since building it takes far longer than using it."""
    adapter = TypeAdapter(TransactionsDraft)
    adapter.rebuild(raise_errors=True, _types_namespace=NAMES)
    return adapter


async def keep_transactions(notes: Notes, draft: TransactionsDraft, now: datetime) -> None:
    """Keep a draft for a day from now. Other work goes on while a long one is written down."""
    text = await asyncio.to_thread(lambda: _adapter().dump_json(draft).decode())
    await notes.put_note(_name(draft.id), text, now + DRAFT_LIFE)


async def kept_transactions(notes: Notes, id: str, now: datetime) -> TransactionsDraft | None:  # noqa: A002 - its own word
    """The draft with this id; None if it has ended."""
    text = await notes.note(_name(id), now)
    return await asyncio.to_thread(_adapter().validate_json, text) if text else None


async def drop_transactions(notes: Notes, id: str) -> None:  # noqa: A002 - as above
    """Forget a draft."""
    await notes.put_note(_name(id), "", ENDED)


def _name(draft: str) -> str:
    return f"transactions:{draft}"
