"""The report on a team: a row for each member, by whom the Connects were spent, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.ledger.model import Purpose
    from core.shared.ids import PersonId
    from core.shared.money import Price


class Who(NamedTuple):
    """Somebody who spent: a person here, a name that a page gives, or both. Neither: nobody is named."""

    person: PersonId | None = None
    name: str = ""


class Outcomes(NamedTuple):
    """How many proposals somebody sent in a period, and how many of them got how far by now."""

    bids: int = 0
    replies: int = 0
    hires: int = 0


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
    outcomes: Outcomes

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
