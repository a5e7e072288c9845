"""/claim: people claim what a promotion gives. Somebody without a wallet gets one with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from bot.command.declaration import Call, DoubtError, Suggestion, UnfitError, command
from bot.options.choice import Switch
from bot.options.figures import whole_number
from bot.options.numbers import MOST_NUMBER
from bot.options.text import Text
from bot.reply.parts import Button, Buttons, Fields, Reply, Say, buttons, reply, say
from bot.views.entries import left
from bot.views.promotions import copy_hash, link_to_claim, short_hash
from bot.views.refusals import explain, sentence_of
from bot.views.welcome import first_steps
from core.promotions.draw import commitment
from core.promotions.model import Claim, ClaimState, Promotion
from core.promotions.qualify import closed_to_newcomer
from core.shared.ids import PromotionId
from core.shared.lifecycle import Status
from core.shared.names import folded
from core.shared.refusals import NotQualified, RefusedError
from core.wallets.settings import Settings

if TYPE_CHECKING:
    from core.ledger.model import Receipt
    from core.wallets.people import Wallet

NEW: Final = 2
"""So many entries at most has a wallet that was opened for a claim: the welcome bonus, and what was claimed."""
NEWEST: Final = 50
MOST_OFFERED: Final = 5
CLAIMED: Final = {
    ClaimState.ENTERED: "claim-entered",
    ClaimState.ASKED: "claim-asked",
    ClaimState.GIVEN: "claim-approved",
    ClaimState.REFUSED: "claim-refused",
    ClaimState.WON: "claim-won",
    ClaimState.LOST: "claim-lost",
    ClaimState.FORFEITED: "claim-forfeited",
    ClaimState.MERGED: "claim-merged",
}


class Claimant(NamedTuple):
    """Somebody's wallet, and the entry of the welcome bonus if it was opened for this claim."""

    wallet: Wallet
    welcome: Receipt | None = None


async def _open_offers(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """The promotions that anyone can claim now; one with a code is for those who know it."""
    newest = await call.store.promotions.newest(NEWEST)
    found = [one for one in newest if one.status is Status.LIVE and not one.terms.code][:MOST_OFFERED]
    return tuple(Suggestion(str(one.id), say("raw", text=one.terms.title)) for one in found)


@command("claim", needs_wallet=False, ephemeral=True)
async def claim(
    call: Call,
    what: Annotated[str, Text(most=40, suggest=_open_offers)],
    started: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - options are given by name
) -> Reply:
    """Claim what a promotion gives, by its number or its code. In a group, too, it goes to the person's own wallet.

    started: the person came by a link, so these may be their first words with the bot in private.
    """
    by_link = started and not call.group
    try:
        answer = await _claimed(call, what, by_link=by_link)
    except (UnfitError, RefusedError) as error:
        if not by_link or await call.books.wallet_of(call.person.id) is not None:
            raise
        sentence = error.sentence if isinstance(error, UnfitError) else sentence_of(error.refusal)
        raise DoubtError(sentence, Button(say("button-start"), "start")) from error
    if not by_link:
        return answer
    wallet = await call.books.wallet_of(call.person.id)
    untouched = wallet is not None and await call.books.newest(wallet.id) <= 1
    return reply(*answer.parts, *first_steps(call.chat.platform, holding=untouched).parts)


async def _claimed(call: Call, what: str, *, by_link: bool) -> Reply:
    promotion = await _promotion(call, what.strip("#"))
    chat = call.chat if call.group else None
    claimant: Claimant | None = None
    try:
        claimant = await _claimant(call, promotion)
        claimed = await call.promotions.claim(promotion, call.person.id, claimant.wallet, chat)
    except RefusedError as refused:
        if claimant is not None and claimant.welcome is not None:  # the last Connects went at this very moment
            return reply(*(await explain(refused.refusal, call)).parts, _opened(call, claimant.welcome))
        if call.group and isinstance(refused.refusal, NotQualified):  # what they lack is shown to them in private only
            raise UnfitError(say("claim-others", what=what)) from refused
        raise
    if by_link and claimant.welcome is None and await call.books.newest(claimant.wallet.id) <= NEW:
        balance = await call.books.balance(claimant.wallet.id)
        return _confirmed(call, promotion, claimed, claimant, say("claim-wallet", connects=balance.available))
    return _confirmed(call, promotion, claimed, claimant)


async def _claimant(call: Call, promotion: Promotion) -> Claimant:
    """The wallet of whoever claims. It is opened only if they can claim this with it.

    One without entries was opened by an action that failed before it had booked the welcome bonus.
    """
    wallet = await call.books.wallet_of(call.person.id)
    if wallet is not None and await call.books.newest(wallet.id):
        return Claimant(wallet)
    if call.speaks_as_chat:
        raise UnfitError(say("claim-anonymous"))
    settings = Settings(currency=call.books.rulebook.currency)
    if (refusal := closed_to_newcomer(promotion, settings.plan, call.books.clock.now())) is not None:
        raise RefusedError(refusal)
    opened = await call.books.open(call.person.id, settings, call.key, call.person.id)
    return Claimant(opened.wallet, opened.receipt)


async def _promotion(call: Call, what: str) -> Promotion:
    """The promotion with this number or code; one that has a code cannot be claimed by its number."""
    store, number = call.store, whole_number(what)
    numbered = (
        await store.promotions.promotion(PromotionId(number))
        if number is not None and 0 < number <= MOST_NUMBER
        else None
    )
    found = numbered if numbered is not None and not numbered.terms.code else await _with_code(call, what)
    if found is None or found.status is Status.DRAFT:
        raise UnfitError(say("claim-code" if numbered is not None and numbered.terms.code else "claim-unknown"))
    return found


async def _with_code(call: Call, what: str) -> Promotion | None:
    """The live promotion with this code; one that an earlier version kept may not be folded."""
    promotions = call.store.promotions
    return await promotions.promotion_of(folded(what)) or await promotions.promotion_of(what)


def _confirmed(
    call: Call, promotion: Promotion, claimed: Receipt | Claim, claimant: Claimant, about: Say | None = None
) -> Reply:
    """What came of it, and `about` their wallet. Somebody new who claims in a group can read the rest in private."""
    welcome = claimant.welcome
    opened = about if welcome is None else _opened(call, welcome)
    link = None if call.group else link_to_claim(promotion)
    if isinstance(claimed, Claim):
        answer = reply(*_entered(call, promotion, claimed), opened, link)
    else:
        answer = reply(
            _given(call, promotion, claimed, led_here=about is not None),
            opened,
            None if call.group else Fields((left(claimed),)),
            link,
        )
    return replace(answer, onward=f"claim_{promotion.id}") if call.group and welcome is not None else answer


def _given(call: Call, promotion: Promotion, claimed: Receipt, *, led_here: bool) -> Say:
    """What they got. Who was led here from the press that opened their wallet reads of it for the first time."""
    again = "claim-got" if led_here else "claim-again"
    lot, sentence = claimed.lots[-1], again if claimed.replayed else "claim-done"
    return say(sentence, connects=lot.size, expires=lot.expires or "never", **_facts(call, promotion))


def _entered(call: Call, promotion: Promotion, claimed: Claim) -> tuple[Say | Buttons | None, ...]:
    """An entry into a contest with the hash of its draw, or a claim that waits for approval."""
    answer = say(CLAIMED[claimed.state], number=claimed.number, **_facts(call, promotion))
    if not promotion.terms.contest:
        return (answer,)
    full = commitment(promotion.seed)
    return answer, say("claim-hash", hash=short_hash(full)), buttons(copy_hash(promotion.id, full))


def _facts(call: Call, promotion: Promotion) -> dict[str, str]:
    """Who claims, and what. Where an answer may be read by all in a group, it names them."""
    return {
        "name": call.person.name,
        "private": "no" if call.group and not call.hidden else "yes",
        "title": promotion.terms.title,
    }


def _opened(call: Call, welcome: Receipt) -> Say:
    return say("claim-opened-group" if call.group else "claim-opened", connects=welcome.lots[-1].size)
