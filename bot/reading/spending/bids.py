"""One reading of a line: a spend as it could be booked, the line for it, and what a button calls it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.options.choice import choice
from bot.reading.dating import ON
from bot.reading.lines import SEPARATOR, line_of
from bot.reply.parts import Button, Say, say
from core.ledger.model import Purpose

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_TITLE: Final = 40
MOST_BIDS: Final = 20


@dataclass(frozen=True, slots=True)
class Bid:
    """A spend in the words of its options. `more` are options that were named; `flagged`: a part of it was a boost.

    Without `connects` it is still to be asked how many they were, and for a `flagged` one how large the boost was.
    """

    connects: int | None
    boost: int | None = None
    purpose: str = ""
    job: str = ""
    title: str = ""
    shown: int | None = None
    flagged: bool = False
    more: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """The words of its options."""
        words = {
            "connects": "" if self.connects is None else str(self.connects),
            "boost": "" if self.boost is None else str(self.boost),
            "purpose": self.purpose,
            "job": self.job,
            "title": self.title,
            "shown": "" if self.shown is None else str(self.shown),
        }
        return {name: value for name, value in words.items() if value} | dict(self.more)

    @property
    def line(self) -> str:
        """The line that books it, or asks for what is missing."""
        return line_of("boosted" if self.flagged else "spend", self.words)

    @property
    def day(self) -> str:
        """When it happened, in words (empty: today)."""
        return dict(self.more).get(ON, "")

    def on(self, day: str) -> Bid:
        """The same on another day."""
        return replace(self, more=tuple((dict(self.more) | {ON: day}).items()))

    @property
    def label(self) -> Say:
        """Its name on a button."""
        return on_a_day(self._label, self.day)

    @property
    def _label(self) -> Say:
        if self.flagged:
            return say("reading-flagged", connects=self.connects or 0)
        purpose = self.purpose or Purpose.PROPOSAL.value
        deed = say("deed-titled", deed=choice(purpose), title=short(self.title)) if self.title else choice(purpose)
        if self.connects is None:
            return say("reading-open", deed=deed)
        if self.boost is not None:
            amounts = {"connects": self.connects, "boost": self.boost}
            titled = say("reading-boosted-titled", title=short(self.title), **amounts)
            return titled if self.title else say("reading-boosted", **amounts)
        return say("reading-one", connects=self.connects, deed=deed)

    def titled(self, title: str) -> Bid:
        """The same with another title."""
        return replace(self, title=title)


def on_a_day(label: Say, day: str) -> Say:
    """A label with the day in it, if there is one."""
    return say("reading-on", reading=label, day=day) if day else label


def short(title: str) -> str:
    """A title as a button shows it."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}\u2026"


def button_for(bid: Bid) -> Button:
    """The button for a reading."""
    return Button(bid.label, bid.line)


def line_of_all(bids: Sequence[Bid]) -> str:
    """The line that books several spends together."""
    return " ".join(("several", f"{SEPARATOR} ".join(line_of("", bid.words).strip() for bid in bids)))


def button_for_all(bids: Sequence[Bid]) -> Button:
    """The button that books several spends together."""
    total = sum((bid.connects or 0) + (bid.boost or 0) for bid in bids)
    amounts = {str(bid.connects) if bid.boost is None else f"{bid.connects}+{bid.boost}" for bid in bids}
    if len(amounts) == 1:
        label = say("reading-equal", count=len(bids), connects=amounts.pop(), total=total)
    else:
        listed = ", ".join(str(bid.connects) if bid.boost is None else f"{bid.connects}+{bid.boost}" for bid in bids)
        label = say("reading-several", count=len(bids), amounts=listed, total=total)
    days = {bid.day for bid in bids}
    return Button(on_a_day(label, days.pop()) if len(days) == 1 else label, line_of_all(bids))
