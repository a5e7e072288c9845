"""What should have come back of proposals and is not booked: likely what Upwork has more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.ledger.model import Purpose, expense_on
from core.ledger.summary import net_spends
from core.proposals.deriving import Facts, derive
from core.proposals.refunds import owed_of
from core.reconciliation.causes import Owed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.ledger.ports import Record

BOOSTED: Final = expense_on(Purpose.BOOST)


def owed_returns(record: Record) -> tuple[Owed, ...]:
    """The spends of proposals whose return is certain to be missing, each proposal's together, newest first."""
    return tuple(_owed(record))


def _owed(record: Record) -> Iterator[Owed]:
    spent = {one.entry.number: one for one in net_spends(record.entries) if one.connects > 0}
    for proposal in derive(Facts(record.entries, record.batches)):
        owed = owed_of(proposal)
        if owed is None or owed.doubtful:
            continue
        spends = [spent[number] for number in proposal.entries if number in spent]
        missing = [one for one in spends if owed.bid or one.entry.counterpart == BOOSTED]
        if sum(one.connects for one in missing) == owed.connects:  # or else a part of them never comes back
            yield Owed(owed.connects, tuple(one.entry.number for one in missing))
