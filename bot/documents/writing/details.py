"""What imports have learnt of entries since they were booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.ledger.sightings import Sighting


class Details(NamedTuple):
    """What pages said of an entry: its title and its job, whom Upwork names, and its second (None: not known).

    `reference` is Upwork's number of the transaction by which a purchase was paid.
    """

    title: str = ""
    job: str = ""
    member: str = ""
    at: datetime | None = None
    reference: str = ""


NO_DETAILS: Final = Details()


def details_of(
    sightings: Iterable[tuple[int, Sighting]], payments: Iterable[tuple[int, Sighting]] = ()
) -> dict[int, Details]:
    """What was learnt of each entry, by its number. What a later import says counts more."""
    found: dict[int, Details] = {}
    for number, row in sightings:
        old = found.get(number, NO_DETAILS)
        found[number] = Details(row.title or old.title, row.job or old.job, row.member or old.member, row.at or old.at)
    for number, row in payments:
        found[number] = found.get(number, NO_DETAILS)._replace(reference=row.row_id)
    return found
