"""The words of a line that asks for a document: its period, and what adds nothing."""

from __future__ import annotations

import re
from typing import Final

from bot.documents.model import Form
from bot.options.times.days import MONTHS
from bot.options.times.period import Period
from bot.reading.leftovers import POLITE

PERIOD: Final = Period(alone=True)
POSTINGS: Final = re.compile(
    r"\b(?:(?:by|with|per|each|every|all|the|single|as|raw|of) )*(?:postings?|legs|double entry|double-entry)\b"
    r"|\braw(?: (?:journal|data|csv))?\b"
)
REPORT_WORDS: Final = frozenset({"report", "reports"})
STATEMENT_WORDS: Final = frozenset({"statement", "statements"})
SMALL_WORDS: Final = """
the my our me us mine own of for in on as to into with at by an a and or from one it that this these them
file files document documents copy copies download downloads export exports exported send give get show make create
format form version data books book journal entries entry history ledgers connects upwork wallet account accounts
figures numbers activity movements transactions
accountant accountants accounting bookkeeper bookkeeping tax taxes adviser advisor office partner
all whole complete full everything so far period can i we have want need would like could
"""
ADDS_NOTHING: Final = POLITE | frozenset(SMALL_WORDS.split())
SAID: Final = (
    (re.compile(r"\bcalendar (?=(?:week|month|quarter|year)s?\b)"), ""),
    (re.compile(r"\byears? (?=20\d\d\b)"), ""),
    (re.compile(r"\b(20\d\d) ?[-\u2013] ?(20\d\d)\b"), r"\1 to \2"),
    (re.compile(r"\b(\d{4})[ -]?q([1-4])\b"), r"q\2 \1"),
    (re.compile(r"\bq([1-4])(?: of |/|-)(\d{4})\b"), r"q\1 \2"),
    (re.compile(r"\b(0?[1-9]|1[0-2])[/.](20\d\d)\b"), r"\2-\1"),
    (re.compile(r"\btax (?=returns?\b|office\b|advis[eo]r\b)|(?<=\btax )returns?\b"), ""),
)
"""Periods and recipients as people write them, in the words that are understood."""
ORDINALS: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
QUARTERS: Final = re.compile(rf"\b(?:the )?({'|'.join(ORDINALS)}) quarter(?: of)?\b")
OTHERS: Final = """
xlsx spreadsheet ledger html calendar postings yesterday month quarter week year everything statement report accountant
"""
SPELLED: Final = tuple(sorted({*MONTHS, *(str(form) for form in Form), *OTHERS.split()}))
"""What a misspelt word may be."""


def plain(text: str) -> str:
    """A folded text with its periods in the words that are understood."""
    text = QUARTERS.sub(lambda found: f"q{ORDINALS[found[1]]}", text)
    for pattern, said in SAID:
        text = pattern.sub(said, text)
    return " ".join(text.split())
