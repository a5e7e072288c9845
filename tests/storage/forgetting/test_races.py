"""What happens while somebody is forgotten is either done before and erased, or refused."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Notice
from core.links.model import Accounts, BooksState, Link, LinkedBooks, LinkPlan
from core.proposals.clusters import clustered
from core.proposals.deriving import derive
from core.proposals.listing import Wanted
from core.proposals.ports import Renewal
from core.proposals.refreshing import facts_of, refresh
from core.shared.ids import LinkId
from core.shared.refusals import RefusedError, Unknown
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings
from core.wallets.team import Limit, Period, Role, TeamSettings
from storage import open_store
from tests.storage.forgetting.test_gone import files, found
from tests.storage.importing import Seen, import_rows
from tests.storage.teller import booked, open_teller, proven

if TYPE_CHECKING:
    from pathlib import Path

    from core.store import Store
    from tests.clock import TestClock

TEAM = ChatRef("test", "team")


async def test_what_is_booked_meanwhile_is_erased_or_refused(store: Store, clock: TestClock) -> None:
    ann = await open_teller(store, clock, "ann")
    booked(await ann.buy(100))
    spends = [ann.spend(1, f"k{turn}", memo="Quixotic") for turn in range(12)]
    low = Notice("n1", "low", {"connects": 3}, ann.wallet)
    *given, _, _, _ = await asyncio.gather(
        *spends[:6],
        import_rows(ann, Seen(2, "Quixotic", day=400)),
        *spends[6:9],
        store.forgetting.forget(ann.person, clock.now()),
        store.outbox.notify([low], clock.now()),
        store.notes.sweep_notes(clock.now()),
    )
    given += [await spend for spend in spends[9:]]
    record = await store.ledger.record(ann.wallet)
    kept = [one for one in given if not isinstance(one, Unknown)]
    assert len(record.entries) == 1 + len(kept)
    assert {entry.memo for entry in record.entries} == {""}
    assert {row.title for batch in record.batches for row in batch.sightings} <= {""}
    await proven(store)


async def test_an_action_that_is_sent_again_books_nothing(store: Store, clock: TestClock) -> None:
    ann = await open_teller(store, clock, "ann")
    booked(await ann.buy(100))
    booked(await ann.spend(1, "again", memo="Logo"))
    await store.forgetting.forget(ann.person, clock.now())
    assert await ann.spend(1, "again", memo="Logo") == Unknown("wallet", str(ann.wallet))
    with pytest.raises(RefusedError):
        await store.people.open_wallet(ann.person, Settings())
    with pytest.raises(RefusedError):
        await store.people.save_settings(ann.wallet, Settings(zone="Europe/Kyiv"))
    again = await open_teller(store, clock, "ann")
    assert again.person != ann.person
    assert again.wallet != ann.wallet
    booked(await again.welcome())
    await proven(store)


async def test_whoever_has_no_books_cannot_open_any_once_they_are_forgotten(store: Store, clock: TestClock) -> None:
    person = await store.people.person(Identity("test", "ann"), "Ann")
    await store.forgetting.forget(person.id, clock.now())
    with pytest.raises(RefusedError):
        await store.people.open_wallet(person.id, Settings())
    assert await store.people.names([person.id]) == {}


async def test_a_link_that_was_planned_is_not_written(store: Store, clock: TestClock) -> None:
    ann = await open_teller(store, clock, "ann")
    other = await store.people.person(Identity("test", "other"), "Ann O.")
    nothing = BooksState(0, 0, 0)
    who = Accounts.ALONE, ann.person, other.id, (other.id,)
    plan = LinkPlan(Link(LinkId(0), clock.now(), "link", *who, LinkedBooks(ann.wallet, nothing, nothing)))
    await store.forgetting.forget(other.id, clock.now())
    assert await store.links.link(plan) is None


async def test_a_group_keeps_figures_and_what_others_did(store: Store, clock: TestClock) -> None:
    ann, bob = await open_teller(store, clock, "ann"), await open_teller(store, clock, "bob")
    limits = (Limit(1, 100, Period.WEEK), Limit(2, 50, Period.DAY, person=ann.person))
    shared = TeamSettings(roles=((ann.person, Role.OWNER), (bob.person, Role.MANAGER)), limits=limits)
    team = await store.people.open_wallet(TEAM, Settings(team=shared))
    for one in (ann, bob):
        one.wallet = team.id
        await store.people.note_member(team.id, one.person, clock.now())
    booked(await bob.buy(100))
    spent = booked(await ann.spend(9, "1767000000:test:team:m5", memo="Hers"))
    booked(await bob.spend(7, "1767000000:test:team:m6", memo="His"))
    booked(await bob.undo(spent.entry.number))
    before = await proven(store)
    gone = await store.forgetting.forget(ann.person, clock.now())
    assert (gone.entries, gone.in_groups, gone.texts) == (0, 1, 1)
    assert (await proven(store)).fingerprint == before.fingerprint
    entries = (await store.ledger.record(team.id)).entries
    assert [(entry.delta, entry.memo) for entry in entries] == [(100, ""), (-9, ""), (-7, "His"), (9, "")]
    left = (await store.people.settings_of(team.id)).team
    assert (left.roles, left.limits) == (((bob.person, Role.MANAGER),), limits[:1])
    assert await store.people.members(team.id) == (bob.person,)
    assert booked(await ann.spend(9, "1767000000:test:team:m5", memo="Hers")).replayed
    booked(await bob.spend(1))
    await proven(store)


async def test_who_reads_an_older_state_keeps_its_log_only_until_they_end(
    url: str, file: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite.store.PAUSES", (0.0,))
    async with open_store(url) as store:
        ann = await open_teller(store, clock, "ann")
        booked(await ann.buy(100))
        booked(await ann.spend(1, memo="Quixotic"))
        with closing(sqlite3.connect(file, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM wallet").fetchall()
            await store.forgetting.forget(ann.person, clock.now())
            assert found(files(file.parent), "Quixotic")
        await store.notes.put_note("x", "y", None)
        assert not found(files(file.parent), "Quixotic")
        await proven(store)


async def test_cards_that_were_derived_meanwhile_are_not_stored(store: Store, clock: TestClock) -> None:
    ann = await open_teller(store, clock, "ann")
    booked(await ann.buy(100))
    booked(await ann.spend(1, memo="Quixotic"))
    age, record = await store.proposals.age(ann.wallet), await store.ledger.record(ann.wallet)
    facts = facts_of(record)
    late = Renewal(age.mark, age.now, None, clustered(facts, derive(facts)))
    await store.forgetting.forget(ann.person, clock.now())
    assert not await store.proposals.renew(ann.wallet, late)
    await refresh(store, ann.wallet)
    assert [card.title for card in await store.proposals.page(ann.wallet, Wanted(), 0, 9)] == [""]
    await proven(store)
