"""A copied page is recognised, and nothing that somebody types is taken for one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot.pages import looks_like_page
from tests.imports.mishaps import messages
from tests.imports.sample_windows import NAMES, sample_text

ROOT = Path(__file__).resolve().parents[3]
COPIED = (
    "Connects History\n", "January 9, 2026\t\n", "\nJanuary 8, 2026\t\n", "\nAbout us\n",
    "My proposals\n", "Submitted proposals (1)\n", "Submitted proposals (2)\n",
)  # fmt: skip
"""How the texts begin that tests of conversations take from a page."""
TURN = re.compile(r"\n+(?=\w{3} \d+ \w{3} \d\d:\d\d \u00b7 )")
TALKS = ("month.txt", "month.golden.md", "phones/telegram.txt", "phones/telegram.golden.md", "phones/discord.txt")


def lines_in_tests() -> list[str]:
    """Every text in the tests of conversations."""
    found: list[str] = []
    for path in sorted((ROOT / "tests" / "bot").glob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        found += [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in found if not text.startswith(COPIED)]


def talk_in(text: str) -> list[str]:
    """The turns of a conversation, without the pages that are pasted in it."""
    return [turn for turn in TURN.split(text) if "\n    Connects History\n" not in turn]


def test_nothing_that_people_type_looks_like_a_page() -> None:
    assert [text for text in lines_in_tests() if looks_like_page(text)] == []


@pytest.mark.parametrize("talk", TALKS)
def test_no_conversation_looks_like_a_page(talk: str) -> None:
    turns = talk_in((ROOT / "tests" / "bot" / talk).read_text("utf-8"))
    text = "\n\n".join(turns)
    assert [part for part in (text, *text.split("\n\n"), *text.split("\n")) if looks_like_page(part)] == []


@pytest.mark.parametrize(
    "typed",
    [
        "16 Logo",
        "spent 16 connects on Logo",
        "-16\nLogo",
        "Today\nLogo\n-16",
        "/spend 16 Logo\n/spend 8 Bot",
        "-16 Logo\n-16 Poster\n-16 Bot\n-16 App\n-16 Web\n-16 Chat",
        "My balance is 451 Connects",
        "Connects History",
        "/opening 451",
        "yesterday 16 Logo\ntoday 8 Bot",
        "Received Jan 2, 2026",
    ],
)
def test_these_are_typed(typed: str) -> None:
    assert not looks_like_page(typed)


@pytest.mark.parametrize("file", ["desktop.txt", "phone.txt", "tabbed.txt", "proposals.txt", "transactions.csv"])
@pytest.mark.parametrize("name", NAMES)
def test_what_was_copied_looks_like_a_page(name: str, file: str) -> None:
    text = sample_text(name, file)
    assert looks_like_page(text)
    if file in {"desktop.txt", "phone.txt", "tabbed.txt"}:
        assert all(looks_like_page(part.strip()) for part in messages(text, 700)[1:])


@pytest.mark.parametrize(
    "row", ["Today\tApplied to job / Logo\t-16   Spent 16 Connects", "ogo\n-16\nSpent 16 Connects"]
)
def test_one_row_is_enough(row: str) -> None:
    assert looks_like_page(row)
