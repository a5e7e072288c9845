"""Where two windows of one day overlap: each is a run of neighbouring rows, newest first, that an edge may have cut."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.rows.pairing import same, title_of
from core.proposals.wordings import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.imports.model import Row


TRIED: Final = 8
"""So many placements are compared row by row. Where there are more, the rows equal each other, and all is unsure."""


class Edges(NamedTuple):
    """Whether a run of a day's rows may lack rows above it (newer ones) or below it (older ones)."""

    above: bool
    below: bool

    @property
    def whole(self) -> bool:
        """Whether it has all rows of the day."""
        return not (self.above or self.below)

    def anchored(self, other: Edges) -> bool:
        """Whether both begin or end at the same edge of the day, so that the longer one has all that the other has."""
        together = (not self.above and not other.above) or (not self.below and not other.below)
        return together or self.whole or other.whole


class Overlay(NamedTuple):
    """Which rows of one run are rows of the other, by position, and whether another placement is out of question."""

    pairs: Mapping[int, int]
    sure: bool


NOWHERE: Final = Overlay({}, sure=True)


def overlaid(
    rows: Sequence[Row], cut: Edges, others: Sequence[Row], others_cut: Edges, *, earlier: bool = False
) -> Overlay:
    """Lay a run over another one of the same day, where their edges allow it and the most rows agree.

    With `earlier` the other one was copied earlier, so that a later copy may well end with it, be it a single row.
    """
    found = [NOWHERE]
    if rows and others:
        if cut.below and others_cut.above:
            over = _overlap(rows, others)
            found.append(over._replace(sure=over.sure or (earlier and len(over.pairs) == len(others))))
        if cut.above and others_cut.below:
            found.append(_turned(_overlap(others, rows)))
        if cut.above and cut.below:
            found.append(_inside(rows, others))
        if others_cut.above and others_cut.below:
            found.append(_turned(_inside(others, rows)))
    return max(found, key=lambda each: (len(each.pairs), each.sure))


def _turned(overlay: Overlay) -> Overlay:
    return Overlay({to: of for of, to in overlay.pairs.items()}, overlay.sure)


def _overlap(upper: Sequence[Row], lower: Sequence[Row]) -> Overlay:
    """The end of one over the other's beginning. It is sure if no other length is possible."""
    fitting = _fitting(upper, lower, _ends_over_beginnings(upper, lower))
    best = next(fitting, {})
    return Overlay(best, sure=_proven(upper, lower, best) or (len(best) > 1 and next(fitting, None) is None))


def _inside(inner: Sequence[Row], outer: Sequence[Row]) -> Overlay:
    """The whole of one within the other, wherever: it adds nothing."""
    best = next(_fitting(inner, outer, _insides(inner, outer)), {})
    return Overlay(best, sure=_proven(inner, outer, best) or len(best) > 1)


def _fitting(
    rows: Sequence[Row], others: Sequence[Row], placements: Iterator[tuple[int, int, int]]
) -> Iterator[dict[int, int]]:
    """The placements, as pairs of positions, in which all rows may be the same."""
    for start, others_start, length in islice(placements, TRIED):
        if all(same(rows[start + n], others[others_start + n]) for n in range(length)):
            yield {start + n: others_start + n for n in range(length)}


def _proven(rows: Sequence[Row], others: Sequence[Row], found: Mapping[int, int]) -> bool:
    """Whether ids agree, and not only what the rows say."""
    pairs = ((rows[one], others[other]) for one, other in found.items())
    return any((one.row_id and other.row_id) or (one.job and other.job) for one, other in pairs)


def _ends_over_beginnings(upper: Sequence[Row], lower: Sequence[Row]) -> Iterator[tuple[int, int, int]]:
    """Placements (start in one, start in the other, length) of the end of one over the other's beginning."""
    pattern, text = _tokens(lower), _tokens(upper)
    failures = _failures(pattern)
    *_, length = _states(pattern, failures, text)
    while length:
        yield len(text) - length, 0, length
        length = failures[length - 1]


def _insides(inner: Sequence[Row], outer: Sequence[Row]) -> Iterator[tuple[int, int, int]]:
    """Placements of the whole of one within the other."""
    pattern, text = _tokens(inner), _tokens(outer)
    for end, state in enumerate(_states(pattern, _failures(pattern), text), 1):
        if state == len(pattern):
            yield 0, end - state, state


def _tokens(rows: Sequence[Row]) -> list[tuple[str, int, str]]:
    return [(plain(row.wording), row.connects, title_of(row)) for row in rows]


def _failures(pattern: Sequence[object]) -> list[int]:
    """The failure function of Knuth, Morris and Pratt: of each beginning, the longest one that is also its end."""
    failures = [0] * len(pattern)
    length = 0
    for position in range(1, len(pattern)):
        while length and pattern[position] != pattern[length]:
            length = failures[length - 1]
        length += pattern[position] == pattern[length]
        failures[position] = length
    return failures


def _states(pattern: Sequence[object], failures: Sequence[int], text: Sequence[object]) -> Iterator[int]:
    """After each of the text, how much of the pattern's beginning stands there."""
    length = 0
    for token in text:
        if length == len(pattern):
            length = failures[length - 1]
        while length and token != pattern[length]:
            length = failures[length - 1]
        length += token == pattern[length]
        yield length
