"""/promo: operators list, launch, pause, resume, cancel and copy promotions, and decide on claims."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, MissingOptionError, command
from bot.commands.promotions.claim_decisions import Deciding, approve, claims_by_chat, refuse, report, waiting
from bot.commands.promotions.draft import changes, dates, in_rows, once, preview
from bot.commands.promotions.redrawing import redraw, redraw_buttons
from bot.commands.promotions.winners import prizes, taken, winners
from bot.options.choice import Choice
from bot.options.numbers import MOST_NUMBER, Whole
from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.promotions import link_to_claim
from core.delivery.state import State
from core.promotions.model import Claim, ClaimState, Promotion
from core.shared.ids import PromotionId
from core.shared.lifecycle import Status
from core.shared.refusals import RefusedError, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

LISTED: Final = 10


class Do(StrEnum):
    """The actions of /promo."""

    LIST = "list"
    NEW = "new"
    SHOW = "show"
    LAUNCH = "launch"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    EDIT = "edit"
    COPY = "copy"
    CLAIMS = "claims"
    APPROVE = "approve"
    REFUSE = "refuse"
    RESEND = "resend"
    REPORT = "report"
    REDRAW = "redraw"


class Sure(StrEnum):
    """The answer to "are you sure?" before something that cannot be undone."""

    YES = "yes"
    NO = "no"


STATUS: Final = {Do.PAUSE: Status.PAUSED, Do.RESUME: Status.LIVE, Do.CANCEL: Status.CANCELLED}
STEPS: Final = {
    Status.LIVE: (Do.PAUSE, Do.CANCEL, Do.EDIT, Do.COPY, Do.REPORT),
    Status.PAUSED: (Do.RESUME, Do.CANCEL, Do.EDIT, Do.COPY, Do.REPORT),
}
OVER: Final = (Do.COPY, Do.REPORT)
READ_ONLY: Final = ("", Do.LIST, Do.NEW, Do.SHOW, Do.CLAIMS, Do.REPORT, Do.EDIT)


@command("promo", hidden=True, needs_wallet=False, read_only=READ_ONLY)
async def promo(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    do: Annotated[Do, Choice(of=Do)] = Do.LIST,
    number: Annotated[int, Whole(low=1, high=MOST_NUMBER)] = 0,
    claim: Annotated[int, Whole(named=True, low=1, high=MOST_NUMBER)] = 0,
    after: Annotated[int, Whole(named=True, low=0, high=MOST_NUMBER)] = 0,
    sure: Annotated[Sure | None, Choice(of=Sure, named=True)] = None,
) -> Reply:
    """List the promotions, or carry out an action on one."""
    if do is Do.LIST:
        if not number:
            return await _list(call)
        do = Do.SHOW  # "/promo 7"
    if do is Do.NEW:
        return reply(say("promo-new"), buttons(Button(say("button-promote"), "promote")))
    if not number:
        raise MissingOptionError("number")
    promotion, deciding = await known(call, number), Deciding(back=f"promo show {number}")
    match do:
        case Do.CLAIMS:
            return await waiting(call, promotion, deciding, after)
        case Do.APPROVE | Do.REFUSE:
            decide = approve if do is Do.APPROVE else refuse
            return await decide(call, promotion, deciding, claim, after)
        case Do.REDRAW:
            answer = await redraw(call, promotion, claim, after, sure=sure is Sure.YES)
            return await shown(call, promotion, answer) if isinstance(answer, Say) else answer
        case _:
            return await _act(call, promotion, do, sure)


async def _act(call: Call, promotion: Promotion, do: Do, sure: Sure | None) -> Reply:
    match do:
        case Do.EDIT:
            return changes(promotion)
        case Do.COPY:
            return await _copied(call, promotion)
        case Do.REPORT:
            return await report(call, promotion)
        case Do.CANCEL if promotion.status in STEPS and sure is not Sure.YES:
            return await _confirm_cancel(call, promotion, sure)
        case _:
            return await shown(call, promotion, await _done(call, promotion, do))


async def _confirm_cancel(call: Call, promotion: Promotion, sure: Sure | None) -> Reply:
    """Ask first: cancelling what was announced is for good."""
    if sure is None:
        raise MissingOptionError("sure")
    return await shown(call, promotion, say("promo-kept"))


async def _copied(call: Call, promotion: Promotion) -> Reply:
    async def write() -> list[Promotion]:
        return [await call.promotions.copy(promotion, call.person.id)]

    (draft,) = await once(call, write)
    return await preview(call, draft)


async def _done(call: Call, promotion: Promotion, do: Do) -> Say | None:
    """Carry out an action; the sentence that confirms it."""
    if do is Do.LAUNCH:
        return None if await call.promotions.launch(promotion) else say("promo-launched-already")
    if do is Do.RESEND:
        return say("announcement-resent", number=await call.promotions.resend(promotion))
    if do not in STATUS:
        return None
    fits = await call.promotions.change(promotion, STATUS[do])
    return say(f"promo-{STATUS[do]}" if fits else "promo-not-so")


async def known(call: Call, number: int) -> Promotion:
    """The promotion with this number; refused if there is none."""
    promotion = await call.store.promotions.promotion(PromotionId(number))
    if promotion is None:
        raise RefusedError(Unknown("promotion", str(number)))
    return promotion


async def _list(call: Call) -> Reply:
    found = await call.store.promotions.newest(LISTED)
    if not found:
        return reply(say("promo-none"), buttons(Button(say("button-promote"), "promote")))
    rows: tuple[tuple[Say, Fact], ...] = tuple(
        (
            say("promo-number", number=one.id),
            say("promo-line", title=one.terms.title, status=say(f"status-{one.status}")),
        )
        for one in found
    )
    return reply(say("promo-title"), Fields(rows), buttons(Button(say("button-promote"), "promote")))


async def shown(call: Call, seen: Promotion, done: Say | None = None) -> Reply:
    """The state of a promotion by now, and what can be done; for a draft, its preview."""
    promotion = await known(call, seen.id)
    if promotion.status is Status.DRAFT:
        return await preview(call, promotion, done)
    claims = await call.store.promotions.claims_on(promotion.id)
    doubts = sum(state is State.UNKNOWN for _, _, state, _ in await call.promotions.course(promotion))
    name = say("promo-named", number=promotion.id, title=promotion.terms.title)
    won = await winners(call, promotion, claims)
    rows = (*_figures(promotion, claims, doubts), *won, *await claims_by_chat(call, promotion, claims))
    redraws = await redraw_buttons(call, promotion, claims)
    steps = _steps(promotion, claims, doubts, redraws)
    return reply(done, name, Fields(rows), steps, link_to_claim(promotion))


def _figures(promotion: Promotion, claims: Sequence[Claim], doubts: int) -> Sequence[tuple[Say, Fact]]:
    states, terms = Counter(claim.state for claim in claims), promotion.terms
    rows: list[tuple[Say, Fact]] = [(say("field-state"), say(f"status-{promotion.status}")), *dates(terms)]
    rows += prizes(promotion)
    if terms.supply is not None:
        rows.append((say("field-supply"), say("connects", connects=terms.supply)))
    rows.append((say("field-given"), say("connects", connects=promotion.given)))
    rows += [(say(f"claims-{state}"), states[state]) for state in ClaimState if states[state]]
    rows += taken(promotion, states)
    if doubts:
        rows.append((say("field-doubts"), say("doubts", number=doubts)))
    return rows


def _steps(promotion: Promotion, claims: Sequence[Claim], doubts: int, redraws: Sequence[Button]) -> Buttons:
    """Claims that wait come first. Doubtful deliveries only matter while it is live: later nothing is announced."""
    number = promotion.id
    keys = [Button(say(f"button-{do}"), f"promo {do} {number}") for do in STEPS.get(promotion.status, OVER)]
    if doubts and promotion.status is Status.LIVE:
        keys.insert(0, Button(say("button-resend"), f"promo resend {number}"))
    if asked := sum(claim.state is ClaimState.ASKED for claim in claims):
        keys.insert(0, Button(say("button-waiting", number=asked), f"promo claims {number}"))
    return in_rows(*redraws, *keys)
