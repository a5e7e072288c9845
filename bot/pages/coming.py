"""All that came in together, sorted by the page that it is of: the Connects History, or "My proposals"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.not_pages import NotAPage
from bot.pages.parts import read_all_parts
from bot.pages.proposals.mixed import has_history, has_sheet, pieces_of
from bot.pages.proposals.parts import joined
from bot.pages.proposals.text import read_sheet
from bot.pages.text import Both, why_not
from core.imports.model import Page
from core.proposals.sheet import SeenProposals, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bot.pages.not_pages import Why

    Part = tuple[str, date]


class Came(NamedTuple):
    """What was read: pages of the history, and "My proposals" (None: it did not come)."""

    pages: tuple[Page, ...] = ()
    sheet: SeenProposals | None = None

    @property
    def anything(self) -> bool:
        """Whether anything was read."""
        return bool(self.pages) or self.sheet is not None

    def with_more(self, other: Came) -> Came:
        """The same, and what came beside it."""
        sheets = [one for one in (self.sheet, other.sheet) if one is not None]
        return Came((*self.pages, *other.pages), together(sheets) if sheets else None)


NOTHING: Final = Came()


def came_of(read: Page | SeenProposals | Both) -> Came:
    """What was read of a file."""
    match read:
        case Page():
            return Came((read,))
        case SeenProposals():
            return Came((), read)
        case Both():
            return Came((read.page,), read.sheet)


def read_all(parts: Sequence[Part]) -> Came | Why:
    """What came in several messages: the text of each, and the UTC day on which it was sent; why nothing was read."""
    history, sheet = sorted_parts(parts)
    pages = read_all_parts(history) if history else ()
    told = min((day for _, day in sheet), default=None)
    came = Came(
        () if isinstance(pages, NotAPage) else pages,
        read_sheet(joined([text for text, _ in sheet]), told) if sheet else None,
    )
    return came if came.anything else why_not("\n".join(text for text, _ in parts))


def sorted_parts(parts: Iterable[Part]) -> tuple[list[Part], list[Part]]:
    """The parts of the history, and those of "My proposals". What tells neither goes on with what came before it."""
    history: list[Part] = []
    sheet: list[Part] = []
    last = history
    for text, day in parts:
        of_history, of_sheet = has_history(text), has_sheet(text)
        if of_history and of_sheet:
            for piece in pieces_of(text):
                last = sheet if piece.sheet else history
                last.append((piece.text, day))
            continue
        if of_history or of_sheet:
            last = sheet if of_sheet else history
        last.append((text, day))
    return history, sheet
