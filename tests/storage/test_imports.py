"""What every store promises about imports: they are written with their change, read back, and proven."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger.entry_builder import builder_for
from core.ledger.model import Kind, Receipt, Source, income_from
from core.ledger.ports import Key, Scope
from core.ledger.sightings import BatchKind, Boosted, ProposalSighting, ProposalState, Sighting, standing
from core.shared.ids import WalletId
from core.shared.money import Price
from core.shared.refusals import KeyReused
from storage import UnfitChangeError
from tests.storage.importing import Seen, change_of, import_rows, tell, undo_import
from tests.storage.teller import BOOK, Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Snapshot
    from core.ledger.ports import Record
    from core.store import Store
    from tests.clock import TestClock

PAGE = (
    Seen(40, "Rising Talent"),
    Seen(-16, "Logo", day=3, job="~021", member="Ann"),
    Seen(-8, "Shop", day=4, member=""),
    Seen(-4, "", day=4),
)


async def record(teller: Teller) -> Record:
    return await teller.store.ledger.record(teller.wallet)


TOLD = (
    ProposalSighting(1, ProposalState.HIRED, number=1, worth=Price(120_000, 0, "EUR"), afresh=True),
    ProposalSighting(
        2,
        ProposalState.VIEWED,
        date(2026, 1, 5),
        "Logo",
        seen=(7, 3),
        proposal="2010000000000000001",
        job="~021",
        profile="General Profile",
        boosted=Boosted.OUTBID,
        viewed=True,
    ),
)


async def test_what_was_said_of_proposals_is_read_back_and_proven(teller: Teller) -> None:
    booked(await teller.buy(10))
    booked(await tell(teller, lambda batch: batch._replace(proposals=TOLD, last=date(2026, 1, 6))))
    booked(await tell(teller, lambda batch: batch._replace(kind=BatchKind.PINNED, balance=10), "pin"))
    booked(await tell(teller, lambda batch: batch._replace(kind=BatchKind.LIFTED, lifts=2), "lift"))
    booked(await tell(teller, lambda batch: batch._replace(of=1), "undo"))
    told, pinned, lifted, undo = (await record(teller)).batches
    assert [one._replace(salt="", digest="", seal="") for one in told.proposals] == list(TOLD)
    assert (told.kind, told.last, told.salt) == (BatchKind.TOLD, date(2026, 1, 6), "")
    assert (pinned.balance, lifted.lifts, undo.of) == (10, 2, 1)
    assert standing((await record(teller)).batches, BatchKind.TOLD) == ()
    assert standing((await record(teller)).batches) == (pinned, lifted)
    assert await teller.store.ledger.batches(teller.wallet) == (told, pinned, lifted, undo)
    await proven(teller.store)


async def test_an_import_is_read_back_as_it_was_booked(teller: Teller) -> None:
    booked(await teller.buy(10))
    receipt = booked(await import_rows(teller, *PAGE))
    found = await record(teller)
    assert found.entries[1:] == receipt.entries
    assert [entry.happened for entry in found.entries] == [None, *(row.at for row in PAGE)]
    (batch,) = found.batches
    assert (batch.number, batch.key, batch.balance, batch.salt) == (1, "import", 22, "")
    assert [(one.number, one.booked, one.title, one.member) for one in batch.sightings] == [
        (2, True, "Rising Talent", None),
        (3, True, "Logo", "Ann"),
        (4, True, "Shop", ""),
        (5, True, "", None),
    ]
    assert batch.sightings[1].at == PAGE[1].at
    assert len({one.salt for one in batch.sightings}) == 4
    await proven(teller.store)


async def test_rows_are_read_in_pages_whether_their_imports_stand_or_not(teller: Teller) -> None:
    booked(await import_rows(teller, *PAGE))
    booked(await import_rows(teller, *PAGE[:2], key="again"))
    await undo_import(teller, 1)
    every = [(batch.number, row) for batch in (await record(teller)).batches for row in batch.sightings]
    after, found = (0, 0), list[tuple[int, Sighting]]()
    while rows := await teller.store.ledger.sightings(teller.wallet, after, 4):
        found += rows
        after = rows[-1][0], rows[-1][1].line
    assert found == every
    assert await teller.store.ledger.sightings(WalletId(7), (0, 0), 4) == ()


async def test_imports_follow_each_other_and_may_book_nothing(teller: Teller) -> None:
    booked(await import_rows(teller, *PAGE, key="one"))
    seen = (Seen(-16, "Logo", day=3, known=2), Seen(-2, "App", day=5))
    booked(await import_rows(teller, *seen, key="two"))
    again = await import_rows(teller, Seen(-16, "Logo", day=3, job="~021", known=2), key="three")
    assert again == Receipt((), ())
    assert await undo_import(teller, 1) == Receipt((), ())
    undo = await teller.store.ledger.imported(teller.wallet, "undo")
    assert undo is not None
    assert undo.of == 1
    assert await teller.store.ledger.imported(WalletId(99), "undo") is None
    found = await record(teller)
    assert [batch.number for batch in found.batches] == [1, 2, 3, 4]
    assert [batch.number for batch in standing(found.batches)] == [2, 3]
    assert [(one.number, one.booked) for one in found.batches[1].sightings] == [(2, False), (5, True)]
    assert (found.head.entries, found.head.balance) == (5, 10)
    booked(await teller.spend(1))
    assert (await proven(teller.store)).entries == 6


async def test_the_same_import_twice_is_booked_once_and_not_read_again(teller: Teller) -> None:
    first = booked(await import_rows(teller, *PAGE))
    assert await import_rows(teller, *PAGE) == Receipt((first.entry,), (), replayed=True)
    assert await import_rows(teller, *PAGE, body="other") == KeyReused("import")
    completed = Seen(-16, "Logo", day=3, job="~021", known=2)
    assert await import_rows(teller, completed, key="more") == Receipt((), ())
    assert await import_rows(teller, completed, key="more") == Receipt((), (), replayed=True)
    assert len((await record(teller)).batches) == 2
    await proven(teller.store)


async def test_the_same_import_twice_at_once_is_booked_once(teller: Teller) -> None:
    at = teller.clock.now()

    async def once() -> Receipt:
        return booked(
            await teller.store.ledger.write(
                Scope(teller.wallet, imports=True),
                Key("import", "asked"),
                lambda before: change_of(before, PAGE, at, "import"),
            )
        )

    receipts = await asyncio.gather(*(once() for _ in range(5)))
    assert sorted(one.replayed for one in receipts) == [False, True, True, True, True]
    assert len((await record(teller)).batches) == 1
    await proven(teller.store)


async def test_an_import_is_found_by_its_key_in_its_own_wallet(store: Store, clock: TestClock) -> None:
    ann, bob = await open_teller(store, clock, "ann"), await open_teller(store, clock, "bob")
    booked(await import_rows(ann, *PAGE))
    booked(await ann.buy(5, key="bought"))
    (batch,) = (await record(ann)).batches
    assert await store.ledger.imported(ann.wallet, "import") == batch._replace(sightings=())
    assert await store.ledger.imported(bob.wallet, "import") is None
    assert await store.ledger.imported(ann.wallet, "bought") is None
    assert await import_rows(bob, *PAGE) == KeyReused("import")
    booked(await import_rows(bob, *PAGE, key="of bob"))
    assert [batch.number for batch in (await record(bob)).batches] == [1]
    assert (await proven(store)).wallets == 2


def _numbered_wrongly(change: Change) -> Change:
    assert change.batch is not None
    return change._replace(batch=change.batch._replace(number=2))


def _of_another_wallet(change: Change) -> Change:
    assert change.batch is not None
    return change._replace(batch=change.batch._replace(wallet=WalletId(77)))


def _under_another_key(change: Change) -> Change:
    assert change.batch is not None
    return change._replace(batch=change.batch._replace(key="other"))


def _unsealed(change: Change) -> Change:
    assert change.batch is not None
    return change._replace(batch=change.batch._replace(seal=""))


def _without_entries(change: Change) -> Change:
    return change._replace(entries=())


@pytest.mark.parametrize(
    "damage", [_numbered_wrongly, _of_another_wallet, _under_another_key, _unsealed, _without_entries]
)
async def test_an_import_that_does_not_fit_is_refused(teller: Teller, damage: Callable[[Change], Change]) -> None:
    booked(await teller.buy(30))
    at = teller.clock.now()

    def decide(before: Snapshot) -> Change:
        return damage(change_of(before, PAGE, at, "import"))

    with pytest.raises(UnfitChangeError):
        await teller.store.ledger.write(Scope(teller.wallet, imports=True), Key("import", "asked"), decide)
    assert (await record(teller)).batches == ()
    assert (await proven(teller.store)).entries == 1


async def test_an_import_needs_a_scope_that_is_about_imports(teller: Teller) -> None:
    at = teller.clock.now()
    with pytest.raises(UnfitChangeError, match="not about imports"):
        await teller.store.ledger.write(
            Scope(teller.wallet), Key("import", "asked"), lambda before: change_of(before, PAGE, at, "import")
        )


async def test_the_past_goes_by_when_things_happened(teller: Teller) -> None:
    booked(await teller.buy(10))
    booked(await import_rows(teller, *PAGE))

    async def left(day: int) -> list[int]:
        at = PAGE[0].at + timedelta(days=day)
        return [lot.left for lot in await teller.store.ledger.lots_at(teller.wallet, at)]

    assert [await left(day) for day in (-1, 0, 3, 4)] == [[], [40], [24], [12]]
    assert (await teller.store.ledger.lots_at(teller.wallet, teller.clock.now())) == (await record(teller)).head.lots


async def test_titles_and_spends_on_a_job_go_by_when_they_happened(teller: Teller) -> None:
    page = (
        Seen(90, "Gift"),
        Seen(-1, "Older", day=1, job="~a"),
        Seen(-1, "Newer", day=9, job="~a", job_in_entry="~a"),
        Seen(-1, "Other", day=5, job="~b"),
        Seen(-1, "Undone", day=8, job="~a"),
    )
    booked(await import_rows(teller, *page))
    booked(await teller.undo(5))
    booked(await teller.spend(1, memo="Today", job="~a"))
    booked(await import_rows(teller, Seen(-1, "Late", day=7), key="late"))
    ledger = teller.store.ledger
    assert await ledger.titles(teller.wallet, 9) == ("Today", "Newer", "Late", "Other", "Older")
    assert await ledger.titles(teller.wallet, 2) == ("Today", "Newer")
    assert [spend.number for spend in await ledger.on_job(teller.wallet, "~a")] == [7, 3, 2]
    assert [spend.number for spend in await ledger.on_job(teller.wallet, "~b")] == [4]
    assert await ledger.on_job(teller.wallet, "") == ()
    booked(await undo_import(teller, 1))
    assert [spend.number for spend in await ledger.on_job(teller.wallet, "~a")] == [7, 3]


async def test_lots_outside_the_snapshot_are_changed_and_not_made_again(teller: Teller) -> None:
    """A planned change names drained lots without its scope asking for them."""
    booked(await teller.buy(10, 150))
    booked(await teller.spend(10))
    full = booked(await teller.buy(5, 75)).lots[0]
    (drained,) = [lot for lot in (await record(teller)).head.lots if lot.number == 1]
    teller.clock.pass_(days=5)

    def decide(before: Snapshot) -> Change:
        assert [lot.number for lot in before.lots] == [2]
        change = change_of(before, (Seen(3, "Back", day=225),), teller.clock.now(), "back")
        return change._replace(lots=(*change.lots, drained, full))

    booked(await teller.store.ledger.write(Scope(teller.wallet, imports=True), Key("back", "asked"), decide))
    lots = (await record(teller)).head.lots
    assert [(lot.number, lot.left) for lot in lots] == [(1, 0), (2, 5), (3, 3)]
    await proven(teller.store)


async def test_a_change_of_nothing_but_a_cost_is_kept(teller: Teller) -> None:
    """Nothing of the lot is drawn, but its price is another."""
    booked(await teller.buy(10, 150))

    def dearer(before: Snapshot, intent: Intent) -> Change:
        builder = builder_for(before, intent, BOOK)
        builder.move(1, 0, Price(30, 0, "USD"), income_from(Source.PURCHASE))
        builder.enter(Kind.VALUATION)
        return builder.change()

    booked(await teller.carry(dearer))
    (lot,) = (await record(teller)).head.lots
    assert (lot.left, lot.price, lot.worth) == (10, Price(180, 7, "USD"), Price(180, 7, "USD"))
    booked(await teller.spend(1))
    await proven(teller.store)


async def test_an_import_is_booked_among_other_writes(teller: Teller) -> None:
    booked(await import_rows(teller, Seen(40, "Gift"), key="first"))
    completed = Seen(40, "Gift", job="~1", known=1)
    spends = [teller.spend(1) for _ in range(10)]
    given = await asyncio.gather(*spends[:5], import_rows(teller, completed, key="second"), *spends[5:])
    assert all(isinstance(one, Receipt) for one in given)
    found = await record(teller)
    assert (found.head.balance, len(found.batches)) == (30, 2)
    await proven(teller.store)


async def test_what_an_import_brings_several_times_takes_no_once_key(teller: Teller) -> None:
    page = (
        Seen(10, "", source=Source.MONTHLY),
        Seen(10, "", day=1, source=Source.MONTHLY),
        Seen(5, "Python", day=2, source=Source.ASSESSMENT),
        Seen(5, "python", day=3, source=Source.ASSESSMENT),
    )
    booked(await import_rows(teller, *page))
    assert (await record(teller)).head.once_keys == ()
    await proven(teller.store)


async def test_an_import_of_many_rows_is_one_change(teller: Teller) -> None:
    page = (Seen(2000, "Gift"), *(Seen(-1, f"Job {day}", day=day % 90, job=f"~{day}") for day in range(1100)))
    receipt = booked(await import_rows(teller, *page))
    booked(await teller.spend(1))
    assert len(receipt.entries) == 1101
    verdict = await proven(teller.store)
    assert (verdict.entries, verdict.connects) == (1102, 899)
    assert len((await record(teller)).batches[0].sightings) == 1101
    assert [entry.number for entry in await teller.store.ledger.on_job(teller.wallet, "~7")] == [9]
    assert booked(await import_rows(teller, *page)).entries == (receipt.entry,)


async def test_a_record_is_of_one_moment(teller: Teller) -> None:
    booked(await teller.buy(500))

    async def look() -> None:
        for _ in range(20):
            found = await record(teller)
            assert found.head.balance == found.entries[-1].balance == sum(lot.left for lot in found.head.lots)

    await asyncio.gather(look(), look(), *(teller.spend(1) for _ in range(60)))
