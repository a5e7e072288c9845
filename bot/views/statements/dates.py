"""What falls due, as the events of a calendar."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_OID, uuid5

from bot.documents.model import DueDate
from bot.options.choice import choice
from bot.reply.parts import Hour, Say, say
from bot.views.costs import worth_of
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.reply.words import Voice
    from core.forecast.monthly_lots import Due
    from core.ledger.model import Lot
    from core.promotions.model import Promotion
    from core.wallets.team import Target


class Offer(NamedTuple):
    """A promotion, or a contest with the number of the reader's entry (None: there is none)."""

    promotion: Promotion
    entry: int | None = None


class Goal(NamedTuple):
    """A target, with the name of the member whose it is (empty: it is for all together)."""

    target: Target
    name: str = ""


class Ahead(NamedTuple):
    """What lies ahead of a wallet. `identity` is a text that no other books have, not even those of another bot."""

    identity: str
    lots: Sequence[Lot]
    monthly: Sequence[Due]
    offers: Sequence[Offer]
    now: datetime
    targets: Sequence[Goal] = ()


def due_dates(ahead: Ahead, speak: Voice, *, money: bool) -> tuple[DueDate, ...]:
    """Expiries, monthly lots and ends of targets by day, promotions by moment; with `money`, what lots cost."""
    expiries = _expiries(ahead, speak, money=money)
    return (*expiries, *_monthly(ahead, speak), *_targets(ahead, speak), *_offers(ahead, speak))


def _uid(ahead: Ahead, *name: object) -> str:
    return str(uuid5(NAMESPACE_OID, " ".join(map(str, (ahead.identity, *name)))))


def _expiries(ahead: Ahead, speak: Voice, *, money: bool) -> Iterator[DueDate]:
    """A whole day for all lots that expire on it. What is left of one by then may be less, or nothing."""
    live = sorted((lot.expires, lot.number, lot) for lot in ahead.lots if _will_expire(lot, ahead.now) and lot.expires)
    for day, found in groupby(live, key=lambda one: day_in(speak.zone, one[0])):
        expiring = list(found)
        lines = [_lot(lot, money=money) for _, _, lot in expiring]
        yield DueDate(
            _uid(ahead, "expiry", day),
            day,
            speak.say(say("due-expiry", connects=sum(lot.left for _, _, lot in expiring))),
            "\n".join(speak.say(line) for line in (*lines, say("due-until", until=Hour(expiring[0][0])))),
            remind=True,
        )


def _will_expire(lot: Lot, now: datetime) -> bool:
    return bool(lot.left) and lot.expires is not None and not lot.expired(now)


def _lot(lot: Lot, *, money: bool) -> Say:
    if not money:
        return say("due-lot", connects=lot.left, source=choice(lot.source))
    return say("due-lot-worth", connects=lot.left, source=choice(lot.source), worth=worth_of(lot))


def _monthly(ahead: Ahead, speak: Voice) -> Iterator[DueDate]:
    for due in ahead.monthly:
        title = speak.say(say("due-monthly", connects=due.connects))
        yield DueDate(_uid(ahead, "monthly", due.day), due.day, title, speak.say(say("due-monthly-detail")))


def _targets(ahead: Ahead, speak: Voice) -> Iterator[DueDate]:
    """The last day of each."""
    for target, name in sorted(ahead.targets, key=lambda one: (one.target.last, one.target.id)):
        named = "yes" if name else "no"
        yield DueDate(
            _uid(ahead, "target", target.id, target.first),
            target.last,
            speak.say(say("due-target", bids=target.bids, named=named, name=name)),
            speak.say(say("due-target-detail", first=target.first)),
            remind=True,
        )


def _offers(ahead: Ahead, speak: Voice) -> Iterator[DueDate]:
    """The end of each: a contest draws then."""
    for offer in sorted(ahead.offers, key=lambda one: (one.promotion.terms.ends, one.promotion.id)):
        promotion, terms = offer.promotion, offer.promotion.terms
        yield DueDate(
            _uid(ahead, promotion.topic, promotion.made.isoformat()),
            terms.ends,
            speak.say(say("due-draw" if terms.contest else "due-offer", title=terms.title)),
            speak.say(_what_to_do(offer)),
        )


def _what_to_do(offer: Offer) -> Say:
    terms, number = offer.promotion.terms, str(offer.promotion.id)
    prize = say("due-prize", winners=terms.winners, gives=terms.gives)
    if offer.entry is not None:
        return say("due-entered", entry=offer.entry, prize=prize)
    if terms.code:
        return say("due-coded")
    if terms.contest:
        return say("due-enter", number=number, prize=prize)
    return say("due-claim", number=number, gives=terms.gives)
