"""Pure checks: who may claim, when, and what can still be changed."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.promotions.model import Conditions, Promotion, Standing, Terms
from core.shared.bounds import MOST, MOST_DAYS
from core.shared.lifecycle import Status
from core.shared.refusals import NotChangeable, NotNow, NotQualified, OutOfRange, Refusal, SoldOut

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.rulebook import Rulebook
    from core.wallets.settings import Plan

REVISABLE: Final = frozenset({"title", "text", "ends", "supply", "code", "moderators"})
"""The terms that can still be changed after the launch."""


def fixed(seen: Promotion, terms: Terms, now: datetime) -> Refusal | None:
    """Why a promotion cannot be changed to these terms; None if it can.

    A draft can become anything. After the launch, people rely on what was published: its end can only come later, and
    its supply cannot be less than what it has given.
    """
    if seen.status is Status.DRAFT:
        return None
    if seen.status not in {Status.LIVE, Status.PAUSED} or now >= seen.terms.ends:
        return NotChangeable("over")
    for name in (field.name for field in fields(Terms)):
        if name not in REVISABLE and getattr(terms, name) != getattr(seen.terms, name):
            return NotChangeable(name)
    if terms.ends < seen.terms.ends:
        return NotChangeable("ends")
    return NotChangeable("supply", seen.given) if terms.supply is not None and terms.supply < seen.given else None


def closed(promotion: Promotion, now: datetime) -> Refusal | None:
    """Why a promotion cannot be claimed now; None if it can."""
    terms = promotion.terms
    if promotion.status is not Status.LIVE:
        return NotNow("promotion", promotion.status.value, terms.ends)
    if now < terms.starts:
        return NotNow("promotion", "early", terms.starts)
    return NotNow("promotion", "late", terms.ends) if now >= terms.ends else None


def qualifies(conditions: Conditions, standing: Standing, now: datetime) -> NotQualified | None:
    """The first condition that a claimant does not meet; None if they qualify."""
    if conditions.new_days is not None and now - standing.since > timedelta(days=conditions.new_days):
        return NotQualified("new", conditions.new_days, (now - standing.since).days)
    if conditions.plan is not None and standing.plan is not conditions.plan:
        return NotQualified(conditions.plan.value, 0, 0)
    for what in ("feedback", "assessments", "interviews"):
        needed, has = getattr(conditions, what), getattr(standing, what)
        if has < needed:
            return NotQualified(what, needed, has)
    return None


def closed_to_newcomer(promotion: Promotion, plan: Plan, now: datetime) -> Refusal | None:
    """Why somebody without a wallet could not claim it with a new one on this plan; None if they can."""
    terms = promotion.terms
    if (refusal := closed(promotion, now) or qualifies(terms.conditions, Standing(now, plan), now)) is not None:
        return refusal
    return sold_out(promotion)


def sold_out(promotion: Promotion) -> SoldOut | None:
    """The refusal if its supply no longer holds what one claim gets at once; None if it does."""
    terms = promotion.terms
    at_once = not terms.contest and not terms.approval
    left = None if terms.supply is None or not at_once else terms.supply - promotion.given
    return SoldOut(promotion.id, left) if left is not None and left < terms.gives else None


def beyond_bounds(terms: Terms, rulebook: Rulebook) -> OutOfRange | None:
    """The refusal if a figure of the terms is beyond its bounds. What one claim gives is bounded by the rulebook."""
    conditions = terms.conditions
    for what, figure, low, high in (
        ("gives", terms.gives, 1, rulebook.grant_limit),
        ("supply", terms.supply, 0, MOST),
        ("lasts", terms.expires_days, 1, MOST_DAYS),
        ("new", conditions.new_days, 0, MOST_DAYS),
        ("winners", terms.winners, 0, MOST),
        ("feedback", conditions.feedback, 0, MOST),
        ("assessments", conditions.assessments, 0, MOST),
        ("interviews", conditions.interviews, 0, MOST),
    ):
        if figure is not None and not low <= figure <= high:
            return OutOfRange(what, figure, low, high)
    return None
