"""Reads what falls due: expiries, monthly lots, draws, and the ends of promotions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.command.permissions import sees_all
from bot.reply.words import voice
from bot.views.money.visibility import shows_money
from bot.views.statements.dates import Ahead, Goal, Offer, due_dates
from core.forecast.monthly_lots import coming_lots
from core.forecast.outlook import outlook
from core.promotions.model import ClaimState
from core.shared.lifecycle import Status
from core.shared.names import SOMEONE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date

    from bot.command.declaration import Call
    from bot.documents.model import DueDate
    from core.promotions.model import Promotion

A_YEAR: Final = timedelta(days=365)
NEWEST: Final = 50
"""So many of the newest promotions are looked at."""


async def dates_of(call: Call) -> tuple[DueDate, ...]:
    """What falls due in the wallet of this call, in the reader's words; empty if nothing does."""
    wallet = call.open_wallet
    found = await outlook(call.store.ledger, wallet.id, wallet.settings, call.books.rulebook, call.at)
    monthly = coming_lots(found.facts, found.facts.today + A_YEAR)
    first = await call.store.ledger.entry(wallet.id, 1)
    identity = str(wallet.id) if first is None else first.seal
    offers = [offer async for offer in (_of_group(call) if call.group else _of_person(call))]
    ahead = Ahead(identity, found.lots, monthly, offers, call.at, await _targets(call, found.facts.today))
    return due_dates(ahead, voice(call.locale, call.zone), money=shows_money(call))


async def _targets(call: Call, today: date) -> list[Goal]:
    """The group's targets whose days are not over: those that whoever calls may see."""
    if not call.of_group:
        return []
    every = await sees_all(call)
    seen = [one for one in call.team.targets if one.last >= today and (every or one.person in {None, call.person.id})]
    names = await call.store.people.names({one.person for one in seen if one.person is not None})
    return [Goal(one, "" if one.person is None else names.get(one.person, SOMEONE)) for one in seen]


async def _of_person(call: Call) -> AsyncIterator[Offer]:
    """The draws of contests that the person has entered, and what they can still claim."""
    for promotion in await _unfinished(call):
        claim = await call.store.promotions.claim_of(promotion.id, call.person.id)
        if claim is not None and claim.state is ClaimState.ENTERED:
            yield Offer(promotion, claim.number)
        elif not promotion.terms.code and await call.promotions.open_to(promotion, call.person.id, call.open_wallet):
            yield Offer(promotion)


async def _of_group(call: Call) -> AsyncIterator[Offer]:
    """What is announced to the group."""
    subscribed = await call.store.subscriptions.subscription(call.chat.platform, call.chat.id)
    if subscribed is None:
        return
    for promotion in await _unfinished(call):
        if promotion.terms.audience.includes(subscribed):
            yield Offer(promotion)


async def _unfinished(call: Call) -> list[Promotion]:
    """Promotions that will end, and draw. A contest that is paused draws at its end as well."""
    newest = await call.store.promotions.newest(NEWEST)
    return [one for one in newest if one.status in {Status.LIVE, Status.PAUSED} and call.at < one.terms.ends]
