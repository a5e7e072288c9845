"""What people hand over that is none of the pages which are read."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple

from bot.pages.transactions.table import is_transactions, named_columns


class Why(StrEnum):
    """Why something is not read."""

    NO_PROPOSALS = "no_proposals"
    """It is "My proposals", but without a proposal that could be read."""
    TRANSACTIONS = "transactions"
    """It is the CSV file of Upwork's transactions."""
    EARNINGS = "earnings"
    """It is the CSV file of earnings by contract, which has no Connects."""
    TABLE = "table"
    """It is a table of days and something else."""
    OTHER_LANGUAGE = "other_language"
    """It is the Connects History in a language other than English."""
    NO_ROWS = "no_rows"
    """It is the Connects History, but without a row that could be read."""
    MHTML = "mhtml"
    WEBARCHIVE = "webarchive"
    PDF = "pdf"
    PICTURE = "picture"
    DOCUMENT = "document"
    """It is a document of a word processor."""
    ARCHIVE = "archive"
    """It is a ZIP file or another archive."""
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    """It is none of these."""


class NotAPage(NamedTuple):
    """Something that is not read, and why."""

    why: Why


def file_kind(content: bytes) -> Why | None:
    """What a file is by its first bytes, if it is of a kind that is never read."""
    head = content[:4096]
    for why, signatures in SIGNATURES:
        if head.startswith(signatures):
            return _archive(head) if why is Why.ARCHIVE else why
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Why.PICTURE
    if MHTML_HEAD.search(head) and b"multipart/related" in head.lower():
        return Why.MHTML
    if WEBARCHIVE_XML in content[:65_536]:
        return Why.WEBARCHIVE
    return None


def _archive(head: bytes) -> Why:
    return Why.DOCUMENT if DOCUMENT_PARTS.search(head) else Why.ARCHIVE


def other_text(text: str) -> Why | None:
    """Which of Upwork's other texts this is, if it is one of them."""
    columns = named_columns(text)
    if is_transactions(columns):
        return Why.TRANSACTIONS
    if {"date", "contract", "hours", "amount"} <= columns:
        return Why.EARNINGS
    return None


def is_table(text: str) -> bool:
    """Whether it is a table of days and something else, such as another of Upwork's CSV files."""
    columns = named_columns(text)
    return "date" in columns and len(columns) >= FEW_COLUMNS and "\n" in text.strip()


def is_other_language(text: str) -> bool:
    """Whether amounts stand above a line that repeats them in words, but none of these lines is English."""
    pairs = [found["words"] for found in FOREIGN_PAIR.finditer(text)]
    return len(pairs) >= FEW_PAIRS or any("connects" in words.casefold() for words in pairs[:-1])


FEW_COLUMNS: Final = 3
FEW_PAIRS: Final = 3
SIGNATURES: Final = (
    (Why.WEBARCHIVE, (b"bplist00",)),
    (Why.PDF, (b"%PDF-",)),
    (
        Why.PICTURE,
        (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00"),
    ),
    (Why.DOCUMENT, (b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    (
        Why.ARCHIVE,
        (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ"),
    ),
)
DOCUMENT_PARTS: Final = re.compile(rb"\[Content_Types\]\.xml|application/vnd\.oasis\.opendocument|word/|_rels/")
MHTML_HEAD: Final = re.compile(
    rb"^(?:From|MIME-Version|Snapshot-Content-Location|Content-Type):", re.IGNORECASE | re.MULTILINE
)
WEBARCHIVE_XML: Final = b"<key>WebMainResource</key>"
FOREIGN_PAIR: Final = re.compile(
    r"(?:^|\t)[^\S\n]*+[+\u2212\u2013-][^\S\n]*+(?P<n>[0-9]{1,6})(?:[^\S\n]+[^\W\d]{1,12})?[^\S\n]*\n[^\S\n]*+"
    r"(?P<words>(?!Spent|Added|Refunded|[+\u2212\u2013-])[^\n]{0,60}?(?<![0-9])(?P=n)(?![0-9])[^\n]{0,60})$",
    re.MULTILINE | re.IGNORECASE,
)
