"""The parts of one paste, which a messenger cut, become one text again.

A client cuts where a message is full, which may be inside a word, and trims blanks and line ends from each part. What
stood between two parts is therefore found by trying: with the right one, the row that was cut is whole again.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.frames import frames_in
from bot.pages.noise import is_head, is_noise
from bot.pages.not_pages import NotAPage, Why
from bot.pages.pieces import BALANCE, END, day_in, tidied
from bot.pages.rows import Style, read_frames, row_of, starts_of
from bot.pages.run_together import UNCLEAR
from bot.pages.text import pages_in, together, why_not
from core.imports.model import RowKind
from core.imports.undated import TODAY, YESTERDAY
from core.imports.wordings import kind_of
from core.proposals.wordings import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from core.imports.model import Page, Row


def read_parts(texts: Sequence[tuple[str, date]]) -> Page | NotAPage:
    """The page that came in several messages: the text of each, and the UTC day on which it was sent.

    Parts may be out of order, or missing. A row that is cut between two of them is mended; what stays cut is unread.
    """
    pages = read_all_parts(texts)
    return pages if isinstance(pages, NotAPage) else together(pages)


def read_all_parts(texts: Sequence[tuple[str, date]]) -> tuple[Page, ...] | NotAPage:
    """The same, but with a page for each piece if parts are missing, or if several pages were pasted."""
    given = [Part(tidied(text)) for text, _ in texts if text.strip()]
    if not given:
        return NotAPage(Why.EMPTY)
    told = min(day for _, day in texts)
    joined = _joined(given, told)
    pages = tuple(page for text in joined for page in pages_in(text, told))
    return pages or NotAPage(why_not("\n".join(joined)))


class Part:
    """A message of a paste."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.frames, self.rest = frames_in(text)
        self.starts, self.style = read_frames(self.frames)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that are whole."""
        pairs = zip(self.frames, self.starts, strict=True)
        return [row_of(frame, start, self.style) for frame, start in pairs if start]

    @cached_property
    def is_headed(self) -> bool:
        """Whether a page begins in it."""
        above = self.frames[0].lines if self.frames else self.text.split("\n")
        return BALANCE.search(self.text) is not None or any(map(is_head, above))

    @cached_property
    def is_torn(self) -> bool:
        """Whether it begins inside a row."""
        if self.is_headed or not self.starts:
            return False
        start = self.starts[0]
        return start is None or any(line.strip() for line in start.above)

    @cached_property
    def length(self) -> int:
        """How long it is for a messenger, which counts as UTF-16 does."""
        return len(self.text.encode("utf-16-le", "replace")) // 2


class Seen(NamedTuple):
    """What the whole rows of all parts say: how they are written, and their wordings, titles and names.

    `full` is the length of the longest part, `pause` how many days lie between two rows at most, apart from a few.
    """

    style: Style
    said: frozenset[str]
    words: frozenset[str]
    full: int
    told: date
    pause: int


def _seen(given: Sequence[Part], told: date) -> Seen:
    _, style = read_frames([frame for part in given for frame in part.frames])
    said = {text for part in given for row in part.rows for text in (row.wording, row.title, row.member or "")}
    words = frozenset(word for text in said for word in text.split())
    pauses = sorted(_pause(*pair, told) for part in given for pair in pairwise(part.rows))
    return Seen(
        style,
        frozenset(said),
        words,
        full=max((part.length for part in given), default=0),
        told=told,
        pause=pauses[len(pauses) * 98 // 100] if pauses else 1,
    )


def _pause(newer: Row, older: Row, told: date) -> int:
    """The days between two rows."""
    first, second = (told - (TODAY - row.day) if row.day >= YESTERDAY else row.day for row in (newer, older))
    return (first - second).days


def _joined(given: Sequence[Part], told: date) -> list[str]:
    """The parts as few texts as possible: as they came or, if that mends more rows, by their days."""
    seen = _seen(given, told)
    chains, misfits = _chained(given, seen, search=False)
    if misfits:
        by_day = sorted(given, key=_place, reverse=True)
        other, fewer = _chained(by_day, seen, search=True)
        if fewer < misfits:
            chains = other
    return chains


def _place(part: Part) -> tuple[bool, list[date]]:
    days = [row.day for row in part.rows]
    return (part.is_headed and not days, [days[0], days[-1]] if days else [])


def _chained(parts: Sequence[Part], seen: Seen, *, search: bool) -> tuple[list[str], int]:
    """The parts joined in their order, and how many did not fit. With `search` a later part may come first."""
    waiting = list(parts)
    chains: list[str] = []
    misfits = 0
    while waiting:
        last = waiting.pop(0)
        misfits += last.is_torn
        chain, tail = [last.text], _tail(last.text)
        while waiting:
            near = _near(waiting) if search else waiting[:1]
            fits = [(fit, place) for place, part in enumerate(near) if (fit := _fit(tail, last, part, seen))]
            if not fits:
                break
            fit, place = max(fits, key=lambda found: found[0].familiar)
            last = waiting.pop(place)
            chain += fit.between, last.text
            tail = _tail(tail + fit.between + last.text)
        chains.append("".join(chain))
        misfits += bool(waiting) and not waiting[0].is_headed
    return chains, misfits


def _near(parts: Sequence[Part]) -> Sequence[Part]:
    """The parts that may come next: those that begin with the same day, or have no day."""
    days = [part.rows[0].day if part.rows else None for part in parts[:NEAR]]
    most = next((number for number, day in enumerate(days) if day not in {days[0], None}), len(days))
    return parts[: most or 1]


def _tail(text: str) -> str:
    """The last whole row of a text, and what follows it."""
    ends = [end.end() for end in END.finditer(text)]
    return text[ends[-2] :] if len(ends) > 1 else text


class _Fit(NamedTuple):
    """What stood between two parts, and how much of the row between them stands in other rows too."""

    between: str
    familiar: int


def _fit(tail: str, last: Part, part: Part, seen: Seen) -> _Fit | None:
    """What stood between a text and the part that continues it. None: that part does not continue it."""
    first = END.search(part.text)
    head = part.text[: first.end()] if first else part.text
    ends = [end.end() for end in END.finditer(tail)]
    if part.is_headed:
        return None if ends else _fit_heads(tail, head)
    before = _looked(tail[: ends[-1]] if ends else "", seen)
    fitting: list[_Fit] = []
    full = last.length == part.length == seen.full
    for between in UNTRIMMED if full else _candidates(tail, head, seen, shortened=last.length < seen.full):
        after = _looked(tail + between + head, seen, begins=not ends)
        new = after.rows[len(before.rows) :]
        whole = after.broken == before.broken and _descends([*before.rows[-1:], *new])
        if whole and (not part.is_torn or _is_likely(new, part, seen)):
            fitting.append(_Fit(between, sum(_familiar(row, seen) for row in new)))
    return max(fitting, key=lambda fit: fit.familiar) if fitting else None


def _fit_heads(tail: str, head: str) -> _Fit | None:
    """Join a page's head that was cut in two."""
    if BALANCE.search(tail):
        return None
    return next((_Fit(between, 0) for between in ("", "\n") if BALANCE.search(tail + between + head)), None)


def _is_likely(new: Sequence[Row], part: Part, seen: Seen) -> bool:
    """Whether a row that was put together from two parts is one row, and no part between them is missing."""
    if not new or not part.rows:
        return True
    mended, pause = new[0], _pause(new[0], part.rows[0], seen.told)
    if not _is_known(mended, seen):
        return pause == 0
    return mended.title in seen.said or pause <= seen.pause


class _Look(NamedTuple):
    rows: list[Row]
    broken: int
    """How many rows are not whole, and how many have something above them that belongs to no row."""


def _looked(text: str, seen: Seen, *, begins: bool = False) -> _Look:
    """What can be read of a piece of text; if a page `begins` with it, something else may stand above its rows."""
    frames, rest = frames_in(text)
    starts = starts_of(frames, seen.style.manner)
    rows = [row_of(frame, start, seen.style) for frame, start in zip(frames, starts, strict=True) if start]
    inner = starts[1:] if begins else starts
    stray = sum(any(not is_noise(line) for line in start.above) for start in inner if start)
    half = any(day_in(line.partition("\t")[0]) for line in rest.split("\n"))
    alien = sum(len(frame.cells) > CELLS_WITHOUT_MEMBER for frame in frames) if not seen.style.named else 0
    return _Look(rows, starts.count(None) + stray + half + alien)


def _descends(rows: Iterable[Row]) -> bool:
    return all(newer.day >= older.day for newer, older in pairwise(rows))


def _familiar(row: Row, seen: Seen) -> int:
    """How much of a row stands in other rows too."""
    said = (row.title in seen.said) + ((row.member or "") in seen.said)
    return 2 * _is_known(row, seen) + said + bool(row.title and row.member)


def _is_known(row: Row, seen: Seen) -> bool:
    """Whether the wording is one that Upwork uses."""
    if row.wording in seen.said or plain(row.wording) == UNCLEAR:
        return True
    return kind_of(row.wording, row.connects, {}) is not RowKind.UNCLASSIFIED


def _candidates(tail: str, head: str, seen: Seen, *, shortened: bool) -> list[str]:
    """What may have stood between two parts; of those that fit equally well, the first is taken.

    Whether it was a blank shows in the words on both sides, or in the part's length: a client trims it.
    """
    if tail[-1:].isspace() or head[:1].isspace():
        return ["", "\n"]
    left, right = WORD_END.search(tail), WORD_START.match(head)
    first, second = left[0] if left else "", right[0] if right else ""
    apart = first + second not in seen.words and (shortened or {first, second} <= seen.words)
    return ["\n", " ", "", "\t"] if apart else ["\n", "", " ", "\t"]


UNTRIMMED: Final = ("", "\n", " ", "\t")
"""What may have stood between two parts of full length: most likely nothing was trimmed from either."""
CELLS_WITHOUT_MEMBER: Final = 2
NEAR: Final = 8
"""So many parts are tried as the next one."""
WORD_END: Final = re.compile(r"\S+\Z")
WORD_START: Final = re.compile(r"\S+")
