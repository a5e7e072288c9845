"""What every store promises about people, chats, wallets' owners and notes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.scheduling.task import Task
from core.shared.ids import PersonId, WalletId
from core.shared.refusals import RefusedError, Unknown
from core.wallets.people import Chat, ChatKind, ChatRef, Identity, Wallet
from core.wallets.ports import daily_review_name
from core.wallets.settings import Alerts, Plan, Settings, Where
from tests.storage.teller import Teller, booked, proven

if TYPE_CHECKING:
    from core.store import Store

NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
OLD, NEW = ChatRef("telegram", "-42"), ChatRef("telegram", "-100420")


async def test_a_person_is_made_on_first_sight_and_keeps_the_latest_name(store: Store) -> None:
    first = await store.people.person(Identity("telegram", "42"), "Ann")
    assert await store.people.person(Identity("telegram", "42"), "Ann") == first
    renamed = await store.people.person(Identity("telegram", "42"), "Ann B.")
    assert (renamed.id, renamed.name) == (first.id, "Ann B.")
    assert (await store.people.person(Identity("discord", "42"), "Ann")).id != first.id


async def test_a_person_seen_by_many_at_once_is_one_person(store: Store) -> None:
    seen = await asyncio.gather(*(store.people.person(Identity("telegram", "42"), "Ann") for _ in range(50)))
    assert len(set(seen)) == 1


async def test_people_are_named_by_their_ids(store: Store) -> None:
    ann, bob = [await store.people.person(Identity("telegram", name), name) for name in ("Ann", "Bob")]
    await store.people.person(Identity("telegram", "Bob"), "Robert")
    assert await store.people.names([bob.id, PersonId(99), ann.id, bob.id]) == {ann.id: "Ann", bob.id: "Robert"}
    assert await store.people.names([]) == {}


async def test_a_person_is_known_by_an_identity_on_a_platform(store: Store) -> None:
    ann, bob = [await store.people.person(Identity("telegram", name), name) for name in ("Ann", "Bob")]
    assert await store.people.identities(ann.id) == (Identity("telegram", "Ann"),)
    assert await store.people.identities(bob.id) == (Identity("telegram", "Bob"),)
    assert await store.people.identities(PersonId(99)) == ()


async def test_whoever_writes_in_a_group_is_noted_once(store: Store) -> None:
    ann, bob = [await store.people.person(Identity("telegram", name), name) for name in ("Ann", "Bob")]
    team, other = [await store.people.open_wallet(chat, Settings()) for chat in (OLD, NEW)]
    await asyncio.gather(*(store.people.note_member(team.id, bob.id, NOW) for _ in range(20)))
    await store.people.note_member(team.id, ann.id, NOW)
    assert (await store.people.members(team.id), await store.people.members(other.id)) == ((ann.id, bob.id), ())
    await store.people.note_member(other.id, ann.id, NOW)
    await store.people.move_chat(OLD, NEW)  # nothing was booked in the other, so it makes room
    assert (await store.people.members(team.id), await store.people.members(other.id)) == ((ann.id, bob.id), ())


async def test_a_wallet_is_opened_once(store: Store) -> None:
    person = await store.people.person(Identity("telegram", "42"), "Ann")
    assert await store.people.wallet_of(person.id) is None
    settings = Settings("Europe/Riga", "EUR", Plan.PLUS, 20)
    opened = await asyncio.gather(*(store.people.open_wallet(person.id, settings) for _ in range(20)))
    assert set(opened) == {Wallet(opened[0].id, settings)}
    assert await store.people.open_wallet(person.id, Settings()) == opened[0]
    assert await store.people.wallet_of(person.id) == opened[0]


async def test_the_next_review_of_a_wallet_is_scheduled_with_its_settings(store: Store) -> None:
    wallet = await store.people.open_wallet(OLD, Settings(), NOW)
    assert await store.tasks.due_by(NOW, 9) == (Task(daily_review_name(wallet.id), NOW),)
    for later in (NOW + timedelta(hours=1), NOW + timedelta(hours=2)):
        await store.people.save_settings(wallet.id, Settings("Asia/Tokyo"), later)
        assert await store.tasks.due_by(NOW + timedelta(days=1), 9) == (Task(daily_review_name(wallet.id), later),)
    await store.people.save_settings(wallet.id, Settings())
    assert await store.people.open_wallet(OLD, Settings()) == Wallet(wallet.id, Settings())
    assert await store.tasks.next_due_at() == later
    await store.people.open_wallet(OLD, Settings(), NOW)
    assert await store.tasks.next_due_at() == NOW


async def test_an_unknown_wallet_schedules_no_review(store: Store) -> None:
    with pytest.raises(RefusedError):
        await store.people.save_settings(WalletId(99), Settings(), NOW)
    with pytest.raises(RefusedError):
        await store.people.open_wallet(PersonId(7), Settings(), NOW)
    assert await store.tasks.next_due_at() is None


async def test_people_and_chats_have_wallets_of_their_own(store: Store) -> None:
    person = await store.people.person(Identity("telegram", "42"), "Ann")
    wallets = [
        await store.people.open_wallet(owner, Settings()) for owner in (person.id, OLD, NEW, ChatRef("discord", "-42"))
    ]
    assert len({wallet.id for wallet in wallets}) == 4


async def test_a_wallet_needs_a_person_who_is_known(store: Store) -> None:
    with pytest.raises(RefusedError) as refused:
        await store.people.open_wallet(PersonId(7), Settings())
    assert refused.value.refusal == Unknown("person", "7")


async def test_settings_are_stored_and_seen_by_the_next_decision(teller: Teller) -> None:
    booked(await teller.buy(10))
    until = teller.clock.now() + timedelta(days=7)
    alerts = Alerts((7, 1), None, 15, monthly=False, where=Where.BOTH, person=teller.person, snoozed=(("low", until),))
    chosen = Settings("Asia/Tokyo", "JPY", Plan.AGENCY, 30, 300, "23-7", alerts)
    await teller.store.people.save_settings(teller.wallet, chosen)
    wallet = await teller.store.people.wallet_of(teller.person)
    assert wallet == Wallet(teller.wallet, chosen)
    assert await teller.store.people.settings_of(teller.wallet) == chosen
    with pytest.raises(RefusedError):
        await teller.store.people.settings_of(WalletId(99))
    assert await teller.carry(lambda before, _: Unknown("threshold", str(before.threshold))) == Unknown(
        "threshold", "30"
    )
    assert (await teller.store.ledger.holding(teller.wallet)).threshold == 30


async def test_settings_of_an_unknown_wallet_are_refused_and_neighbours_are_kept(teller: Teller) -> None:
    given = await asyncio.gather(
        teller.buy(10),
        teller.store.people.save_settings(WalletId(99), Settings()),
        teller.buy(5),
        return_exceptions=True,
    )
    assert isinstance(given[1], RefusedError)
    assert await teller.balance() == 15


async def test_a_chat_is_stored_as_last_noted(store: Store) -> None:
    assert await store.people.chat(OLD) is None
    for title in ("Designers", "Designers & co"):
        await store.people.note_reachable(Chat(OLD, ChatKind.GROUP, title), NOW)
    assert await store.people.chat(OLD) == Chat(OLD, ChatKind.GROUP, "Designers & co")
    await store.people.note_unreachable(OLD, ChatKind.GROUP, "removed", NOW)
    assert await store.people.chat(OLD) == Chat(OLD, ChatKind.GROUP, "Designers & co", "removed")


async def group(store: Store, teller: Teller) -> Teller:
    await store.people.note_reachable(Chat(OLD, ChatKind.GROUP, "Designers"), NOW)
    wallet = await store.people.open_wallet(OLD, Settings())
    agency = Teller(store, teller.clock, wallet.id, teller.person)
    booked(await agency.buy(100))
    return agency


async def test_a_group_that_moves_takes_its_wallet_along(store: Store, teller: Teller) -> None:
    agency = await group(store, teller)
    for _ in range(2):
        await store.people.move_chat(OLD, NEW)
        assert await store.people.chat(OLD) is None
        assert await store.people.chat(NEW) == Chat(NEW, ChatKind.GROUP, "Designers")
        assert await store.people.wallet_of(OLD) is None
        assert await store.people.wallet_of(NEW) == Wallet(agency.wallet, Settings())
    booked(await agency.spend(10))
    await proven(store)


async def test_an_unused_wallet_under_the_new_id_makes_room(store: Store, teller: Teller) -> None:
    agency = await group(store, teller)
    await store.people.note_reachable(Chat(NEW, ChatKind.GROUP, "Designers, moved"), NOW)
    early = await store.people.open_wallet(NEW, Settings())
    await store.people.move_chat(OLD, NEW)
    assert await store.people.chat(NEW) == Chat(NEW, ChatKind.GROUP, "Designers, moved")
    assert await store.people.wallet_of(NEW) == Wallet(agency.wallet, Settings())
    stray = Teller(store, teller.clock, early.id, teller.person)
    assert await stray.buy(1) == Unknown("wallet", str(early.id))


async def test_a_wallet_that_was_used_under_the_new_id_stays(store: Store, teller: Teller) -> None:
    agency = await group(store, teller)
    other = Teller(store, teller.clock, (await store.people.open_wallet(NEW, Settings())).id, teller.person)
    booked(await other.buy(7))
    await store.people.move_chat(OLD, NEW)
    assert await store.people.wallet_of(NEW) == Wallet(other.wallet, Settings())
    assert await store.people.wallet_of(OLD) == Wallet(agency.wallet, Settings())


async def test_a_chat_that_moves_to_its_own_place_loses_nothing(store: Store) -> None:
    await store.people.note_reachable(Chat(OLD, ChatKind.GROUP, "Designers"), NOW)
    wallet = await store.people.open_wallet(OLD, Settings())
    await store.people.move_chat(OLD, OLD)
    assert await store.people.wallet_of(OLD) == wallet
    assert await store.people.chat(OLD) is not None


async def test_a_note_lasts_until_its_time(store: Store) -> None:
    await store.notes.put_note("form:1", "spend", NOW + timedelta(minutes=5))
    assert await store.notes.note("form:1", NOW) == "spend"
    assert await store.notes.note("form:1", NOW + timedelta(minutes=5)) is None
    await store.notes.put_note("form:1", "buy", None)
    assert await store.notes.note("form:1", NOW + timedelta(days=999)) == "buy"
    assert await store.notes.note("form:2", NOW) is None


async def test_a_note_is_swept_after_its_time(store: Store) -> None:
    await store.notes.put_note("short", "text", NOW + timedelta(minutes=5))
    await store.notes.put_note("long", "text", NOW + timedelta(days=5))
    await store.notes.put_note("for good", "", None)
    await store.notes.sweep_notes(NOW + timedelta(days=1))
    assert [await store.notes.note(name, NOW) for name in ("short", "long", "for good")] == [None, "text", ""]


async def test_a_note_is_taken_by_one_of_many(store: Store) -> None:
    await store.notes.put_note("code", "7", NOW + timedelta(minutes=10))
    taken = await asyncio.gather(*(store.notes.take_note("code", NOW) for _ in range(20)))
    assert sorted(taken, key=str) == ["7", *[None] * 19]
    await store.notes.put_note("old", "8", NOW)
    assert await store.notes.take_note("old", NOW) is None
    await store.notes.put_note("lasting", "9", None)
    assert await store.notes.take_note("lasting", NOW) == "9"
    assert await store.notes.note("lasting", NOW) is None
