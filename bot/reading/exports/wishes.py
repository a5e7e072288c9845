"""What people want of a document that it does not do: go to others, be for another program, have but a part of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reply.parts import Say

ADDRESS: Final = re.compile(r"@?\S+@\S+\.\S+")
ELSEWHERE: Final = "email e-mail mail mails inbox whatsapp dropbox drive onedrive icloud slack notion"
PROGRAMS: Final = """
json xml tsv sql sqlite yaml yml markdown md txt text docx doc word zip rtf quickbooks xero datev sage freshbooks wave
zoho lexoffice sevdesk gnucash qif ofx qfx iif odt parquet airtable png jpg jpeg svg picture image screenshot
"""
PICKED: Final = """
proposal proposals bid bids boost boosts purchase purchases lot lots spend spends spending return returns refunds
expiries expired client clients cost costs earnings income
"""
BILLS: Final = "invoice invoices receipt receipts bill bills"
SENTENCES: Final = {
    word: name
    for name, words in (
        ("doubt-elsewhere", ELSEWHERE),
        ("doubt-program", PROGRAMS),
        ("doubt-picked", PICKED),
        ("doubt-bills", BILLS),
    )
    for word in words.split()
}
"""What is said of each word."""


def wish_in(words: Sequence[str]) -> Say | None:
    """What to say if all words that are not understood are one such wish; None if they are not."""
    names = {"doubt-elsewhere" if ADDRESS.fullmatch(word) else SENTENCES.get(word, "") for word in words}
    name = names.pop()
    return say(name, words=" ".join(words)) if name and not names else None
