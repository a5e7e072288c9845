"""Reads what somebody asks about one member, whose name no vocabulary has: "what did Ivan spend in October"."""

from __future__ import annotations

import re
from typing import Final

from bot.reading.lines import line_of
from bot.reading.questions.periods import without_period
from bot.reading.questions.vocabulary import FILLERS, MEANING_OF
from core.shared.names import folded

ASKING: Final = r"(?:so |and )?(?:what|how much|how many(?: connects)?) (?:did|has|have|does)"
NAME: Final = r"@?[^\W\d][\w'.-]*"
WHEN: Final = r"(?: (?P<when>[^?]+?))?\s*\?*$"
SPENT: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{ASKING} (?P<who>{NAME}(?: {NAME})?) (?:spend|spent|use|used){WHEN}",
        rf"(?P<who>[^\W\d][\w.-]*)['\u2019]s (?:spend|spending|costs){WHEN}",
    )
)
ADDS_NOTHING: Final = frozenset({"connects", "in", "on", "total", "all", "so", "far", "it", "them"})
"""What may stand behind, and says no more."""


def member_spent(line: str) -> str | None:
    """The line that shows what one member spent; None if the line asks for something else."""
    found = next((match for pattern in SPENT if (match := pattern.match(line)) is not None), None)
    if found is None:
        return None
    rest, period = without_period(folded(found["when"] or ""))
    names = folded(found["who"]).lstrip("@").split()
    if not ADDS_NOTHING.issuperset(rest.split()) or any(word in MEANING_OF or word in FILLERS for word in names):
        return None
    named = (("period", period), ("member", found["who"]))
    return line_of("team", {name: said for name, said in named if said})
