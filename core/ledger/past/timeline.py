"""A wallet's past as it would be: what stands, without what is withdrawn, and with what is new."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.budget import spent_by
from core.ledger.entry_builder import add_months
from core.ledger.model import Kind, Lot, Source, issues, source_of
from core.ledger.past.facts import Fact, NewFact, draws, in_order, issue_moment, timed_entries
from core.ledger.past.issuing import issued_then
from core.ledger.past.pools import pool_of
from core.ledger.past.replay import Replay, Short, replay
from core.ledger.past.standing import Standing
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from core.ledger.past.issuing import Amending, Changes
    from core.ledger.past.standing import Amount, Legs
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook


class Past(NamedTuple):
    """A wallet's past as it would be with some changes.

    `ordered` are its facts in their order, `new` the new ones by their places. `issued` has what each entry that
    issues Connects, or gives them another price, issues then, `amending` the prices that are learnt now.
    """

    standing: Standing
    ordered: list[Fact]
    new: tuple[Fact, ...]
    issued: dict[int, Legs]
    amending: tuple[Amending, ...]
    valued: dict[int, int]
    made: int

    def replay(self, until: datetime, rulebook: Rulebook, through: date | None = None) -> Replay:
        """Replay it, with what has expired by `until`; with `through` only up to that day (in UTC)."""
        last = None if through is None else through.toordinal()
        facts = self.ordered if last is None else [one for one in self.ordered if one.day <= last]
        outcome = replay(facts, until, rulebook, made=self.made, valued=self.valued)
        if through is None:
            outcome.shorts.extend(self._overdrawn(outcome))
        return outcome

    def _overdrawn(self, outcome: Replay) -> Iterable[Short]:
        """What takes Connects back out of issues that are not there any more."""
        sizes: defaultdict[int, int] = defaultdict(int)
        for number, legs in self.issued.items():
            for (lot, _), amount in legs.items():
                renewed = lot in self.valued
                sizes[lot] += amount.connects
                if sizes[lot] < 0 and not (renewed and lot in outcome.lots):
                    yield Short(self.standing.entries[number].when, -sizes[lot], number, None)


def past_of(record: Record, rulebook: Rulebook, changes: Changes) -> Past:
    """The past of a wallet, with changes."""
    standing = Standing(record.entries)
    known = {lot.number: lot for lot in record.head.lots}
    issued = issued_then(standing, changes, known, record.head.lots_made)
    known |= {one.lot.number: one.lot for one in issued.amending}
    timed = timed_entries(record)
    facts = [*_arrivals(standing, issued.sizes, known, timed), *_drawn(standing, changes, known, timed)]
    by_number = {one.number: one for one in facts if one.lot is None}
    made = record.head.lots_made + len(issued.amending)
    new, made = _new_facts(changes.facts, rulebook, made, by_number)
    if (pool := pool_of(record)) is not None:
        pool.mark([*facts, *new])
    return Past(standing, in_order([*facts, *new]), new, issued.legs, issued.amending, issued.valued, made)


def _arrivals(
    standing: Standing, sizes: Mapping[int, Amount], known: Mapping[int, Lot], timed: Collection[int]
) -> Iterable[Fact]:
    """The lots that were issued for good; what returns issue follows from the replay."""
    for number, amount in sorted(sizes.items()):
        root = standing.root(number)
        if amount.connects <= 0 or (root.kind is Kind.RETURN and number not in standing.origin):
            continue
        lot = known[number]
        price = amount.price(lot)
        full = lot._replace(size=amount.connects, left=amount.connects, price=price, worth=price)
        dated = root.happened is not None and root.number not in timed
        yield Fact(root.when, dated, root.kind, amount.connects, root.counterpart, entry=root, lot=full)


def _drawn(standing: Standing, changes: Changes, known: dict[int, Lot], timed: Collection[int]) -> Iterable[Fact]:
    """The standing draws, and what came back of them, in the order of their numbers."""
    renewed = standing.renewed_by()
    spends: dict[int, Fact] = {}
    for number, entry in standing.facts.items():
        if number in changes.withdrawn:
            continue
        dated, account = entry.happened is not None and number not in timed, entry.counterpart
        if draws(entry):
            one = spends[number] = Fact(entry.when, dated, entry.kind, -entry.delta, account, entry.memo, entry)
            yield one
        elif entry.kind is Kind.RETURN:
            spend = spends.get(entry.of or 0)
            if spend is None:
                raise ValueError(f"entry {number} returns entry {entry.of}, which would be withdrawn")
            lots = tuple(known[lot] for lot in renewed.get(number, ()))
            back, account = -spent_by(entry), spend.account
            yield Fact(entry.when, dated, entry.kind, back, account, entry.memo, entry, spend=spend, renewed=lots)


def _new_facts(
    facts: Sequence[NewFact], rulebook: Rulebook, made: int, standing: dict[int | None, Fact]
) -> tuple[tuple[Fact, ...], int]:
    """The new facts; their lots are numbered in the order in which they arrive, after those that there are."""
    new = [Fact(one.happened, not one.timed, one.kind, one.connects, one.account, one.memo) for one in facts]
    for index, (one, fact) in enumerate(zip(facts, new, strict=True)):
        fact.index, fact.line, fact.place = index, index if one.beside else None, one.place
        if one.kind is Kind.RETURN:
            fact.spend = standing[one.of] if one.of_new is None else new[one.of_new]
            fact.account = fact.spend.account
    arriving = sorted(
        (_issued(one, rulebook), one.place, index) for index, one in enumerate(facts) if issues(one.account)
    )
    for issued, _, index in arriving:
        made += 1
        new[index].lot = _new_lot(facts[index], made, issued, rulebook)
    return tuple(new), made


def _issued(one: NewFact, rulebook: Rulebook) -> datetime:
    return issue_moment(one.happened, one.account, one.connects, _stated(one, rulebook), dated=not one.exact)


def _new_lot(one: NewFact, number: int, issued: datetime, rulebook: Rulebook) -> Lot:
    price, months = _stated(one, rulebook), rulebook.expiry_months
    expires = one.expires or (add_months(issued, months) if months and not one.exact else None)
    source = source_of(one.account) or Source.ADJUSTMENT
    return Lot(number, source, issued, expires, one.connects, one.connects, price, price)


def _stated(one: NewFact, rulebook: Rulebook) -> Price | None:
    """What an issue cost. An opening without a price counts as one of unknown cost, so a free one has a price of 0."""
    if one.price is None and source_of(one.account) is Source.OPENING:
        return Price(0, 0, rulebook.currency)
    return one.price
