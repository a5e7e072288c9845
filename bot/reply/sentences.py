"""The sentences of one language: each is parsed when it is first said, because few are said between start and end."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Resource, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRY: Final = re.compile(r"^(-?[A-Za-z][\w-]*) *=", re.MULTILINE)
"""Where an entry begins: whatever else belongs to it is indented, or in brackets."""
REFERENCE: Final = re.compile(r"[{(,]\s*(-?[A-Za-z][\w-]*)")
"""Whatever may be the name of another entry."""


class Sentences:
    """The entries of a file in Fluent's syntax, by name; the name of a term begins with a dash."""

    def __init__(self, text: str) -> None:
        starts = [(found[1], found.start()) for found in ENTRY.finditer(text)]
        self._sources: dict[str, str] = {}
        for (name, start), (_, end) in pairwise([*starts, ("", len(text))]):
            self._sources.setdefault(name, text[start:end])
        self.parsed = cache(self._parse)

    @property
    def names(self) -> frozenset[str]:
        """The names of all sentences."""
        return frozenset(name for name in self._sources if not name.startswith("-"))

    def _parse(self, name: str) -> Resource:
        """A sentence behind all that it refers to. It is missing if there is none, or none that can be read."""
        return Resource([*self._with_references(name, set())])

    def _with_references(self, name: str, seen: set[str]) -> Iterator[Message | Term]:
        source = self._sources.get(name)
        if source is None or name in seen:
            return
        seen.add(name)
        for other in REFERENCE.findall(source):
            yield from self._with_references(other, seen)
        for entry in FluentParser(with_spans=False).parse(source).body:
            if isinstance(entry, Message | Term):
                yield entry
