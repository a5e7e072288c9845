"""Random walks through all that can happen to a wallet, with everything that must hold of it after each step.

Run by hand: `python -m tests.imports.wide_walks 100`, or with a first seed, and with the URL of a store:
`python -m tests.imports.wide_walks 10 500 sqlite:////tmp/walk.db`.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from bot.pages.files import read_file
from bot.pages.transactions import read_transactions
from core.imports.known import Known
from core.imports.undoing import OF_PAGES
from core.ledger.model import Kind, Purpose, Source
from core.ledger.past.pins import pins
from core.ledger.requests import Spend
from core.ledger.sightings import BatchKind, ProposalSighting, standing
from core.proposals.my_proposals import MyProposals, MyProposalsAnswers
from core.proposals.service import Proposals
from core.reconciliation.service import Reconciliation
from core.shared.money import CostState, Price
from core.shared.refusals import RefusedError
from core.wallets.settings import Plan
from storage import open_store
from tests.core.statements.invariants import check_books
from tests.core.statements.reading_sightings import check_sightings
from tests.core.team.invariants import check_team
from tests.imports.accounts import account
from tests.imports.keeper import keeper
from tests.imports.my_proposals import copied_text, listed, saved_page
from tests.imports.transactions import rows_of, written
from tests.imports.walks import SAID, Walker
from tests.imports.windows import FORMS, page, window
from tests.proposals.deriving import cards_of, look
from tests.proposals.sums import check_sums

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.imports.transactions.model import Transactions
    from core.ledger.ports import Record
    from core.ledger.requests import Request
    from core.store import Store

STEPS = 60


@dataclass
class WideWalker(Walker):
    """Somebody who does at random whatever there is to do."""

    done: Counter[str] = field(default_factory=Counter)
    retries: list[Callable[[], Awaitable[object]]] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)

    @property
    def reconciliation(self) -> Reconciliation:
        return Reconciliation(self.ann.store, self.ann.books.rulebook, self.ann.clock)

    async def step(self) -> None:
        """Do something, or be refused; then hold everything that must be so."""
        deeds = {
            self.spend: 6, self.give_back: 3, self.undo: 3, self.earlier: 3, self.value: 1, self.take: 3, self.earn: 1,
            self.undo_import: 3, self.tell: 3, self.take_back: 2, self.see: 1, self.show: 3, self.wait: 3, self.buy: 1,
            self.pay: 3, self.amend: 2, self.price: 1, self.pin: 2, self.lift: 1, self.unpin: 1, self.back: 1,
            self.adjust: 1, self.retry: 3, self.there_and_back: 3, self.opening: 1, self.back_then: 2,
        }  # fmt: skip
        (deed,) = self.dice.choices([*deeds], [*deeds.values()])
        name = deed.__name__
        self.trace.append(name)
        try:
            await deed()
        except RefusedError as refused:
            name = f"{name}: {type(refused.refusal).__name__}"
        self.done[name] += 1
        self.newest = await self.ann.books.newest(self.ann.wallet)
        await self.hold()
        self.ann.clock.pass_(seconds=1)

    async def hold(self) -> None:
        """What must be so at any time."""
        if self.dice.random() < 0.7:
            await self.check()
        await self.ann.verify()
        record = await self.ann.record()
        check_sums(record)
        check_books(record, Random(len(record.entries)))  # noqa: S311 - cuts from a seed are wanted, not a secret
        await check_sightings(self.ann.store, self.ann.wallet)
        rows = [(number, row) for number, seen in Known(record).sightings.items() for row in seen]
        check_team(record, rows, {}, Random(len(record.entries)))  # noqa: S311 - as above
        if not self.done["back"]:  # what is booked after a pin may be dated before it
            self._holds_pins(record)

    def _holds_pins(self, record: Record) -> None:
        for pin in pins(record.batches, record.entries):
            near = [
                entry
                for entry in record.entries
                if entry.when.date() == pin.day or (entry.of and record.entries[entry.of - 1].when.date() == pin.day)
            ]
            if any(entry.happened is not None for entry in near):
                continue  # what comes later to the pin's own day may be of before or after it
            gone = {entry.of for entry in record.entries if entry.kind is Kind.UNDO}
            then = sum(
                entry.delta
                for entry in record.entries
                if entry.when <= pin.at and entry.number not in gone and entry.kind is not Kind.UNDO
            )
            undone = {entry.of: entry for entry in record.entries if entry.kind is Kind.UNDO and entry.of}
            # an undo that lets other Connects expire is another amount than what it undoes
            if any(record.entries[of - 1].delta + entry.delta for of, entry in undone.items()):
                continue
            assert then - pin.balance == pin.moved, f"pin {pin} but {then} {self.trace}"

    async def booked(self, deed: Callable[[Request], Awaitable[object]]) -> None:
        """Do it under a key, and keep it to be tried again."""
        request = self.ann.request
        await deed(request)
        self.retries.append(lambda: deed(request))

    async def retry(self) -> None:
        """A retry of anything books nothing."""
        if not self.retries:
            return
        before = await self.ann.record()
        try:
            await self.dice.choice(self.retries)()
        except RefusedError as refused:
            raise AssertionError(f"a retry is refused: {refused.refusal}") from refused
        finally:
            assert await self.ann.record() == before, "a retry books something"

    async def spend(self) -> None:
        title, job = self.dice.choice([self.title, self.title, ""]), self.dice.choice([self.job, ""])
        bid = Spend(self.dice.choice([2, 4, 8]), Purpose.PROPOSAL, title, job)
        boost = Spend(self.dice.choice([3, 6]), Purpose.BOOST, self.dice.choice([title, ""]), job)
        other = Spend(2, self.dice.choice(list(Purpose)), self.title)
        spends = self.dice.choice([[bid], [bid], [bid, boost], [boost], [bid, other, boost]])
        await self.booked(lambda request: self.ann.books.spend_all(request, spends))

    async def earlier(self) -> None:
        on = self.ann.clock.at - timedelta(days=self.dice.randrange(1, 40))
        spends = [Spend(self.dice.choice([2, 7]), memo=self.title, job=self.job)]
        if self.dice.random() < 0.5:
            spends.append(Spend(5, Purpose.BOOST, spends[0].memo, spends[0].job))
        await self.booked(lambda request: self.ann.books.spend_all(request, spends, on=on))

    async def give_back(self) -> None:
        entry, part = self.entry, self.dice.choice([None, None, 1])
        await self.booked(lambda request: self.ann.books.give_back(request, entry, part))

    async def back_then(self) -> None:
        entry, part = self.entry, self.dice.choice([None, None, 1])
        on = self.ann.clock.at - timedelta(days=self.dice.randrange(1, 20))
        await self.booked(lambda request: self.ann.books.give_back(request, entry, part, on=on))

    async def undo(self) -> None:
        entry = self.dice.choice([None, self.entry, self.entry])
        await self.booked(lambda request: self.ann.books.undo(request, entry))

    async def adjust(self) -> None:
        delta = self.dice.choice([-3, 5])
        on = self.dice.choice([None, self.ann.clock.at - timedelta(days=self.dice.randrange(1, 40))])
        await self.booked(lambda request: self.ann.books.adjust(request, delta, on=on))

    async def buy(self) -> None:
        connects, cents = self.dice.choice([40, 80, 13]), self.dice.choice([600, 1201, 199])
        price = self.dice.choice([None, Price(cents, self.dice.choice([0, 77]), self.dice.choice(["USD", "EUR"]))])
        on = self.dice.choice([None, self.ann.clock.at - timedelta(days=self.dice.randrange(1, 40))])
        await self.booked(lambda request: self.ann.books.buy(request, connects, price, on=on))

    async def earn(self) -> None:
        on = self.dice.choice([None, self.ann.clock.at - timedelta(days=self.dice.randrange(1, 40))])
        await self.booked(
            lambda request: self.ann.books.earn(request, Source.MONTHLY, plan=Plan.PLUS, connects=100, on=on)
        )

    async def opening(self) -> None:
        costs: list[Price | CostState] = [CostState.UNKNOWN, CostState.FREE, Price(777, 3, "USD")]
        cost = self.dice.choice(costs)
        await self.booked(lambda request: self.ann.books.opening(request, 61, cost))

    async def amend(self) -> None:
        number = self.dice.choice([self.entry, self.dice.randrange(1, self.newest + 1)])
        price = Price(self.dice.choice([0, 1, 333, 1000]), self.dice.choice([0, 7]), self.dice.choice(["USD", "EUR"]))
        await self.booked(lambda request: self.ann.books.amend(request, {number: price}))

    async def price(self) -> None:
        unpriced = sum(one.connects for one in await self.ann.books.unpriced(self.ann.wallet))
        costs: list[Price | CostState] = [CostState.FREE, Price(self.dice.randrange(100, 900), 7, "USD")]
        cost = self.dice.choice(costs)
        await self.booked(lambda request: self.ann.books.price(request, unpriced, cost))

    async def take(self) -> None:
        copied = self.ann.clock.at - timedelta(days=self.dice.choice([0, 0, self.dice.randrange(60)]))
        seen = window(self.lived, copied, days=self.dice.choice([7, 30, 90]))
        rows = seen.rows
        cut = self.dice.random() < 0.3 and len(rows) > 3
        if cut:
            start = self.dice.randrange(len(rows) - 2)
            rows = rows[start : start + self.dice.randrange(1, len(rows))]
        shown = page(seen, self.dice.choice(FORMS), rows, top_cut=cut)
        if shown.rows:
            await self.ann.take(shown)

    async def undo_import(self) -> None:
        """Take any import back, the latest or an earlier one."""
        there = standing((await self.ann.record()).batches)
        number = self.dice.choice([None, self.dice.choice(there).number if there else 1])
        await self.booked(lambda request: self.ann.imports.undo(request, number))

    def sheet(self) -> MyProposals:
        copied = self.ann.clock.at - timedelta(days=self.dice.choice([0, 0, 2, 20]))
        some = listed(self.lived, copied)[: self.dice.choice([5, 30, 300])]
        if not some:
            return MyProposals(())
        text = saved_page(some) if self.dice.random() < 0.5 else copied_text(some, self.dice)
        read = read_file(text.encode(), copied.date())
        assert isinstance(read, MyProposals), read
        return read

    async def show(self) -> None:
        """Import "My proposals", with answers to some of what is asked."""
        sheet, sheets, answers = self.sheet(), self.ann.imports.my_proposals, MyProposalsAnswers()
        shown = await sheets.preview(self.ann.wallet, sheet, answers, self.ann.person)
        if shown.unclear and self.dice.random() < 0.6:
            which = {
                one.seen.line: self.dice.choice([*(card.ref for card in one.proposals), ""]) for one in shown.unclear
            }
            answers = MyProposalsAnswers(which)
            shown = await sheets.preview(self.ann.wallet, sheet, answers, self.ann.person)
        if shown.change is not None:
            await self.booked(lambda request: sheets.book(request, sheet, answers, shown.stamp))

    @property
    def fees(self) -> Transactions:
        rows = rows_of(self.lived, self.dice.choice([0, 20, 23]))
        text = written(rows[self.dice.choice([0, 0, 3]) :], new=self.dice.random() < 0.5)
        read = read_transactions(text)
        assert read is not None
        return read

    async def pay(self) -> None:
        """Import a list of transactions, and settle some of what is asked."""
        fees, transactions = self.fees, self.ann.imports.transactions
        settled: dict[str, int] = {}
        shown = await transactions.preview(self.ann.wallet, fees, settled, self.ann.person)
        if shown.doubtful and self.dice.random() < 0.5:
            one = self.dice.choice(shown.doubtful)
            settled = {one.fee.ref: self.dice.choice([0, *(bought.number for bought in one.candidates)])}
            shown = await transactions.preview(self.ann.wallet, fees, settled, self.ann.person)
        if shown.change is not None:
            pinned = self.dice.random() < 0.7 or shown.pinned == len(shown.changed)
            await self.booked(lambda request: transactions.book(request, fees, settled, shown.stamp, pinned=pinned))

    async def pin(self) -> None:
        balance = (await self.ann.books.balance(self.ann.wallet)).available
        await self.booked(lambda request: self.reconciliation.confirm(request, balance))
        assert not (await self.reconciliation.pins(self.ann.wallet))[-1].moved

    async def lift(self) -> None:
        there = await self.reconciliation.pins(self.ann.wallet)
        number = self.dice.choice(there).batch if there else 1
        await self.booked(lambda request: self.reconciliation.lift(request, number))

    async def unpin(self) -> None:
        there = standing((await self.ann.record()).batches, BatchKind.PINNED, BatchKind.LIFTED)
        number = self.dice.choice(there).number if there else 1
        await self.booked(lambda request: self.reconciliation.take_back(request, number))

    async def tell(self) -> None:
        cards = await self.proposals.every(self.ann.wallet)
        state, afresh = self.dice.choice(SAID), self.dice.random() < 0.1
        number = seen = None
        if cards and self.dice.random() < 0.8:
            card = self.dice.choice(cards)
            number, seen = next(iter(card.entries), None), next(iter(card.seen), None)
        day = self.dice.choice([None, None, self.ann.clock.at.date() - timedelta(days=5)])
        told = ProposalSighting(1, state, None, "" if number or seen else self.title, number, seen, afresh=afresh)
        await self.booked(lambda request: self.proposals.tell(request, told, day))

    async def take_back(self) -> None:
        told = standing((await self.ann.record()).batches, BatchKind.TOLD)
        number = self.dice.choice(told).number if told else 1
        await self.booked(lambda request: self.proposals.take_back(request, number))

    async def see(self) -> None:
        """A page with anything on it; the clock may be behind only for what the services book."""
        batches = (await self.ann.record()).batches
        if not batches or batches[-1].at <= self.ann.clock.at:
            await super().see()

    async def back(self) -> None:
        """The clock is put back."""
        self.ann.clock.pass_(hours=-self.dice.choice([0.001, 0.01, 1, 5]))

    async def there_and_back(self) -> None:
        """Whatever is imported and taken back leaves the books and the cards as they were.

        What was typed since the last history may make its opening smaller. That shows when the next one comes, so that
        a history is taken and taken back twice.
        """
        deed = self.dice.choice([self.take, self.show, self.pay, self.see])
        self.trace.append(deed.__name__)
        if deed == self.take:
            thrown = self.dice.getstate()
            await deed()
            if await self._take_all_back(0):
                return
            self.dice.setstate(thrown)
        before = await self.ann.record()
        state, cards = await self.ann.state(), look(cards_of(before))
        held = [(pin.batch, pin.moved) for pin in pins(before.batches, before.entries)]
        await deed()
        if await self._take_all_back(len(before.batches)):
            return
        record = await self.ann.record()
        assert await self.ann.state() == state, f"{deed.__name__} and its undo change the books"
        assert look(cards_of(record)) == cards, f"{deed.__name__} and its undo change the cards"
        holding = [(pin.batch, pin.moved) for pin in pins(record.batches, record.entries)]
        assert holding == held, f"{deed.__name__} and its undo move pins: {held} {holding}"

    async def _take_all_back(self, since: int) -> bool:
        """Undo the last history, or all imports after some; gives whether any of it stays, or there are none."""
        there = standing((await self.ann.record()).batches, *OF_PAGES)
        new = [one for one in there if one.number > since] if since else there[-1:]
        stays = not new
        for one in new[::-1]:
            stays = bool((await self.ann.undo(one.number)).stays) or stays
        self.done["stays"] += stays
        return stays


async def walk(store: Store, seed: int, steps: int = STEPS, who: type[WideWalker] = WideWalker) -> WideWalker:
    """Walk, and hold everything after each step."""
    dice = Random(seed)  # noqa: S311 - an account from a seed is wanted, not a secret
    lived = account(seed, days=dice.choice([20, 60, 90, 200, 400]))
    ann = await keeper(store, lived.last + timedelta(hours=1))
    if dice.random() < 0.6:
        await ann.books.buy(ann.request, 100, Price(1500, 0, "USD"))
    walker = who(ann, lived, dice, Proposals(store, ann.books.rulebook, ann.clock))
    try:
        for _ in range(steps):
            await walker.step()
    except BaseException as error:
        error.add_note(f"seed {seed}: {walker.trace}")
        raise
    return walker


async def _walk_often(number: int, first: int, url: str) -> None:
    total: Counter[str] = Counter()
    for seed in range(first, first + number):
        try:
            async with open_store(url) as store:
                total += (await walk(store, seed)).done
        except Exception:  # noqa: BLE001 - the next ones are walked all the same
            print(f"FAILED {seed}\n{traceback.format_exc()}", flush=True)  # noqa: T201 - run by hand
    print(number, "walks", sorted(total.items()))  # noqa: T201 - as above


if __name__ == "__main__":
    _, count, *rest = sys.argv
    asyncio.run(_walk_often(int(count), int(rest[0]) if rest else 0, rest[1] if len(rest) > 1 else "memory://"))
