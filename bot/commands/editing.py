"""Promotions are changed: one thing at a time, and looked over after each."""

from typing import Annotated, Final

from bot.command import Call, Who, command
from bot.commands.announcing import LONGEST
from bot.commands.drafting import MOST_NUMBER, Field, fault_in, read, revised
from bot.commands.steering import known, shown
from bot.kind import UnfitError
from bot.offering import offer
from bot.options import Choice, Text, Whole
from bot.reply import Reply, reply, say
from core.errors import NotNow, RefusedError
from core.offers import facts_of
from core.promotions import Moment, Status, fixed

UNSEEN: Final = 0


@command("edit", hidden=True, who=Who.OPERATORS, needs_wallet=False)
async def edit(
    call: Call,
    number: Annotated[int, Whole(low=1, high=MOST_NUMBER, trails=False)],
    field: Annotated[Field, Choice(of=Field)],
    value: Annotated[str, Text(most=LONGEST, lines=True)],
    seen: Annotated[int, Whole(named=True, low=0, high=MOST_NUMBER)] = UNSEEN,
) -> Reply:
    """Change what a promotion says; `seen` is its version to whoever pressed a button, for another may be faster."""
    promotion = await known(call, number)
    if seen not in {UNSEEN, promotion.version}:
        raise RefusedError(NotNow("promotion", "changed", promotion.terms.ends))
    terms = revised(promotion.terms, field, read(call.commands["promote"].option(field), value), call.at)
    if (refusal := fixed(promotion, terms, call.at)) is not None:
        raise RefusedError(refusal)
    if (fault := fault_in(terms, call.at)) is not None:
        raise UnfitError(fault[1])
    await call.offers.revise(promotion, terms)
    if promotion.status is Status.DRAFT:
        return await shown(call, promotion, say("edit-done-draft", number=number))
    reads = offer(facts_of(promotion._replace(terms=terms), Moment.START), claimable=False)
    return reply(say("edit-done"), *reads.parts, *(await shown(call, promotion)).parts)
