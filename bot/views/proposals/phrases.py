"""Phrases about proposals that the list, the card and questions share."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.reply.parts import Recent, Say, say
from bot.views.entries import LONGEST_TITLE, linked
from bot.views.progress import beginning_of
from core.ledger.sightings import ProposalState
from core.proposals.model import ENDS, STAGES, ProposalKind
from core.shared.job_links import short_id

if TYPE_CHECKING:
    from datetime import datetime

    from bot.reply.parts import Fact
    from core.proposals.model import Proposal

ANSWERS: Final = STAGES[STAGES.index(ProposalState.REPLIED) :]
"""The stages that are an answer of the client's."""


def reference(proposal: Proposal) -> Say:
    """The number of a proposal, such as "#12" or "#7-3"."""
    return say("proposal-ref", ref=proposal.ref)


def title_of(proposal: Proposal) -> Fact:
    """The title of a proposal, which leads to its job; without one, the job's id, or that there is no title."""
    if proposal.title:
        return linked(proposal.title, proposal.job)
    return linked(short_id(proposal.job), proposal.job) if proposal.job else say("proposal-untitled")


def brief_title(proposal: Proposal) -> Fact:
    """The beginning of the title, for a list and for buttons."""
    title = beginning_of(proposal.title, LONGEST_TITLE)
    return linked(title, proposal.job) if title else title_of(proposal)


def state_of(proposal: Proposal) -> ProposalState:
    """What became of it, in one word: how it ended, or how far it got."""
    return proposal.end or proposal.stage


def is_waiting(proposal: Proposal) -> bool:
    """Whether it has neither been answered nor ended."""
    return proposal.end is None and proposal.stage not in ANSWERS


def is_invitation(proposal: Proposal) -> bool:
    """Whether it is an invitation that nobody has accepted, as far as is known."""
    return proposal.kind is ProposalKind.INVITATION and proposal.stage is ProposalState.INVITED


def waited(proposal: Proposal, now: datetime) -> int:
    """How many days it has been without an answer."""
    return max(now - proposal.sent, timedelta()).days


def is_unanswered(proposal: Proposal, now: datetime, after: int) -> bool:
    """Whether it counts as unanswered: it has been waiting for so many days."""
    return is_waiting(proposal) and not is_invitation(proposal) and waited(proposal, now) >= after


def state_in_brief(proposal: Proposal, now: datetime, after: int) -> Say:
    """What became of it, for a list."""
    if is_unanswered(proposal, now, after):
        return say("reached-viewed-only" if proposal.stage is ProposalState.VIEWED else "reached-unanswered")
    return say(f"reached-{state_of(proposal)}")


def state_sentence(proposal: Proposal, now: datetime, after: int) -> Say:
    """What became of it, in a sentence."""
    known, day = say(f"became-{state_of(proposal)}"), Recent(proposal.since, now, day=True)
    if is_waiting(proposal) and not is_invitation(proposal):
        days = waited(proposal, now)
        return say("became-unanswered" if days >= after else "became-waiting", became=known, days=days)
    if proposal.end in ENDS and proposal.stage in ANSWERS:
        return say("became-after", became=known, stage=say(f"after-{proposal.stage}"), day=day)
    return say("became-since", became=known, day=day)
