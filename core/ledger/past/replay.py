"""The replay: all facts of a wallet in their order, drawn from its lots as if each had been booked when it happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from core.ledger.entry_builder import add_months, order_of_use
from core.ledger.model import EXPIRED, RENEWED, Lot, Source, income_from
from core.ledger.past.facts import issue_moment
from core.ledger.past.standing import NOTHING, Amount, Legs, add_leg
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.ledger.past.facts import Fact
    from core.ledger.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Short:
    """A draw that finds too little: `missing` Connects, by the entry `number` or by the new fact `index`."""

    when: datetime
    missing: int
    number: int | None
    index: int | None


@dataclass(slots=True, eq=False)
class Stock:
    """Lots that are drawn from together: in the order of use, and in that in which they expire."""

    uses: list[tuple[tuple[object, ...], int]] = field(default_factory=list)
    ends: list[tuple[datetime, datetime, int]] = field(default_factory=list)
    emptied: list[Pot] = field(default_factory=list)

    def take_over(self, other: Stock) -> None:
        """Take over all that another one has."""
        self.uses += other.uses
        self.ends += other.ends
        self.emptied += other.emptied
        heapify(self.uses)
        heapify(self.ends)


@dataclass(slots=True, eq=False)
class Pot:
    """A lot in the replay: what it is, and what is in it."""

    lot: Lot
    order: tuple[object, ...]
    stock: Stock
    left: int = 0
    net: int = 0
    tax: int = 0
    queued: bool = False
    timed: bool = False
    over: bool = False

    def share(self, connects: int) -> Amount:
        """So many of its Connects, at their cost. It is rounded down; the remainder stays in the lot."""
        return Amount(connects, self.net * connects // self.left, self.tax * connects // self.left)

    def add(self, amount: Amount) -> None:
        """Add to what is in it."""
        self.left, self.net, self.tax = self.left + amount.connects, self.net + amount.net, self.tax + amount.tax


@dataclass(slots=True)
class Replay:
    """The outcome of a replay.

    `steps` are the facts in their order, each with the balance after it. `legs` are what each moved. `lots` are those
    that arrived or were renewed, as they are in the end. `expired` is what expired of each lot by itself. `shorts` are
    the draws that found too little; each took what was there.
    """

    steps: list[tuple[Fact, int]] = field(default_factory=list)
    legs: dict[Fact, Legs] = field(default_factory=dict)
    lots: dict[int, Lot] = field(default_factory=dict)
    expired: dict[int, Amount] = field(default_factory=dict)
    shorts: list[Short] = field(default_factory=list)
    balance: int = 0


def replay(
    facts: Sequence[Fact], until: datetime, rulebook: Rulebook, *, made: int, valued: Mapping[int, int] | None = None
) -> Replay:
    """Replay facts that are in order (`in_order`), and let expire what has expired by `until`.

    `made` is the highest number of a lot so far. `valued` is how much of a renewed lot was given another lot, with a
    price of its own, by its number. In books of two accounts, each draws from its own lots until they were put together
    (`core.ledger.past.pools`).
    """
    run = _Run(rulebook, made, valued or {})
    for one in facts:
        run.step(one)
    run.expire_by(until)
    result = run.result
    result.balance = run.balance
    for number, pot in run.pots.items():
        result.lots[number] = pot.lot._replace(left=pot.left, worth=_money(pot.lot, pot.net, pot.tax))
    return result


class _Run:
    """A replay under way."""

    def __init__(self, rulebook: Rulebook, made: int, valued: Mapping[int, int]) -> None:
        self.rulebook, self.made, self.valued = rulebook, made, valued
        self.result = Replay()
        self.pots: dict[int, Pot] = {}
        self.balance = 0
        self.out: dict[Fact, list[tuple[int, Amount]]] = {}
        self.stock, self.beside = Stock(), Stock()
        self.stocks: tuple[Stock, ...] = (self.stock, self.beside)

    def step(self, one: Fact) -> None:
        if one.since is not None and self.beside is not self.stock:
            self._put_together()
        self.expire_before(one)
        legs: Legs = {}
        if one.lot is not None:
            self._arrive(one.lot, self._stock_of(one))
        elif one.spend is not None:
            self._give_back(one, one.spend, legs)
        elif one.account == EXPIRED:
            self._draw(one, legs, soonest=True)
        else:
            self._draw(one, legs)
        self.result.legs[one] = legs
        self.result.steps.append((one, self.balance))

    def _stock_of(self, one: Fact) -> Stock:
        """What a fact draws from, or adds to: until two accounts are put together, that of its own account."""
        return self.stock if one.line is None else self.beside

    def _put_together(self) -> None:
        for pot in self.pots.values():
            pot.stock = self.stock
        self.stock.take_over(self.beside)
        self.beside, self.stocks = self.stock, (self.stock,)

    def expire_before(self, one: Fact) -> None:
        """What is dated to a day comes before all else on it, so also before what expires on that day."""
        if one.dated:
            day = one.when.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            self._expire(day, inclusive=False)
        else:
            self._expire(one.when, inclusive=True)

    def expire_by(self, moment: datetime) -> None:
        self._expire(moment, inclusive=True)

    def _expire(self, moment: datetime, *, inclusive: bool) -> None:
        for stock in self.stocks:
            ends = stock.ends
            while stock.emptied:  # whether they are filled again or not, they expire
                pot = stock.emptied.pop()
                if not pot.timed and pot.lot.expires is not None:
                    pot.timed = True
                    heappush(ends, (pot.lot.expires, pot.lot.issued, pot.lot.number))
            while ends and (ends[0][0] < moment or (inclusive and ends[0][0] == moment)):
                self._end(self.pots[heappop(ends)[2]])

    def _end(self, pot: Pot) -> None:
        pot.timed, pot.over = False, True
        if pot.left:
            amount = Amount(pot.left, pot.net, pot.tax)
            self._move(pot, -amount)
            self.result.expired[pot.lot.number] = self.result.expired.get(pot.lot.number, NOTHING) + -amount

    def _arrive(self, lot: Lot, stock: Stock) -> None:
        """A lot arrives, full. What has expired by then expires with the next step."""
        pot = self.pots[lot.number] = Pot(lot, order_of_use(lot, self.rulebook), stock)
        money = (0, 0) if lot.price is None else (lot.price.net, lot.price.tax)
        self._move(pot, Amount(lot.size, *money))

    def _move(self, pot: Pot, amount: Amount) -> None:
        pot.add(amount)
        self.balance += amount.connects
        if pot.left and not pot.over:
            if not pot.queued:
                pot.queued = True
                heappush(pot.stock.uses, (pot.order, pot.lot.number))
            if not pot.timed and pot.lot.expires is not None:
                pot.timed = True
                heappush(pot.stock.ends, (pot.lot.expires, pot.lot.issued, pot.lot.number))

    def _draw(self, one: Fact, legs: Legs, *, soonest: bool = False) -> None:
        missing, drawn, stock = one.connects, self.out.setdefault(one, []), self._stock_of(one)
        while missing and (pot := self._ending(stock) if soonest else self._next(stock)) is not None:
            part = pot.share(min(missing, pot.left))
            self._move(pot, -part)
            drawn.append((pot.lot.number, part))
            add_leg(legs, pot.lot.number, one.account, -part)
            missing -= part.connects
        if missing and soonest:
            return self._draw_rest(one, legs, missing, stock)
        if missing:
            self.result.shorts.append(Short(one.when, missing, one.number, one.index))
        return None

    def _draw_rest(self, one: Fact, legs: Legs, missing: int, stock: Stock) -> None:
        """A page says that more has expired than the lots that can expire hold: the rest comes out of the others."""
        while missing and (pot := self._next(stock)) is not None:
            part = pot.share(min(missing, pot.left))
            self._move(pot, -part)
            add_leg(legs, pot.lot.number, one.account, -part)
            missing -= part.connects
        if missing:
            self.result.shorts.append(Short(one.when, missing, one.number, one.index))

    def _next(self, stock: Stock) -> Pot | None:
        """The lot that is drawn from next."""
        uses = stock.uses
        while uses:
            pot = self.pots[uses[0][1]]
            if pot.left and not pot.over:
                return pot
            heappop(uses)
            pot.queued = False
        return None

    def _ending(self, stock: Stock) -> Pot | None:
        """The lot that expires next."""
        while stock.ends:
            pot = self.pots[stock.ends[0][2]]
            if pot.left:
                return pot
            heappop(stock.ends)
            pot.timed = False
            stock.emptied.append(pot)
        return None

    def _give_back(self, one: Fact, spend: Fact, legs: Legs) -> None:
        """Put back into the lots of the spend, last drawn first."""
        wanted, drawn = one.connects, self.out.get(spend, [])
        candidates = list(one.renewed)
        for position in range(len(drawn) - 1, -1, -1):
            number, left = drawn[position]
            part = min(wanted, left.connects)
            if part:
                cost = Amount(part, left.net * part // left.connects, left.tax * part // left.connects)
                drawn[position] = (number, left + -cost)
                self._put_back(one, number, cost, legs, candidates)
                wanted -= part
        if wanted:
            self.result.shorts.append(Short(one.when, wanted, one.number, one.index))

    def _put_back(self, one: Fact, number: int, cost: Amount, legs: Legs, candidates: list[Lot]) -> None:
        pot = self.pots[number]
        account = one.account
        self._move(pot, cost)
        add_leg(legs, number, account, cost)
        if not pot.over:
            return
        out = pot.share(cost.connects)
        self._move(pot, -out)
        if self.rulebook.returns_expired == "forfeit":
            add_leg(legs, number, EXPIRED, -out)
            return
        add_leg(legs, number, RENEWED, -out)
        lot = self._renewed(one, cost.connects, _money(pot.lot, cost.net, cost.tax), candidates)
        add_leg(legs, lot.number, income_from(Source.RETURN), cost)
        if (valued := self.valued.get(lot.number, 0)) > cost.connects:
            self.result.shorts.append(Short(one.when, valued - cost.connects, one.number, one.index))
            valued = cost.connects
        self._arrive(lot._replace(size=cost.connects - valued), pot.stock)

    def _renewed(self, one: Fact, connects: int, price: Price | None, candidates: list[Lot]) -> Lot:
        """The lot that a return issues: one that it issued before, if that fits, so that its number stays."""
        account = income_from(Source.RETURN)
        issued = issue_moment(one.when, account, connects, price, dated=one.dated)
        for known in candidates:
            if known.issued == issued and _currency(known.price) == _currency(price):
                candidates.remove(known)
                return known._replace(size=connects, left=connects, price=price, worth=price)
        self.made += 1
        months = self.rulebook.expiry_months
        expires = add_months(issued, months) if months else None
        return Lot(self.made, Source.RETURN, issued, expires, connects, connects, price, price)


def _currency(price: Price | None) -> str:
    return "" if price is None else price.currency


def _money(lot: Lot, net: int, tax: int) -> Price | None:
    return None if lot.price is None else Price(net, tax, lot.price.currency)
