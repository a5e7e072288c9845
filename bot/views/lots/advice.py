"""The one thing worth doing next, as a sentence, and the button that does it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, say
from bot.views.entries import buy_button
from bot.views.lots.forecast import booking
from core.forecast.advice import SOON, Topic
from core.forecast.monthly_lots import Due
from core.ledger.rules import price_of
from core.shared.money import Price

if TYPE_CHECKING:
    from bot.reply.parts import Fact, Say
    from core.forecast.advice import Advice
    from core.ledger.rulebook import Rulebook

DAYS: Final = frozenset({"day", "due"})
"""The facts that are days."""
FOR_ALL: Final = {
    Topic.IMPORT: ("button-import", "import"),
    Topic.NEWS: ("button-import-proposals", "import"),
    Topic.REFUNDS: ("button-refunds", "refunds"),
    Topic.BOOST: ("grouped-boost", "stats by=boost"),
    Topic.USE: ("button-expiring", f"expiring {SOON.days}"),
}
"""The buttons that everybody may press: their labels and lines."""


def advice_in_words(advice: Advice | None, *, money: bool) -> Say:
    """What is worth doing next, and how far that is certain; or that there is nothing to do."""
    if advice is None:
        return say("advice-none")
    facts: dict[str, Fact] = {
        name: date.fromisoformat(str(value)) if name in DAYS else value for name, value in advice.facts.items()
    }
    if advice.topic is Topic.USE:
        facts["worth"] = _worth(advice) if money else ""
    return say("advice-next", what=say(f"advice-{advice.topic}", **facts), sure=say(f"sure-{advice.sure}"))


def _worth(advice: Advice) -> Fact:
    facts = advice.facts
    if "currency" not in facts:
        return ""
    return say("advice-worth", price=Price(int(facts["net"]), int(facts["tax"]), str(facts["currency"])))


def advice_button(advice: Advice | None, rulebook: Rulebook, *, money: bool, admin: bool) -> Button | None:
    """The button that does it. `admin`: whoever reads it may book and change settings."""
    if advice is None:
        return None
    if advice.topic in FOR_ALL:
        label, line = FOR_ALL[advice.topic]
        return Button(say(label), line)
    if not admin or (advice.topic is Topic.BUY and not money):
        return None
    return _booking(advice, rulebook)


def _booking(advice: Advice, rulebook: Rulebook) -> Button | None:
    facts = advice.facts
    match advice.topic:
        case Topic.BUY:
            connects = int(facts["buy"])
            return buy_button(connects, price_of(connects, rulebook))
        case Topic.MISSED:
            return booking(Due(date.fromisoformat(str(facts["due"])), int(facts["came"])))
        case Topic.COST:
            return Button(say("button-cost-unknown", connects=facts["unknown"]), "cost")
        case Topic.BUDGET:
            return Button(say("button-budget"), "alerts budget=?")
        case _:  # pragma: no cover - all others are for all
            return None
