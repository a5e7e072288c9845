"""Proves that a wallet's past is as the replay of its facts gives it, if anything in it was booked later."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Final

from core.ledger.past.issuing import Changes
from core.ledger.past.timeline import past_of
from core.ledger.rulebook import ON_EXPIRED, ORDERS, default
from core.ledger.seal import erased

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.ledger.past.replay import Replay
    from core.ledger.past.standing import Legs
    from core.ledger.past.timeline import Past
    from core.ledger.ports import Record

UNFIT: Final = (LookupError, ValueError)


def flaw_in_past(record: Record, until: datetime) -> str | None:
    """What is not as the replay gives it (None: all is, or nothing was booked later than it happened).

    The journal does not say by which order of use its lots were drawn, so any that the rulebook may name will do.
    """
    if all(entry.happened is None for entry in record.entries):
        return None
    flaws = []
    for order, expired in product(ORDERS, ON_EXPIRED):
        rulebook = replace(default(), order=order, returns_expired=expired)
        try:
            past = past_of(record, rulebook, Changes())
            past = past_of(record, rulebook, Changes(lifted=past.standing.lifted))
            flaw = _flaw(record, past, past.replay(until, rulebook))
        except UNFIT as error:
            flaw = f"its facts cannot be replayed: {error}"
        if flaw is None:
            return None
        flaws.append(flaw)
    return flaws[0]


def _flaw(record: Record, past: Past, replayed: Replay) -> str | None:
    if replayed.shorts:
        short = replayed.shorts[0]
        return f"entry {short.number} takes {short.missing} Connects that were not there when it happened"
    target = {one.number or 0: legs for one, legs in replayed.legs.items() if one.lot is None}
    wrong = [number for number, legs in target.items() if past.standing.legs[number] != legs]
    if wrong and not _exchanged(past, target, wrong):
        return f"entry {wrong[0]} did not move the Connects that it would have moved when it happened"
    expired = {lot: amount for lot, amount in past.standing.expired.items() if any(amount)}
    for lot in sorted({*expired, *replayed.expired}):
        if expired.get(lot) != replayed.expired.get(lot):
            return f"of lot {lot} {expired.get(lot)} is booked as expired, but {replayed.expired.get(lot)} has"
    for held in record.head.lots:
        is_there = replayed.lots.get(held.number)
        if held.size != 0 if is_there is None else is_there != held:
            return f"lot {held.number} is stored as {held}, but what happened gives {is_there}"
    return None


def _exchanged(past: Past, target: dict[int, Legs], wrong: Iterable[int]) -> bool:
    """Whether equal facts of a day only changed places, which they may do if a memo is erased that told them apart."""
    facts = {number: past.standing.facts[number] for number in wrong}
    had: Counter[tuple[object, ...]] = Counter()
    has: Counter[tuple[object, ...]] = Counter()
    same_day: dict[tuple[object, ...], bool] = {}
    for number, entry in facts.items():
        alike = (entry.when.date(), entry.kind, entry.counterpart, entry.delta)
        same_day[alike] = same_day.get(alike, False) or erased(entry)
        had[*alike, *sorted(past.standing.legs[number].items())] += 1
        has[*alike, *sorted(target[number].items())] += 1
    return had == has and all(same_day.values())
