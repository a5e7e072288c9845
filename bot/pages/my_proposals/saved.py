"""A saved "My proposals" becomes `MyProposals`: its rows say more than its text, each proposal's own id."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.pages.my_proposals.frames import Frame, card_of, profiles_of
from bot.pages.my_proposals.pieces import head_in, heading_in, is_age, lines_of
from bot.pages.my_proposals.tags import SavedMyProposals
from bot.pages.my_proposals.text import (
    Read,
    copied_on,
    counts_of,
    dated,
    most_unread,
    one_unread,
    read_my_proposals,
    sighting_of,
)
from bot.pages.page_tags import fed
from core.proposals.my_proposals import MyProposals

if TYPE_CHECKING:
    from datetime import date

    from bot.pages.my_proposals.pieces import Heading
    from bot.pages.my_proposals.tags import SavedRow
    from core.proposals.my_proposals import Section

MARKS: Final = ('data-cy="proposal-views-slot"', 'data-cy="time-slot"')
ROW: Final = re.compile(r"""class=["'][^"']*\bdetails-row\b""")


def is_saved_my_proposals(html: str) -> bool:
    """Whether the source of a page is that of "My proposals"."""
    return any(mark in html for mark in MARKS) or ("/nx/proposals/" in html and ROW.search(html) is not None)


def read_saved_my_proposals(html: str, told: date | None) -> MyProposals | None:
    """The page in a file that a browser saved; None if no proposal is in it."""
    saved = fed(html, SavedMyProposals())
    if not saved.rows:
        return read_my_proposals(saved.text, told)
    headings = {name: found for name in saved.headings if (found := heading_in(name))}
    frames = [_frame(row, headings.get(row.heading)) for row in saved.rows]
    profiles = profiles_of([frame for frame in frames if frame])
    reads: dict[str, Read] = {}
    unread: list[str] = []
    sections: Counter[Section] = Counter()
    for number, (row, frame) in enumerate(zip(saved.rows, frames, strict=True)):
        name = row.proposal or str(number)
        if name in reads:
            continue
        card = card_of(frame, profiles, title=0) if frame else None
        seen = sighting_of(frame, card) if frame and card else None
        if not frame or not card or seen is None:
            unread.append(one_unread((row.heading, *lines_of("".join((*row.time, "\n", *row.title, "\n", *row.rest))))))
            continue
        unread += card.unread
        reads[name] = Read(seen._replace(line=len(reads) + 1, proposal=row.proposal), frame.age)
        if frame.heading and frame.heading.section:
            sections[frame.heading.section] += 1
    if not reads:
        return None
    read = list(reads.values())
    return MyProposals(
        tuple(one.seen for one in dated(read, told)),
        copied_on(read, told),
        most_unread(unread),
        tuple(counts_of(headings.values(), sections)),
    )


def _frame(row: SavedRow, heading: Heading | None) -> Frame | None:
    """A row as the frame that its text would have: what the page says beside the title stands below it."""
    time, title = lines_of("".join(row.time)), " ".join("".join(row.title).split())
    head = next((found for line in time if (found := head_in(line))), None)
    if head is None or not title:
        return None
    age = head.age or next((line for line in time if is_age(line)), "")
    return Frame(head, age, (title, *lines_of("".join(row.rest))), heading)
