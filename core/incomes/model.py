"""The nouns of incomes: what a client paid, and what a client cost to win."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from core.proposals.model import Proposal
    from core.shared.money import Price


class Income(NamedTuple):
    """What a client paid, by the list of transactions.

    `ref` is Upwork's number of the row. `client` is the client's name as the list has it (empty: it has none), `about`
    what it was for, in its words. `amount` is what came in, without what Upwork kept as far as the list says so.
    """

    ref: str
    day: date
    client: str
    about: str
    amount: Price


class Client(NamedTuple):
    """A client: what they paid, and which proposal won them (None: it is not known).

    `key` tells the client from others: the folded name or, where the list names nobody, what was paid for.
    `earned` has a sum for each currency. `first` is the day of the first income, `incomes` how many there were.
    `earned_back` is the day on which the incomes had reached what the proposal cost, with its tax (None: they have not,
    or it is not known what it cost in their currency). `sure`: somebody said which proposal it was.
    """

    key: str
    name: str
    earned: tuple[Price, ...]
    incomes: int
    first: date
    last: date
    won: Proposal | None = None
    sure: bool = False
    earned_back: date | None = None

    @property
    def handle(self) -> str:
        """What buttons call the client by. They are kept for longer than the name may be."""
        return blake2b(self.key.encode(), digest_size=8).hexdigest()
