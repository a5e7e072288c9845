"""Free text, tags and links to jobs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.reply.marks import bare, weight
from bot.reply.parts import say
from core.shared.job_links import JobLink, is_link, job_in
from core.shared.names import folded

LONGEST_MESSAGE: Final = 1900  # fits into one message on every platform; Discord's are the shortest
LONGEST_TAG: Final = 32
QUOTED: Final = re.compile('"([^"]*)"|[\u201c\u201e\u00ab]([^\u201c\u201d\u201e\u00ab\u00bb]*)[\u201c\u201d\u00bb]')
DATED: Final = re.compile(r"yesterday|tomorrow|\d{4}-\d\d?-\d\d?|\d\d?([./])\d\d?\1\d{2,4}", re.IGNORECASE)


def unquoted(words: str) -> str:
    """Free text without the quotes around it: they only mark where it ends."""
    whole = QUOTED.fullmatch(words.strip())
    return words if whole is None else whole[1] or whole[2] or ""


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Free text of at most `most` characters; in a line, whatever the other options leave.

    undated: a date at the end is refused, because the person expected the entry to be booked on that day.
    lines: line breaks are kept.
    figures: what a figure at its edge means is judged by the command itself, so that a line is not asked about twice.
    rich: bold, italics and links are kept (`bot.reply.marks`); its length is that on the platform that counts most.
    """

    most: int = 200
    undated: bool = False
    lines: bool = False
    figures: bool = False
    rich: bool = False
    greedy: ClassVar[bool] = True

    @override
    def read(self, words: str) -> str:
        given = unquoted(words if self.rich else bare(words))
        text = given.strip() if self.lines else " ".join(given.split())
        if not text:
            raise UnfitError(say("unfit-empty"))
        if (length := weight(text)) > self.most:
            raise UnfitError(say("unfit-long", length=length, most=self.most))
        return text

    @override
    def check_rest(self, rest: list[str]) -> None:
        if self.undated and rest and DATED.fullmatch(rest[-1]):
            raise UnfitError(say("unfit-undated", words=rest[-1]))


LINKING: Final = frozenset({"and", "or", "only"})
NEGATING: Final = frozenset({"no", "not", "without", "except", "but", "exclude", "excluding"})
MINUS: Final = ("-", "\u2212", "\u2013", "!")
EVERYBODY: Final = frozenset({"all", "everything", "any", "anything", "everybody", "everyone", "*"})


@dataclass(frozen=True, slots=True)
class Tags(Kind):
    """At most `most` words separated by commas or spaces, such as "design,python"; none for "all"."""

    most: int = 20
    brief: ClassVar[bool] = True

    @override
    def read(self, words: str) -> tuple[str, ...]:
        listed = [tag.lstrip("#") for tag in re.split(r"[,;&\s]+", folded(words)) if tag not in LINKING]
        if any(tag in NEGATING or tag.startswith(MINUS) for tag in listed):
            raise UnfitError(say("unfit-tags-not"))
        tags = tuple(dict.fromkeys(tag for tag in listed if tag))
        if tags and EVERYBODY.issuperset(tags):  # nobody can choose a topic of such a name
            return ()
        if not tags or len(tags) > self.most or any(len(tag) > LONGEST_TAG for tag in tags):
            raise UnfitError(say("unfit-tags", most=self.most, longest=LONGEST_TAG))
        return tags

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return slice(0, len(tokens)) if tokens else None


@dataclass(frozen=True, slots=True)
class Link(Kind):
    """A link to a job on Upwork, or the job's id."""

    eager: ClassVar[bool] = True

    @override
    def read(self, words: str) -> JobLink:
        job = job_in(words)
        if job is None:
            raise UnfitError(say("unfit-link"))
        return job

    @override
    def find(self, tokens: list[str]) -> slice | None:
        links = [i for i, token in enumerate(tokens) if is_link(token)]
        at = next((i for i in links if job_in(tokens[i])), links[0] if links else None)
        return None if at is None else slice(at, at + 1)

    @override
    def check_rest(self, rest: list[str]) -> None:
        if any(is_link(token) for token in rest):
            raise UnfitError(say("unfit-links"))
