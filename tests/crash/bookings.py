"""Imports, prices and words are booked by a process that is killed again and again, by the same keys each time.

`python -m tests.crash.bookings [KILLS] [SEED]`: one line for each store. At the end the books and the cards are those
of a process that nobody killed.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bot.pages.files import read_file
from bot.pages.transactions import read_transactions
from core.books import Books
from core.imports.model import Answers
from core.imports.service import Imports
from core.ledger.requests import Request, Spend
from core.ledger.rulebook import default
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.deriving import derive
from core.proposals.my_proposals import MyProposals, MyProposalsAnswers
from core.proposals.refreshing import facts_of
from core.proposals.service import Proposals
from core.reconciliation.service import Reconciliation
from core.shared.refusals import RefusedError
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store
from tests.clock import TestClock
from tests.imports.accounts import account
from tests.imports.invariants import pieces
from tests.imports.keeper import state_of
from tests.imports.my_proposals import copied_text, listed
from tests.imports.transactions import rows_of, written
from tests.postgres import MissingError, running
from tests.proposals.deriving import look

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.imports.model import Page
    from core.store import Store
    from tests.imports.accounts import Account

SPAWNING: Final = get_context("spawn")
SOONEST: Final = 1.0
LONGEST: Final = 4.0
"""Seconds after which a process is killed: not before it can have begun."""


@dataclass
class Errand:
    """Everything that is to be booked in a store, in turn. What previews showed is kept in a file, as by the bot."""

    store: Store
    kept: Path
    lived: Account

    def __post_init__(self) -> None:
        self.clock, book, self.number = TestClock(self.lived.last + timedelta(hours=1)), default(), 1
        self.books = Books(self.store, book, self.clock)
        self.imports = Imports(self.store, book, self.clock)
        self.proposals = Proposals(self.store, book, self.clock)
        self.upwork = Reconciliation(self.store, book, self.clock)

    async def run(self) -> None:
        self.person = (await self.books.person(Identity("console", "ann"), "Ann")).id
        self.wallet = (await self.books.open(self.person, Settings(), "0000000001:open", self.person)).wallet.id
        for page in pieces(self.lived, Random(1), "saved"):  # noqa: S311 - the same each time, not a secret
            await self._take(page)
            await _or_refused(self.books.spend_all(self.request, [Spend(2, memo="Logo"), Spend(1, memo="Logo")]))
            await self.proposals.every(self.wallet)
        await self._see()
        await self.proposals.every(self.wallet)
        paid = await self._pay()
        request = self.request
        balance = int(self._once(request.key, str((await self.books.balance(self.wallet)).available)))
        await _or_refused(self.upwork.confirm(request, balance))
        said = await self.proposals.tell(self.request, ProposalSighting(1, ProposalState.REPLIED, title="Logo"))
        await self.proposals.take_back(self.request, said.batch.number)
        if paid is not None:
            await self.imports.undo(self.request, paid)
        await self.proposals.every(self.wallet)

    @property
    def request(self) -> Request:
        """The next request, under the key that it has in each process."""
        self.number += 1
        self.clock.pass_(seconds=1)
        return Request(self.wallet, f"{self.number:010d}:errand:{self.number}", self.person, past_pins=True)

    async def _take(self, page: Page) -> None:
        await self._shown(
            self.request,
            lambda: self.imports.preview(self.wallet, [page], Answers(), self.person),
            lambda asked, stamp: self.imports.book(asked, [page], Answers(), stamp),
        )

    async def _see(self) -> None:
        text = copied_text(listed(self.lived, self.lived.last), Random(1))  # noqa: S311 - as above
        sheet, sheets = read_file(text.encode(), self.lived.last.date()), self.imports.my_proposals
        assert isinstance(sheet, MyProposals)
        await self._shown(
            self.request,
            lambda: sheets.preview(self.wallet, sheet, MyProposalsAnswers(), self.person),
            lambda asked, stamp: sheets.book(asked, sheet, MyProposalsAnswers(), stamp),
        )

    async def _pay(self) -> int | None:
        """Take the list of transactions; gives the number of its import."""
        fees, transactions = read_transactions(written(rows_of(self.lived, 20))), self.imports.transactions
        assert fees is not None
        request = self.request
        await self._shown(
            request,
            lambda: transactions.preview(self.wallet, fees, {}, self.person),
            lambda asked, stamp: transactions.book(asked, fees, {}, stamp),
        )
        batches = await self.store.ledger.batches(self.wallet)
        return next((one.number for one in batches if one.key.startswith(request.key)), None)

    async def _shown(
        self,
        request: Request,
        preview: Callable[[], Awaitable[object]],
        book: Callable[[Request, str], Awaitable[object]],
    ) -> None:
        """Preview, keep what was shown, and book it."""
        stamp = self._known(request.key)
        if stamp is None:
            shown = await preview()
            stamp = self._once(request.key, getattr(shown, "stamp", "") if getattr(shown, "change", None) else "")
        if stamp:
            await book(request, stamp)

    def _known(self, key: str) -> str | None:
        return json.loads(self.kept.read_text()).get(key) if self.kept.exists() else None

    def _once(self, key: str, value: str) -> str:
        """What was kept under a key, or else the value, which then is."""
        there = json.loads(self.kept.read_text()) if self.kept.exists() else {}
        if key not in there:
            there[key] = value
            fresh = self.kept.with_suffix(".new")
            fresh.write_text(json.dumps(there))
            fresh.replace(self.kept)
        return str(there[key])


async def _or_refused(booking: Awaitable[object]) -> None:
    try:
        await booking
    except RefusedError:
        return


def work(url: str, kept: str, seed: int) -> None:
    """What the process does that is killed."""

    async def run() -> None:
        async with open_store(url) as store:
            await Errand(store, Path(kept), account(seed, days=120)).run()

    asyncio.run(run())


async def judged(url: str, folder: Path, seed: int) -> str:
    """What is wrong in the end, if anything is: beside what a process books that nobody kills."""
    async with open_store("memory://") as memory:
        errand = Errand(memory, folder / "whole.json", account(seed, days=120))
        await errand.run()
        whole = await memory.ledger.record(errand.wallet)
    async with open_store(url) as store:
        books = Books(store, default(), TestClock())
        verdict = await books.verify()
        if verdict.fault is not None:
            return f"verify: {verdict.fault}"
        record = await store.ledger.record(errand.wallet)
        cards = await Proposals(store, default(), TestClock()).every(errand.wallet)
    if cards != derive(facts_of(record)):
        return "the cards are not those that follow"
    if state_of(record) != state_of(whole):
        return "the books are others"
    if (len(record.entries), len(record.batches)) != (len(whole.entries), len(whole.batches)):
        return f"{len(record.entries)} entries instead of {len(whole.entries)}"
    return "" if look(cards) == look(derive(facts_of(whole))) else "the cards are others"


def trial(url: str, folder: Path, kills: int, seed: int) -> str:
    """Kill at random moments, then let it end; gives what came of it."""
    chance, began, ended = Random(seed), time.monotonic(), 0  # noqa: S311 - it is to be the same again, not a secret
    for _ in range(kills):
        process = SPAWNING.Process(target=work, args=(url, str(folder / "kept.json"), seed), daemon=True)
        process.start()
        process.join(SOONEST + chance.uniform(0, LONGEST - SOONEST))
        ended += process.exitcode is not None
        if process.exitcode:
            return f"a process ended with {process.exitcode}"
        process.kill()
        process.join()
    process = SPAWNING.Process(target=work, args=(url, str(folder / "kept.json"), seed), daemon=True)
    process.start()
    process.join()
    if process.exitcode:
        return f"the last process ended with {process.exitcode}"
    wrong = asyncio.run(judged(url, folder, seed))
    return f"{wrong or 'all is there once'}; {kills} kills, {ended} too late, {time.monotonic() - began:.0f} s"


def main(kills: int, seed: int) -> None:
    """A file, and where there is one, a server."""
    with TemporaryDirectory(prefix="crash-", dir=".") as folder:
        print("sqlite:", trial(f"sqlite:///{folder}/books.db", Path(folder), kills, seed), flush=True)  # noqa: T201 - this is what it is for
    try:
        with running() as server, TemporaryDirectory(prefix="crash-", dir=".") as folder:
            print("postgresql:", trial(server.make("bookings"), Path(folder), kills, seed), flush=True)  # noqa: T201 - this is what it is for
    except MissingError as error:
        print(error)  # noqa: T201 - this is what it is for


if __name__ == "__main__":
    main(*(map(int, [*sys.argv[1:], "10", "1"][:2])))
