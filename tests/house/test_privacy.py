"""docs/privacy.md says what the code does: how long things are kept, and what everybody's own file has."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from bot.documents.writing.person.page import LISTS, OTHERWISE
from core.forgetting.disclosure import KEYS

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
SENTENCES: Final = (ROOT / "bot" / "locales" / "en.ftl").read_text(encoding="utf-8")
KEPT: Final = re.findall(r"^\| [^|]+ \| (\d+) (minute|hour|day)s? \| `([\w.]+)\.(\w+)` \|$", PAGE, re.MULTILINE)
LISTED: Final = re.findall(r"^\| `(\w+)` \| [^|]+ \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("count", "unit", "module", "name"), KEPT)
def test_what_is_kept_is_kept_as_long_as_the_page_says(count: str, unit: str, module: str, name: str) -> None:
    said, kept = timedelta(**{f"{unit}s": int(count)}), getattr(import_module(module), name)
    assert (kept if isinstance(kept, timedelta) else timedelta(minutes=kept)) == said


def test_the_page_names_all_times() -> None:
    rows = [line for line in PAGE.splitlines() if re.fullmatch(r"\| .* \| .* \| `.*` \|", line)]
    assert len(rows) == len(KEPT) > 0


def test_each_list_of_the_file_is_explained() -> None:
    assert tuple(LISTED) == KEYS


def test_the_page_to_read_has_all_lists_and_names_them_and_their_columns() -> None:
    assert tuple(LISTS) == KEYS
    columns = {OTHERWISE.get(column, column) for columns in LISTS.values() for column in columns}
    lists = {name.replace("_", "-") for name in LISTS}
    assert set(re.findall(r"^data-([\w-]+) =", SENTENCES, re.MULTILINE)) == columns | lists | {"kind-of-page"}
