"""Changing a promotion, one field at a time, with a preview after each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, Suggestion, UnfitError, UnfitOptionError, command
from bot.commands.promotions.draft import Field, check, read, revised
from bot.commands.promotions.manage import known, shown
from bot.options.choice import Choice
from bot.options.figures import whole_number
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.text import LONGEST_MESSAGE, Text
from bot.reply.marks import bare
from bot.reply.parts import Reply, reply, say
from bot.views.promotions import offer
from core.promotions.model import Moment
from core.promotions.qualify import fixed
from core.promotions.service import facts_of
from core.shared.lifecycle import Status
from core.shared.refusals import NotNow, RefusedError

if TYPE_CHECKING:
    from core.promotions.model import Terms

UNSEEN: Final = 0
FIGURES: Final = frozenset({Field.GIVES, Field.WINNERS, Field.SUPPLY})
"""The fields that are also changed by so many."""


@command("edit", hidden=True, needs_wallet=False)
async def edit(
    call: Call,
    number: Annotated[int, Whole(low=1, high=MOST_NUMBER, trails=False)],
    field: Annotated[Field, Choice(of=Field)],
    value: Annotated[str, Text(most=LONGEST_MESSAGE, lines=True, rich=True)],
    seen: Annotated[int, Whole(named=True, low=0, high=MOST_NUMBER)] = UNSEEN,
) -> Reply:
    """Change a field of a promotion. `seen` is the version on the pressed button: somebody else may have changed it."""
    promotion, value = await known(call, number), value.removeprefix("= ")  # as in "title = Summer"
    value = value if field is Field.TEXT else bare(value)
    if seen not in {UNSEEN, promotion.version}:
        raise RefusedError(NotNow("promotion", "changed", promotion.terms.ends))
    try:
        _refuse_step(promotion.terms, field, value)
        meant = read(call.commands["promote"].option(field), value)
        terms = revised(promotion.terms, field, meant, call.at)
    except UnfitError as error:
        raise UnfitOptionError(call.commands["edit"].option("value"), error) from error
    if (refusal := fixed(promotion, terms, call.at)) is not None:
        raise RefusedError(refusal)
    check(terms, call.at, field)
    await call.promotions.revise(promotion, terms)
    if promotion.status is Status.DRAFT:
        return await shown(call, promotion, say("edit-done-draft", number=number))
    reads = offer(facts_of(promotion._replace(terms=terms), Moment.START), claimable=False)
    return reply(say("edit-done"), *reads.parts, *(await shown(call, promotion)).parts)


def _refuse_step(terms: Terms, field: Field, words: str) -> None:
    """Raise UnfitError for a figure with a sign, such as "+500", if it may be added to the one that is there."""
    step, before = whole_number(words), getattr(terms, field) if field in FIGURES else None
    if step is None or not before or words.strip()[0].isdecimal():
        return
    values = [value for value in (before + step, abs(step)) if value > 0]
    answers = (Suggestion(str(value), say("raw", text=str(value))) for value in values)
    raise UnfitError(say("edit-step", words=words[:20], before=before), *answers)
