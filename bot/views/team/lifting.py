"""What is said of a limit of which an owner allowed more this once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.options.choice import choice
from bot.reply.parts import Button, Reply, buttons, reply, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.views.showing import Showing
    from core.delivery.notice import Notice
    from core.ledger.limits import Usage

ALLOWED: Final = "limit-allowed"
"""The code of the notice that tells a group what an owner allowed in private."""


def allowed_facts(one: Usage, missing: int, name: str, line: str, by: int) -> dict[str, str | int]:
    """The facts: how much may be spent now, of what, in which period, for whom, and the line with which it is booked.

    In money there is no amount: members may not see it.
    """
    limit = one.limit
    return {
        "more": 0 if limit.currency else missing,
        "unit": "money" if limit.currency else "boosts" if limit.boosts else "connects",
        "period": limit.period.value,
        "name": name,
        "line": line,
        "by": by,
    }


def allowed(facts: Mapping[str, Any], *, private: bool = False) -> Reply:
    """Tells whoever asked for it that it is allowed, and offers to book it once it is sent.

    private: an owner reads it elsewhere, where the button would book in another wallet.
    """
    if private:
        return reply(say("allowed-elsewhere"))
    name, then = facts["name"] or "none", choice(str(facts["period"]), "then")
    by = int(facts.get("by", 0))  # who wants to spend it, for whom it counts
    book = Button(say("button-sent-book", name=name), str(facts["line"]), only=by) if facts["line"] else None
    sentence = say("allowed", name=name, then=then, more=say("connects", connects=facts["more"]), unit=facts["unit"])
    return reply(sentence, say("allowed-next") if book is not None else None, buttons(book))


def allowed_notice(notice: Notice, _showing: Showing) -> Reply:
    """The same as a notice for the group."""
    return allowed(notice.facts)
