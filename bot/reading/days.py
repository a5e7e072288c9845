"""Words that name a day or a time, and the ages of posts, as they occur among other words."""

from __future__ import annotations

import re
from typing import Final

MONTHS: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
WEEKDAYS: Final = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
SHORT: Final = "mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
COUNT: Final = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|a\ few|a\ couple\ of)"
UNIT: Final = r"(?:sec(?:ond)?|min(?:ute)?|h(?:ou)?r?|d(?:ay)?|w(?:ee)?k?|mo(?:nth)?|y(?:ea)?r?)s?"
YEAR: Final = r"(?:,?\s*(?:19|20)\d\d)?"
ORDINAL: Final = r"\d{1,2}(?:st|nd|rd|th)"

PROPOSALS: Final = r"(?:less\ than\s+)?\d{1,3}(?:\+|\s*(?:to|-|\u2013)\s*\d{1,3}\+?)?"
AGE: Final = rf"""(?:
    (?:proposals?|interviewing|(?:unanswered\s+)?invites?(?:\ sent)?|hires?)\s*:\s*{PROPOSALS}
  | (?:less\ than\s+\d{{1,3}}|\d{{1,3}}\+|\d{{1,3}}\s*(?:to|-|\u2013)\s*\d{{1,3}}\+?)\s+proposals?
  | (?:posted|published|renewed|reposted)\s+(?:on\s+)?
        (?:(?:about\s+|over\s+)?{COUNT}\s*{UNIT}\s+ago|yesterday|today|just\ now|last\ (?:week|month)|recently)
)"""
"""What a page says beside a job: how long ago it was posted, and how many proposals it has."""
AGO: Final = rf"(?:(?:about\s+|over\s+)?{COUNT}\s*{UNIT}\s+ago)"
"""How long ago something was: beside a link the age of the post, elsewhere a day."""
TODAY: Final = r"(?:today|tonight|just\ now|right\ now|earlier\ today|this\ (?:morning|afternoon|evening))"
CERTAIN: Final = rf"""(?:
    (?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:T\d\d:\d\d(?::\d\d)?Z?)?
  | \d{{1,2}}[-/.]\d{{1,2}}[-/.](?:(?:19|20)\d\d|\d\d)
  | (?:on\s+)?(?:{MONTHS})\.?\s+(?:{ORDINAL}|\d{{1,2}}){YEAR}
  | (?:on\s+)?(?:the\s+)?(?:{ORDINAL})\s+(?:of\s+)?(?:{MONTHS}){YEAR}
  | (?:on\s+)?(?:the\s+)?\d{{1,2}}\s+of\s+(?:{MONTHS}){YEAR}
  | \d{{1,2}}\s+(?:{MONTHS})\.?\s+\d{{1,2}}
  | on\s+(?:the\s+)?{ORDINAL}
  | (?:the\s+)?day\s+(?:before|after)\s+(?:yesterday|tomorrow)
  | yesterday(?:\s+(?:morning|afternoon|evening|night))?
  | tomorrow
  | (?:last|past|previous)\s+(?:night|evening|week|weekend|month|{WEEKDAYS}|{SHORT})
  | (?:this|next)\s+(?:{WEEKDAYS}|week|weekend|month)
  | on\s+(?:{WEEKDAYS})
  | (?:on|at|over)\s+the\s+weekend
  | (?:at\s+)?[0-2]?\d:[0-5]\d(?:\s*[ap]\.?m\b\.?)?
  | (?:at\s+)?1?\d\s*[ap]m
  | {COUNT}\s+(?:day|week|month)s?\s+(?:back|earlier)
)"""
"""A day or a time, wherever it stands."""
LIKELY: Final = rf"""(?:
    \d{{1,2}}\s+(?:{MONTHS}){YEAR}(?!\.?\s+\d{{1,2}}(?:\D|$))
  | (?:{WEEKDAYS})(?:\s+(?:morning|afternoon|evening|night))?
  | (?:mon|tues?|wed|thu(?:rs?)?|fri)
  | (?:the\s+)?{ORDINAL}
  | \d{{1,2}}\.\d{{1,2}}\.(?=[\s,;)]|$)
  | \d{{1,2}}[./]\d{{1,2}}
)"""
"""A day if it stands at an edge of the line, and the figure in it is not the only one."""
NO_DAYS: Final = frozenset({"black", "cyber", "good", "casual", "giving", "super", "taco"})
"""Words that make a weekday the name of something else, such as Black Friday."""
CLOCKLIKE: Final = re.compile(r"(\d{1,2})([./])(\d{1,2})\.?")
LEADING_AWAY: Final = frozenset({"for", "by", "due", "until", "till", "since", "from", "before", "after", "through"})
"""What stands before a day that something is meant for, rather than before the one on which it happened."""
BEFORE_DAY: Final = LEADING_AWAY | {"on", "at", "@", "the"}
NEVER: Final = "24/7"
MOST_DAY, MOST_MONTH = 31, 12
TWO_DIGITS: Final = re.compile(r"\d\d[./]\d\d\.?")
NTH: Final = re.compile(rf"(?:the\s+)?{ORDINAL}", re.IGNORECASE)


def without_day(words: str, start: int, end: int) -> str:
    """Words without the day that stands from `start` to `end`, and without an "on" before it."""
    before = words[:start].split()
    if before and before[-1].casefold() in BEFORE_DAY:
        before.pop()
    return " ".join((*before, *words[end:].split()))


def is_day_and_month(words: str) -> bool:
    """Whether "28.11" or "11/28" can be a day at all; other words can."""
    found = CLOCKLIKE.fullmatch(words)
    if found is None:
        return True
    low, high = sorted((int(found[1]), int(found[3])))
    return words != NEVER and 0 < low <= MOST_MONTH and high <= MOST_DAY
