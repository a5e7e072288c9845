"""Where pages show a row: rows of one day have an order, although the day is all that every form knows of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from core.imports.model import RowKind
from core.imports.wordings import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.imports.model import Row
    from core.ledger.sightings import Sighting


class RowOrder(NamedTuple):
    """Where pages show a row.

    `lines` are its places on them, by the number of the import (0: the one that is planned); the first row of a page is
    its newest. `rank` is how many older rows of its day they show.
    """

    lines: Mapping[int, int] = {}
    rank: int = 0


def ranked(rows: Sequence[Row | Sighting]) -> Sequence[int]:
    """How many older rows of its day follow each row, newest first; a badge's row, which grows, does not count."""
    counts: Counter[date] = Counter()
    ranks: list[int] = []
    for row in reversed(rows):
        ranks.append(counts[row.day])
        counts[row.day] += kind_of(row.wording, row.connects, {}) is not RowKind.BADGE
    return ranks[::-1]
