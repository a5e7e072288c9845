"""How a promotion or a contest is announced."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.reply.parts import Button, Hour, Reply, buttons, reply, say
from core.promotions.model import Moment

if TYPE_CHECKING:
    from collections.abc import Mapping


def offer(facts: Mapping[str, str | int], *, claimable: bool) -> Reply:
    """A promotion or a contest as it is announced. The hash of a draw is published once, when the contest starts.

    `claimable`: with a button; not so for a promotion with a code, which people must type.
    """
    contest, coded = bool(facts["winners"]), facts["coded"] == "yes"
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
        say("offer-ends", ends=Hour(ends), left=say(how)),
        say("offer-hash", hash=facts["hash"]) if contest and facts["moment"] == Moment.START else None,
        buttons(Button(say(label), f"claim {facts['number']}")) if claimable and not coded else None,
    )
