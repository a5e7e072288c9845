"""Two accounts in one wallet: everything of the other wallet is booked beside what is there, with its own Connects.

Until the moment of the link each account's facts draw only on its own lots (`core.ledger.past.pools`). So nothing
changes but that both are in one place: the balance is the sum, and every cost is what it was.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from core.ledger.model import Source, income_from
from core.ledger.past.issuing import Changes
from core.ledger.past.restate import restate
from core.ledger.past.standing import Standing
from core.ledger.past.timeline import past_of
from core.ledger.queries import available
from core.ledger.sightings import Batch, BatchKind
from core.links.facts import (
    COPIED,
    Origin,
    copied_batches,
    fact_lines,
    moments_of,
    numbers_of,
    standing_facts,
    with_those_before,
)
from core.links.revalued import revalued
from core.links.steps import ShownPlan, StepBuilder, after_step, closing, possible

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from core.ledger.past.facts import Fact
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Sighting
    from core.links.facts import Carried
    from core.links.preview import LinkPreview
    from core.links.steps import LinkAction

PAGES: Final = (BatchKind.HISTORY, *COPIED)
"""What imports saw is taken along. None of it shows a balance there: that was one account's."""


def plan_two_accounts(
    kept: Record, merged: Record, act: LinkAction, rulebook: Rulebook, *, asked: LinkPreview
) -> ShownPlan:
    """Plan to book everything of the merged wallet beside what the kept one has, and to close the merged one.

    What is shown of it is filled into what was `asked`.
    """
    act = act.after(kept, merged)
    chain, carried = StepBuilder(kept, act, "link"), _in_their_order(merged, rulebook)
    numbers: Mapping[int, int] = {}
    if carried:
        intent = chain.intent()
        facts, lifted = [one.fact for one in carried], Standing(kept.entries).lifted
        restated = possible(restate(kept, intent, rulebook, facts=facts, lifted=lifted))
        chain.add(restated.change, intent)
        numbers = numbers_of(carried, restated.numbers)
    for copy in copied_batches(merged, with_those_before(merged, numbers), len(kept.batches) + 1, PAGES):
        chain.add_batch(copy)
    lines = tuple(_lines(merged, numbers))
    chain.add_batch(Batch(kept.head.wallet, 0, act.at, "", act.by, kind=BatchKind.BESIDE, sightings=lines))
    intent = chain.intent()
    if (prices := revalued(chain.record, merged, numbers, intent, rulebook)) is not None:  # in pools, so after the list
        chain.add(possible(prices).change, intent)
    closed = closing(merged, act, kept.head.wallet, rulebook)
    taken = dict.fromkeys(one.entry for one in carried)
    after = available(chain.record.head.lots, act.at)
    shown = asked._replace(taken=tuple(taken), after=after, ready=True)
    return ShownPlan(chain.steps_and(closed), chain.record, after_step(merged, closed), shown)


def _in_their_order(merged: Record, rulebook: Rulebook) -> tuple[Carried, ...]:
    """The facts of a wallet in the order in which they count there, which they keep."""
    carried = standing_facts(merged)
    places: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, (entry, _, _, lot) in enumerate(carried):
        issue = (lot.issued, lot.size, lot.price) if lot is not None else ()
        places[entry.number, *issue].append(place)
    past = past_of(merged, rulebook, Changes(lifted=Standing(merged.entries).lifted))
    order = [waiting.pop(0) for one in _by_age(past.ordered) if (waiting := places.get(_name(one)))]
    moved, moments = {place: index for index, place in enumerate(order)}, moments_of(merged)
    return tuple(_beside(carried[place], moved, moments) for place in order)


def _by_age(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The same, but that lots of one moment come in the order of their numbers, in which they are used."""
    ordered = list(facts)
    slots: defaultdict[datetime, list[int]] = defaultdict(list)
    for slot, one in enumerate(facts):
        if one.lot is not None:
            slots[one.lot.issued].append(slot)
    for some in slots.values():
        same = sorted((facts[slot] for slot in some), key=lambda one: one.lot.number if one.lot else 0)
        for slot, one in zip(some, same, strict=True):
            ordered[slot] = one
    return ordered


def _name(one: Fact) -> tuple[object, ...]:
    return (one.number,) if one.lot is None else (one.number, one.lot.issued, one.lot.size, one.lot.price)


def _beside(one: Carried, places: Mapping[int, int], moments: Collection[int]) -> Carried:
    """A fact as it is booked beside others. The welcome of the wallet that was opened first stays the only one."""
    fact = one.fact._replace(beside=True, timed=one.entry.number in moments)
    if fact.of_new is not None:
        fact = fact._replace(of_new=places[fact.of_new])
    if one.origin is Origin.WELCOME:
        fact = fact._replace(account=income_from(Source.OPENING))
    return one._replace(fact=fact)


def _lines(merged: Record, numbers: Mapping[int, int]) -> Sequence[Sighting]:
    """A line for each fact, in their order, which `core.ledger.past.pools` reads; then those that are no entry here.

    Those state a price, or are openings whose Connects were lifted out of the books.
    """
    places = {f"{merged.head.wallet}:{number}": place for place, number in enumerate(numbers)}
    first = min(numbers.values(), default=0)
    lines = fact_lines(merged, numbers, numbers.keys())
    ordered = sorted(lines, key=lambda line: places.get(line.row_id, len(places)))
    return [
        line._replace(line=place, number=line.number or first, booked=True) for place, line in enumerate(ordered, 1)
    ]
