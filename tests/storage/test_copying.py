"""A copy of a database holds the same books, and the bot goes on with it where it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Notice, Subscription, Target
from core.inbox import KeptUpdate
from core.incomes.model import Income
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.service import Proposals
from core.scheduling.task import Task
from core.shared.money import Price
from core.verification import verify
from core.wallets.people import Chat, ChatKind, ChatRef, Identity
from core.wallets.settings import Settings
from core.wallets.team import Limit, Period, TeamSettings
from storage import DatabaseBusyError, StorageError, UnsupportedUrlError, copy, open_journal, open_store
from tests.storage.importing import Seen, import_rows, tell
from tests.storage.linking import plan_of
from tests.storage.teller import BOOK, Teller, booked, open_teller
from tests.storage.test_announcements import drafted
from tests.storage.test_promotions import claim, promoted, terms
from tests.storage.test_records import action, series

if TYPE_CHECKING:
    from pathlib import Path

    from core.verification import Verdict
    from tests.clock import TestClock

TEAM = ChatRef("telegram", "-100")


async def live(url: str, clock: TestClock) -> None:
    """Fill every table: two people, one who is forgotten, a group, lots of all kinds, a return, an undo, a once-key."""
    async with open_store(url) as store:
        ann, bob = await open_teller(store, clock, "ann"), await open_teller(store, clock, "bob")
        await store.people.note_reachable(Chat(TEAM, ChatKind.GROUP, "Team"), clock.now())
        team = await store.people.open_wallet(TEAM, Settings(zone="Europe/Kyiv", threshold=20))
        await store.people.note_member(team.id, ann.person, clock.now())
        assert await store.people.join_group(ChatRef("discord", "7"), team.id)
        await store.notes.put_note("menu", "hash", clock.now() + timedelta(days=1))
        booked(await ann.welcome())
        booked(await ann.buy(60, 900))
        spent = booked(await ann.spend(26, memo='Logo "redesign" \\ 漢字'))
        booked(await ann.give_back(spent.entry.number, 4))
        booked(await ann.undo(spent.entry.number + 1))
        booked(
            await import_rows(ann, Seen(9, "Gift", day=223), Seen(-2, 'Logo "2" \\ 漢字', day=224, job="~a", member=""))
        )
        viewed = ProposalSighting(1, ProposalState.VIEWED, title='Logo "2" \\ 漢字', viewed=True, seen=(1, 2))
        booked(await tell(ann, lambda batch: batch._replace(proposals=(viewed,))))
        assert await Proposals(store, BOOK, clock).every(ann.wallet)
        booked(await bob.monthly())
        booked(await bob.spend(10))
        await store.outbox.notify([Notice("n1", "low", {"connects": 3}, ann.wallet)], clock.now())
        await store.subscriptions.subscribe(
            Subscription(Target("telegram", "-7"), clock.now(), ann.person, tags=("design",))
        )
        await promotion_claimed(ann)
        limits = (Limit(1, 100, Period.WEEK), Limit(2, 5000, Period.MONTH, person=ann.person, currency="USD"))
        await store.people.save_settings(ann.wallet, Settings(team=TeamSettings(limits=limits)))
        await store.recurring.new_series(series(ann))
        await store.announcements.new_announcement(drafted(ann))
        await store.audit_log.record(action(ann))
        await store.incomes.keep(ann.wallet, [Income("9001", date(2026, 1, 2), "Acme", "Logo", Price(5000, 0, "USD"))])
        await store.incomes.name_bid(ann.wallet, "acme", "2")
        await store.inbox.keep("telegram", [KeptUpdate(7, '{"text": "/spend 漢字"}', clock.now())])
        sam = await open_teller(store, clock, "sam")
        booked(await sam.buy(7))
        assert await store.links.link(await plan_of(bob, sam)) is not None
        gone = await open_teller(store, clock, "gone")
        booked(await gone.buy(5))
        await store.forgetting.forget(gone.person, clock.now())
        clock.pass_(days=400)
        booked(await bob.buy(5))


async def promotion_claimed(teller: Teller) -> None:
    """A promotion that has given Connects and has not ended yet."""
    promotion = await promoted(teller, terms(teller.clock, supply=100))
    booked(await claim(teller, promotion))
    await teller.store.tasks.schedule(Task("promotion:1:end", teller.clock.now()))


async def verdict_on(url: str) -> Verdict:
    async with open_journal(url) as audit:
        verdict = await verify(audit)
    assert verdict.fault is None, verdict.fault
    return verdict


@pytest.mark.parametrize(("source", "target"), [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "new")])
async def test_a_copy_is_the_same_book(
    request: pytest.FixtureRequest, tmp_path: Path, clock: TestClock, source: str, target: str
) -> None:
    urls = {"new": f"sqlite:///{tmp_path / 'copy.db'}"}
    for name in {source, target} - {"new"}:
        urls[name] = request.getfixturevalue("url" if name == "sqlite" else "postgres")
    await live(urls[source], clock)
    rows = copy(urls[source], urls[target])
    assert await verdict_on(urls[target]) == await verdict_on(urls[source])
    assert {name for name, count in rows.items() if not count} == {"sender", "slice"}
    await _goes_on(urls[target], clock)


async def _goes_on(url: str, clock: TestClock) -> None:
    async with open_store(url) as store:
        ann = await open_teller(store, clock, "ann")
        assert booked(await ann.spend(1)).entry.memo == ""
        assert await store.ledger.titles(ann.wallet, 5) == ('Logo "2" \\ 漢字', 'Logo "redesign" \\ 漢字')
        assert (await store.people.wallet_of(TEAM)) is not None
        bob, sam, zoe = [await open_teller(store, clock, name) for name in ("bob", "sam", "zoe")]
        assert (sam.person, sam.wallet) == (bob.person, bob.wallet)
        (link,) = await store.links.links_of(sam.person)
        new = await store.links.link(await plan_of(ann, zoe, "later"))
        assert new is not None
        assert new.id > link.id
        assert await store.notes.note("menu", clock.now() - timedelta(days=400)) == "hash"
        assert [one.body for one in await store.inbox.unfinished("telegram")] == ['{"text": "/spend 漢字"}']
        eve = await open_teller(store, clock, "eve")
        booked(await eve.buy(3))
        assert (await store.recurring.new_series(series(ann))).id == 2
        assert (await store.announcements.new_announcement(drafted(ann, "second"))).number == 2
        await store.audit_log.record(action(ann, "k2"))
        assert [one.id for one in await store.audit_log.records(5)] == [2, 1]
        assert eve.person not in {ann.person, 2}
    await verdict_on(url)


async def test_a_copy_goes_into_an_empty_database_only(url: str, postgres: str, clock: TestClock) -> None:
    await live(url, clock)
    async with open_store(postgres) as store:
        await store.people.person(Identity("test", "ann"), "Ann")
    with pytest.raises(StorageError, match="it must be empty"):
        copy(url, postgres)
    async with open_store(postgres) as store:
        assert (await store.people.person(Identity("test", "bob"), "Bob")).id == 2


async def test_a_file_that_is_in_use_is_not_copied(url: str, postgres: str, clock: TestClock) -> None:
    async with open_store(url) as store:
        booked(await (await open_teller(store, clock, "ann")).buy(3))
        with pytest.raises(DatabaseBusyError):
            copy(url, postgres)


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
async def test_books_are_not_copied_onto_themselves_whatever_the_address(
    request: pytest.FixtureRequest, clock: TestClock, file: Path, where: str
) -> None:
    address: str = request.getfixturevalue("url" if where == "sqlite" else "postgres")
    await live(address, clock)
    link = file.with_name("link.db")
    link.symlink_to(file)
    others = {"sqlite": f"sqlite:///{link}", "postgresql": f"{address}&application_name=other"}
    for other in (address, others[where]):
        with pytest.raises(StorageError, match="both addresses name the same database"):
            copy(address, other)
    await verdict_on(address)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "data/books.db",
            "data/books.db is not the address of a database; if it is a file, write sqlite:///data/books.db",
        ),
        ("books", "write sqlite:///books"),
        ("mysql://ann:secret@host/books", "the database address mysql:... cannot be opened"),
        ("postgresql:ann:secret@host", "the database address postgresql:... cannot be opened"),
    ],
)
def test_an_address_that_is_none_is_explained_without_secrets(url: str, address: str, words: str) -> None:
    with pytest.raises(UnsupportedUrlError) as error:
        copy(url, address)
    assert words in str(error.value)
    assert "secret" not in str(error.value)


async def test_a_store_in_memory_cannot_be_copied(postgres: str) -> None:
    with pytest.raises(UnsupportedUrlError, match="nothing to copy"):
        copy("memory://", postgres)
