"""The journal as CSV: every posting as it was booked, what was undone and corrections included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.documents.cells import csv_of, id_cell, moment_cell, price_cells, text_cell
from bot.documents.model import Document
from bot.documents.writing.columns import with_progress
from bot.documents.writing.details import NO_DETAILS, details_of
from bot.documents.writing.entries import lines_of
from bot.documents.writing.period import period_of
from bot.documents.writing.team import team_of
from core.ledger.model import Purpose, expense_on
from core.ledger.queries import cost_states
from core.shared.calendar import tzinfo_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import tzinfo

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.publisher import Progress
    from bot.documents.writing.details import Details
    from core.ledger.model import Entry
    from core.shared.ids import PersonId
    from core.shared.money import CostState

HEADER: Final = (
    "number", "at", "kind", "purpose", "account", "lot", "connects", "net", "tax", "currency",
    "title", "job", "of", "by", "by_name", "balance_after", "cost", "happened",
    "happened_at", "member",
)  # fmt: skip
PURPOSES: Final = {expense_on(purpose): purpose.value for purpose in Purpose}


def write(order: DocumentOrder, books: BookData, progress: Progress) -> Document:
    """Write the postings of all entries that happened in the period, in the order in which they were booked.

    Times are in the wallet's zone, money is a decimal number. `cost` says whether the Connects were free or paid for,
    or whether their cost is unknown, and `happened` on which day something happened that was booked later. What imports
    saw adds a job that was learnt later, the second (`happened_at`), and whom Upwork names (`member`). The books of a
    team also say who spent what (`spent_by`).
    """
    entries = sorted(books.entries, key=lambda entry: entry.number)
    period = period_of(order.days, order.zone)
    within = [entry for entry in entries if period.has(entry.when)]
    details, states = details_of(books.sightings), cost_states(entries)
    team = team_of(order, books, lines_of(order, books)) if order.team else None
    spenders = None if team is None else dict(team.spenders(entries))
    rows = _Rows(tzinfo_of(order.zone), order.name_of, states, details, spenders, priced=order.money)
    legs = sum(len(entry.postings) for entry in within)
    header = HEADER if team is None else (*HEADER, "spent_by")
    content = csv_of(header, with_progress(rows.of(within), lambda number: progress(number / legs)))
    return Document(".csv", content, legs)


class _Rows(NamedTuple):
    zone: tzinfo
    name_of: Callable[[PersonId | None], str]
    states: Mapping[int, CostState]
    details: Mapping[int, Details]
    spenders: Mapping[int, str] | None
    priced: bool

    def of(self, entries: Iterable[Entry]) -> Iterator[tuple[object, ...]]:
        """A row for each posting."""
        for entry in entries:
            details = self.details.get(entry.number, NO_DETAILS)
            happened = "" if entry.happened is None else entry.happened.astimezone(self.zone).date().isoformat()
            second = "" if details.at is None else moment_cell(details.at, self.zone)
            name = text_cell(self.name_of(entry.by))
            at, member = moment_cell(entry.at, self.zone), text_cell(details.member)
            title, job = text_cell(entry.memo), id_cell(entry.job or details.job)
            spent_by = () if self.spenders is None else (text_cell(self.spenders[entry.number]),)
            for leg in entry.postings:
                yield (
                    entry.number, at, entry.kind.value, PURPOSES.get(entry.counterpart), leg.account, leg.lot,
                    leg.connects, *price_cells(leg.price if self.priced else None), title, job, entry.of, entry.by,
                    name, entry.balance, self.states[leg.lot].value, happened, second, member, *spent_by,
                )  # fmt: skip
