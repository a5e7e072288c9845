"""Files become pages: what a file is, is decided by its content, never by its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.pages.my_proposals.saved import is_saved_my_proposals, read_saved_my_proposals
from bot.pages.not_pages import NotAPage, Why, file_kind
from bot.pages.text import read_text

if TYPE_CHECKING:
    from datetime import date

    from bot.pages.text import Both
    from core.imports.model import Page
    from core.proposals.my_proposals import MyProposals


def read_file(content: bytes, told: date | None) -> Page | MyProposals | Both | NotAPage:
    """The page in a file, which was copied or saved on the day `told` (None: not known). It never raises.

    If the day is not known and the page calls days "Today" or "Yesterday", `core.imports.undated` says what then stands
    in its rows.
    """
    if len(content) > LARGEST:
        return NotAPage(Why.TOO_LARGE)
    kind = file_kind(content)
    if kind:
        return NotAPage(kind)
    text = decoded(content)
    if not is_html(text):
        return read_text(text, told)
    if is_saved_my_proposals(text):
        return read_saved_my_proposals(text, told) or NotAPage(Why.NO_PROPOSALS)
    from bot.pages.saved import read_saved  # most bots are started far more often than a page is handed over

    return read_saved(text, told)


def is_html(text: str) -> bool:
    """Whether a text is the source of a page."""
    return HTML.match(text) is not None or 'id="connects-history-table"' in text


def decoded(content: bytes) -> str:
    """The text of a file. It is UTF-8 wherever that is possible; what cannot be decoded is replaced."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    head = content[:SAMPLE]
    if len(head) > 1 and head.count(0) > len(head) // 4:
        return content.decode("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        declared = DECLARED.search(head)
        return _decoded_as(content, declared[1].decode("ascii") if declared else FALLBACK)


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding, "replace")
    except LookupError:
        return content.decode(FALLBACK, "replace")


LARGEST: Final = 5_000_000
"""Bytes. A saved page of 25 rows has about 700,000."""
SAMPLE: Final = 4096
FALLBACK: Final = "cp1252"
MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
HTML: Final = re.compile(r"[\ufeff\s]*<(?:!doctype\s+html|html|head|body|table|!--|\?xml)\b", re.IGNORECASE)
DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*"""
    rb"((?:utf-8|us-ascii|iso-8859-\d+|latin1|windows-\d+|cp\d+|koi8-[ru]|shift_jis|euc-\w+|gb\w+|big5))",
    re.IGNORECASE,
)
"""Encodings of pages only: Python knows others, with which a file could keep it busy."""
