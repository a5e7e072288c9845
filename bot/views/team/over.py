"""What is asked when a spend would pass a limit that blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.options.choice import choice
from bot.reply.parts import say
from bot.views.team.limits import Reader, when_whole
from core.shared.calendar import day_in
from core.shared.ids import PersonId
from core.shared.money import Price
from core.shared.names import SOMEONE

if TYPE_CHECKING:
    from bot.reply.parts import Fact, Say
    from core.shared.refusals import OverLimit

PERCENT: Final = 100
SENT: Final = "sent"
"""The hidden option by which a spend is booked, although it passes a limit, because it was made already."""


def over_limit(refusal: OverLimit, reader: Reader) -> Say:
    """Which limit it would pass, what is left of that, and when it is whole again. One of the past is so already."""
    person = None if refusal.person is None else PersonId(refusal.person)
    past = refusal.whole <= reader.at
    then = (
        say("then-past", period=refusal.period, day=day_in(reader.zone, refusal.since))
        if past
        else choice(refusal.period, "then")
    )
    whose: Fact = say("over-together") if person is None else reader.names.get(person, SOMEONE)
    total, left = refusal.spent + refusal.asked, max(refusal.left, 0)
    shown: dict[str, Fact] = {
        "who": "" if reader.alone else say("over-whose", who=whose),
        "then": then,
        "whole": say("whole-past")
        if past
        else say("whole-again", when=when_whole(refusal.whole, reader.at, reader.zone)),
        "boosts": "yes" if refusal.boosts else "no",
    }
    if refusal.currency and not reader.money:
        return say("over-limit-percent", percent=total * PERCENT // max(refusal.amount, 1), **shown)
    if refusal.currency:
        prices = {"total": total, "amount": refusal.amount, "left": left}
        money = {name: Price(figure, 0, refusal.currency) for name, figure in prices.items()}
        return say("over-limit-money", **money, **shown)
    return say("over-limit", total=total, amount=refusal.amount, left=left, **shown)
