"""Lists of transactions that wait to be booked: the fees that were read and what was answered, for a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from bot.commands.imports.drafts import DraftNotes
from core.imports.transactions.model import Fee, GivenBack, OtherRows, Transactions
from core.incomes.model import Income
from core.shared.money import Price

if TYPE_CHECKING:
    from core.shared.ids import PersonId, WalletId


@dataclass(frozen=True, slots=True)
class TransactionsDraft:
    """An import of `transactions` into `wallet`, which `person` began at `at`. `booked` is its number, once it has one.

    `settled` is what was answered: the purchase that a fee paid for, by the fee's number (0: it is left alone).
    `incomes` is how many incomes of the list were kept; they themselves are no part of a draft, which would outlive
    them.
    """

    id: str
    wallet: WalletId
    person: PersonId
    transactions: Transactions
    at: datetime
    settled: Mapping[str, int] = field(default_factory=dict)
    booked: int = 0
    incomes: int = 0

    def moved(self, wallet: WalletId, person: PersonId) -> TransactionsDraft:
        """The draft for another wallet, of whoever sent it. What was answered was about other books."""
        return replace(self, wallet=wallet, person=person, settled={})


TRANSACTIONS: Final = DraftNotes(
    TransactionsDraft, "transactions", (Fee, Transactions, GivenBack, Income, Mapping, OtherRows, Price, date, datetime)
)
keep_transactions, kept_transactions, drop_transactions = TRANSACTIONS.keep, TRANSACTIONS.kept, TRANSACTIONS.drop
