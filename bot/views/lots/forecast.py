"""What is said below the lots: what will expire unspent, and which monthly lots are due or were missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Say, enumerated, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.forecast.monthly_lots import Due, MonthlyLots
    from core.forecast.unspent import Loss, Unspent
    from core.ledger.model import Lot

MOST_NAMED: Final = 3
"""How many missed lots are named, each with a button: the latest."""


def expiring_unspent(found: Unspent | None, lots: Sequence[Lot], *, money: bool = True) -> Say | None:
    """What will expire unspent at the present pace, with what it cost; None if nothing can expire."""
    if all(lot.expires is None for lot in lots):
        return None
    if found is None:
        return say("unspent-unknown")
    if not found.most.connects:
        return say("unspent-none")
    if not found.usual.connects:
        return say("unspent-maybe", connects=found.most.connects, worth=_worth(found.most) if money else "")
    about = say("unspent-about", connects=found.usual.connects, worth=_worth(found.usual) if money else "")
    if found.least.connects == found.most.connects:
        return about
    least, most = (_amount(loss, money=money) for loss in (found.least, found.most))
    return say("unspent-range", about=about, least=least, most=most)


def _amount(loss: Loss, *, money: bool) -> Say:
    """Connects and what they cost, as one end of a range."""
    if not (loss.costs and money):
        return say("unspent-connects", connects=loss.connects)
    return say("unspent-amount", connects=loss.connects, price=_listed(loss))


def _worth(loss: Loss) -> Say:
    """What they cost, in words that follow their number."""
    if not loss.costs:
        return say("unspent-all-unknown" if loss.unknown == loss.connects else "unspent-free", unknown=loss.unknown)
    return say("unspent-paid", price=_listed(loss), unknown=loss.unknown)


def _listed(loss: Loss) -> Say:
    return enumerated([say("amount", price=price) for price in loss.costs])


def monthly_sentences(found: MonthlyLots) -> Iterator[Say]:
    """Which monthly lots were missed, which one is due by now, and which one comes next."""
    if found.missed:
        days = [say("day", at=due.day) for due in found.missed[-MOST_NAMED:]]
        earlier = len(found.missed) - len(days)
        yield say("monthly-missed", number=len(days), days=enumerated(days), earlier=earlier)
    if found.due is not None:
        yield say("monthly-due", connects=found.due.connects, day=found.due.day)
    if found.next is not None:
        yield say("monthly-next", connects=found.next.connects, day=found.next.day)


def monthly_buttons(found: MonthlyLots) -> tuple[Button, ...]:
    """A button for each lot that may have come, which books it on its day: the latest come first."""
    due = (*found.missed[-MOST_NAMED:], *(() if found.due is None else (found.due,)))
    return tuple(booking(one) for one in reversed(due))


def booking(due: Due) -> Button:
    """A button that books a monthly lot on its day."""
    label = say("button-came-on", connects=due.connects, day=due.day)
    return Button(label, f"earn monthly {due.connects} came={due.day.isoformat()}")
