"""The bids of a batch are those that the database would show if each write were written before the next is decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from core.ledger.bids import already_bid, bids_in
from core.ledger.model import Change, Entry, Kind, Posting, Purpose, Snapshot, expense_on, holding_of
from core.ledger.ports import Scope
from core.shared.ids import WalletId
from core.shared.refusals import AlreadyBid
from storage.writer.bids import BidsInBatch, OnJob

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    Write = tuple[WalletId, str, str]

NOW: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
JOBS: Final = ("~021", "~022", "~023")
WALLETS: Final = (WalletId(1), WalletId(2))
WRITES: Final = st.lists(
    st.tuples(st.sampled_from(WALLETS), st.sampled_from(["bid", "boost", "undo"]), st.sampled_from(JOBS)), max_size=12
)


class Shelf:
    """What is written, and what was decided and is not written yet."""

    def __init__(self) -> None:
        self.written: dict[WalletId, list[Entry]] = defaultdict(list)
        self.decided: list[Entry] = []
        self.reads = 0

    def read(self, wanted: Collection[OnJob]) -> Mapping[OnJob, tuple[Entry, ...]]:
        self.reads += 1
        return {key: self.on(key) for key in wanted}

    def on(self, key: OnJob) -> tuple[Entry, ...]:
        entries = self.written[key.wallet]
        undone = {entry.of for entry in entries}
        return bids_in(entry for entry in entries if entry.job == key.job and entry.number not in undone)

    def flush(self) -> None:
        for entry in self.decided:
            self.written[entry.wallet].append(entry)
        self.decided.clear()

    def book(self, wallet: WalletId, what: str, job: str) -> Change:
        number = sum(entry.wallet == wallet for entry in (*self.written[wallet], *self.decided)) + 1
        account = expense_on(Purpose.BOOST if what == "boost" else Purpose.PROPOSAL)
        legs = (Posting(holding_of(wallet), -1, 1), Posting(account, 1, 1))
        entry = Entry(wallet, number, NOW, Kind.SPEND, legs, 9, f"{wallet}:{number}", "", job=job)
        if what == "undo":
            on_job = [one for one in (*self.written[wallet], *self.decided) if (one.wallet, one.job) == (wallet, job)]
            of = on_job[-1].number if on_job else None
            entry = replace(entry, kind=Kind.UNDO, postings=tuple(leg._replace(connects=-leg.connects) for leg in legs))
            entry = replace(entry, job="", of=of)
        self.decided.append(entry)
        return Change((entry,), ())


@settings(max_examples=40)
@given(before=WRITES, batch=WRITES, asked=st.sets(st.sampled_from(JOBS), min_size=1))
def test_each_write_sees_what_those_before_it_in_the_batch_have_booked(
    before: list[Write], batch: list[Write], asked: set[str]
) -> None:
    shelf, twin = Shelf(), Shelf()
    bids = BidsInBatch(shelf.read, shelf.flush)
    for write in before:
        shelf.book(*write)
        twin.book(*write)
    shelf.flush()
    twin.flush()
    bids.begin(Scope(wallet, jobs=tuple(asked)) for wallet in WALLETS)
    for wallet, what, job in batch:
        for jobs in (JOBS, (job,), (job, job)):
            expected = [one for key in dict.fromkeys(jobs) for one in twin.on(OnJob(wallet, key))]
            assert bids.on(Scope(wallet, jobs=jobs)) == bids_in(expected)
        bids.booked(wallet, shelf.book(wallet, what, job))
        twin.book(wallet, what, job)
        twin.flush()


def test_nothing_is_read_for_writes_that_name_no_job() -> None:
    shelf = Shelf()
    bids = BidsInBatch(shelf.read, shelf.flush)
    bids.begin([Scope(WALLETS[0])])
    assert bids.on(Scope(WALLETS[0])) == ()
    assert not shelf.reads


def test_the_latest_bid_is_the_one_that_is_asked_about() -> None:
    shelf = Shelf()
    for _ in range(3):
        shelf.book(WALLETS[0], "bid", JOBS[0])
    before = Snapshot(WALLETS[0])
    assert already_bid(before) is None
    assert already_bid(before._replace(bids=bids_in(shelf.decided))) == AlreadyBid(3)
