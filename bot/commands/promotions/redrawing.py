"""/promo redraw: the prize of a winner who cannot be reached goes to the next one by the same seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.declaration import Call, MissingOptionError, UnfitError
from bot.reply.parts import Button, Fields, Reply, buttons, reply, say
from core.promotions.model import entry_label
from core.promotions.redraw import PASSED_ON, Redraw, RedrawService
from core.shared.names import SOMEONE
from core.shared.refusals import LotUsed, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.reply.parts import Say
    from core.promotions.model import Claim, Promotion
    from core.shared.ids import PersonId


def redraws_of(call: Call) -> RedrawService:
    """The service that redraws prizes."""
    return RedrawService(call.books, call.store)


async def redraw(call: Call, promotion: Promotion, number: int, following: int, *, sure: bool) -> Reply | Say:
    """Say what would happen, with a button that names both; then pass the prize on, and confirm that.

    `following`: the entry that is next by the seed, as the pressed button said.
    """
    redraws = redraws_of(call)
    if not number:
        raise MissingOptionError("claim")
    if redraws.is_late(promotion):
        raise UnfitError(say("redraw-late", days=PASSED_ON.days))
    possible = await redraws.possible(promotion, number)
    sure = sure and possible is not None and following == possible.next.number
    if not sure:
        await redraws.end_interrupted(promotion)
        possible = await redraws.possible(promotion, number)
    if possible is None:
        raise UnfitError(say("redraw-impossible", number=number))
    names = await call.store.people.names([possible.winner.person, possible.next.person])
    if not sure:
        return _asked(promotion, possible, names)
    told = possible.winner not in await redraws.unreached(promotion, [possible.winner])
    try:
        done = await redraws.redraw(promotion, possible, call.person.id, call.key, names, told=told)
    except RefusedError as refused:
        if isinstance(refused.refusal, LotUsed):
            raise UnfitError(say("redraw-spent", winner=_named(possible.winner, names))) from refused
        raise
    both = {"winner": _named(possible.winner, names), "next": _named(possible.next, names)}
    return say("redraw-done", **both) if done else say("promo-not-so")


def _asked(promotion: Promotion, possible: Redraw, names: Mapping[PersonId, str]) -> Reply:
    winner, following = possible.winner, possible.next
    both = {"winner": _named(winner, names), "next": _named(following, names)}
    line = f"promo redraw {promotion.id} claim={winner.number} after={following.number} sure=yes"
    rows = ((say("field-posted-to"), say("redraw-posted", chats=len(possible.posted))),)
    return reply(
        say("redraw-sure", **both, gives=promotion.terms.gives, booked="no" if winner.entry is None else "yes"),
        Fields(rows),
        buttons(
            Button(say("button-redraw-it", **both), line),
            Button(say("button-leave"), f"promo show {promotion.id}"),
        ),
    )


def _named(claim: Claim, names: Mapping[PersonId, str]) -> str:
    return entry_label(claim.number, names.get(claim.person, SOMEONE))


async def redraw_buttons(call: Call, promotion: Promotion, claims: Sequence[Claim]) -> list[Button]:
    """A button for each winner whom the notice of the prize could not reach."""
    lost = await redraws_of(call).unreached(promotion, claims)
    return [
        Button(say("button-redraw", number=claim.number), f"promo redraw {promotion.id} claim={claim.number}")
        for claim in lost
    ]
