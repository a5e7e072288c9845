"""The wordings under which the Connects History shows what belongs to proposals."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from core.shared.names import folded


@lru_cache(maxsize=4096)
def plain(wording: str) -> str:
    """The form in which wordings are compared: case, blanks, the apostrophe and the full stop make no difference."""
    return folded(wording).replace("\u2019", "'").rstrip(". ")


APPLIED: Final = plain("Applied to job")
BOOST_BID: Final = plain("Connects bid for boosted proposal.")
FINAL_CHARGE: Final = plain("We accepted your bid to boost a proposal. This is the final bid charge.")
BID_BACK: Final = plain("We accepted your bid to boost a proposal. This is a refund for your total bid.")
OUTBID: Final = plain("You've been outbid to boost your proposal")
BOOST_CLOSED: Final = plain("You bid to boost a proposal, but the job was closed")
CANCELLED: Final = plain("Job cancelled")
PARTLY_BACK: Final = plain("Connects refunded")
