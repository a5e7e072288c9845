"""The nouns of statements: a line of the books as it stands in the end, and the statement of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.ledger.model import Kind

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.ledger.flows import Flows, Stock
    from core.ledger.model import Account
    from core.shared.ids import PersonId
    from core.shared.money import Price


class Move(NamedTuple):
    """Connects of one lot that came into the wallet (+) or left it, from or to an account, and their cost.

    The cost has the sign of the Connects. It is None if they were free, and `UNKNOWN` if nobody has said.
    """

    account: Account
    lot: int
    connects: int
    price: Price | None


class BookLine(NamedTuple):
    """An entry as it stands in the end: with all that was learnt later of its lots and costs.

    What was undone is no line, and neither are undos, recasts and amendments: they are part of the line that they
    correct. So the Connects of all lines sum to the balance, and their costs to what the lots are worth.

    `number` is the entry's, `when` is when it happened, `dated` whether it was booked later than that, at `at`.
    """

    number: int
    when: datetime
    at: datetime
    dated: bool
    kind: Kind
    moves: tuple[Move, ...]
    memo: str
    job: str
    by: PersonId | None
    of: int | None

    @property
    def connects(self) -> int:
        """By how much it changed the balance."""
        return sum(move.connects for move in self.moves)

    @property
    def beyond(self) -> Account:
        """Where its Connects went or came from. What takes the place of a welcome bonus takes that out first."""
        return self.moves[-1 if self.kind is Kind.GRANT else 0].account


class Statement(NamedTuple):
    """The statement of the days from `first` to `last`, both included, in the wallet's zone.

    `first` is None if it begins with the books. `opening` and `closing` are what was there before and after, and
    `flows` what moved in between: `closing` is `opening` and all of `flows.changes` together, in Connects and in each
    currency to the cent.
    """

    first: date | None
    last: date
    opening: Stock
    closing: Stock
    flows: Flows
