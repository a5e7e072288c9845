"""Lines of one topic that wait to be sent become one message, as long as it stays short.

The facts of such a notice are its lines: `lines` is their number, and the facts of each begin with its place, as in
`2.connects`. A line joins only what the platform has never been asked to send. So nothing is lost with a message that
arrived without it, and nothing comes twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Facts: TypeAlias = Mapping[str, str | int]

LINES: Final = "lines"
MOST_LINES: Final = 10
"""How many lines a message may have, so that it needs no cutting on any platform."""


def in_lines(lines: Sequence[Facts]) -> dict[str, str | int]:
    """The facts of a notice with these lines."""
    every = {f"{place}.{name}": value for place, line in enumerate(lines, 1) for name, value in line.items()}
    return {LINES: len(lines), **every}


def lines_in(facts: Facts) -> tuple[Facts, ...]:
    """The lines of a notice with these facts."""
    return tuple(_line(facts, f"{place}.") for place in range(1, int(facts[LINES]) + 1))


def _line(facts: Facts, beginning: str) -> Facts:
    return {name.removeprefix(beginning): value for name, value in facts.items() if name.startswith(beginning)}


def gathered(waiting: Facts, more: Facts) -> dict[str, str | int] | None:
    """The facts of what waits with those of a later notice; None if that is too much for one message."""
    lines = (*lines_in(waiting), *lines_in(more))
    return in_lines(lines) if len(lines) <= MOST_LINES else None
