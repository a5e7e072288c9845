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
        rf"(?P<who>[^\W\d][\w.-]*)['\u2019]s (?:spend|spending|costs|stats|figures|bids){WHEN}",
        rf"how (?:is|was|did|has) (?P<who>{NAME}) (?:doing|do|done|been doing){WHEN}",
        rf"how (?:many|much) (?:money|bids|proposals) (?:did|has) (?P<who>{NAME}) (?:send|sent|spend|spent){WHEN}",
    )
)
OF: Final = r"(?:spending |daily |weekly |monthly )?"
AGREED: Final = r"(?P<what>limits?|targets?|goals?|quotas?)"
LIMITED: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?:what|how high)(?: is|['\u2019]s| are)|show(?: me)?)? ?(?P<who>{NAME}?)['\u2019]s? {OF}{AGREED}",
        rf"how (?:much|many)(?: more)?(?: connects)? (?:may|can|could) (?P<who>{NAME})(?: still)? (?P<what>spend|use)",
        rf"how (?:much|many)(?: connects)? (?:does|has) (?P<who>{NAME}) (?:have |got )?(?P<what>left)",
        rf"is (?P<who>{NAME})(?: still)? (?:over|within|under|below|above|near|at) (?:his|her|the|their) {AGREED}",
    )
)
"""What asks about the limit or the target of one member."""
A_ROLE: Final = (
    r"(?:the |a |an |our |my )?(?:owner|manager|viewer|moderator|member|accountant|bookkeeper|auditor|boss|admin)"
)
HERE: Final = r"(?: now| here| in charge)*"
ASKED: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"who(?: is|['\u2019]s| are)? {A_ROLE}s?{HERE}",
        rf"is {NAME} (?:still )?{A_ROLE}{HERE}",
        r"(?:what|which)(?: is|['\u2019]s)? (?:my|your|our|the|[\w.-]+['\u2019]s) roles?(?: here)?",
        r"(?:what|who) am i(?: in)? here|what am i",
        r"who is (?:what|who|in charge)(?: here)?|who (?:may|can|is allowed to) (?:do )?what(?: here)?",
        r"who (?:may|can|is allowed to) (?:buy|book|add|import|export|undo|approve|change|set|decide|see|read)\b.*",
        r"what (?:am i|are we) allowed to do(?: here)?",
    )
)
"""Questions about who is what."""
NOBODY: Final = frozenset({"today", "tomorrow", "group", "bot"})
ADDS_NOTHING: Final = frozenset({"connects", "in", "on", "total", "all", "so", "far", "it", "them"})
"""What may stand behind, and says no more."""


def may_be_name(word: str) -> bool:
    """Whether a word may be somebody's name: it has no meaning here, or is written like a name, such as Will."""
    written_so = len(word) > len("We") and word[0].isupper() and word[1:].islower()
    return folded(word) not in MEANING_OF and (written_so or folded(word) not in FILLERS)


def member_spent(line: str) -> str | None:
    """The line that shows what one member spent; None if the line asks for something else."""
    found = next((match for pattern in SPENT if (match := pattern.match(line)) is not None), None)
    if found is None:
        return None
    rest, period = without_period(folded(found["when"] or ""))
    names = found["who"].lstrip("@").split()
    if without_period(folded(found["who"]))[1]:
        return None
    if not ADDS_NOTHING.issuperset(rest.split()) or not all(map(may_be_name, names)):
        return None
    named = (("period", period), ("member", found["who"]))
    return line_of("team", {name: said for name, said in named if said})


def asked_role(line: str) -> str | None:
    """The command for a question who is what; None if it asks for something else."""
    text = " ".join(line.split()).rstrip("?!. ")
    return "role" if any(pattern.fullmatch(text) for pattern in ASKED) else None


def member_limit(line: str) -> str | None:
    """The line that shows the limit or the target of one member; None if the line asks for something else."""
    text = " ".join(line.split()).rstrip("?!. ")
    found = next((match for pattern in LIMITED if (match := pattern.fullmatch(text)) is not None), None)
    name = "" if found is None else folded(found["who"]).lstrip("@")
    if found is None or not name or not may_be_name(found["who"]) or name in NOBODY:
        return None
    command = "target" if folded(found["what"]).startswith(("target", "goal")) else "limit"
    return line_of(command, {"member": found["who"]})
