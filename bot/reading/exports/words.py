"""The words of a line that asks for a document: what it is about, and what adds nothing."""

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
the my our me us mine own of for in on as to into with at an a and or from one it that this these them
file files document documents copy copies download downloads export exports exported send give get show make create
format form version data books book journal entries entry history ledgers connects upwork wallet account accounts
figures numbers activity movements transactions
accountant accountants accounting bookkeeper bookkeeping tax taxes vat gst adviser advisor guy office partner
all whole complete full everything so far period can i we have want need would like could only just both datei
very much dear bot bank account
"""
ADDS_NOTHING: Final = POLITE | frozenset(SMALL_WORDS.split())
OTHERS: Final = """
xlsx spreadsheet ledger html calendar postings yesterday month quarter week year everything statement report accountant
"""
SPELLED: Final = tuple(sorted({*MONTHS, *(str(form) for form in Form), *OTHERS.split()}))
"""What a misspelt word may be."""
