"""The one rule by which somebody is said to have done something."""

from __future__ import annotations

from datetime import date

from core.ledger.sightings import Sighting
from core.shared.ids import PersonId
from core.team.attribution import Naming, add_namings, who_did
from core.team.model import Who

ANN, IVAN = PersonId(1), PersonId(2)


def seen(member: str | None, *, booked: bool, line: int = 1) -> tuple[int, Sighting]:
    return 7, Sighting(line, 7, booked, date(2026, 1, 5), "Applied to job", -8, member=member)


def naming_of(*rows: tuple[int, Sighting]) -> Naming | None:
    found: dict[int, Naming] = {}
    add_namings(found, rows)
    return found.get(7)


def test_what_somebody_typed_is_theirs_until_a_page_tells_otherwise() -> None:
    assert who_did(ANN, None, {}) == Who(ANN)
    assert who_did(ANN, naming_of(seen(None, booked=False)), {}) == Who(ANN)
    ivans = naming_of(seen("Ivan P.", booked=False))
    assert who_did(ANN, ivans, {}) == Who(ANN, "Ivan P.")
    assert who_did(ANN, ivans, {"Ivan P.": IVAN}) == Who(IVAN, "Ivan P.")
    assert who_did(ANN, ivans, {"Ivan P.": None}) == Who(None, "Ivan P.")


def test_whoever_imports_a_page_did_none_of_it() -> None:
    for nobody in (None, ""):
        assert who_did(ANN, naming_of(seen(nobody, booked=True)), {}) == Who()
        later = naming_of(seen(nobody, booked=True), seen("Ivan P.", booked=False))
        assert who_did(ANN, later, {}) == Who(None, "Ivan P.")
        assert who_did(ANN, later, {"Ivan P.": IVAN}) == Who(IVAN, "Ivan P.")


def test_a_name_that_was_matched_when_it_was_imported_needs_no_other_match() -> None:
    assert who_did(IVAN, naming_of(seen("Ivan P.", booked=True)), {}) == Who(IVAN, "Ivan P.")
    assert who_did(None, naming_of(seen("Ivan P.", booked=True)), {}) == Who(None, "Ivan P.")


def test_the_first_name_stays() -> None:
    assert naming_of(seen("Ivan", booked=True), seen("Olga", booked=False)) == Naming("Ivan")
