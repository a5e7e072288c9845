"""What a reply cost over time, by the months in which the proposals were sent."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from core.ledger.budget import month_after, month_of
from core.shared.calendar import day_in
from core.stats.funnel import Sample, funnel_of, sample_of
from core.stats.model import MonthlyReplies, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from core.proposals.card_groups import CardGroup
    from core.stats.funnel import Case


def month_edges(since: datetime, before: datetime, zone: str) -> tuple[datetime, ...]:
    """A period, and where months begin within it."""
    edges = [since]
    while (following := month_after(month_of(edges[-1], zone), zone)) < before:
        edges.append(following)
    return (*edges, before)


def months_of(cards: Iterable[CardGroup], recent: datetime, zone: str) -> tuple[MonthlyReplies, ...]:
    """The months in a zone, oldest first, with what was sent by `recent`. A month without proposals is left out.

    What is too recent is left out as it is elsewhere, so that the months and their average tell the same of a reply.
    """
    open_from = day_in(zone, recent).replace(day=1)
    sent: defaultdict[date, list[Case]] = defaultdict(list)
    for case in sample_of(cards, recent).counted:
        first = day_in(zone, case.card.sent).replace(day=1)
        sent[first].append(case)
    return tuple(_monthly_replies(first, sent[first])._replace(open=first >= open_from) for first in sorted(sent))


def _monthly_replies(first: date, cases: Sequence[Case]) -> MonthlyReplies:
    replies = funnel_of(Sample(cases, ())).at(Step.REPLY)
    return MonthlyReplies(first, replies.rate, replies.unit_cost)
