"""The proposals of copied text, found by their frame: a day, how long ago that was, and the lines up to the next one.

A title may read like a day, a section, a status or a line of noise. So what a line is follows from its place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.my_proposals.pieces import (
    BOOSTS,
    STATUSES,
    VIEWED,
    Head,
    Heading,
    head_in,
    heading_in,
    is_age,
    is_footer,
    is_noise,
    is_top,
)
from bot.pages.noise import is_noise as is_menu

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.proposals.my_proposals import Section


class Frame(NamedTuple):
    """A proposal: its head, how long ago that was, its lines, and the heading under which it stands."""

    head: Head
    age: str
    lines: tuple[str, ...]
    heading: Heading | None
    page: int = 0
    """Which page of the text it stands on, which may have the same one several times."""


@dataclass(slots=True)
class Framed:
    """The frames of a text, its headings, and the lines that belong to none.

    `above` are those above the first frame, unless the page begins below them. `headed`: a page begins in it.
    """

    frames: list[Frame] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    """On which page of the text each heading stands: a section that comes once more begins another page."""
    above: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    headed: bool = False
    cut: bool = False
    """Whether the text ends with a line of the last frame, so that it may be cut there."""
    _there: set[Section | None] = field(default_factory=set)
    """The sections of the page that was read last."""

    def add(self, heading: Heading) -> None:
        """Add the heading of a section."""
        page = self.pages[-1] if self.pages else 0
        if heading.section in self._there:
            page += 1
            self._there.clear()
        self._there.add(heading.section)
        self.headings.append(heading)
        self.pages.append(page)


def framed(lines: Sequence[str]) -> Framed:
    """The frames of a text."""
    found = Framed()
    heads = list(_heads(lines))
    first = heads[0].start if heads else len(lines)
    heading = _read_above(lines[:first], found)
    for number, head in enumerate(heads):
        end = heads[number + 1].start if number + 1 < len(heads) else len(lines)
        rest = lines[head.lines : end]
        own = _own(rest)
        page = found.pages[-1] if found.pages else 0
        found.frames.append(Frame(head.head, head.age, tuple(rest[:own]), heading, page))
        heading = _read_between(rest[own:], found, heading)
        found.cut = own == len(rest)
    return found


class _Start(NamedTuple):
    head: Head
    age: str
    start: int
    lines: int
    """Where its lines begin."""


def _heads(lines: Sequence[str]) -> Iterator[_Start]:
    """Where the proposals begin. A title may read like a head, but nothing says below it how long ago that was."""
    found: list[_Start] = []
    for at, line in enumerate(lines):
        head = head_in(line)
        if head is None:
            continue
        below = lines[at + 1] if at + 1 < len(lines) else ""
        if head.age or not is_age(below):
            found.append(_Start(head, head.age, at, at + 1))
        else:
            found.append(_Start(head, below, at, at + 2))
    aged = any(one.age for one in found)
    last = len(lines) - 1
    return (one for one in found if one.age or not aged or one.start == last)


def _own(rest: Sequence[str]) -> int:
    """How many of the lines below a head are its own: those up to a heading, the page's top or its footer."""
    titled = 1 if rest and rest[0].casefold() in BOOSTS and len(rest) > 1 else 0
    for at in range(titled + 1, len(rest)):
        heading = heading_in(rest[at], rest[at + 1] if at + 1 < len(rest) else "")
        known = heading is not None and (heading.section is not None or at > titled + 1)
        if known or is_footer(rest[at]) or rest[at].casefold() == TOP:
            return at
    return len(rest)


def _read_above(lines: Sequence[str], found: Framed) -> Heading | None:
    """What stands above the first frame. The menu of the site stands above the page's title."""
    title = max((at for at, line in enumerate(lines) if line.casefold() == TOP), default=-1)
    found.headed = title >= 0 or any(heading_in(*_two(lines, at)) for at in range(len(lines)))
    start = title + 1
    if not found.headed:
        found.above = [line for line in lines if not (is_menu(line) or is_top(line) or is_noise(line))]
        return None
    if title < 0:
        start = next(at for at in range(len(lines)) if heading_in(*_two(lines, at)))
        found.above = [line for line in lines[:start] if not (is_menu(line) or is_top(line) or is_noise(line))]
    return _read_between(lines[start:], found, None)


def _read_between(lines: Sequence[str], found: Framed, heading: Heading | None) -> Heading | None:
    """What stands between two frames; gives the heading of what follows."""
    footer = False
    for at in range(len(lines)):
        line = lines[at]
        named = heading_in(*_two(lines, at))
        if named is not None:
            heading, footer = named, False
            found.add(named)
        elif is_footer(line):
            footer = True
        elif line.casefold() == TOP:
            footer, heading, found.headed = False, None, True
        elif not (footer or is_top(line) or is_noise(line) or is_menu(line)):
            found.unread.append(line)
    return heading


def _two(lines: Sequence[str], at: int) -> tuple[str, str]:
    return lines[at], lines[at + 1] if at + 1 < len(lines) else ""


class Card(NamedTuple):
    """What the lines of a frame are. `unread` are those of which nobody knows what they say."""

    title: str
    profile: str = ""
    boost: str = ""
    status: str = ""
    viewed: bool = False
    unread: tuple[str, ...] = ()


def profiles_of(frames: Sequence[Frame]) -> frozenset[str]:
    """The names of profiles: what stands below several titles, or below the only one."""
    last = Counter(name for frame in frames if (name := _below_title(frame.lines)))
    if 2 * last.total() < len(frames):
        return frozenset()
    return frozenset(name for name, times in last.items() if times > 1 or last.total() <= FEW)


def _below_title(lines: Sequence[str]) -> str:
    """The line below what is most likely the title."""
    said = list(lines)
    while len(said) > PAIR and _is_known(said[-1]):
        said.pop()
    return said[-1] if PAIR <= len(said) <= PAIR + 1 and not _is_known(said[-1]) else ""


def _is_known(line: str) -> bool:
    return line.casefold() in STATUSES or line.casefold() == VIEWED or is_noise(line)


def card_of(frame: Frame, profiles: frozenset[str], title: int | None = None) -> Card | None:
    """What the lines of a frame say; None if it has no title. `title` is where that stands, if it is known."""
    at = _title_at(frame.lines, profiles) if title is None else title
    if at is None:
        return None
    rest = frame.lines[at + 1 :]
    profile = next((line for line in rest if line in profiles), "")
    boost = next((line.casefold() for line in frame.lines[:at] if line.casefold() in BOOSTS), "")
    status, viewed, unread = "", False, []
    taken = not profile
    for line in rest:
        said = line.casefold()
        if line == profile and not taken:
            taken = True
        elif said == VIEWED:
            viewed = True
        elif said in STATUSES:
            status = said
        elif said in BOOSTS:
            boost = boost or said
        elif not is_noise(line):
            unread.append(line)
    if not profile and unread:
        profile = unread.pop(0)
    return Card(frame.lines[at], profile, boost, status, viewed, tuple(unread))


def _title_at(lines: Sequence[str], profiles: frozenset[str]) -> int | None:
    """Where the title stands: above the profile, if that can be found, or else below the boost."""
    if not lines:
        return None
    below = max((at for at, line in enumerate(lines) if line in profiles and at), default=None)
    if below is not None and all(_is_beside(line) for line in lines[: below - 1]):
        return below - 1
    start = 0
    while start + 1 < len(lines) and _is_beside(lines[start]) and not (_is_known(lines[start + 1]) and start):
        start += 1
    return start


def _is_beside(line: str) -> bool:
    """Whether a line may stand above a title."""
    return line.casefold() in BOOSTS or is_noise(line)


TOP: Final = "my proposals"
PAIR: Final = 2
"""A title and a profile."""
FEW: Final = 2
