"""The steps between a code and a link: what is asked of one side, and what both confirm."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, MissingOptionError, UnfitError, command
from bot.commands.linking.pairing_notes import agree, begin, decline, keep, links_of, pairing_of, reopen
from bot.commands.linking.telling import finished, tell
from bot.options.linking import LinkStep, PairingStep, TrueBalance
from bot.options.text import Text
from bot.reply.parts import Reply, reply, say
from bot.views.linking.notices import LINK_ASKED, LINK_DECLINED
from bot.views.linking.questions import ask_accounts, ask_balance, ask_doubtful, balance_buttons
from bot.views.linking.summary import confirming, figures
from bot.views.team.joining import platform_name
from core.links.model import Accounts
from core.links.preview import BalanceChoice, LinkAnswers
from core.shared.refusals import BooksMoved, LinkedAlready, RefusedError

if TYPE_CHECKING:
    from bot.views.linking.pairing import Pairing, PlatformAccount
    from core.links.preview import LinkPreview

OVER: Final = say("link-over")


@command("linking", hidden=True, needs_wallet=False)
async def linking(
    call: Call,
    pair: Annotated[str, Text(named=True, hidden=True)],
    act: Annotated[PairingStep, LinkStep(named=True, hidden=True)] = PairingStep.SHOW,
    balance: Annotated[BalanceChoice | int | None, TrueBalance(named=True, hidden=True)] = None,
    stamp: Annotated[str, Text(named=True, hidden=True)] = "",
) -> Reply:
    """Go on with a link: answer what is asked, confirm what is shown, or give it up."""
    pairing = None if call.group else await pairing_of(call, pair)
    if pairing is None:
        raise UnfitError(OVER)
    if pairing.done:
        return await finished(call, pairing) or reply(OVER)
    if act is PairingStep.NO:
        return await _declined(call, pairing)
    if act is PairingStep.YES:
        return await _agreed(call, pairing, stamp)
    answered = _answered(pairing, act, balance)
    if answered != pairing:
        await keep(call, answered)
    return replace(await next_step(call, answered, asks=True), replace=True)


def _answered(pairing: Pairing, act: PairingStep, balance: BalanceChoice | int | None) -> Pairing:
    """What is known once a button was pressed, and perhaps what was asked because of it answered as well."""
    accounts, answers = pairing.accounts, pairing.answers
    if act in {PairingStep.SAME, PairingStep.TWO}:
        accounts = Accounts(act.value)
    if act in {PairingStep.MATCHING, PairingStep.OTHERS}:
        answers = LinkAnswers(same=act is PairingStep.MATCHING)
    if balance is not None:
        answers = replace(answers, balance=balance)
    return pairing._replace(accounts=accounts, answers=answers)


async def next_step(
    call: Call, pairing: Pairing, preview: LinkPreview | None = None, *, changed: bool = False, asks: bool = False
) -> Reply:
    """What is asked now, or what both confirm. `asks`: the command can be asked for the balance by its option."""
    try:
        found = preview or await links_of(call).preview(*pairing.persons, pairing.accounts, pairing.answers)
    except RefusedError as refused:
        if isinstance(refused.refusal, LinkedAlready) and (done := await finished(call, pairing)) is not None:
            return done
        raise
    facts = figures(pairing, found)
    if found.accounts is None:
        return ask_accounts(facts)
    if found.doubtful and pairing.answers.same is None:
        return ask_doubtful(facts, found)
    if found.after is None and found.balances:
        question, choices = ask_balance(facts, found)
        if asks:
            raise MissingOptionError("balance", question, choices, free=True)
        return balance_buttons(pairing.id, choices)
    return confirming(facts, found, changed=changed)


async def _agreed(call: Call, pairing: Pairing, stamp: str) -> Reply:
    """Note the yes of one side; with that of the other, link."""
    try:
        preview = await links_of(call).preview(*pairing.persons, pairing.accounts, pairing.answers)
    except RefusedError:
        return await next_step(call, pairing)
    if not preview.ready or preview.stamp != stamp:
        return await next_step(call, pairing, preview, changed=True)
    other = pairing.other(call.identity)
    if await agree(call, pairing, stamp):
        return await _linked(call, pairing, stamp)
    key = f"link-asked:{pairing.id}:{stamp}:{other.identity}"
    await tell(call, key, LINK_ASKED, figures(pairing, preview), other)
    return yes_noted(other)


def yes_noted(other: PlatformAccount) -> Reply:
    """One side has said yes, and the other one has to as well."""
    return reply(say("link-yes-noted", platform=platform_name(other.platform), name=other.name))


async def _linked(call: Call, pairing: Pairing, stamp: str) -> Reply:
    """Link, now that both have said yes to the same."""
    if not await begin(call, pairing):
        raise UnfitError(OVER)
    other = pairing.other(call.identity)
    try:
        both, answered = (call.person.id, other.person), (pairing.accounts, pairing.answers)
        await links_of(call).link(*both, *answered, stamp=stamp, key=pairing.key)
    except RefusedError as refused:
        if isinstance(refused.refusal, LinkedAlready):
            return await next_step(call, pairing)
        await reopen(call, pairing)
        if isinstance(refused.refusal, BooksMoved):
            return await next_step(call, pairing, changed=True)
        raise
    return await finished(call, pairing) or reply(OVER)


async def _declined(call: Call, pairing: Pairing) -> Reply:
    """Give a link up, and tell the other side."""
    if not await decline(call, pairing):
        return await finished(call, pairing) or reply(say("link-under-way"))
    other = pairing.other(call.identity)
    await tell(call, f"link-declined:{pairing.id}", LINK_DECLINED, {}, other)
    return reply(say("link-declined"), replace=True)
