"""How a promotion or a contest is announced."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.options.choice import choice
from bot.reply.parts import Button, Fact, Hour, Link, Links, Reply, Say, buttons, enumerated, reply, say
from core.promotions.model import Moment
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.ledger.rulebook import Rulebook
    from core.promotions.model import Conditions, Promotion, Terms

HASH_SHOWN: Final = 12
PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,58}")  # what a link may carry behind "claim_"


def offer(facts: Mapping[str, str | int], *, claimable: bool) -> Reply:
    """A promotion or a contest as it is announced. The hash of a draw is published once, when the contest starts.

    `claimable`: with a button; not so for a promotion with a code, which people must type.
    """
    contest, coded = bool(facts["winners"]), facts["coded"] == "yes"
    fixed = contest and facts["moment"] == Moment.START
    ends = datetime.fromisoformat(str(facts["ends"]))
    what = (
        say("offer-contest", winners=facts["winners"], gives=facts["gives"])
        if contest
        else say("offer-gives", gives=facts["gives"])
    )
    asks = facts.get("approval") == "yes"  # notices stored before there were approvals lack it
    how = "offer-coded" if coded else "offer-asks" if asks else "offer-press"
    label = "button-enter" if contest else "button-ask" if asks else "button-claim"
    return reply(
        say(f"offer-{str(facts['moment']).replace('_', '-')}", title=facts["title"]),
        say("raw", text=facts["text"]),
        what,
        say("offer-ends", ends=Hour(ends, readers=True), left=say(how)),
        say("offer-hash", hash=short_hash(facts["hash"])) if fixed else None,
        buttons(
            Button(say(label), f"claim {facts['number']}") if claimable and not coded else None,
            copy_hash(facts["number"], facts["hash"]) if claimable and fixed else None,
        ),
    )


def short_hash(full: str | int) -> str:
    """The first digits of a hash, which is enough to see in a text; a button has all of it."""
    return str(full)[:HASH_SHOWN]


def copy_hash(number: str | int, full: str | int) -> Button:
    """A button that copies the hash of a contest's seed, or shows it."""
    return Button(say("button-hash"), f"draw {number}", copy=str(full))


def link_to_claim(promotion: Promotion) -> Links | None:
    """A button that copies a link with which anyone can claim it in private, wherever it is posted.

    None if nothing can be claimed, or if a link cannot carry its code.
    """
    what = promotion.terms.code or str(promotion.id)
    if promotion.status is not Status.LIVE or PAYLOAD.fullmatch(what) is None:
        return None
    return Links((Link(say("button-claim-link"), f"?start=claim_{what}", copied=True),))


def terms_in_words(terms: Terms, rulebook: Rulebook) -> tuple[tuple[Say, Fact], ...]:
    """Rows that say who qualifies, and how long the Connects last that it gives."""
    months = rulebook.expiry_months
    since = "won" if terms.contest else "approved" if terms.approval else "claimed"
    if terms.expires_days is not None:
        lasting = say("lasts-days", days=terms.expires_days, since=since)
    else:
        lasting = say("lasts-months", months=months, since=since)
    return (say("field-qualifies"), _who(terms.conditions)), (say("field-gift-lasts"), lasting)


def _who(conditions: Conditions) -> Say:
    """Everything that a claimant must meet."""
    asked = (
        None if conditions.new_days is None else say("who-new", days=conditions.new_days),
        None if conditions.plan is None else say("who-plan", plan=choice(conditions.plan)),
        say("who-feedback", number=conditions.feedback) if conditions.feedback else None,
        say("who-assessments", number=conditions.assessments) if conditions.assessments else None,
        say("who-interviews", number=conditions.interviews) if conditions.interviews else None,
    )
    parts = [one for one in asked if one is not None]
    return say("who-only", conditions=enumerated(parts)) if parts else say("who-everybody")
