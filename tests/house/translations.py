"""What is wrong with a file of words, beside English: Fluent itself swallows such faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from babel import Locale, UnknownLocaleError
from fluent.runtime import FluentResource
from fluent.runtime.builtins import BUILTINS
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor
from typing_extensions import override

from bot.reply.words import FALLBACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Sentences = dict[str, ast.Message]
NAMED: Final = {ast.VariableReference: "$", ast.FunctionReference: "", ast.MessageReference: "", ast.TermReference: "-"}


class Names(Visitor):
    """Collects what a sentence refers to: `$facts`, `FUNCTIONS`, other sentences."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    @override
    def generic_visit(self, node: Any) -> None:
        if type(node) in NAMED:
            self.found.add(f"{NAMED[type(node)]}{node.id.name}")
        super().generic_visit(node)


def faults(folder: Path) -> list[str]:
    """All that is wrong with the files in a folder, a line each."""
    english = _parsed(folder / f"{FALLBACK}.ftl")
    known = _sentences(english)
    return [
        f"{path.name}: {fault}"
        for path in sorted(folder.glob("*.ftl"))
        for fault in (*_unreadable(path), *_strange(_sentences(_parsed(path)), known))
    ]


def _parsed(path: Path) -> ast.Resource:
    return FluentResource(path.read_text(encoding="utf-8"))


def _sentences(resource: ast.Resource) -> Sentences:
    return {one.id.name: one for one in resource.body if isinstance(one, ast.Message)}


def _unreadable(path: Path) -> Iterator[str]:
    try:
        Locale.parse(path.stem, sep="-")
    except (UnknownLocaleError, ValueError):
        yield "is no language that numbers and dates are known for"
    seen: set[str] = set()
    for one in _parsed(path).body:
        if isinstance(one, ast.Junk):
            yield f"cannot be read: {(one.content or '').strip()}"
        if isinstance(one, ast.Message):
            if one.id.name in seen:
                yield f"{one.id.name} stands twice"
            seen.add(one.id.name)


def _strange(sentences: Mapping[str, ast.Message], english: Mapping[str, ast.Message]) -> Iterator[str]:
    """Sentences that English does not have, or not with these facts; those that are missing are said in English."""
    for name, sentence in sentences.items():
        if sentence.value is None:
            yield f"{name} says nothing"
        elif name not in english:
            yield f"{name} is not in {FALLBACK}.ftl"
        elif (here := _names(sentence)) != (there := _names(english[name])):
            yield f"{name} names {' '.join(sorted(here)) or 'nothing'} and not {' '.join(sorted(there)) or 'nothing'}"


def _names(sentence: ast.Message) -> set[str]:
    names = Names()
    names.visit(sentence)
    return names.found - set(BUILTINS)
