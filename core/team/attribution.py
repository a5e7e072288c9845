"""Who an entry counts for: the one rule by which all figures and files say who did something.

What a page says goes before who wrote it down, because anybody may book what somebody else has sent. Whoever imports a
page did none of it: a row that names nobody is nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.team.model import Who

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.ledger.sightings import Sighting
    from core.shared.ids import PersonId

    People = Mapping[str, PersonId | None]
    """Whom pages call by a name, as somebody has said (None: nobody here)."""


class Naming(NamedTuple):
    """What imports say of who did something: the `name` on a page (empty: none).

    `unnamed`: an import booked it from a row that names nobody, so that whom it is booked for says nothing.
    """

    name: str = ""
    unnamed: bool = False


def add_namings(namings: dict[int, Naming], rows: Iterable[tuple[int, Sighting]]) -> None:
    """Add what more rows say, by the numbers of entries. The oldest import comes first, and its names stay.

    `core.statements.sightings.SightingReader` reads such rows.
    """
    for number, row in rows:
        known = namings.get(number, Naming())
        namings[number] = Naming(known.name or row.member or "", known.unnamed or (row.booked and not row.member))


def who_did(by: PersonId | None, naming: Naming | None, people: People) -> Who:
    """Who did what is booked for `by`, with what imports say of it (None: nothing) and whom their names stand for.

    What somebody typed is theirs until somebody says whom the page's name stands for.
    """
    if naming is None:
        return Who(by)
    if naming.name in people:
        return Who(people[naming.name], naming.name)
    return Who(None if naming.unnamed else by, naming.name)
