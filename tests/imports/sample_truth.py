"""What is true of the samples, three invented accounts, and how their files read."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from bot.pages import read_file, read_text
from core.imports.model import Page

SAMPLES: Final = Path(__file__).parent / "samples"
NAMES: Final = ("agency", "freelancer-1", "freelancer-2")
SAVED: Final = "page.html"
WIDE, PHONE, TABBED = TEXTS = ("desktop.txt", "phone.txt", "tabbed.txt")
FORMS: Final = (*TEXTS, SAVED)
BACK: Final = ("closed", "partial", "boost_back", "boost_closed", "outbid")
"""The kinds of rows that give Connects back."""


@lru_cache
def truth(name: str) -> Any:
    """What `expected.json` says of an account."""
    return json.loads(content(name, "expected.json"))


@lru_cache
def content(name: str, form: str) -> bytes:
    return (SAMPLES / name / form).read_bytes()


@lru_cache
def sample(name: str, form: str) -> Page:
    """An account's page as it is read from a form."""
    told = copied(name).date()
    read = read_file(content(name, form), told) if form == SAVED else read_text(content(name, form).decode(), told)
    assert isinstance(read, Page)
    return read


def copied(name: str) -> datetime:
    """When the account's page was copied."""
    return datetime.fromisoformat(truth(name)["copied_at"])


def connects(name: str, *kinds: str) -> int:
    """How many Connects the account's rows of these kinds moved."""
    known = truth(name)["kinds"]
    return sum(known[kind]["connects"] for kind in kinds if kind in known)
