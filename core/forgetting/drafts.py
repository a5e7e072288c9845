"""What is left of what an operator had not published yet. What was published stays, because it was made for others.

The rows stay, and are discarded: a number that is used again would lead old buttons to something else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.announcements.model import Stage
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from core.announcements.model import Announcement, Series
    from core.promotions.model import Promotion

UNTITLED: Final = "\N{EM DASH}"
"""The title of a promotion whose draft was erased, wherever promotions are listed."""
UNPUBLISHED: Final = frozenset({Stage.DRAFT, Stage.DISCARDED})


def announcement_left(one: Announcement) -> Announcement:
    """An announcement without its text, if it was not published."""
    if one.stage not in UNPUBLISHED or not one.text:
        return one
    return replace(one, text="", stage=Stage.DISCARDED, version=one.version + 1)


def series_left(one: Series) -> Series:
    """A recurring announcement without its text, if it has never begun."""
    if one.status is not Status.DRAFT:
        return one
    return one._replace(text="", status=Status.CANCELLED, version=one.version + 1)


def promotion_left(one: Promotion) -> Promotion:
    """A promotion without its words, if it was not published."""
    if one.status is not Status.DRAFT:
        return one
    terms = replace(one.terms, title=UNTITLED, text="", code="")
    return one._replace(status=Status.CANCELLED, terms=terms, version=one.version + 1)
