"""Promotions and contests: operators write and run them, people claim what they give."""

from collections import Counter
from enum import StrEnum
from typing import Annotated, Final

from bot.command import Call, MissingOptionError, Who, command
from bot.commands.announcing import LONGEST, reach
from bot.commands.phrases import left
from bot.figures import whole_number
from bot.kind import UnfitError
from bot.offering import offer
from bot.options import Choice, Tags, Text, Whole
from bot.reply import Button, Fact, Fields, Hour, Reply, Say, buttons, reply, say
from bot.times import Time, When
from core.audience import Audience
from core.books import settle
from core.errors import RefusedError, Unknown
from core.model import PromotionId, Receipt
from core.offers import facts_of
from core.people import Plan
from core.promotions import Claim, ClaimState, Conditions, Moment, Promotion, Status, Terms, commitment

LISTED: Final = 10
MOST_NUMBER: Final = 999_999_999
NOW: Final = When(None, None)


@command("promote", hidden=True, who=Who.OPERATORS, needs_wallet=False)
async def promote(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    title: Annotated[str, Text(most=80)],
    text: Annotated[str, Text(most=LONGEST - 400, lines=True)],
    gives: Annotated[int, Whole(named=True, high=5000)],
    ends: Annotated[When, Time(named=True)],
    starts: Annotated[When, Time(named=True)] = NOW,
    winners: Annotated[int, Whole(named=True, low=0, high=100)] = 0,
    supply: Annotated[int | None, Whole(named=True, high=10_000_000)] = None,
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
    """Write a promotion, or with winners a contest; nothing is announced before its preview was looked over."""
    zone = "UTC" if call.wallet is None else call.wallet.settings.zone
    begin, end = starts.of(call.at, zone), ends.of(call.at, zone)
    if not max(begin, call.at) < end:
        raise UnfitError(say("promote-backwards"))
    if supply is not None and supply < gives * max(winners, 1):
        raise UnfitError(say("promote-short", supply=supply, needed=gives * max(winners, 1)))
    conditions = Conditions(new, plan, feedback, assessments, interviews)
    audience = Audience(platforms, languages, tags)
    rest = (conditions, supply, "".join(code), lasts, winners, audience)
    terms = Terms(title, text, gives, begin, end, zone, *rest)
    return await _preview(call, await call.offers.draft(terms, call.person.id))


async def _preview(call: Call, promotion: Promotion) -> Reply:
    """How it will be read, whom it reaches, and the button that lets it begin."""
    terms = promotion.terms
    rows: list[tuple[Say, Fact]] = [
        *reach(terms.audience.among(await call.books.store.subscribers())),
        (say("field-begins"), Hour(terms.starts)),
        (say("field-ends"), Hour(terms.ends)),
    ]
    if terms.supply is not None:
        rows.append((say("field-supply"), say("connects", connects=terms.supply)))
    parts = offer(facts_of(promotion, Moment.START), claimable=False).parts
    go = Button(say("button-launch"), f"promo launch {promotion.id}")
    return reply(
        say("promote-preview", number=promotion.id),
        *parts,
        Fields(tuple(rows)),
        buttons(go, Button(say("button-cancel"), f"promo cancel {promotion.id}")),
    )


class Do(StrEnum):
    """What can be done with a promotion."""

    LIST = "list"
    SHOW = "show"
    LAUNCH = "launch"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"


STATUS: Final = {Do.PAUSE: Status.PAUSED, Do.RESUME: Status.LIVE, Do.CANCEL: Status.CANCELLED}


@command("promo", hidden=True, who=Who.OPERATORS, needs_wallet=False, looks=("", "list", "show"))
async def promo(
    call: Call, do: Annotated[Do, Choice(of=Do)] = Do.LIST, number: Annotated[int, Whole(low=1, high=MOST_NUMBER)] = 0
) -> Reply:
    """List the promotions; show one, let it begin, hold it, go on, cancel it."""
    if do is Do.LIST:
        return await _list(call)
    if not number:
        raise MissingOptionError("number")
    promotion = await _known(call, number)
    done: Say | None = None
    if do is Do.LAUNCH:
        done = None if await call.offers.launch(promotion) else say("promo-launched-already")
    elif do in STATUS:
        fits = await call.offers.change(promotion, STATUS[do])
        done = say(f"promo-{STATUS[do]}" if fits else "promo-not-so")
    return await _shown(call, await _known(call, number), done)


async def _known(call: Call, number: int) -> Promotion:
    promotion = await call.books.store.promotion(PromotionId(number))
    if promotion is None:
        raise RefusedError(Unknown("promotion", str(number)))
    return promotion


async def _list(call: Call) -> Reply:
    found = await call.books.store.promotions(LISTED)
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


async def _shown(call: Call, promotion: Promotion, done: Say | None) -> Reply:
    claims = Counter(claim.state for claim in await call.books.store.claims_on(promotion.id))
    rows: list[tuple[Say, Fact]] = [
        (say("field-state"), say(f"status-{promotion.status}")),
        (say("field-begins"), Hour(promotion.terms.starts)),
        (say("field-ends"), Hour(promotion.terms.ends)),
        (say("field-given"), say("connects", connects=promotion.given)),
        *((say(f"claims-{state}"), claims[state]) for state in ClaimState if claims[state]),
    ]
    possible = {
        Status.DRAFT: (Do.LAUNCH, Do.CANCEL),
        Status.LIVE: (Do.PAUSE, Do.CANCEL),
        Status.PAUSED: (Do.RESUME, Do.CANCEL),
    }.get(promotion.status, ())
    steps = [Button(say(f"button-{do}"), f"promo {do} {promotion.id}") for do in possible]
    name = say("promo-named", number=promotion.id, title=promotion.terms.title)
    return reply(done, name, Fields(tuple(rows)), buttons(*steps))


@command("claim", needs_wallet=False)
async def claim(call: Call, what: Annotated[str, Text(most=40)]) -> Reply:
    """Claim what a promotion gives, by its number or its code; in a group too it is one's own."""
    promotion = await _meant(call, what.strip("#"))
    wallet = settle(await call.books.wallet_of(call.person.id), group=False)
    return _claimed(call, promotion, await call.offers.claim(promotion, call.person.id, wallet))


async def _meant(call: Call, what: str) -> Promotion:
    """By its number only where it asks for no code."""
    store, number = call.books.store, whole_number(what)
    numbered = await store.promotion(PromotionId(number)) if number is not None and 0 < number <= MOST_NUMBER else None
    found = numbered if numbered is not None and not numbered.terms.code else await store.promotion_of(what)
    if found is None or found.status is Status.DRAFT:
        raise UnfitError(say("claim-code" if numbered is not None and numbered.terms.code else "claim-unknown"))
    return found


def _claimed(call: Call, promotion: Promotion, claimed: Receipt | Claim) -> Reply:
    name, title = call.person.name, promotion.terms.title
    if isinstance(claimed, Claim):
        told = say("claim-entered", name=name, number=claimed.number, title=title)
        return reply(told, say("claim-hash", hash=commitment(promotion.seed)))
    lot = claimed.lots[-1]
    sentence = "claim-again" if claimed.again else "claim-done"
    done = say(sentence, name=name, connects=lot.size, title=title, expires=lot.expires or "never")
    return reply(done, None if call.group else Fields((left(claimed),)))
