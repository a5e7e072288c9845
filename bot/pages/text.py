"""Copied text becomes pages: the wide page, the phone's, one line a row, and three lines a row."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.frames import frames_in
from bot.pages.my_proposals.mixed import pieces_of
from bot.pages.my_proposals.text import is_my_proposals, read_my_proposals
from bot.pages.noise import is_head, is_noise
from bot.pages.not_pages import NotAPage, Why, is_other_language, is_table, other_text
from bot.pages.pieces import BALANCE, day_in, number_in, tidied
from bot.pages.rows import read_frames, row_of
from core.imports.model import Page
from core.imports.undated import dated
from core.proposals.my_proposals import MyProposals
from core.proposals.my_proposals import together as my_proposals_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from core.imports.model import Row


class Both(NamedTuple):
    """Both pages that are read, copied into one text."""

    page: Page
    my_proposals: MyProposals


def read_text(text: str, told: date | None) -> Page | MyProposals | Both | NotAPage:
    """The page in a text that somebody copied on the day `told` (None: not known).

    If the text has several pages of one kind, or one several times, their rows follow each other.
    """
    pieces = pieces_of(text)
    pages = [page for piece in pieces if not piece.my_proposals for page in pages_in(piece.text, told)]
    listed = [read for piece in pieces if piece.my_proposals and (read := read_my_proposals(piece.text, told))]
    if pages and listed:
        return Both(together(pages), my_proposals_together(listed))
    if pages or listed:
        return together(pages) if pages else my_proposals_together(listed)
    return NotAPage(why_not(text))


def why_not(text: str) -> Why:
    """What a text is that has neither a row of the Connects History nor a proposal."""
    if not text.strip():
        return Why.EMPTY
    tidy = tidied(text)
    other = other_text(tidy)
    if other:
        return other
    if BALANCE.search(tidy) or frames_in(tidy)[0]:
        return Why.NO_ROWS
    if is_my_proposals(tidy):
        return Why.NO_PROPOSALS
    if is_other_language(tidy):
        return Why.OTHER_LANGUAGE
    return Why.TABLE if is_table(tidy) else Why.UNKNOWN


def together(pages: Sequence[Page]) -> Page:
    """Several pages as one: the rows follow each other, and the first balance counts."""
    if len(pages) == 1:
        return pages[0]
    return pages[0]._replace(
        rows=tuple(row for page in pages for row in page.rows),
        balance=next((page.balance for page in pages if page.balance is not None), None),
        copied=None if any(page.copied is None for page in pages) else pages[0].copied,
        bottom_cut=pages[-1].bottom_cut,
        unread=tuple(line for page in pages for line in page.unread)[:MOST_UNREAD],
    )


def pages_in(text: str, told: date | None) -> tuple[Page, ...]:
    """Each page of a text that has rows; a page begins where it says "My balance"."""
    tidy = tidied(text)
    heads = list(BALANCE.finditer(tidy))
    cuts = [0, *(head.end() for head in heads), len(tidy)]
    pages: list[Page] = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        page = _page(tidy[start:end], headed=number > 0)
        if page.rows or page.unread:
            balance = number_in(heads[number - 1]["amount"]) if number else None
            pages.append(_placed(page._replace(balance=balance), told))
    return tuple(pages) if any(page.rows for page in pages) else ()


def _placed(page: Page, told: date | None) -> Page:
    return page if told is None else dated(page, told) or page


def _page(text: str, *, headed: bool) -> Page:
    frames, rest = frames_in(text)
    starts, style = read_frames(frames)
    rows: list[Row] = []
    unread: list[str] = []
    for number, (frame, found) in enumerate(zip(frames, starts, strict=True)):
        if found is None or frame.connects is None:
            unread += (
                []
                if len(unread) >= MOST_UNREAD
                else _said([*frame.lines, "\t".join(frame.cells), frame.end], last=MOST_LINES)
            )
            continue
        if number or not _is_menu(found.above):
            unread += _said(found.above, last=MOST_LINES)
        rows.append(row_of(frame, found, style))
    unread += _half(rest)
    torn = bool(starts) and starts[0] is None
    above = starts[0].above if starts and starts[0] else ()
    top_cut = torn or not (headed or any(map(is_head, above[-MENU_LINES:])))
    return Page(tuple(rows), top_cut=top_cut, unread=tuple(unread[:MOST_UNREAD]))


def _is_menu(above: Sequence[str]) -> bool:
    """Whether the lines above the first row are those of the site, and no rest of a row."""
    said = [line for line in above[-MENU_LINES:] if line.strip()]
    return any(map(is_head, said)) or not any("connect" in line.casefold() or day_in(line) for line in said)


def _half(rest: str) -> Iterator[str]:
    """The beginning of a row that the end of the text cuts."""
    lines = [line for line in rest.split("\n") if line.strip()]
    for number, line in enumerate(lines):
        if day_in(line) or day_in(line.partition("\t")[0]):
            yield from _said(lines[number:], first=MOST_LINES)
            return


def _said(lines: Sequence[str], *, first: int | None = None, last: int = 0) -> list[str]:
    """The lines of something that was not read, as one text."""
    near = lines[:MENU_LINES] if first else lines[-MENU_LINES:]
    said = [line for line in near if not is_noise(line)][-last:][:first]
    text = " / ".join(" ".join(line.split()) for line in said)
    return [text[:MOST_LETTERS]] if text else []


MOST_LINES: Final = 6
MENU_LINES: Final = 60
"""So many lines above a row are looked at; the site's menu and the page's head have half as many."""
MOST_LETTERS: Final = 300
MOST_UNREAD: Final = 50
