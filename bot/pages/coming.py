"""All that came in together, sorted by the page that it is of: the Connects History, or "My proposals"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.my_proposals.mixed import has_history, has_my_proposals, pieces_of
from bot.pages.my_proposals.parts import joined
from bot.pages.my_proposals.text import read_my_proposals
from bot.pages.not_pages import NotAPage
from bot.pages.parts import read_all_parts
from bot.pages.text import Both, why_not
from core.imports.model import Page
from core.proposals.my_proposals import MyProposals, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bot.pages.not_pages import Why

    Part = tuple[str, date]


class Came(NamedTuple):
    """What was read: pages of the history, and "My proposals" (None: it did not come)."""

    pages: tuple[Page, ...] = ()
    my_proposals: MyProposals | None = None

    @property
    def anything(self) -> bool:
        """Whether anything was read."""
        return bool(self.pages) or self.my_proposals is not None

    def with_more(self, other: Came) -> Came:
        """The same, and what came beside it."""
        listed = [one for one in (self.my_proposals, other.my_proposals) if one is not None]
        return Came((*self.pages, *other.pages), together(listed) if listed else None)


NOTHING: Final = Came()


def came_of(read: Page | MyProposals | Both) -> Came:
    """What was read of a file."""
    match read:
        case Page():
            return Came((read,))
        case MyProposals():
            return Came((), read)
        case Both():
            return Came((read.page,), read.my_proposals)


def read_all(parts: Sequence[Part]) -> Came | Why:
    """What came in several messages: the text of each, and the UTC day on which it was sent; why nothing was read."""
    history, my_proposals = sorted_parts(parts)
    pages = read_all_parts(history) if history else ()
    told = min((day for _, day in my_proposals), default=None)
    came = Came(
        () if isinstance(pages, NotAPage) else pages,
        read_my_proposals(joined([text for text, _ in my_proposals]), told) if my_proposals else None,
    )
    return came if came.anything else why_not("\n".join(text for text, _ in parts))


def sorted_parts(parts: Iterable[Part]) -> tuple[list[Part], list[Part]]:
    """The parts of the history, and those of "My proposals". What tells neither goes on with what came before it."""
    history: list[Part] = []
    my_proposals: list[Part] = []
    last = history
    for text, day in parts:
        of_history, of_my_proposals = has_history(text), has_my_proposals(text)
        if of_history and of_my_proposals:
            for piece in pieces_of(text):
                last = my_proposals if piece.my_proposals else history
                last.append((piece.text, day))
            continue
        if of_history or of_my_proposals:
            last = my_proposals if of_my_proposals else history
        last.append((text, day))
    return history, my_proposals
