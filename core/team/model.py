"""The report on a team: a row for each member, by whom the Connects were spent, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from core.shared.ids import PersonId

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.ledger.model import Purpose
    from core.shared.money import Price

TENTHS: Final = 10
Member = PersonId | str
"""Whose row it is: a person here, or the name that pages give somebody else (empty: nobody is named)."""


class Who(NamedTuple):
    """Somebody who spent: a person here, a name that a page gives, or both. Neither: nobody is named."""

    person: PersonId | None = None
    name: str = ""

    @property
    def member(self) -> Member:
        """Whose row it is."""
        return self.name if self.person is None else self.person


def whole_connects(tenths: int) -> int:
    """Tenths of a Connect as whole ones, rounded to the nearest."""
    return (tenths + TENTHS // 2) // TENTHS


class Outcomes(NamedTuple):
    """What came by now of the proposals that somebody sent in a period, invitations without a bid left out.

    `bids` are all of them, and of `heard` ones a page shows or somebody has said how they stand. `young` ones are too
    recent to have an answer, though `early` of these have one, and `early_hires` are hired. The rest is of the older
    ones only: `replies` and `hires` are how many got that far at least, and `connects` is what those cost, net of what
    came back, whose price is known. These are `priced`, of which `priced_replies` and `priced_hires` got that far.
    """

    bids: int = 0
    replies: int = 0
    hires: int = 0
    young: int = 0
    early: int = 0
    connects: int = 0
    priced: int = 0
    priced_replies: int = 0
    priced_hires: int = 0
    heard: int = 0
    early_hires: int = 0

    def __add__(self, other: Outcomes) -> Outcomes:  # type: ignore[override] # they add up, tuples would be joined
        return Outcomes(*(one + another for one, another in zip(self, other, strict=True)))

    @property
    def counted(self) -> int:
        """The bids that are old enough to have an answer."""
        return self.bids - self.young

    @property
    def replies_so_far(self) -> int:
        """How many got a reply by now, however recent they are."""
        return self.replies + self.early

    @property
    def hires_so_far(self) -> int:
        """How many led to a hire by now, however recent they are."""
        return self.hires + self.early_hires

    @property
    def each_bid(self) -> int | None:
        """What a bid cost, in tenths of a Connect (None: nobody knows, or there was none)."""
        return self._each(self.priced)

    @property
    def each_reply(self) -> int | None:
        """What a reply cost, in tenths of a Connect (None: nobody knows, or there was none)."""
        return self._each(self.priced_replies)

    @property
    def each_hire(self) -> int | None:
        """What a hire cost, in tenths of a Connect (None: nobody knows, or there was none)."""
        return self._each(self.priced_hires)

    def _each(self, among: int) -> int | None:
        return (2 * TENTHS * self.connects + among) // (2 * among) if among else None


NO_OUTCOMES: Final = Outcomes()


class MemberRow(NamedTuple):
    """What one member spent in a period, net of what came back of it, however late and whoever booked that.

    `spent` are Connects by purpose, without those that came back of them; `returned` are these. `money` is what the
    spent ones had cost, one price for each currency, in the order of their codes; `unknown` are those of them whose
    cost nobody has stated, so that it is not part of `money`.
    """

    who: Who
    spent: Mapping[Purpose, int]
    returned: int
    money: tuple[Price, ...]
    unknown: int
    outcomes: Outcomes = NO_OUTCOMES

    @property
    def connects(self) -> int:
        """All that was spent, net of what came back."""
        return sum(self.spent.values())


class TeamReport(NamedTuple):
    """A period from its first day (None: from the beginning) to its last, in the zone of the wallet.

    `rows` are sorted by what was spent, the most first. `whole` is the sum of all rows.
    """

    first: date | None
    last: date
    rows: tuple[MemberRow, ...]
    whole: MemberRow
