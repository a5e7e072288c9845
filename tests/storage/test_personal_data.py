"""What every store tells of what it keeps of one person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.announcements.model import Announcement, Series, Stage
from core.delivery.notice import EVERYBODY
from core.delivery.outcome import Sent
from core.delivery.state import State
from core.forgetting.personal_data import KeptNote, KeptPerson
from core.promotions.model import Claim, ClaimState
from core.shared.ids import PersonId
from core.shared.lifecycle import Status
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings
from tests.storage.linking import planned
from tests.storage.sender import Sender, about
from tests.storage.teller import Teller, booked, open_teller
from tests.storage.test_promotions import promoted, terms

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock

OTHER = PersonId(99)


async def test_notes_come_in_pages_with_those_that_have_expired(teller: Teller) -> None:
    notes, kept, now = teller.store.notes, teller.store.personal_data, teller.clock.now()
    made = [KeptNote(f"n:{name}", name.upper(), until) for name, until in (("a", now), ("b", None), ("c", now))]
    for one in reversed(made):
        await notes.put_note(*one)
    assert await kept.notes("", 2) == tuple(made[:2])
    assert await kept.notes("n:b", 2) == (made[2],)
    assert await kept.notes("n:c", 2) == ()


async def test_what_a_person_booked_comes_in_pages_newest_first(teller: Teller) -> None:
    wallet, kept = teller.wallet, teller.store.personal_data
    booked(await teller.buy(60))
    mine, teller.person = teller.person, OTHER
    booked(await teller.spend(1, memo="Theirs"))
    teller.person = mine
    booked(await teller.spend(2, memo="Mine"))
    assert [(one.number, one.memo) for one in await kept.booked_by(wallet, mine, 2**53, 1)] == [(3, "Mine")]
    assert [one.number for one in await kept.booked_by(wallet, mine, 3, 5)] == [1]
    (theirs,) = await kept.booked_by(wallet, OTHER, 2**53, 5)
    assert theirs == await teller.store.ledger.entry(wallet, 2)
    assert [await kept.count_by(wallet, who) for who in (mine, OTHER, PersonId(5))] == [2, 1, 0]


async def test_claims_are_of_one_person(teller: Teller, store: Store, clock: TestClock) -> None:
    bob = await open_teller(store, clock, "bob")
    first, second = await promoted(teller, terms(clock)), await promoted(teller, terms(clock))
    for promotion, who in ((second, teller), (first, bob), (first, teller)):
        claim = Claim(promotion.id, 0, who.person, who.wallet, ClaimState.ASKED, clock.now())
        assert await store.promotions.enter(promotion, claim)
    mine = await store.personal_data.claims_of(teller.person)
    assert [(one.promotion, one.number, one.person) for one in mine] == [
        (first.id, 2, teller.person),
        (second.id, 1, teller.person),
    ]
    assert await store.personal_data.claims_of(OTHER) == ()


async def test_messages_to_a_private_chat_are_told_wherever_they_are(teller: Teller, sender: Sender) -> None:
    now = teller.clock.now()
    await teller.store.outbox.notify([about(teller.wallet)], now)
    (delivery,) = await sender.claim()
    teller.clock.pass_(seconds=5)
    await sender.settle(delivery, Sent("1"))
    await teller.store.outbox.notify([about(teller.wallet, "n2")], teller.clock.now())
    first, second = await teller.store.personal_data.messages_to([("test", "ann"), ("test", "nobody")])
    assert (first.code, first.facts, first.made, first.state) == (
        "low",
        {"connects": 3, "threshold": 20},
        now,
        State.SENT,
    )
    assert (first.changed, second.state) == (now + timedelta(seconds=5), State.PENDING)
    assert await teller.store.personal_data.messages_to([("test", "bob")]) == ()


async def test_old_drafts_of_announcements_lose_their_text_and_keep_their_number(teller: Teller) -> None:
    port, now = teller.store.announcements, teller.clock.now()
    old, new = now - timedelta(days=1), now + timedelta(days=1)
    for name, made in (("old", old), ("new", new), ("sent", old)):
        stage = Stage.SENT if name == "sent" else Stage.DRAFT
        given = Announcement(name, "Mentions", EVERYBODY, by=teller.person, made=made, stage=stage)
        await port.new_announcement(given)
    assert [await port.discard_drafts(now), await port.discard_drafts(now)] == [1, 0]
    found = [one for name in ("old", "new", "sent") if (one := await port.announcement(name)) is not None]
    assert [(one.text, one.stage, one.version) for one in found] == [
        ("", Stage.DISCARDED, 2),
        ("Mentions", Stage.DRAFT, 1),
        ("Mentions", Stage.SENT, 1),
    ]


async def test_a_person_is_kept_under_the_name_of_each_account(teller: Teller, store: Store, clock: TestClock) -> None:
    bob = await open_teller(store, clock, "bob")
    old, new = sorted((teller.person, bob.person))
    assert await store.personal_data.person(old) == KeptPerson(old, "Ann", "")
    await store.links.link(await planned(store, clock, old, new))
    await store.people.person(Identity("test", "bob"), "Bobby")
    assert await store.personal_data.person(old) == KeptPerson(old, "Ann", "test:bob")
    assert await store.personal_data.person(new) == KeptPerson(new, "Bobby", "")
    assert await store.personal_data.person(OTHER) is None


async def test_it_is_kept_since_when_a_person_writes_in_groups(teller: Teller, store: Store, clock: TestClock) -> None:
    group, now = await store.people.open_wallet(ChatRef("test", "team"), Settings()), clock.now()
    await store.people.note_member(group.id, teller.person, now)
    assert await store.personal_data.groups_since(teller.person) == {group.id: now}
    assert await store.personal_data.groups_since(OTHER) == {}


async def test_announcements_are_of_whoever_made_them(teller: Teller, store: Store, clock: TestClock) -> None:
    bob = await open_teller(store, clock, "bob")
    now, here = clock.now(), store.announcements
    made = [
        await here.new_announcement(Announcement(word, word.upper(), EVERYBODY, "UTC", by, made=now, stage=stage))
        for word, by, stage in (
            ("a", teller.person, Stage.DRAFT),
            ("b", bob.person, Stage.SENT),
            ("c", None, Stage.SENT),
            ("d", teller.person, Stage.DISCARDED),
        )
    ]
    assert await store.personal_data.announced_by(teller.person) == (made[0], made[3])
    series = [
        await store.recurring.new_series(Series(0, Status.DRAFT, "0 9 * * 1", "UTC", "Tips", EVERYBODY, by, now))
        for by in (bob.person, teller.person)
    ]
    assert await store.personal_data.series_by(teller.person) == (series[1],)
