"""/claims: moderators decide on the claims that members made in their group, without running the bot."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from bot.command.declaration import Call, MissingOptionError, Suggestion, UnfitError, command
from bot.commands.promotions.claim_decisions import Deciding, approve, refuse, waiting
from bot.commands.promotions.draft import in_rows
from bot.options.choice import Choice
from bot.options.numbers import MOST_NUMBER, Whole
from bot.reading.lines import as_label
from bot.reply.parts import Button, Reply, reply, say
from core.shared.ids import PromotionId
from core.shared.lifecycle import Status
from core.shared.refusals import RefusedError, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.options.choice import Synonyms
    from core.promotions.model import Promotion

NEWEST: Final = 50
"""So many promotions are looked through; older ones are decided on by their numbers."""
MOST_OFFERED: Final = 12


class Do(StrEnum):
    """The actions of /claims."""

    LIST = "list"
    APPROVE = "approve"
    REFUSE = "refuse"


CALLED: Final[Synonyms] = ((Do.APPROVE, ("accept",)), (Do.REFUSE, ("reject",)))


class Queue(NamedTuple):
    """A promotion, and how many claims on it wait for this moderator, without their own."""

    promotion: Promotion
    waiting: int


@command("claims", needs_wallet=False, read_only=("", Do.LIST))
async def claims(
    call: Call,
    do: Annotated[Do, Choice(of=Do, also=CALLED)] = Do.LIST,
    number: Annotated[int, Whole(low=1, high=MOST_NUMBER)] = 0,
    claim: Annotated[int, Whole(named=True, low=1, high=MOST_NUMBER)] = 0,
    after: Annotated[int, Whole(named=True, low=0, high=MOST_NUMBER, hidden=True)] = 0,
) -> Reply:
    """Show the claims that members made in this group on promotions and that wait, or decide on one.

    number: the promotion's. An anonymous admin decides on nothing: it may be their own claim, which nobody can see.
    """
    if call.speaks_as_chat:
        raise UnfitError(say("claims-anonymous"))
    deciding = Deciding("claims", Do.LIST, call.chat, frozenset(await call.store.people.same_as(call.person.id)))
    queues = await _queues(call, deciding)
    if not number and len(queues) == 1:
        number = queues[0].promotion.id
    if not number and (do is Do.LIST or not queues):
        return _overview(queues)
    if not number:
        raise MissingOptionError("number", choices=_offered(queues))
    promotion = await _moderated(call, number)
    if len(queues) > 1:
        deciding = deciding._replace(back="claims")
    if do is Do.LIST:
        return await waiting(call, promotion, deciding, after)
    decide = approve if do is Do.APPROVE else refuse
    return await decide(call, promotion, deciding, claim, after)


async def _queues(call: Call, deciding: Deciding) -> list[Queue]:
    """The promotions on which claims of this group wait, the newest first."""
    found = []
    for one in await call.store.promotions.newest(NEWEST):
        if one.terms.moderators and one.status is not Status.DRAFT:
            waits, own = deciding.waiting(await call.store.promotions.claims_on(one.id))
            found += [Queue(one, len(waits))] if waits or own else []
    return found


async def _moderated(call: Call, number: int) -> Promotion:
    """The promotion with this number, if moderators may decide on its claims."""
    found = await call.store.promotions.promotion(PromotionId(number))
    if found is None or not found.terms.moderators or found.status is Status.DRAFT:
        raise RefusedError(Unknown("promotion", str(number)))
    return found


def _overview(queues: Sequence[Queue]) -> Reply:
    """A button for each promotion on which claims wait."""
    if not queues:
        return reply(say("claims-none"), replace=True)
    keys = [
        Button(say("button-claims-on", title=as_label(one.terms.title), number=number), f"claims list {one.id}")
        for one, number in queues[:MOST_OFFERED]
    ]
    return reply(say("claims-on-which"), in_rows(*keys), replace=True)


def _offered(queues: Sequence[Queue]) -> tuple[Suggestion, ...]:
    found = (one.promotion for one in queues[:MOST_OFFERED])
    return tuple(Suggestion(str(one.id), say("raw", text=as_label(one.terms.title))) for one in found)
