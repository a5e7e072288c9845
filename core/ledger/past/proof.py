"""Proves that a wallet's past is as the replay of its facts gives it, if anything in it was booked later."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

from core.ledger.change_keys import continues
from core.ledger.entry_builder import order_of_use
from core.ledger.model import Kind, issues
from core.ledger.past.facts import draws
from core.ledger.past.issuing import Changes
from core.ledger.past.timeline import past_of
from core.ledger.past.writer import emptied
from core.ledger.rulebook import ON_EXPIRED, ORDERS, default
from core.ledger.seal import erased

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.ledger.model import Entry, Lot
    from core.ledger.past.replay import Replay
    from core.ledger.past.standing import Legs
    from core.ledger.past.timeline import Past
    from core.ledger.ports import Record
    from core.shared.money import Price

UNFIT: Final = (LookupError, ValueError)


def flaw_in_past(record: Record, until: datetime) -> str | None:
    """What is not as the replay gives it (None: all is, or nothing was booked later than it happened).

    The journal does not say by which order of use its lots were drawn, so any that the rulebook may name will do. An
    operator may have changed it since the past was last restated. What was booked at once since then follows the new
    order, and the past has the old one until it is restated again. So then both are proven by themselves.
    """
    if all(entry.happened is None for entry in record.entries):
        return None
    flaw, known = _flaw_in_any_order(record, until), _restated(record)
    if flaw is None or known == len(record.entries):
        return flaw
    try:
        lots = _lots_after(record, record.entries[:known])
        head = record.head._replace(lots=tuple(lots.values()), lots_made=len(lots))
        earlier = record._replace(head=head, entries=record.entries[:known])
        apart = _flaw_in_any_order(earlier, earlier.entries[-1].at) or _flaw_since(record, lots, known)
    except UNFIT:
        return flaw
    return flaw if apart is not None else None


def _restated(record: Record) -> int:
    """How many entries there were when the past was last restated."""
    last = max(place for place, entry in enumerate(record.entries) if entry.happened is not None)
    for place, (entry, later) in enumerate(pairwise(record.entries[last:]), last + 1):
        if not continues(entry.key, later.key):
            return place
    return len(record.entries)


def _lots_after(record: Record, entries: Iterable[Entry]) -> dict[int, Lot]:
    """The lots as the first entries leave them."""
    known = {lot.number: lot for lot in record.head.lots}
    lots: dict[int, Lot] = {}
    for entry in entries:
        _move(lots, entry, known)
    return dict(sorted(lots.items()))


def _move(lots: dict[int, Lot], entry: Entry, known: Mapping[int, Lot]) -> None:
    for home, beyond in entry.moves:
        lot = lots.get(home.lot) or emptied(known[home.lot])
        lots[home.lot] = lot.moved(home.connects, home.price, issue=issues(beyond.account))


def _flaw_since(record: Record, lots: dict[int, Lot], first: int) -> str | None:
    """What is wrong with what was booked at once: each draw is from the lots that come next, in any order of use."""
    known = {lot.number: lot for lot in record.head.lots}
    for entry in record.entries[first:]:
        if entry.kind is not Kind.EXPIRY and any(lot.left and lot.expired(entry.at) for lot in lots.values()):
            return f"entry {entry.number} was booked before what had expired"
        if draws(entry) and not any(_comes_next(entry, lots, order) for order in ORDERS):
            return f"entry {entry.number} did not take the Connects that came next"
        _move(lots, entry, known)
    return None if lots == known else "its lots are not as the entries leave them"


def _comes_next(entry: Entry, lots: Mapping[int, Lot], order: str) -> bool:
    rulebook, missing = replace(default(), order=order), -entry.delta
    legs: list[tuple[int, int, Price | None]] = []
    for lot in sorted((lot for lot in lots.values() if lot.left), key=lambda lot: order_of_use(lot, rulebook)):
        if part := min(missing, lot.left):
            cost = lot.cost_of(part)
            legs.append((lot.number, -part, None if cost is None else -cost))
            missing -= part
    return legs == [(home.lot, home.connects, home.price) for home, _ in entry.moves]


def _flaw_in_any_order(record: Record, until: datetime) -> str | None:
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
