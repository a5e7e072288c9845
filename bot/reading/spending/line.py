"""One line of a spend in tokens: its link, its amounts, and what is left for a title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.options.choice import Choice
from bot.options.text import unquoted
from bot.reading.dating import ON
from bot.reading.days import without_day
from bot.reading.lines import line_of
from bot.reading.pairs import pairs_in
from bot.reading.parser import ASK_ME
from bot.reading.spending.bids import Bid
from bot.reading.tokens import TEXT, Sort, Token, tokens_in
from core.shared.job_links import job_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.command.declaration import Command

LEADING: Final = frozenset({"for", "on", "to", "with", "and", "of", "at", "in", "spent", "used", "paid"})
TRAILING: Final = frozenset({"for", "on", "with", "and", "of", "at"})
TRAILING_JOINS: Final = frozenset({"and", "then", "plus"})
OPENING: Final = frozenset({"(", "["})
LOOSE: Final = frozenset({Sort.JOIN, Sort.PLUS, Sort.PUNCTUATION})
NEVER_TITLE: Final = frozenset({Sort.LINK, Sort.AGE, Sort.TODAY, Sort.UNBOOSTED, Sort.AGAIN})
EDGES: Final = " \t\n,;:&+|/-\u2013\u2014"
EMPTY: Final = re.compile(r"\(\s*\)|\[\s*\]")
AGAIN: Final = frozenset({"again", "anyway"})
"""What says beside a link that a second bid on a job is meant."""
KEPT: Final = ("connects", "job")


@dataclass(frozen=True, slots=True)
class Line:
    """A line after a command's name: the options that it names, and its other words in tokens."""

    given: Command
    text: str
    tokens: tuple[Token, ...]
    named: dict[str, str]

    @classmethod
    def of(cls, given: Command, text: str) -> Line:
        """Cut a line. The amount and the link stand among the other words even if they were named."""
        named, rest = pairs_in(given, text)
        kept = [named.pop(name) for name in KEPT if named.get(name, ASK_ME) != ASK_ME]
        rest = " ".join((*kept, rest.strip()))
        return cls(given, rest, tuple(_placed(tokens_in(rest))), named)

    @property
    def unchanged(self) -> str:
        """The line as it was written, for the options to explain what does not fit."""
        return " ".join((self.given.name, self.text, line_of("", self.named).strip())).strip()

    @property
    def links(self) -> list[str]:
        """The links in it."""
        return [token.text for token in self.tokens if token.sort is Sort.LINK]

    @property
    def dated(self) -> dict[str, str]:
        """The option that says when it happened, if it was named."""
        return {ON: self.named[ON]} if ON in self.named else {}

    @property
    def job(self) -> str:
        """The link to the job, if there is one."""
        return next((link for link in self.links if job_in(link) is not None), "")

    def has(self, *sorts: Sort) -> bool:
        """Whether a token of one of these sorts is in it."""
        return any(token.sort in sorts for token in self.tokens)

    def words(self, *but: int) -> list[str]:
        """Its words but the links and what stands at these places."""
        return [
            token.text
            for place, token in enumerate(self.tokens)
            if place not in but and token.sort not in NEVER_TITLE and token.sort not in LOOSE
        ]

    def bid(self, connects: int | None, used: Collection[int], *, boost: int | None = None) -> Bid:
        """A bid of an amount, titled with what is not used."""
        title = "" if "title" in self.named else self.title(used)
        more = {name: value for name, value in self.named.items() if name not in {"boost", "purpose", "title"}}
        if boost is None and self.named.get("boost", "").isdecimal():
            boost = int(self.named["boost"])
        if self.has(Sort.AGAIN):
            more["again"] = "yes"
        return Bid(
            connects,
            boost=boost,
            purpose=self.named.get("purpose", ""),
            job=self.job,
            title=self.named.get("title", title),
            more=tuple(more.items()),
        )

    def title(self, used: Collection[int], *, whole: bool = False) -> str:
        """The words that are neither used nor a link; unless `whole`, an "on" or "for" before a title is dropped."""
        left = [place for place, token in enumerate(self.tokens) if place not in used and token.sort not in NEVER_TITLE]
        left = left if whole else self._trimmed(left, used)
        if not any(self.tokens[place].sort not in {Sort.GLUE, Sort.BID, Sort.TOTAL, *LOOSE} for place in left):
            return ""
        if len(left) == 1 and self.tokens[left[0]].sort is Sort.QUOTED:
            return unquoted(self.tokens[left[0]].text)
        masked = [" "] * len(self.text)
        for place in left:
            token = self.tokens[place]
            masked[token.start : token.end] = self.text[token.start : token.end]
        plain = EMPTY.sub(" ", "".join(masked))
        plain = re.sub(r"\s+([,;])", r"\1", " ".join(plain.split()))
        title = _balanced(plain).strip(" ,;:" if whole else EDGES)
        return title if any(map(str.isalnum, title)) else ""

    def _trimmed(self, left: list[int], used: Collection[int]) -> list[int]:
        """Without what only joins a title to its amount, as in "i bid 16 on Logo"."""
        first = next((place for place in left if self.tokens[place].sort in TEXT), 0)
        dropped = {
            place
            for place in left
            if self.tokens[place].sort in {Sort.GLUE, Sort.BID} and any(place < mark < first for mark in used)
        }
        gone = {*used, *dropped, -1, *(at for at, token in enumerate(self.tokens) if token.sort in NEVER_TITLE)}
        for place in left:
            if place < first and place - 1 in gone and (self._is(place, LEADING) or self._is_loose(place)):
                gone.add(place)
        for place in reversed(left):
            if place + 1 in used and (self._is(place, TRAILING) or self.tokens[place].sort in LOOSE):
                gone.add(place)
        left = [place for place in left if place not in gone]
        while left and self._is(left[-1], TRAILING_JOINS):
            left.pop()
        return left

    def _is_loose(self, place: int) -> bool:
        token = self.tokens[place]
        return token.sort in LOOSE and token.text not in OPENING

    def _is(self, place: int, words: frozenset[str]) -> bool:
        return self.tokens[place].text.strip(":") in words

    def is_joined(self, place: int) -> bool:
        """Whether a comma, an "and" or the like stands before a figure or before the words that lead to it."""
        before = self.tokens[:place]
        return any(token.sort in {Sort.JOIN, Sort.PLUS} for token in before)

    def divides(self, sort: Sort) -> bool:
        """Whether a token of this sort stands between the words of a title."""
        place = next(at for at, token in enumerate(self.tokens) if token.sort is sort)
        texts = [at for at, token in enumerate(self.tokens) if token.sort in TEXT]
        return bool(texts) and texts[0] < place < texts[-1]

    def is_inside(self, place: int, amount: int) -> bool:
        """Whether a word stands inside the title, away from its edges and from the amount."""
        left = [at for at, token in enumerate(self.tokens) if token.sort in TEXT]
        return any(at < place for at in left) and any(at > place for at in left) and abs(place - amount) > 1

    def without(self, first: int, last: int, instead: str = "") -> str:
        """The line without the day from one place to another, or with something `instead` of it."""
        begin, end = self.tokens[first].start, self.tokens[last].end
        replaced = f"{self.text[:begin]} {instead} {self.text[end:]}"
        rest = replaced if instead else without_day(self.text, begin, end)
        return " ".join((rest, line_of("", self.named).strip())).strip()


def _balanced(title: str) -> str:
    """A title without a closing bracket whose opening one is not in it."""
    for opening, closing in ("()", "[]"):
        if title.count(opening) < title.count(closing):
            title = title.replace(closing, "", 1)
    return title


def _placed(tokens: list[Token]) -> list[Token]:
    """The tokens, where what only means something at the edge of a line has become a word inside a title."""
    placed = [_word_inside(tokens, place) for place in range(len(tokens))]
    texts = [token for token in placed if token.sort in TEXT]
    if len(texts) != 1 or texts[0].text.casefold() not in AGAIN or all(one.sort is not Sort.LINK for one in placed):
        return placed
    return [replace(token, sort=Sort.AGAIN) if token is texts[0] else token for token in placed]


def _word_inside(tokens: list[Token], place: int) -> Token:
    token = tokens[place]
    if token.sort not in {Sort.TODAY, Sort.TIMES}:
        return token
    before = any(one.sort in TEXT for one in tokens[:place])
    after = any(one.sort in TEXT for one in tokens[place + 1 :])
    if before and after:
        return replace(token, sort=Sort.WORD)
    return token if token.sort is Sort.TIMES or token.text.islower() else replace(token, sort=Sort.WORD)


def purpose_kind(given: Command) -> Choice:
    """The option that says what the Connects were spent on."""
    kind = given.option("purpose").kind
    assert isinstance(kind, Choice)  # noqa: S101 - declared so in bot/commands/ledger/spending.py
    return kind
