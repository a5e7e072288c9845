"""What holds for the whole tree: sizes, locks, words, tables."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from bot.command.declaration import Command
from bot.commands import by_name, declared
from bot.reading.parser import words_of
from bot.reply.parts import say
from bot.reply.words import voice
from core.shared import refusals as errors
from core.shared.refusals import Refusal
from tests.house.tables import README, renewed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCES: Final = ("core", "bot", "storage")
LONGEST_FILE: Final = 400
LONGEST_FUNCTION: Final = 50
WORDS: Final = ROOT / "bot" / "locales" / "en.ftl"
FAMILIES: Final = (
    "more",
    "feed",
    "data",
    "fate",
    "both",
    "per",
    "act",
    "then",
    "span",
    "item",
    "role",
    "roles",
    "form",
    "subject",
    "sheet",
    "topic",
    "alert",
    "alarm",
    "account",
    "cause",
    "meaning",
    "not",
    "unsure",
    "transaction",
    "section",
    "step",
    "each",
    "grouped",
    "detail",
    "moved",
    "purpose",
    "only",
    "invited",
    "segment",
    "period",
    "picture",
    "pictured",
    "thumb",
    "which",
    "audit",
    "state",
    "reached",
    "became",
    "after",
    "kind",
    "card",
    "kept",
    "owed",
    "support",
    "why",
    "status",
    "advice",
    "sure",
    "claims",
    "offer",
    "promo",
    "series",
    "weekday",
    "ask",
    "choice",
    "cmd",
    "column",
    "console",
    "deed",
    "example",
    "hint",
    "opt",
    "refusal",
    "button",
    "unavailable",
    "right",
    "place",
)


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [path for path in tracked("*.py") if path.read_text(encoding="utf-8")]


def test_files_and_functions_stay_small_enough_to_read() -> None:
    assert [found for path in python_files() for found in _too_long(path)] == []


def _too_long(path: Path) -> Iterator[str]:
    source, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
    lines = len(source.splitlines())
    if lines > LONGEST_FILE:
        yield f"{name} has {lines} lines"
    if path.parent.name == "versions" or lines <= LONGEST_FUNCTION:
        return  # a migration is a list of columns
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{name}: {node.name} has {length} lines"


def test_there_are_at_least_as_many_lines_of_tests_as_of_source() -> None:
    def lines(*folders: str) -> int:
        files = tracked(*(f"{folder}/*.py" for folder in folders))
        return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)

    assert lines("tests") >= lines(*SOURCES)


@pytest.mark.parametrize("of", ["", "-dev", "-mutants", "-peers", "-uv"])
def test_a_lock_pins_versions_and_hashes_and_names_no_address(of: str) -> None:
    text = (ROOT / f"requirements{of}.lock").read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.findall(r"^\S+==\S+", text, re.MULTILINE)
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert len(pins) == len(blocks)
    assert all("--hash=sha256:" in block for block in blocks)


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    machine = re.compile(r"(?<![\w.~%-])/(?:root|work|home/\w+|Users/\w+)/")
    found = [path.name for path in tracked() if path.suffix != ".lock" and machine.search(_text(path))]
    assert found == []


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def test_the_readme_lists_the_commands_as_they_are() -> None:
    text = README.read_text(encoding="utf-8")
    assert renewed(text) == text, "run: python -m tests.house.tables"
    assert "/spend connects" in text


class TestWords:
    def test_every_sentence_that_the_code_names_is_there(self) -> None:
        known = sentences()
        missing = {name for name in texts_of_code().named if name not in known and not name.endswith("-")}
        assert missing == set()

    def test_every_sentence_is_used(self) -> None:
        used = texts_in_code()
        unused = {name for name in sentences() if name not in used and name.partition("-")[0] not in FAMILIES}
        assert unused == set()

    def test_every_refusal_has_its_sentence(self) -> None:
        codes = {cls.code for cls in vars(errors).values() if _is_refusal(cls)}
        assert {f"refusal-{code.replace('_', '-')}" for code in codes} <= sentences()

    @pytest.mark.parametrize("command", [found for found in declared() if not found.hidden], ids=lambda c: c.name)
    def test_every_command_is_explained_and_its_example_is_understood(self, command: object) -> None:
        assert isinstance(command, Command)
        speak = voice("en", "UTC")
        assert len(speak.say(say(f"cmd-{command.name}"))) <= 100
        for option in command.shown:
            assert len(speak.say(say(f"opt-{option.name}"))) <= 100
        name, _, rest = speak.say(say(f"example-{command.name}")).lstrip("/").partition(" ")
        words = words_of(by_name()[name], rest)
        assert {option.name for option in command.shown if option.required} <= words.keys()


@cache
def sentences() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z][a-z0-9-]*) =", WORDS.read_text(encoding="utf-8"), re.MULTILINE))


class Texts(NamedTuple):
    """What stands in the code: every text, and the names given to say(...) as far as they are written out.

    Of a name that is put together, there is the start, which ends with a dash.
    """

    all: frozenset[str]
    named: frozenset[str]


@cache
def texts_of_code() -> Texts:
    """Read once, because parsing all of the code takes a second."""
    texts: set[str] = set()
    named: set[str] = set()
    for path in tracked(*(f"{folder}/*.py" for folder in SOURCES)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"say", "Say"} and node.args:
                named.update(_literals(node.args[0]))
    return Texts(frozenset(texts), frozenset(named))


def texts_in_code() -> frozenset[str]:
    return texts_of_code().all


def _literals(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp(body=one, orelse=other):
            yield from _literals(one)
            yield from _literals(other)
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
            yield start


def _is_refusal(cls: object) -> bool:
    return isinstance(cls, type) and issubclass(cls, Refusal) and cls is not Refusal
