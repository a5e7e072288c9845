"""Whether a message is a copied page, or a part of one, and not something that somebody typed."""

from __future__ import annotations

from typing import Final

from bot.pages.frames import frames_in
from bot.pages.my_proposals.text import is_my_proposals
from bot.pages.noise import is_footer
from bot.pages.not_pages import is_other_language, other_text
from bot.pages.pieces import BALANCE, END, connects_in, tidied


def looks_like_page(text: str) -> bool:
    """Whether a text was copied from a page that is read, or is another text of Upwork's that `Why` names.

    Nobody types an amount and, below it, the same amount in words; nor the page's head, or its footer; nor when a
    proposal was sent and, below it, how long ago that was.
    """
    if "\n" not in text and "\t" not in text and "\r" not in text:
        return False
    tidy = tidied(text)
    if BALANCE.search(tidy) or is_footer(tidy) or is_my_proposals(tidy):
        return True
    if any(_is_framed(end[0]) and connects_in(end) is not None for end in END.finditer(tidy)):
        return True
    return len(frames_in(tidy)[0]) >= FEW or other_text(tidy) is not None or is_other_language(tidy)


def _is_framed(end: str) -> bool:
    return end.startswith("\t") or "\n" in end.strip()


FEW: Final = 2
