"""What "My proposals" shows of an invented account, in each form in which people hand it over."""

from __future__ import annotations

import random
import re
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.sightings import Boosted, ProposalSighting, ProposalState
from core.proposals.my_proposals import Section
from core.shared.job_links import EPOCH_MS, SNOWFLAKE_SHIFT
from tests.imports.accounts import APPLIED, BID, CANCELLED
from tests.imports.renderings import FOOT, MENU

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from tests.imports.accounts import Account

ODD: Final = (
    "Boosted", "Viewed by client", "Job is closed", "Hired", "Learn more", "Offers (3)", "Submitted proposals (2)",
    "Initiated Jan 2, 2026", "3 days ago", "My proposals", "General Profile", "Footer navigation",
)  # fmt: skip
"""Titles that read like something else on the page."""
PROFILES: Final = ("General Profile", "UI/UX Design")
HEADINGS: Final[Mapping[Section, tuple[str, ...]]] = {
    Section.OFFERS: ("Offers ",),
    Section.INVITATIONS: ("Invitations to interview ", "Invites from clients"),
    Section.ACTIVE: ("Active proposals ",),
    Section.SUBMITTED: ("Submitted proposals ",),
    Section.ARCHIVED: ("Archived proposals",),
    Section.ARCHIVED_INTERVIEWS: ("Archived interviews",),
}
STATUSES: Final[Mapping[str, ProposalState]] = {
    "Job is closed": ProposalState.CLOSED,
    "Declined by you": ProposalState.WITHDRAWN,
    "Declined by client": ProposalState.DECLINED,
    "Hired": ProposalState.HIRED,
    "Offered": ProposalState.OFFERED,
    "Interviewed": ProposalState.INTERVIEW,
}
STATES: Final = {
    Section.OFFERS: ProposalState.OFFERED,
    Section.INVITATIONS: ProposalState.INVITED,
    Section.ACTIVE: ProposalState.REPLIED,
}
MARKS: Final = {Boosted.YES: "Boosted", Boosted.OUTBID: "Boost outbid", Boosted.NO: "Not boosted"}


class Listed(NamedTuple):
    """A proposal on the page."""

    section: Section
    day: date
    age: int
    title: str
    profile: str
    boosted: Boosted | None
    viewed: bool
    status: str
    proposal: str

    @property
    def truth(self) -> ProposalSighting:
        """What is to be read of it, apart from its line and what only a saved page says."""
        state = STATUSES.get(self.status) or STATES.get(self.section)
        sent = ProposalState.VIEWED if self.viewed else ProposalState.SENT
        archived = ProposalState.ARCHIVED if self.section in ARCHIVE else sent
        return ProposalSighting(
            0, state or archived, self.day, self.title, profile=self.profile, boosted=self.boosted, viewed=self.viewed
        )


ARCHIVE: Final = (Section.ARCHIVED, Section.ARCHIVED_INTERVIEWS)


def listed(account: Account, copied: datetime) -> tuple[Listed, ...]:
    """The proposals of an account as the page shows them at a moment, by section, newest first."""
    dice = random.Random(account.seed)  # noqa: S311 - the same page for the same seed is wanted, no secret
    bids = [fact for fact in account.facts if fact.wording == APPLIED and fact.at <= copied]
    boosted = {fact.job for fact in account.facts if fact.wording == BID}
    closed = {fact.job for fact in account.facts if fact.wording == CANCELLED and fact.at <= copied}
    found: list[Listed] = []
    for bid in bids:
        section = Section.ARCHIVED if bid.job in closed else dice.choice((Section.SUBMITTED,) * 5 + tuple(Section))
        archived = section in ARCHIVE
        at = int(bid.at.timestamp() * 1000) - EPOCH_MS
        found.append(
            Listed(
                section,
                bid.at.date(),
                (copied - bid.at).days,
                dice.choice(ODD) if dice.random() < 0.2 else bid.title,
                dice.choice(PROFILES),
                dice.choice((Boosted.YES, Boosted.OUTBID)) if bid.job in boosted and not archived else None,
                not archived and dice.random() < 0.4,
                "Job is closed" if bid.job in closed else dice.choice((*STATUSES, "")) if archived else "",
                str((at << SNOWFLAKE_SHIFT) + dice.randrange(1 << SNOWFLAKE_SHIFT)).zfill(19),
            )
        )
    newest_first = found[::-1]
    return tuple(sorted(newest_first, key=lambda one: list(Section).index(one.section)))


def copied_text(page: Sequence[Listed], dice: random.Random) -> str:
    """Text copied from the page: each piece on a line of its own."""
    lines = ["My proposals", "Active", "Referrals", "Archived"]
    for section in HEADINGS:
        inside = [one for one in page if one.section is section]
        lines.append(f"{dice.choice(HEADINGS[section])} ({len(inside)})")
        for one in inside:
            lines += [_head(one), f"{one.age} days ago", *([MARKS[one.boosted]] if one.boosted else [])]
            lines += [one.title, one.profile]
            lines += [line for line in (one.status, "Viewed by client" if one.viewed else "") if line]
    return MENU + "\n".join(lines) + "\n" + FOOT


def saved_page(page: Sequence[Listed]) -> str:
    """The page as a browser saves it; its state is code, and says something else."""
    code = "window.__NUXT__=(function(a){return {t:'Initiated Jan 2, 2026\\n3 days ago\\nNever read'}}(0))"
    sections = "".join(_section(section, [one for one in page if one.section is section]) for section in HEADINGS)
    return (
        f"<!DOCTYPE html><html><head><title>My proposals</title><script>{code}</script></head>"
        f"<body><h1>My proposals</h1>{sections}</body></html>"
    )


def _section(section: Section, inside: Sequence[Listed]) -> str:
    rows = "".join(map(_row, inside))
    return f"<section><h2>{HEADINGS[section][0]}<span>({len(inside)})</span></h2><table>{rows}</table></section>"


def _row(one: Listed) -> str:
    mark = f"<div>{MARKS[one.boosted]}</div>" if one.boosted else ""
    viewed = "Viewed by client" if one.viewed else ""
    return (
        f'<tr class="details-row up-row"><td data-cy="time-slot"><div>{_head(one)}</div>'
        f"<small>{one.age} days ago</small></td>"
        f'<td>{mark}<a href="/nx/proposals/{one.proposal}">{escape(one.title)}</a></td><td>{escape(one.profile)}</td>'
        f'<td>{one.status}</td><td data-cy="proposal-views-slot">{viewed}</td></tr>'
    )


def _head(one: Listed) -> str:
    how = "Received" if one.section in {Section.OFFERS, Section.INVITATIONS, Section.ACTIVE} else "Initiated"
    return f"{how} {one.day:%b} {one.day.day}, {one.day.year}"


def blank_lines(text: str) -> str:
    """As some browsers copy it."""
    return text.replace("\n", "\n\n")


def in_cells(text: str) -> str:
    """With tabs where the table has cells."""
    return text.replace(" ago\n", " ago\t\n")


def lower_heads(text: str) -> str:
    """As a keyboard changes it."""
    return re.sub(r"\n(?:Initiated|Received) .*(?=\n\d+ days ago)", lambda head: head[0].lower(), text)
