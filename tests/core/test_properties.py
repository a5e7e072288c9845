"""Random sequences of every operation against a model simple enough to be believed."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from core.ledger import rulebook
from core.ledger.model import Kind, Receipt, Source
from core.ledger.queries import cost_states
from core.shared.money import UNKNOWN, CostState
from core.shared.refusals import RefusedError
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import Freelancer, OpenBooks, dollars, freelancer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from core.shared.refusals import Refusal

small = st.integers(1, 40)
deeds = st.one_of(
    st.tuples(st.just("spend"), small),
    st.tuples(st.just("buy"), small, st.integers(0, 2000)),
    st.tuples(st.just("earn"), st.sampled_from([Source.INTERVIEW, Source.REWARD, Source.FEEDBACK])),
    st.tuples(st.just("adjust"), st.integers(-20, 20)),
    st.tuples(st.just("value"), st.one_of(st.just(CostState.FREE), st.integers(1, 900)), st.one_of(st.none(), small)),
    st.tuples(st.just("return"), st.integers(1, 12), st.one_of(st.none(), small)),
    st.tuples(st.just("spend_all"), st.lists(st.integers(1, 9), min_size=2, max_size=4)),
    st.tuples(st.just("give_back_all"), st.lists(st.integers(1, 12), min_size=2, max_size=4, unique=True)),
    st.tuples(st.just("undo"), st.integers(1, 12)),
    st.tuples(st.just("wait"), st.integers(0, 48)),
)


async def do(ann: Freelancer, deed: tuple[Any, ...]) -> Receipt | Refusal | None:
    name, *values = deed
    match name:
        case "wait":
            ann.clock.pass_(hours=values[0])
            return None
        case "buy":
            return await ann.buy(values[0], dollars(values[1], tax=values[1] // 5))
        case "return":
            return await ann.give_back(*values)
        case "value" if not isinstance(values[0], CostState):
            values[0] = dollars(values[0], tax=values[0] // 5)
    given: Receipt | Refusal = await getattr(ann, name)(*values)
    return given


def played(scene: Callable[[OpenBooks, Freelancer], Awaitable[None]]) -> None:
    """Play a scene on empty books; whatever happened, the books must prove in the end."""

    async def play() -> None:
        clock = TestClock()
        async with open_store("memory://") as store:
            books = OpenBooks(store, rulebook.default(), clock)
            await scene(books, await freelancer(books, clock))
            verdict = await books.verify()
            assert verdict.fault is None, verdict.fault

    _run(play())


def _run(play: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner() as runner:
        runner.run(play)


@dataclass
class Sums:
    """The model: the balance, and what can still be returned of each spend."""

    available: int = 20
    open_spends: dict[int, int] = field(default_factory=dict)

    def record(self, deed: tuple[Any, ...], given: Receipt | Refusal | None) -> None:
        if not isinstance(given, Receipt):
            assert self.may_refuse(deed), (deed, given)
            return
        entry = given.entry
        match deed:
            case ("spend", connects):
                self.available -= connects
                self.open_spends[entry.number] = connects
            case ("spend_all", parts):
                self.available -= sum(parts)
                self.open_spends.update(zip((one.number for one in given.entries), parts, strict=True))
            case ("return", number, connects):
                back = self.open_spends[number] if connects is None else connects
                self.open_spends[number] -= back
                self.available += back
            case ("give_back_all", numbers):
                self.available += sum(self.open_spends[number] for number in numbers)
                self.open_spends.update(dict.fromkeys(numbers, 0))
            case ("undo", _):
                self.available += sum(one.delta for one in given.entries)
            case _:
                self.available += entry.delta
        assert entry.balance == self.available
        assert min([0, *self.open_spends.values()]) == 0

    def may_refuse(self, deed: tuple[Any, ...]) -> bool:
        match deed:
            case ("spend", connects):
                return bool(self.available < connects)
            case ("spend_all", parts):
                return bool(self.available < sum(parts))
            case ("buy", *_):
                return False
            case ("adjust", delta):
                return bool(delta == 0 or self.available + delta < 0)
            case _:
                return True


@given(st.lists(deeds, max_size=25))
def test_books_balance_and_agree_with_sums(story: list[tuple[Any, ...]]) -> None:
    async def scene(books: OpenBooks, ann: Freelancer) -> None:
        sums = Sums()
        for deed in story:
            given_back = await do(ann, deed)
            for undo in given_back.entries if isinstance(given_back, Receipt) else ():
                if undo.kind is Kind.UNDO:
                    undone = undo.of or 0
                    sums.open_spends.pop(undone, None)
                    original = await books.entry(ann.wallet, undone)
                    if original is not None and original.kind is Kind.RETURN and original.of in sums.open_spends:
                        sums.open_spends[original.of] += original.delta
            sums.record(deed, given_back)
            assert await ann.available() == sums.available

    played(scene)


@given(st.lists(deeds, max_size=12), deeds)
def test_undo_restores_the_state_before(story: list[tuple[Any, ...]], last: tuple[Any, ...]) -> None:
    async def scene(books: OpenBooks, ann: Freelancer) -> None:
        for deed in story:
            await do(ann, deed)
        before = await books.balance(ann.wallet)
        receipt = await do(ann, last)
        if not isinstance(receipt, Receipt) or receipt.entry.kind is Kind.UNDO:
            return
        assert isinstance(await ann.undo(receipt.entry.number), Receipt)
        after = await books.balance(ann.wallet)
        assert after.lots == before.lots

    played(scene)


@given(st.lists(deeds, max_size=20))
def test_a_cost_is_known_or_unknown_for_good_and_nothing_of_it_is_lost(story: list[tuple[Any, ...]]) -> None:
    """What is drawn from a lot has the lot's own kind of cost, and unknown costs carry no money."""

    async def scene(books: OpenBooks, ann: Freelancer) -> None:
        await ann.opening(30, CostState.UNKNOWN)
        for deed in story:
            await do(ann, deed)
        journal = await ann.journal()
        states = cost_states(journal)
        for leg in [leg for entry in journal for leg in entry.postings]:
            unknown = states[leg.lot] is CostState.UNKNOWN
            assert unknown == (leg.price == UNKNOWN)
            assert states[leg.lot] is CostState.PAID or leg.price is None or not leg.price.total
        every = await books.store.ledger.lots_at(ann.wallet, ann.clock.at)
        assert {lot.number: lot.cost_state for lot in every if lot.size}.items() <= states.items()
        balance = await books.balance(ann.wallet)
        assert balance.free + balance.paid + balance.unknown == balance.available
        await no_cent_is_lost(books, ann)

    played(scene)


few = st.integers(1, 6)
there_and_back = st.lists(
    st.one_of(
        st.tuples(st.just("spend"), few),
        st.tuples(st.just("return"), st.integers(4, 14), st.one_of(st.none(), few)),
        st.tuples(st.just("undo"), st.integers(4, 14)),
    ),
    max_size=14,
)


@given(few, st.integers(0, 60), there_and_back)
def test_a_lot_that_is_full_again_has_all_its_money_back(size: int, cents: int, story: list[tuple[Any, ...]]) -> None:
    """The rarer the cents, the more of them are rounded away and must be found again."""

    async def scene(books: OpenBooks, ann: Freelancer) -> None:
        await ann.opening(0)
        await do(ann, ("buy", size + 2, cents))
        for deed in story:
            await do(ann, deed)
            await no_cent_is_lost(books, ann)
        while any([isinstance(await ann.undo(entry.number), Receipt) for entry in (await ann.journal())[3:]]):
            await no_cent_is_lost(books, ann)
        (lot,) = await ann.lots()
        assert (lot.left, lot.worth) == (lot.size, lot.price)

    played(scene)


async def no_cent_is_lost(books: OpenBooks, ann: Freelancer) -> None:
    """Money stands only where Connects stand, and a lot that is full again is worth what it cost."""
    beyond: Counter[tuple[str, int, str]] = Counter()
    for entry in await ann.journal():
        for leg in entry.postings:
            if leg.price is not None:
                beyond[leg.account, leg.lot, "Connects"] += leg.connects
                beyond[leg.account, leg.lot, "net"] += leg.price.net
                beyond[leg.account, leg.lot, "tax"] += leg.price.tax
    for (account, lot_, _), total in beyond.items():
        assert total == 0 or beyond[account, lot_, "Connects"] != 0, (account, lot_, total)
    for lot in await books.store.ledger.lots_at(ann.wallet, ann.clock.at):
        assert lot.left < lot.size or lot.worth == lot.price


@given(st.lists(st.tuples(deeds, st.integers(1, 3)), max_size=12))
def test_requests_are_idempotent_by_their_keys(story: list[tuple[tuple[Any, ...], int]]) -> None:
    async def scene(books: OpenBooks, ann: Freelancer) -> None:
        for n, (deed, times) in enumerate(story):
            if deed[0] != "spend":
                await do(ann, deed)
                continue
            request = ann.new_request
            for _ in range(times):
                try:
                    first = await books.spend(request, deed[1], memo=f"job {n}")
                except RefusedError:
                    break
                assert first.entry.memo == f"job {n}"
        memos = [entry.memo for entry in await ann.journal() if entry.memo]
        assert len(memos) == len(set(memos))

    played(scene)


moves = st.lists(
    st.one_of(
        st.tuples(st.just("spend"), small),
        st.tuples(st.just("buy"), small, st.just(0)),
        st.tuples(st.just("wait"), st.sampled_from([24, 24 * 90, 24 * 200])),
    ),
    max_size=25,
)


@given(moves)
def test_lots_are_used_in_order_and_expire_on_their_day(story: list[tuple[Any, ...]]) -> None:
    async def scene(books: OpenBooks, ann: Freelancer) -> None:
        start = books.clock.now()
        lots: list[list[Any]] = [[start, 20]]  # when issued, how many are left; oldest first
        for deed in story:
            receipt = await do(ann, deed)
            now: datetime = books.clock.now()
            lots = [lot for lot in lots if a_year_on(lot[0]) > now and lot[1]]
            if deed[0] == "buy":
                lots.append([now, deed[1]])
            elif deed[0] == "spend" and sum(lot[1] for lot in lots) >= deed[1]:
                assert isinstance(receipt, Receipt)
                _take(lots, deed[1])
            assert [lot.left for lot in await ann.lots()] == [lot[1] for lot in lots if lot[1]]

    played(scene)


def a_year_on(issued: datetime) -> datetime:
    leap_day = (issued.month, issued.day) == (2, 29)
    return issued.replace(year=issued.year + 1, day=28 if leap_day else issued.day)


def _take(lots: list[list[Any]], connects: int) -> None:
    for lot in lots:
        part = min(lot[1], connects)
        lot[1] -= part
        connects -= part


@given(st.lists(st.tuples(small, st.integers(0, 36)), min_size=1, max_size=12), st.integers(0, 12 * 37))
def test_a_past_balance_is_the_one_shown_at_that_time(steps: list[tuple[int, int]], look_back: int) -> None:
    async def scene(books: OpenBooks, ann: Freelancer) -> None:
        seen = [(books.clock.now(), await ann.available())]
        for connects, days in steps:
            ann.clock.pass_(days=days * 11, seconds=1)
            await ann.spend(connects)
            await ann.buy(connects)
            seen.append((books.clock.now(), await ann.available()))
        for at, available in seen:
            assert (await books.balance(ann.wallet, at)).available == available
        moment = books.clock.now() - timedelta(hours=look_back)
        assert (await books.balance(ann.wallet, moment)).available >= 0

    played(scene)
