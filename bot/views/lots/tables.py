"""Lots as a table, a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.options.choice import choice
from bot.reply.parts import Say, Table, say
from bot.views.costs import cost_of, worth_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.forecast.unspent import LeftOver
    from core.ledger.model import Lot


def open_lots(
    lots: Sequence[Lot], title: Say, unspent: Mapping[int, LeftOver] | None = None, *, money: bool = True
) -> Table:
    """Lots that can be spent: what is left, where from, what it cost, and when it expires.

    `unspent`: what of them will expire unspent, by their numbers (None: that is not asked), and with `money` what that
    cost.
    """
    over = [_unspent((unspent or {}).get(lot.number), money=money) for lot in lots]
    some = any(over)
    columns = ("left", "source", "worth", "expires", *(("unspent",) if some else ()))
    rows = tuple(
        (_left(lot), choice(lot.source), worth_of(lot), _expiry(lot), *((cell,) if some else ()))
        for lot, cell in zip(lots, over, strict=True)
    )
    return Table(tuple(say(f"column-{name}") for name in columns), rows, title)


def past_lots(lots: Iterable[Lot], expired: Mapping[int, int], title: Say) -> Table:
    """Lots of any time: how many Connects they had, where from and when, what they cost, and what became of them.

    `expired` says how many Connects of a lot expired, by its number.
    """
    columns = ("size", "source", "issued", "cost", "became")
    rows = tuple(
        (
            say("connects", connects=lot.size),
            choice(lot.source),
            lot.issued,
            cost_of(lot),
            _state(lot, expired.get(lot.number, 0)),
        )
        for lot in lots
    )
    return Table(tuple(say(f"column-{name}") for name in columns), rows, title)


def _left(lot: Lot) -> Say:
    if lot.left == lot.size:
        return say("connects", connects=lot.left)
    return say("lot-left", left=lot.left, size=lot.size)


def _expiry(lot: Lot) -> Say:
    return say("never") if lot.expires is None else say("expires-on", day=lot.expires)


def _unspent(found: LeftOver | None, *, money: bool) -> Say | None:
    if found is None or not found.connects.usual:
        return None
    if found.cost is None or not money:
        return say("lot-unspent", connects=found.connects.usual)
    return say("lot-unspent-worth", connects=found.connects.usual, price=found.cost)


def _state(lot: Lot, expired: int) -> Say:
    """What became of a lot: what expired, else what is left, else that it was spent."""
    if expired:
        return say("lot-expired", connects=expired, day=lot.expires)
    return say("lot-still", left=lot.left) if lot.left else say("lot-spent")
