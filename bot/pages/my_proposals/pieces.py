"""The pieces of "My proposals" as they stand in copied text: when a proposal was sent, its boost, its status, noise."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.noise import RIGHTS
from bot.pages.pieces import day_in
from core.imports.undated import YESTERDAY
from core.ledger.sightings import Boosted, ProposalState
from core.proposals.my_proposals import Section

if TYPE_CHECKING:
    from datetime import date


class Head(NamedTuple):
    """The first line of a proposal: its day, who asked first, and its age if it stands on the same line.

    `day` is None if the page says "today" or "yesterday".
    """

    day: date | None
    received: bool
    age: str


class Heading(NamedTuple):
    """The heading of a section (None: of one that is not known), and how many proposals it says that it has."""

    section: Section | None
    said: int | None


LIKELY: Final = re.compile(r"\b(?:initiated|received)\b|\([0-9]{1,6}\)", re.IGNORECASE)
"""Whether a text may be the page at all. Nothing in it can keep this search busy."""
HEAD: Final = re.compile(
    r"(?P<how>initiated|received)[:\s]\s*(?P<day>[^\d\s]{3,9}(?:\s\d{1,2},?\s\d{4})?)(?:\s(?P<age>.{3,40}))?",
    re.IGNORECASE,
)
AGE: Final = re.compile(
    r"(?:just now|now|today|yesterday|moments? ago|last (?:week|month|quarter|year)"
    r"|(?:about |over |almost |less than )?(?:an?|a few|\d{1,4}) "
    r"(?:second|sec|minute|min|hour|hr|day|week|month|quarter|year)s? ago)",
    re.IGNORECASE,
)
DAYS_AGO: Final = re.compile(
    r"(?P<days>\d{1,4}) days? ago|(?P<hours>(?:an?|a few|\d{1,4}) [shm]\w+ ago)", re.IGNORECASE
)
HEADING: Final = re.compile(r"(?P<name>[^\d()]{4,40}?)\s*\((?P<said>\d{1,6})\)")
COUNT: Final = re.compile(r"\((\d{1,6})\)")
SECTIONS: Final = {
    "offers": Section.OFFERS,
    "invitations to interview": Section.INVITATIONS,
    "invites from clients": Section.INVITATIONS,
    "active proposals": Section.ACTIVE,
    "submitted proposals": Section.SUBMITTED,
    "archived proposals": Section.ARCHIVED,
    "archived interviews": Section.ARCHIVED_INTERVIEWS,
}
NAMED_ALONE: Final = frozenset(SECTIONS) - {"offers"}
"""What is a heading without a count, too. One word alone is not."""
BOOSTS: Final = {"boosted": Boosted.YES, "boost outbid": Boosted.OUTBID, "not boosted": Boosted.NO}
STATUSES: Final = {
    "job is closed": ProposalState.CLOSED,
    "declined by you": ProposalState.WITHDRAWN,
    "declined by client": ProposalState.DECLINED,
    "hired": ProposalState.HIRED,
    "offered": ProposalState.OFFERED,
    "interviewed": ProposalState.INTERVIEW,
}
VIEWED: Final = "viewed by client"
TITLE: Final = "my proposals"
TABS: Final = frozenset({"active", "referrals", "archived"})
NOISE: Final = frozenset(
    {
        "learn more", "your proposal may still appear if a boosted slot reopens before the auction ends.",
        "show more", "load more", "view more", "previous", "next",
    }
)  # fmt: skip
FOOTER: Final = frozenset({"footer navigation"})


def lines_of(text: str) -> list[str]:
    """The lines of a text that are not blank, with single blanks. What stands between tabs is a line of its own."""
    return [line for part in re.split(r"[\n\t]", text) if (line := " ".join(part.split()))]


@lru_cache(maxsize=8192)
def head_in(line: str) -> Head | None:
    """The head of a proposal, if a line is one."""
    found = HEAD.fullmatch(line)
    day = day_in(found["day"]) if found else None
    if found is None or day is None or (found["age"] and not AGE.fullmatch(found["age"])):
        return None
    return Head(day if day < YESTERDAY else None, found["how"].casefold() == "received", found["age"] or "")


def is_age(line: str) -> bool:
    """Whether a line says how long ago something was."""
    return AGE.fullmatch(line) is not None


def heading_in(line: str, following: str = "") -> Heading | None:
    """The heading that a line is; its count may be the line that follows."""
    found = HEADING.fullmatch(line)
    if found:
        return Heading(SECTIONS.get(found["name"].strip().casefold()), int(found["said"]))
    section = SECTIONS.get(line.casefold())
    count = COUNT.fullmatch(following)
    if section is not None and count:
        return Heading(section, int(count[1]))
    return Heading(section, None) if section is not None and line.casefold() in NAMED_ALONE else None


def is_noise(line: str) -> bool:
    """Whether a line says nothing of a proposal."""
    return line.casefold() in NOISE or COUNT.fullmatch(line) is not None


def is_top(line: str) -> bool:
    """Whether a line stands above the sections."""
    return line.casefold() == TITLE or line.casefold() in TABS


def is_footer(line: str) -> bool:
    """Whether the footer of the page begins with a line."""
    return line.casefold() in FOOTER or RIGHTS.match(line) is not None
