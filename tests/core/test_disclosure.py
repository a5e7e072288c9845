"""Everything that is kept of a person is collected, wherever it is; nothing of others is."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.announcements.model import Announcement, Series
from core.audit_log import AuditRecord
from core.delivery.notice import EVERYBODY, Audience, Notice, Subscription, Target
from core.forgetting.data_subject import DataSubject
from core.forgetting.disclosure import KEYS, About, Disclosure
from core.inbox import KeptUpdate
from core.incomes.model import Income
from core.ledger import rulebook
from core.promotions.model import Claim, ClaimState
from core.proposals.service import Proposals
from core.shared.lifecycle import Status
from core.shared.money import UNKNOWN, Price
from core.wallets.people import Chat, ChatKind, ChatRef, Identity
from core.wallets.settings import Settings
from core.wallets.team import Limit, Period, Role, TeamSettings
from storage.memory.store import MemoryStore
from tests.clock import TestClock
from tests.storage.teller import Teller, booked, open_teller
from tests.storage.test_promotions import promoted, terms

if TYPE_CHECKING:
    from core.shared.ids import WalletId

TEAM = ChatRef("test", "team")


async def collected(teller: Teller, *groups: WalletId) -> dict[str, list[dict[str, Any]]]:
    subject = DataSubject(frozenset({teller.person}), frozenset({Identity("test", "ann")}), frozenset({teller.wallet}))
    store = teller.store
    about = About(subject, "Ann", groups, [{"at": "2026-01-01T00:00:00Z"}])
    found = defaultdict[str, list[dict[str, Any]]](list)
    async for part in Disclosure(store, Proposals(store, rulebook.default(), teller.clock), about).parts():
        found[part.key] += part.values
    assert {*found} <= {*KEYS}
    assert json.loads(json.dumps(found)) == found
    return found


async def ann_and_bob() -> tuple[Teller, Teller]:
    store, clock = MemoryStore(), TestClock()
    return await open_teller(store, clock, "ann"), await open_teller(store, clock, "bob")


async def test_books_are_collected_whole() -> None:
    ann, bob = await ann_and_bob()
    booked(await ann.buy(60, 900))
    for number in range(2, 302, 2):
        booked(await ann.spend(1, memo=f"Job {number}"))
        booked(await ann.undo(number))
    booked(await bob.buy(10))
    await ann.store.incomes.keep(ann.wallet, [Income("r1", date(2026, 1, 1), "Acme", "Fixed", Price(900, 0, "USD"))])
    await ann.store.incomes.name_bid(ann.wallet, "acme", "2")
    found = await collected(ann)
    entries = await ann.store.ledger.history(ann.wallet, None, 1000)
    assert [one["number"] for one in found["entries"]] == [one.number for one in entries]
    assert (found["entries"][-1]["connects"], found["entries"][-1]["by_you"]) == (60, True)
    assert found["lots"][0]["cost"] == {"net": 900, "tax": 7, "currency": "USD"}
    assert found["incomes"][0]["client"] == "Acme"
    assert found["won_by"] == [{"wallet": ann.wallet, "client": "acme", "proposal": "2"}]
    assert {one["wallet"] for key in ("entries", "lots", "proposals") for one in found[key]} == {ann.wallet}


async def test_of_a_group_there_is_what_is_about_them() -> None:
    ann, bob = await ann_and_bob()
    store, now = ann.store, ann.clock.now()
    limits = (Limit(1, 50, Period.WEEK, ann.person), Limit(2, 60, Period.WEEK, bob.person))
    roles = ((ann.person, Role.OWNER), (bob.person, Role.VIEWER))
    settings = replace(Settings(), team=TeamSettings(roles=roles, limits=limits))
    group = (await store.people.open_wallet(TEAM, settings)).id
    for who in (ann, bob):
        await store.people.note_member(group, who.person, now)
    shared = Teller(store, ann.clock, group, ann.person)
    booked(await shared.buy(60))
    shared.person = bob.person
    booked(await shared.spend(2, memo="Theirs"))
    await store.notes.put_note("ask:test:team:test:ann", '{"heard": "what Bob said, bobbing"}', None)
    known = json.dumps({"B. Ob": str(bob.person), "A. Nn": str(ann.person), "C. Y": None})
    await store.notes.put_note(f"import-members:{group}", known, None)
    await store.audit_log.record(AuditRecord("k", now, ann.person, TEAM, "/role who=#2 to=viewer", "done"))
    await store.audit_log.record(AuditRecord("l", now, bob.person, TEAM, "/role who=#1", "done"))
    found = await collected(ann, group)
    (one,) = found["groups"]
    assert one["since"] == "2026-01-10T09:00:00Z"
    assert (one["roles"], [limit["amount"] for limit in one["limits"]]) == (["owner"], [50])
    assert [entry["number"] for entry in found["group_entries"]] == [1]
    assert [note["text"] for note in found["notes"]] == [
        '{"heard": "what someone said, bobbing"}',
        f'{{"A. Nn": {ann.person}}}',
    ]
    assert [action["line"] for action in found["actions"]] == ["/role who=someone to=viewer"]
    assert "Theirs" not in json.dumps(found)
    assert "Bob" not in json.dumps(found)


async def test_what_is_elsewhere_is_found() -> None:
    ann, bob = await ann_and_bob()
    store, now, here = ann.store, ann.clock.now(), Target("test", "ann", direct=True)
    await store.people.note_reachable(Chat(here.ref, ChatKind.PRIVATE, "Ann"), now)
    for target, by in ((here, bob.person), (Target("test", "team"), ann.person), (Target("test", "club"), bob.person)):
        await store.subscriptions.subscribe(Subscription(target, now, by, tags=("design",)))
    facts: dict[str, str | int] = {"connects": 3, "name": "Bob", "by": 2}
    await store.outbox.notify([Notice("n", "low", facts, ann.wallet), Notice("o", "low", facts, bob.wallet)], now)
    for who in (ann, bob):
        text, by = f"For {who.person}", who.person
        await store.announcements.new_announcement(Announcement(text, text, EVERYBODY, "UTC", by, made=now))
        await store.recurring.new_series(
            Series(0, Status.LIVE, "0 9 * * 1", "UTC", text, Audience(tags=("a",)), by, now)
        )
    offer = await promoted(ann, replace(terms(ann.clock), title="Mine"))
    theirs = await promoted(bob, terms(ann.clock))
    for who in (ann, bob):
        await store.promotions.enter(
            theirs, Claim(theirs.id, 0, who.person, who.wallet, ClaimState.ASKED, now, chat=TEAM)
        )
    said = {"message": {"from": {"id": "ann"}, "text": "hi", "reply_to_message": {"text": "theirs"}}}
    await store.inbox.keep("test", [KeptUpdate(1, json.dumps(said), now), KeptUpdate(2, '{"from": {"id": 5}}', now)])
    for token, name in (("t1", "ann"), ("t2", "bob")):
        await store.notes.put_note(f"ask:test:{name}:test:{name}", json.dumps({"token": token}), None)
        await store.notes.put_note(f"discord:form:{token}", f"What {name} is asked", None)
    await store.notes.put_note("pairing:1", '["test:ann", "test:bob"]', now + timedelta(hours=1))
    found = await collected(ann)
    assert [one["chat"] for one in found["chats"]] == ["ann"]
    assert sorted(one["chat"] for one in found["subscriptions"]) == ["ann", "team"]
    assert [one["facts"] for one in found["messages"]] == [{"connects": 3}]
    assert [(one["number"], one["title"], one["status"]) for one in found["promotions"]] == [
        (offer.id, "Mine", Status.DRAFT)
    ]
    assert [(one["text"], one["stage"]) for one in found["announcements"]] == [(f"For {ann.person}", "draft")]
    assert [(one["text"], one["to"]["tags"]) for one in found["series"]] == [(f"For {ann.person}", ["a"])]
    assert [(one["promotion"], one["chat"]) for one in found["claims"]] == [(theirs.id, "test:team")]
    assert [one["body"] for one in found["updates"]] == [{"message": {"from": {"id": "ann"}, "text": "hi"}}]
    assert [note["name"] for note in found["notes"]] == ["ask:test:ann:test:ann", "discord:form:t1"]
    assert found["links"] == [{"at": "2026-01-01T00:00:00Z"}]
    assert "seed" not in json.dumps(found)


async def test_a_cost_that_nobody_stated_has_no_figures() -> None:
    ann, _ = await ann_and_bob()
    await ann.store.incomes.keep(ann.wallet, [Income("r1", date(2026, 1, 1), "", "", UNKNOWN)])
    assert (await collected(ann))["incomes"][0]["amount"] == {"state": "unknown"}
