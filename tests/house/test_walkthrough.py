"""The pages that name code: every file and function that they name exists, and the tree is the one on disk."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
ARCHITECTURE: Final = ROOT / "ARCHITECTURE.md"
PAGES: Final = (
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
)
QUOTED: Final = re.compile(r"`([^`\n]+)`")
NAMED: Final = re.compile(r"((?:core|storage|bot|tests|benchmarks|docs)/[\w./*-]*)(?::([\w.]+))?")
LINKED: Final = re.compile(r"\]\(([^)#:]+)\)")
BLOCK: Final = re.compile(r"^```\n(.*?)^```", re.DOTALL | re.MULTILINE)
PLACEHOLDER: Final = re.compile(r"\b[A-Z]{2,}\b")  # such as TOPIC in "bot/commands/TOPIC"
FOLDER: Final = re.compile(r"( *)([\w.]+/)")


def named_in(page: Path) -> Iterator[tuple[str, str]]:
    """The paths in backticks, each with the name after its colon (empty: none)."""
    for quoted in QUOTED.findall(page.read_text(encoding="utf-8")):
        found = NAMED.fullmatch(quoted)
        if found is not None and not PLACEHOLDER.search(found[1]):
            yield found[1], found[2] or ""


@lru_cache
def defined_in(path: Path) -> frozenset[str]:
    """What a module defines: functions, classes, constants, and `Class.method`."""
    return frozenset(_names(ast.parse(path.read_text(encoding="utf-8")).body, ""))


def _names(body: list[ast.stmt], before: str) -> Iterator[str]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield before + name
            case ast.ClassDef(name=name):
                yield before + name
                yield from _names(node.body, f"{before}{name}.")
            case ast.Assign(targets=targets):
                yield from (before + target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield before + name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_and_function_that_a_page_names_exists(page: Path) -> None:
    missing = [f"{path}:{name}" for path, name in named_in(page) if not _exists(path, name)]
    assert missing == []


def _exists(path: str, name: str) -> bool:
    if not name:
        return (ROOT / path).exists() or (ROOT / f"{path}.py").exists()
    return (ROOT / path).is_file() and name in defined_in(ROOT / path)


def test_the_walkthrough_and_the_glossary_name_functions() -> None:
    for page in ("walkthrough", "glossary"):
        assert sum(bool(name) for _, name in named_in(ROOT / "docs" / f"{page}.md")) >= 50


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_another_page_leads_somewhere(page: Path) -> None:
    links = LINKED.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def tree() -> tuple[set[str], list[str]]:
    """The folders in the tree of ARCHITECTURE.md, and the files that it names in them."""
    block = next(block for block in _blocks() if block.startswith("core/"))
    folders, files, stack = set[str](), list[str](), list[str]()
    for line in block.splitlines():
        text = line.partition("#")[0].rstrip()
        if (found := FOLDER.match(text)) is not None:
            stack[len(found[1]) // 2 :] = [found[2]]
            folders.add("".join(stack))
            text = text[found.end() :]
        for word in text.split():
            if word.endswith("/"):
                folders.add("".join(stack[:-1]) + word)
            else:
                files.append("".join(stack) + (word if "." in word else f"{word}.py"))
    return folders, files


def _blocks() -> list[str]:
    return BLOCK.findall(ARCHITECTURE.read_text(encoding="utf-8"))


def test_the_tree_shows_what_is_there() -> None:
    folders, files = tree()
    assert [name for name in sorted(folders) if not (ROOT / name).is_dir()] == []
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_nothing_stands_twice_where_each_thing_has_one_line() -> None:
    """As happens where branches are merged that added to the same list."""
    terms = re.findall(r"^- \*\*(.+?)\*\*", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    list_of_decisions = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    decisions = re.findall(r"^\| \[(\d+)\]", list_of_decisions, re.MULTILINE)
    assert decisions == sorted(path.name[:4] for path in (ROOT / "docs/decisions").glob("0*.md"))
    assert [name for name, times in Counter([*terms, *tree()[1]]).items() if times > 1] == []


def test_the_tree_shows_every_package() -> None:
    there = {
        f"{path.parent.relative_to(ROOT)}/" for top in ("core", "storage", "bot") for path in (ROOT / top).rglob("*.py")
    }
    assert there - tree()[0] == set()


@pytest.mark.parametrize("top", ["core", "storage", "bot"])
def test_the_tree_shows_every_module(top: str) -> None:
    """Except the migrations, and the smaller files of a platform."""
    there = {
        str(path.relative_to(ROOT))
        for path in (ROOT / top).rglob("*.py")
        if path.name != "__init__.py" and path.parent.name != "versions"
    }
    shown = set(tree()[1])
    assert {name for name in there - shown if not name.startswith("bot/platforms/")} == set()


@pytest.mark.parametrize("top", ["core", "storage", "bot"])
def test_the_direction_of_imports_is_that_of_the_contracts(top: str) -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one.get("containers") == [top])
    written = " ".join(next(block for block in _blocks() if "cli > doctor" in block).split())
    assert f"{top} {' > '.join(layers)}" in written
