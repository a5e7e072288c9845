"""What a row of a page is in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.imports.known import moment_of
from core.imports.model import RowKind
from core.ledger.model import EXPIRED, Kind, Purpose, Source, expense_on, income_from
from core.ledger.past.facts import NewFact
from core.ledger.past.lineage import RETURNED
from core.ledger.rules import price_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.imports.model import Row
    from core.ledger.model import Account
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import PersonId

SPENT_ON: Final[Mapping[RowKind, Account]] = {
    RowKind.PROPOSAL: expense_on(Purpose.PROPOSAL),
    RowKind.BOOST: expense_on(Purpose.BOOST),
    RowKind.BOOST_CHARGE: expense_on(Purpose.BOOST),
    RowKind.BADGE: expense_on(Purpose.BADGE),
    RowKind.AD: expense_on(Purpose.PROFILE_AD),
}
GIVEN_BACK: Final[Mapping[RowKind, Account]] = {
    RowKind.PROPOSAL_BACK: expense_on(Purpose.PROPOSAL),
    RowKind.PARTLY_BACK: expense_on(Purpose.PROPOSAL),
    RowKind.BOOST_BACK: expense_on(Purpose.BOOST),
}
"""The accounts from which Connects come back, by the kind of the return."""
GRANTED: Final[Mapping[RowKind, Source]] = {RowKind.MONTHLY: Source.MONTHLY, RowKind.REWARD: Source.REWARD}


def fact_of(row: Row, kind: RowKind, connects: int, by: PersonId | None, rulebook: Rulebook) -> NewFact:
    """The fact that a row is, of so many of its Connects. A return is income as long as its spend is not known."""
    fact = NewFact(moment_of(row.day), Kind.GRANT, abs(connects), RETURNED, memo=row.title, job=row.job, by=by)
    if connects < 0:
        return _spent(fact, row, kind)
    if kind in GIVEN_BACK:
        return fact
    if kind is RowKind.PURCHASE:
        price = price_of(connects, rulebook)
        return fact._replace(kind=Kind.PURCHASE, account=income_from(Source.PURCHASE), price=price)
    if kind in GRANTED:
        return fact._replace(account=income_from(GRANTED[kind]))
    return fact._replace(account=income_from(Source.UNCLASSIFIED), memo=row.wording)


def _spent(fact: NewFact, row: Row, kind: RowKind) -> NewFact:
    """Connects that went: what nobody has explained counts as spent on something else, under its wording."""
    if kind is RowKind.EXPIRY:
        return fact._replace(kind=Kind.ADJUSTMENT, account=EXPIRED)
    if kind in SPENT_ON:
        return fact._replace(kind=Kind.SPEND, account=SPENT_ON[kind])
    return fact._replace(kind=Kind.SPEND, account=expense_on(Purpose.OTHER), memo=row.wording)
