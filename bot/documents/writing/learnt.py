"""What imports have learnt of entries since they were booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.ledger.sightings import Sighting


class Learnt(NamedTuple):
    """What pages said of an entry: its title and its job, whom Upwork names, and its second (None: not known)."""

    title: str = ""
    job: str = ""
    member: str = ""
    at: datetime | None = None


NOTHING: Final = Learnt()


def learnt_of(seen: Iterable[tuple[int, Sighting]]) -> dict[int, Learnt]:
    """What was learnt of each entry, by its number. What a later import says counts more."""
    found: dict[int, Learnt] = {}
    for number, row in seen:
        old = found.get(number, NOTHING)
        found[number] = Learnt(row.title or old.title, row.job or old.job, row.member or old.member, row.at or old.at)
    return found
