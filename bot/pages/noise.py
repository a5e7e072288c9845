"""What stands around the rows in copied text: the site's menu, the page's own head and its footer."""

from __future__ import annotations

import re
from typing import Final

HEADS: Final = frozenset(
    {
        "account settings", "connects history", "my balance", "connects type", "all connects", "date",
        "last 7 days", "last 30 days", "last 90 days", "date action connects", "date action freelancer connects",
    }
)  # fmt: skip
MENU: Final = frozenset(
    {
        "skip to content", "upwork home", "find work", "deliver work", "manage finances", "messages",
        "search category:", "jobs", "action", "connects", "freelancer", "show more", "load more",
    }
)  # fmt: skip
FOOTER: Final = frozenset(
    {
        "footer navigation", "about us", "feedback", "trust, safety & security", "help & support",
        "terms of service", "privacy policy", "follow us",
    }
)  # fmt: skip
RIGHTS: Final = re.compile(r"^[^\S\n]*\u00a9[^\S\n]*2015[^\n]{0,20}Upwork", re.MULTILINE | re.IGNORECASE)


def is_head(line: str) -> bool:
    """Whether a line stands in the head of the page, above the first row."""
    return " ".join(line.split()).casefold() in HEADS


def is_noise(line: str) -> bool:
    """Whether a line stands around the rows."""
    said = " ".join(line.split()).casefold()
    return not said or said in HEADS or said in MENU or said in FOOTER or RIGHTS.match(said) is not None


def is_footer(text: str) -> bool:
    """Whether a text has the end of the page."""
    return RIGHTS.search(text) is not None
