"""A proposal by any of its names, what became of it, and what a hire is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.options.money import Money
from bot.options.text import LINKING, LONGEST_TAG, MINUS, Tags, Text
from bot.reply.parts import say
from core.ledger.sightings import ProposalState
from core.shared.job_links import JobLink, is_link, job_in
from core.shared.names import folded

if TYPE_CHECKING:
    from bot.command.declaration import Call

NUMBER: Final = re.compile(r"(?:(?:proposal|bid|entry|no\.?|number)\s*)?#?\s?(\d{1,9}(?:-\d{1,5})?)\.?", re.IGNORECASE)
NUMBERED: Final = re.compile(r"(?:#\d{1,9}(?:-\d{1,5})?[,;&]*)+")
"""A word of a line that names proposals by their numbers, such as "#12" and "#12,#15"."""
LISTED: Final = re.compile(r"#?(\d{1,9}(?:-\d{1,5})?)")
JOINING: Final = frozenset({"and", "&", ",", ";"})
TITLE: Final = Text()
SKIPPED: Final = "skip"
THOUSANDS: Final = re.compile(
    r"(?P<before>\D{0,4})(?P<figure>\d{1,4})(?:[.,](?P<part>\d{1,3}))?\s?k(?P<after>\b.*)", re.IGNORECASE
)
"""An amount in thousands, such as "$2k" and "1.5k"."""
OFF: Final = frozenset({"off", "no", "none", "without", "remove", "clear", "nothing"})
"""What stands before tags that are taken away; alone, all are."""
SKIP: Final = frozenset({"skip", "none", "no", "nothing", "later", "unknown", "-"})


class Subject(NamedTuple):
    """Which proposals are meant: that of a number ("12", "7-3"), those on a job, or those with words in the title.

    `words` beside a job are all that was written, such as a link and what became of the bid.
    """

    ref: str = ""
    job: JobLink | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class About(Kind):
    """A proposal by its number, its job's link, or words of its title."""

    greedy: ClassVar[bool] = True

    @override
    def read(self, words: str) -> Subject:
        text = TITLE.read(words)
        if (number := NUMBER.fullmatch(text)) is not None:
            return Subject(ref=number[1])
        if is_link(text):
            job = job_in(text)
            if job is None:
                raise UnfitError(say("unfit-link"))
            return Subject(job=job, words=text if len(text.split()) > 1 else "")
        return Subject(words=text)


@dataclass(frozen=True, slots=True)
class Numbers(Kind):
    """Proposals by their numbers, such as "#12" or "#12 and #15"; in a line, also the first word without its "#"."""

    eager: ClassVar[bool] = True

    @override
    def read(self, words: str) -> tuple[str, ...]:
        listed = [word for word in re.split(r"[\s,;&]+", words.casefold()) if word and word not in JOINING]
        found = [LISTED.fullmatch(word) for word in listed]
        refs = tuple(dict.fromkeys(one[1] for one in found if one is not None))
        if not refs or None in found:
            raise UnfitError(say("unfit-numbers", words=words[:40]))
        return refs

    @override
    def find(self, tokens: list[str]) -> slice | None:
        first = next((at for at, token in enumerate(tokens) if NUMBERED.fullmatch(token)), None)
        if first is None:
            return slice(0, 1) if tokens and LISTED.fullmatch(tokens[0]) else None
        end = first + 1
        for at in range(end, len(tokens)):
            if NUMBERED.fullmatch(tokens[at]):
                end = at + 1
            elif tokens[at].casefold() not in JOINING:
                break
        return slice(first, end)


REFERENCE: Final = re.compile(r"#\d{1,9}(?:-\d{1,5})?")


class Tagging(NamedTuple):
    """Which tags are given and which are taken away; `all_off`: all that there were are."""

    given: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    all_off: bool = False

    def of(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        """The tags that follow from those of before."""
        kept = () if self.all_off else tuple(tag for tag in tags if tag not in self.off)
        return tuple(dict.fromkeys([*kept, *self.given]))


@dataclass(frozen=True, slots=True)
class TagChange(Tags):
    """Tags to give, such as "design, logo", or to take away, such as "-logo", "off logo" or, of all, "off"."""

    @override
    def read(self, words: str) -> Tagging:  # type: ignore[override] # what changes, where others say what there is
        listed = [word for word in re.split(r"[,;&\s]+", folded(words)) if word and word not in LINKING]
        if any(map(REFERENCE.fullmatch, listed)):  # another proposal, which is no tag
            raise UnfitError(say("unfit-tags", most=self.most, longest=LONGEST_TAG))
        taken = bool(listed) and listed[0] in OFF
        given: list[str] = []
        off: list[str] = []
        for word in listed[taken:]:
            (off if taken or word.startswith(MINUS) else given).append(word.lstrip("".join(("#", "+", *MINUS))))
        if not listed or len(listed) > self.most or not all(0 < len(tag) <= LONGEST_TAG for tag in (*given, *off)):
            raise UnfitError(say("unfit-tags", most=self.most, longest=LONGEST_TAG))
        return Tagging(tuple(dict.fromkeys(given)), tuple(dict.fromkeys(off)), all_off=taken and not off)


@dataclass(frozen=True, slots=True)
class State(Kind):
    """What became of a proposal, by its own name."""

    @property
    @override
    def choices(self) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(state.value, say(f"reached-{state}")) for state in ProposalState)

    @override
    def read(self, words: str) -> ProposalState:
        try:
            return ProposalState(words.strip().casefold())
        except ValueError as error:
            known = ", ".join(state.value for state in ProposalState)
            raise UnfitError(say("unfit-choice", words=words[:40], known=known)) from error


async def _skipping(_call: Call, _typed: str) -> tuple[Suggestion, ...]:
    return (Suggestion(SKIPPED, say("button-skip")),)


@dataclass(frozen=True, slots=True)
class Worth(Money):
    """What a hire is worth, or "skip": it is not said."""

    @override
    def read(self, words: str) -> Any:
        return SKIPPED if words.strip().casefold() in SKIP else Money.read(self, _written_out(words.strip()))


def _written_out(words: str) -> str:
    """An amount with its thousands in full."""
    found = THOUSANDS.fullmatch(words)
    return words if found is None else f"{found['before']}{found['figure']}{found['part'] or '':0<3}{found['after']}"


WORTH: Final = Worth(named=True, suggest=_skipping)
