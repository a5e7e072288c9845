"""A proposal by any of its names, what became of it, and what a hire is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.options.money import Money
from bot.options.text import Text
from bot.reply.parts import say
from core.ledger.sightings import ProposalState
from core.shared.job_links import JobLink, is_link, job_in

if TYPE_CHECKING:
    from bot.command.declaration import Call

NUMBER: Final = re.compile(r"(?:(?:proposal|bid|entry|no\.?|number)\s*)?#?\s?(\d{1,9}(?:-\d{1,5})?)\.?", re.IGNORECASE)
TITLE: Final = Text()
SKIPPED: Final = "skip"
THOUSANDS: Final = re.compile(
    r"(?P<before>\D{0,4})(?P<figure>\d{1,4})(?:[.,](?P<part>\d{1,3}))?\s?k(?P<after>\b.*)", re.IGNORECASE
)
"""An amount in thousands, such as "$2k" and "1.5k"."""
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
