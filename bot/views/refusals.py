"""Turns a refusal into an answer: its sentence, its facts, and a button for what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.permissions import BOOKERS, may
from bot.reply.parts import Button, Fact, Hour, Reply, Say, buttons, reply, say
from bot.reply.words import facts_of
from bot.views.team.roles import who_may
from core.shared.money import Price
from core.shared.refusals import LotUsed, NotEnough, NotNow, NotOpen, OutOfRange, Refusal, Unknown

if TYPE_CHECKING:
    from bot.command.declaration import Call


async def explain(refusal: Refusal, call: Call) -> Reply:
    """The answer to a refusal. Who may not buy learns who may."""
    buys = not isinstance(refusal, NotEnough) or await may(call, "buy")
    buyers = None if buys else say("not-enough-buyers", roles=who_may(call.wallet, BOOKERS))
    return reply(sentence_of(refusal), buyers, buttons(_way_out(refusal, buys=buys), asks=True))


def sentence_of(refusal: Refusal) -> Say:
    """The sentence of a refusal: `refusal-CODE`, the code written with dashes."""
    return Say(f"refusal-{refusal.code.replace('_', '-')}", _facts(refusal))


def _facts(refusal: Refusal) -> dict[str, Fact]:
    if isinstance(refusal, NotOpen):
        return {"group": "yes" if refusal.group else "no"}
    if isinstance(refusal, NotNow):
        return {"why": refusal.why, "at": Hour(refusal.at, readers=True)}
    if isinstance(refusal, OutOfRange) and refusal.currency:
        money = {"value": refusal.value, "low": refusal.low, "high": refusal.high}
        return {"what": refusal.what, **{name: Price(part, 0, refusal.currency) for name, part in money.items()}}
    if isinstance(refusal, OutOfRange):
        return {**facts_of(refusal.facts()), "only": "yes" if refusal.low == refusal.high else "no"}
    return facts_of(refusal.facts())


def _way_out(refusal: Refusal, *, buys: bool) -> Button | None:
    match refusal:
        case NotEnough(cover=cover, price=price) if buys:
            return Button(say("button-buy-and", connects=cover, price=price), f"buy {cover}", goes_on=True)
        case NotOpen(group=False):
            return Button(say("button-start"), "start")
        case LotUsed() | Unknown(what="entry"):
            return Button(say("button-history"), "history")
        case _:
            return None
