"""A chronological replay, simple enough to be believed: facts in the order of their days, lots searched one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.ledger.entry_builder import add_months
from core.ledger.model import EXPIRED, RENEWED, Kind, Source, income_from, source_of
from core.ledger.past.facts import issue_moment
from core.ledger.past.standing import Standing
from core.shared.money import CostState, Price
from core.shared.money import state_of as cost_state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.ledger.past.facts import NewFact
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook

BEGINNING = datetime(2025, 1, 1, 10, tzinfo=UTC)
NO_MONEY = Price(0, 0, "")
Legs = list[tuple[Any, ...]]


@dataclass
class Held:
    """A lot: what is in it, and what that is worth."""

    source: Source
    issued: datetime
    expires: datetime | None
    size: int
    price: Price | None
    left: int = 0
    net: int = 0
    tax: int = 0
    gone: bool = False

    def __post_init__(self) -> None:
        self.left = self.size
        self.net, self.tax = (0, 0) if self.price is None else (self.price.net, self.price.tax)

    def take(self, connects: int) -> tuple[int, int, int]:
        part = connects, self.net * connects // self.left, self.tax * connects // self.left
        self.add(-connects, -part[1], -part[2])
        return part

    def add(self, connects: int, net: int, tax: int) -> None:
        self.left, self.net, self.tax = self.left + connects, self.net + net, self.tax + tax


class Oracle:
    """What the books must say in the end; `short` if a spend would find too little.

    It knows from the beginning what some issues really cost (`truth`), by their places among the facts.
    """

    def __init__(
        self, facts: Sequence[NewFact], rulebook: Rulebook, until: datetime, truth: Mapping[int, Price] | None = None
    ) -> None:
        self.rulebook, self.facts, self.truth = rulebook, facts, truth or {}
        self.lots: list[Held] = []
        self.legs: dict[str, Legs] = {}
        self.drawn: dict[int, list[tuple[Held, int, int, int]]] = {}
        self.expired: Legs = []
        self.short = False
        for index in self._order():
            fact = facts[index]
            self._expire(fact.happened.replace(hour=0) - timedelta(microseconds=1))
            if source_of(fact.account) is not None and fact.kind is not Kind.RETURN:
                self._issue(fact, self.truth.get(index, fact.price))
            elif fact.kind is Kind.RETURN:
                self._give_back(fact)
            else:
                self._draw(index, fact)
        self._expire(until)

    def _order(self) -> list[int]:
        """Day by day: issues, expiry rows, returns of earlier spends, then spends, each with what came back at once."""
        back = {i: [j for j, one in enumerate(self.facts) if one.of_new == i] for i in range(len(self.facts))}

        def at_once(index: int) -> list[int]:
            same = [j for j in back[index] if self.facts[j].happened == self.facts[index].happened]
            return sorted(same, key=lambda j: (-self.facts[j].connects, self.facts[j].memo))

        def key(index: int) -> tuple[Any, ...]:
            one = self.facts[index]
            if one.kind is Kind.RETURN:
                spend = self.facts[one.of_new or 0]
                place: tuple[Any, ...] = (spend.happened, spend.account, spend.memo, -spend.connects, one.memo)
                return (one.happened, 2, *place)
            if source_of(one.account) is not None:
                return (one.happened, 0)
            if one.account == EXPIRED:
                return (one.happened, 1, -one.connects, one.memo)
            returned = sum(self.facts[j].connects for j in at_once(index))
            return (one.happened, 3, -returned, one.account, one.memo, -one.connects)

        placed = {j for i in back for j in at_once(i)}
        free = sorted((i for i in range(len(self.facts)) if i not in placed), key=key)
        return [j for i in free for j in (i, *at_once(i))]

    def _issue(self, fact: NewFact, price: Price | None) -> None:
        issued = issue_moment(fact.happened, fact.account, fact.connects, fact.price)
        source = source_of(fact.account) or Source.ADJUSTMENT
        self.lots.append(Held(source, issued, self._end(issued), fact.connects, price))

    def _end(self, issued: datetime) -> datetime | None:
        return add_months(issued, self.rulebook.expiry_months) if self.rulebook.expiry_months else None

    def _expire(self, moment: datetime) -> None:
        for lot in self.lots:
            if lot.expires is not None and lot.expires <= moment and not lot.gone:
                lot.gone = True
                if lot.left:
                    self.expired.append((lot.issued, lot.size, *(-one for one in lot.take(lot.left))))

    def _draw(self, index: int, fact: NewFact) -> None:
        missing, drawn, legs = fact.connects, self.drawn.setdefault(index, []), self.legs.setdefault(fact.memo, [])
        live = sorted((lot for lot in self.lots if lot.left and not lot.gone), key=self._use)
        if fact.account == EXPIRED:
            live.sort(key=lambda lot: (lot.expires is None, lot.expires or BEGINNING))
        for lot in live:
            if missing:
                part = lot.take(min(missing, lot.left))
                drawn.append((lot, *part))
                legs.append((lot.issued, lot.source, fact.account, *(-one for one in part)))
                missing -= part[0]
        self.short = self.short or missing > 0

    def _use(self, lot: Held) -> tuple[Any, ...]:
        if self.rulebook.order == "expiring":
            return (lot.expires is None, lot.expires or lot.issued, lot.issued)
        paid = self.rulebook.order == "free" and cost_state(lot.price) is not CostState.FREE
        return (paid, lot.issued)

    def _give_back(self, fact: NewFact) -> None:
        wanted, drawn, legs = fact.connects, self.drawn[fact.of_new or 0], self.legs.setdefault(fact.memo, [])
        for place in reversed(range(len(drawn))):
            lot, connects, net, tax = drawn[place]
            part = min(wanted, connects)
            if part:
                cost = part, net * part // connects, tax * part // connects
                drawn[place] = lot, connects - cost[0], net - cost[1], tax - cost[2]
                lot.add(*cost)
                legs.append((lot.issued, lot.source, fact.account, *cost))
                wanted -= part
                if lot.gone:
                    self._renew(fact, lot, lot.take(part), legs)

    def _renew(self, fact: NewFact, lot: Held, cost: tuple[int, int, int], legs: Legs) -> None:
        out = tuple(-one for one in cost)
        if self.rulebook.returns_expired == "forfeit":
            legs.append((lot.issued, lot.source, EXPIRED, *out))
            return
        legs.append((lot.issued, lot.source, RENEWED, *out))
        price = None if lot.price is None else Price(cost[1], cost[2], lot.price.currency)
        account = income_from(Source.RETURN)
        issued = issue_moment(fact.happened, account, cost[0], price)
        self.lots.append(Held(Source.RETURN, issued, self._end(issued), cost[0], price))
        legs.append((issued, Source.RETURN, account, *cost))

    def state(self) -> tuple[Any, ...]:
        """In the form of `state_of`."""
        lots = sorted(
            (lot.issued, lot.source, lot.size, lot.left, lot.net, lot.tax, str(lot.price)) for lot in self.lots
        )
        return lots, {memo: sorted(legs) for memo, legs in self.legs.items()}, sorted(self.expired)


def state_of(record: Record) -> tuple[Any, ...]:
    """What the books say: the lots, what each fact moved (by its memo), and what has expired."""
    standing, known = Standing(record.entries), {lot.number: lot for lot in record.head.lots}
    lots = sorted(
        (lot.issued, lot.source, lot.size, lot.left, *(lot.worth or NO_MONEY)[:2], str(lot.price))
        for lot in record.head.lots
        if lot.size
    )
    legs = {
        entry.memo: sorted(
            (known[lot].issued, known[lot].source, account, *amount)
            for (lot, account), amount in standing.legs[number].items()
        )
        for number, entry in standing.facts.items()
        if entry.kind in {Kind.SPEND, Kind.RETURN} or entry.delta < 0
    }
    expired = sorted(
        (known[lot].issued, known[lot].size, *amount) for lot, amount in standing.expired.items() if any(amount)
    )
    return lots, legs, expired
