"""Reads what people say about limits in a line without a command: "cara may spend 20 a day", "no limit for cara"."""

from __future__ import annotations

import re
from typing import Final

from bot.reading.leftovers import COURTESY
from bot.reading.questions.vocabulary import MEANING_OF
from core.shared.names import folded

AMOUNT: Final = r"[$\u20ac\u00a3]?\d[\d.,]*(?: ?(?:connects?|usd|eur|gbp|dollars?|euros?|[$\u20ac\u00a3]))?"
PER: Final = r"(?: ?/ ?(?:day|week|month)| (?:an?|per|each|every) (?:day|week|month)| (?:daily|weekly|monthly))"
WHO: Final = r"[^\W\d][\w'\u2019.@-]*(?: [^\W\d][\w'\u2019.-]*){0,3}"
MOST: Final = (
    r"(?:only |just |not )?(?:spend |use |have |get )?(?:more than |at most |up to |no more than |max(?:imum)? )?"
)
NO_ALERTS: Final = r"(?!.*\b(?:alert|warning|notice|notification)s?\b)"
TOLD: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:set|put|add|make|create|change) (?:an? |the )?(?:new |spending )*limits?\b(?: of| to| for)? (?P<rest>.+)",
        rf"{NO_ALERTS}(?P<rest>(?:no|remove|delete|drop|cancel|without|turn off|switch off|take off) .*\blimits?\b.*)",
        rf"(?P<rest>{WHO} (?:may|can|should|must|shall)(?:n['\u2019]t)? {MOST}{AMOUNT}{PER}.*)",
        rf"(?:give|allow|let) (?P<rest>{WHO} (?:spend |have )?{AMOUNT}(?:{PER}| more\b).*)",
        r"(?P<rest>(?:lift|raise|lower|increase|reduce|double) .*\blimits?\b.*)",
        rf"(?P<rest>{AMOUNT}{PER} (?:for|each|together|per) ?.*)",
        rf"(?P<rest>[^\W\d][\w'\u2019@.-]*:? {AMOUNT}{PER})",
    )
)
"""A limit needs its period in such a line; what is left of it is read like what follows /limit."""


def told_limit(line: str) -> str | None:
    """The command for a line that says how much may be spent; None if it says nothing of the kind."""
    text = COURTESY.sub("", " ".join(line.split())).rstrip("!. ")
    if text.endswith("?"):
        return None
    found = next((match for pattern in TOLD if (match := pattern.fullmatch(text)) is not None), None)
    about = "" if found is None else MEANING_OF.get(folded(found["rest"]).split()[0].strip(":"), "member")
    return None if found is None or about != "member" else f"limit {found['rest']}"
