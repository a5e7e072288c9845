"""Writing a promotion or a contest (/promote), and claiming what it gives (/claim)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, UnfitError, Who, command
from bot.commands.promotions.draft import MOST_NUMBER, Field, fault_in, once, preview, terms_of
from bot.options.choice import Choice, Switch
from bot.options.figures import whole_number
from bot.options.numbers import Whole
from bot.options.text import LONGEST_MESSAGE, Tags, Text
from bot.options.time import Time, When
from bot.reply.parts import Fields, Reply, reply, say
from bot.views.entries import left
from core.promotions.draw import commitment
from core.promotions.model import Claim, ClaimState, Promotion
from core.shared.ids import PromotionId
from core.shared.lifecycle import Status
from core.shared.refusals import NotQualified, RefusedError
from core.wallets.people import require_wallet
from core.wallets.settings import Plan

if TYPE_CHECKING:
    from core.ledger.model import Receipt

CLAIMED: Final = {
    ClaimState.ENTERED: "claim-entered",
    ClaimState.ASKED: "claim-asked",
    ClaimState.GIVEN: "claim-approved",
    ClaimState.REFUSED: "claim-refused",
    ClaimState.WON: "claim-won",
    ClaimState.LOST: "claim-lost",
}
NOW: Final = When(None, None)


@command("promote", hidden=True, who=Who.OPERATORS, needs_wallet=False, with_file="file")
async def promote(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    title: Annotated[str, Text(most=80)],
    text: Annotated[str, Text(most=LONGEST_MESSAGE - 400, lines=True)],
    gives: Annotated[int, Whole(named=True, high=5000)],
    ends: Annotated[When, Time(named=True)],
    starts: Annotated[When, Time(named=True)] = NOW,
    winners: Annotated[int, Whole(named=True, low=0, high=100)] = 0,
    supply: Annotated[int | None, Whole(named=True, high=10_000_000)] = None,
    approval: Annotated[bool, Switch(named=True)] = False,  # noqa: FBT002 - options are given by name
    code: Annotated[tuple[str, ...], Tags(named=True, most=1)] = (),
    lasts: Annotated[int | None, Whole(named=True, high=3650)] = None,
    new: Annotated[int | None, Whole(named=True, high=3650)] = None,
    plan: Annotated[Plan | None, Choice(of=Plan, named=True)] = None,
    feedback: Annotated[int, Whole(named=True, low=0, high=1000)] = 0,
    assessments: Annotated[int, Whole(named=True, low=0, high=1000)] = 0,
    interviews: Annotated[int, Whole(named=True, low=0, high=1000)] = 0,
    tags: Annotated[tuple[str, ...], Tags(named=True)] = (),
    platforms: Annotated[tuple[str, ...], Tags(named=True)] = (),
    languages: Annotated[tuple[str, ...], Tags(named=True)] = (),
) -> Reply:
    """Draft a promotion, or with winners a contest, and show a preview. Nothing is announced yet."""
    gift = (title, text, gives, ends, starts, winners, supply, approval, code, lasts)
    audience = (new, plan, feedback, assessments, interviews, tags, platforms, languages)
    values = dict(zip(Field, (*gift, *audience), strict=True))
    terms = terms_of(values, call.at, call.zone)
    if (fault := fault_in(terms, call.at)) is not None:
        raise UnfitError(fault[1])

    async def write() -> list[Promotion]:
        return [await call.promotions.draft(terms, call.person.id)]

    (draft,) = await once(call, write)
    return await preview(call, draft)


@command("claim", needs_wallet=False, ephemeral=True)
async def claim(call: Call, what: Annotated[str, Text(most=40)]) -> Reply:
    """Claim what a promotion gives, by its number or its code. In a group, too, it goes to the person's own wallet."""
    promotion = await _promotion(call, what.strip("#"))
    wallet = require_wallet(await call.books.wallet_of(call.person.id), group=False)
    chat = call.chat if call.group else None
    try:
        claimed = await call.promotions.claim(promotion, call.person.id, wallet, chat)
    except RefusedError as refused:
        if call.group and isinstance(refused.refusal, NotQualified):  # what they lack is shown to them in private only
            raise UnfitError(say("claim-others", what=what)) from refused
        raise
    return _confirmed(call, promotion, claimed)


async def _promotion(call: Call, what: str) -> Promotion:
    """The promotion with this number or code; one that has a code cannot be claimed by its number."""
    store, number = call.store, whole_number(what)
    numbered = (
        await store.promotions.promotion(PromotionId(number))
        if number is not None and 0 < number <= MOST_NUMBER
        else None
    )
    found = numbered if numbered is not None and not numbered.terms.code else await store.promotions.promotion_of(what)
    if found is None or found.status is Status.DRAFT:
        raise UnfitError(say("claim-code" if numbered is not None and numbered.terms.code else "claim-unknown"))
    return found


def _confirmed(call: Call, promotion: Promotion, claimed: Receipt | Claim) -> Reply:
    name, title = call.person.name, promotion.terms.title
    if isinstance(claimed, Claim):
        answer = say(CLAIMED[claimed.state], name=name, number=claimed.number, title=title)
        contest = promotion.terms.contest
        return reply(answer, say("claim-hash", hash=commitment(promotion.seed)) if contest else None)
    lot = claimed.lots[-1]
    sentence = "claim-again" if claimed.replayed else "claim-done"
    done = say(sentence, name=name, connects=lot.size, title=title, expires=lot.expires or "never")
    return reply(done, None if call.group else Fields((left(claimed),)))
