"""Who an entry counts for: the one rule by which all figures and files say who did something.

What a page says goes before who wrote it down, because anybody may book what somebody else has sent. Whoever imports a
page did none of it: a row that names nobody is nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.team.model import Who
from core.wallets.team import person_now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.ledger.sightings import Sighting
    from core.shared.ids import PersonId
    from core.wallets.team import Same

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


def who_did(by: PersonId | None, naming: Naming | None, people: People, same: Same = ()) -> Who:
    """Who did what is booked for `by`, with what imports say of it (None: nothing) and whom their names stand for.

    What somebody typed is theirs until somebody says whom the page's name stands for. All that somebody did is of the
    person that they are now (`same`).
    """
    person, name = by, "" if naming is None else naming.name
    if naming is not None:
        person = people.get(name, None if naming.unnamed else by)
    return Who(None if person is None else person_now(same, person), name)
