"""What every store promises about chats and places that are lost, and about those that come back."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import EVERYBODY, Notice, Subscription, Target
from core.delivery.outcome import PlaceLost, Sent, Unreachable
from core.delivery.reach import RESTORED
from core.delivery.state import State
from core.wallets.people import Chat, ChatKind, ChatRef
from core.wallets.settings import Alerts, Settings, Where
from storage.memory.store import MemoryStore
from tests.clock import TestClock
from tests.storage.sender import ANN, HERE, Sender, about, state
from tests.storage.teller import Teller, open_teller

if TYPE_CHECKING:
    from core.delivery.notice import Delivery
    from core.delivery.outcome import Outcome

TEAM, NEWS, TALK = ChatRef(HERE, "team"), Target(HERE, "team", place="news"), Target(HERE, "team", place="talk")
ZOE = Target(HERE, "zoe", direct=True)
CHAT = Chat(TEAM, ChatKind.GROUP, "Team")


async def subscribe(teller: Teller, target: Target = NEWS) -> None:
    one = Subscription(target, teller.clock.now(), teller.person, "Team", tags=("art",))
    await teller.store.subscriptions.subscribe(one)


async def gone(teller: Teller, chat: str = "team") -> str:
    one = await teller.store.subscriptions.subscription(HERE, chat)
    assert one is not None
    assert one.tags == ("art",)
    return one.gone


async def retired(teller: Teller, ref: ChatRef = TEAM) -> str:
    chat = await teller.store.people.chat(ref)
    assert chat is not None
    return chat.retired


async def tell(teller: Teller, key: str, *to: Target) -> None:
    await teller.store.outbox.notify([Notice(key, "alarm", {}, to=to)], teller.clock.now())


async def announce(teller: Teller, key: str) -> None:
    notice = Notice(key, "announcement", {"text": "Hi"}, at_most_once=True, topic=key, audience=EVERYBODY)
    await teller.store.outbox.notify([notice], teller.clock.now())


async def settle_one(sender: Sender, outcome: Outcome) -> Delivery:
    (delivery,) = await sender.claim(1)
    await sender.settle(delivery, outcome)
    return delivery


class TestPlaces:
    async def test_what_waits_for_the_same_place_fails_and_the_rest_stays(self, teller: Teller, sender: Sender) -> None:
        for key, to in (("n1", NEWS), ("n2", NEWS), ("n3", TALK), ("n4", ZOE)):
            await tell(teller, key, to)
            teller.clock.pass_(seconds=1)
        await settle_one(sender, PlaceLost("rights"))
        assert [await state(teller, key) for key in ("n1", "n2")] == [(State.FAILED, "rights")] * 2
        assert [await state(teller, key) for key in ("n3", "n4")] == [(State.PENDING, "")] * 2
        assert len(await sender.claim()) == 2

    async def test_an_alert_is_still_tried_so_that_an_admin_can_get_it(self, teller: Teller, sender: Sender) -> None:
        wallet = await teller.store.people.open_wallet(TEAM, Settings(alerts=Alerts(place="news")))
        await tell(teller, "n1", NEWS)
        teller.clock.pass_(seconds=1)
        await teller.store.outbox.notify([about(wallet.id, "n2"), about(wallet.id, "n3")], teller.clock.now())
        for key in ("n1", "n2", "n3"):
            assert (await settle_one(sender, PlaceLost("rights"))).notice.key == key
            assert await state(teller, key) == (State.FAILED, "rights")

    async def test_its_subscription_is_no_target_and_the_chat_stays(self, teller: Teller, sender: Sender) -> None:
        await teller.store.people.note_reachable(CHAT, teller.clock.now())
        await subscribe(teller)
        await announce(teller, "a1")
        await settle_one(sender, PlaceLost("closed"))
        assert await gone(teller) == "place:closed"
        assert await retired(teller) == ""
        await announce(teller, "a2")
        assert await teller.store.outbox.deliveries("a2") == ()
        await tell(teller, "n1", TALK)
        assert await state(teller) == (State.PENDING, "")

    async def test_a_subscription_at_another_place_stays(self, teller: Teller, sender: Sender) -> None:
        await subscribe(teller, TALK)
        await tell(teller, "n1", NEWS)
        await settle_one(sender, PlaceLost("unknown"))
        assert await gone(teller) == ""

    async def test_it_is_restored_once(self, teller: Teller, sender: Sender) -> None:
        await teller.store.people.note_reachable(CHAT, teller.clock.now())
        await subscribe(teller)
        await announce(teller, "a1")
        await settle_one(sender, PlaceLost("rights"))
        await teller.store.people.note_reachable(CHAT, teller.clock.now())
        assert await gone(teller) == "place:rights"
        teller.clock.pass_(minutes=1)
        restored = [await teller.store.subscriptions.restore_place(HERE, "team", teller.clock.now()) for _ in range(2)]
        assert restored == [True, False]
        assert await gone(teller) == RESTORED
        chat = await teller.store.people.chat(TEAM)
        assert chat is not None
        assert chat.since == teller.clock.now()
        await announce(teller, "a2")
        assert (await settle_one(sender, Sent("1"))).target == NEWS

    async def test_there_is_nothing_to_restore_where_nobody_subscribed(self, teller: Teller) -> None:
        assert not await teller.store.subscriptions.restore_place(HERE, "team", teller.clock.now())


class TestChats:
    @pytest.mark.parametrize(("why", "back"), [("blocked", "blocked"), ("removed", "removed"), ("deleted", RESTORED)])
    async def test_a_chat_and_its_subscription_are_lost_together_and_come_back(
        self, teller: Teller, sender: Sender, why: str, back: str
    ) -> None:
        await subscribe(teller)
        await announce(teller, "a1")
        await tell(teller, "n1", TALK)
        await settle_one(sender, Unreachable(why))
        assert [await state(teller, key) for key in ("a1", "n1")] == [(State.GONE, why)] * 2
        assert (await retired(teller), await gone(teller)) == (why, why)
        await teller.store.people.note_reachable(CHAT, teller.clock.now())
        assert (await retired(teller), await gone(teller)) == ("", back)
        await announce(teller, "a2")
        assert len(await sender.claim()) == (back == RESTORED)

    async def test_an_update_says_the_same_as_a_delivery(self, teller: Teller, sender: Sender) -> None:
        await teller.store.people.note_reachable(CHAT, teller.clock.now())
        await subscribe(teller)
        await announce(teller, "a1")
        await tell(teller, "n1", ZOE)
        await teller.store.people.note_unreachable(TEAM, ChatKind.GROUP, "removed", teller.clock.now())
        assert (await retired(teller), await gone(teller)) == ("removed", "removed")
        assert await state(teller, "a1") == (State.GONE, "removed")
        assert [one.target for one in await sender.claim()] == [ZOE]

    async def test_a_person_is_lost_alone(self, teller: Teller) -> None:
        for target in (ZOE, NEWS):
            await subscribe(teller, target)
        await teller.store.people.note_unreachable(ZOE.ref, ChatKind.PRIVATE, "blocked", teller.clock.now())
        assert (await gone(teller, "zoe"), await gone(teller)) == ("blocked", "")

    async def test_a_subscription_of_an_earlier_version_comes_back_although_its_chat_is_not_retired(
        self, teller: Teller
    ) -> None:
        await teller.store.people.note_reachable(CHAT, teller.clock.now())
        one = Subscription(NEWS, teller.clock.now(), teller.person, tags=("art",), gone="no channel")
        await teller.store.subscriptions.subscribe(one)
        teller.clock.pass_(days=1)
        await teller.store.people.note_reachable(CHAT, teller.clock.now())
        assert await gone(teller) == RESTORED
        chat = await teller.store.people.chat(TEAM)
        assert chat is not None
        assert chat.since == teller.clock.now()

    async def test_a_retired_chat_gets_no_notices(self, teller: Teller, sender: Sender) -> None:
        await teller.store.people.note_unreachable(ANN.ref, ChatKind.PRIVATE, "blocked", teller.clock.now())
        await teller.store.people.note_unreachable(TEAM, ChatKind.GROUP, "removed", teller.clock.now())
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        await tell(teller, "n2", ANN, TALK, ZOE)
        assert [one.target for one in await sender.claim()] == [ZOE]
        await teller.store.people.note_reachable(Chat(ANN.ref, ChatKind.PRIVATE), teller.clock.now())
        await teller.store.outbox.notify([about(teller.wallet, "n3")], teller.clock.now())
        assert [one.target for one in await sender.claim()] == [ANN]

    async def test_a_groups_alerts_go_to_the_group_if_its_admin_is_lost(self, teller: Teller, sender: Sender) -> None:
        wallet = await teller.store.people.open_wallet(
            TEAM, Settings(alerts=Alerts(where=Where.PRIVATE, person=teller.person))
        )
        await teller.store.people.note_unreachable(ANN.ref, ChatKind.PRIVATE, "blocked", teller.clock.now())
        await teller.store.outbox.notify([about(wallet.id)], teller.clock.now())
        assert [one.target for one in await sender.claim()] == [Target(HERE, "team")]

    @pytest.mark.parametrize("blocked", ["delivery", "update"])
    async def test_what_waited_for_that_admin_comes_to_the_group(
        self, teller: Teller, sender: Sender, blocked: str
    ) -> None:
        wallet = await teller.store.people.open_wallet(
            TEAM, Settings(alerts=Alerts(where=Where.PRIVATE, person=teller.person))
        )
        await teller.store.outbox.notify([about(wallet.id, key) for key in ("n1", "n2")], teller.clock.now())
        if blocked == "delivery":
            await settle_one(sender, Unreachable("blocked"))
        else:
            await teller.store.people.note_unreachable(ANN.ref, ChatKind.PRIVATE, "blocked", teller.clock.now())
        for key in ("n1", "n2"):
            there = [(to, state) for to, state, _ in await teller.store.outbox.deliveries(f"{key}:again")]
            assert there == [(Target(HERE, "team"), State.PENDING)]
        assert await state(teller, "n2") == (State.GONE, "blocked")

    async def test_what_the_group_gets_anyway_does_not_come_twice(self, teller: Teller, sender: Sender) -> None:
        wallet = await teller.store.people.open_wallet(
            TEAM, Settings(alerts=Alerts(where=Where.BOTH, person=teller.person))
        )
        await teller.store.outbox.notify([about(wallet.id)], teller.clock.now())
        await teller.store.people.note_unreachable(ANN.ref, ChatKind.PRIVATE, "blocked", teller.clock.now())
        assert [one.target for one in await sender.claim()] == [Target(HERE, "team")]
        assert await teller.store.outbox.deliveries("n1:again") == ()

    async def test_what_waits_for_a_persons_own_chat_is_gone(self, teller: Teller) -> None:
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        await teller.store.people.note_unreachable(ANN.ref, ChatKind.PRIVATE, "blocked", teller.clock.now())
        assert await teller.store.outbox.deliveries("n1:again") == ()


class TestTheNewerFactWins:
    async def test_an_alert_is_sent_again_to_a_chat_that_came_back_meanwhile(
        self, teller: Teller, sender: Sender
    ) -> None:
        await teller.store.people.note_unreachable(ANN.ref, ChatKind.PRIVATE, "blocked", teller.clock.now())
        await teller.store.people.note_reachable(Chat(ANN.ref, ChatKind.PRIVATE), teller.clock.now())
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        (delivery,) = await sender.claim()
        teller.clock.pass_(seconds=1)
        await teller.store.people.note_unreachable(ANN.ref, ChatKind.PRIVATE, "blocked", teller.clock.now())
        await teller.store.people.note_reachable(Chat(ANN.ref, ChatKind.PRIVATE), teller.clock.now())
        await sender.settle(delivery, Unreachable("blocked"))
        assert await retired(teller, ANN.ref) == ""
        await settle_one(sender, Unreachable("blocked"))
        assert await state(teller) == (State.GONE, "blocked")
        assert await retired(teller, ANN.ref) == "blocked"

    async def test_an_announcement_is_not(self, teller: Teller, sender: Sender) -> None:
        await subscribe(teller)
        await announce(teller, "a1")
        (delivery,) = await sender.claim()
        teller.clock.pass_(seconds=1)
        await teller.store.people.note_unreachable(TEAM, ChatKind.GROUP, "deleted", teller.clock.now())
        await teller.store.people.note_reachable(CHAT, teller.clock.now())
        await sender.settle(delivery, Unreachable("deleted"))
        assert await state(teller, "a1") == (State.GONE, "deleted")
        assert (await retired(teller), await gone(teller)) == ("", RESTORED)

    async def test_a_failure_of_an_attempt_before_is_old_news(self, teller: Teller) -> None:
        tried = teller.clock.now()
        teller.clock.pass_(seconds=1)
        await teller.store.people.note_unreachable(TEAM, ChatKind.GROUP, "blocked", teller.clock.now())
        await teller.store.people.note_reachable(CHAT, teller.clock.now())
        await teller.store.people.note_unreachable(TEAM, ChatKind.GROUP, "blocked", teller.clock.now(), tried=tried)
        assert await retired(teller) == ""
        teller.clock.pass_(seconds=1)
        now = teller.clock.now()
        await teller.store.people.note_unreachable(TEAM, ChatKind.GROUP, "blocked", now, tried=now)
        assert await retired(teller) == "blocked"


class Walk:
    """A random story of chats that are lost and come back, the same on every store."""

    WHYS = ("blocked", "removed", "deleted", "no channel")
    CHATS = ("team", "zoe")

    def __init__(self, teller: Teller, sender: Sender, seed: int) -> None:
        self.teller, self.sender, self.chance = teller, sender, Random(seed)  # noqa: S311 - a story, no secret
        self.store, self.keys = teller.store, list[str]()

    def target(self) -> Target:
        return self.chance.choice((NEWS, TALK, ZOE, ANN))

    async def begin(self) -> None:
        """Let the alerts of a group go to Ann, for some time to her alone."""
        self.wallet = (await self.store.people.open_wallet(TEAM, Settings())).id
        await self.choose(Where.PRIVATE)

    async def choose(self, where: Where) -> None:
        await self.store.people.save_settings(
            self.wallet, Settings(alerts=Alerts(where=where, person=self.teller.person))
        )

    async def step(self) -> None:
        self.teller.clock.pass_(seconds=self.chance.randint(1, 40))
        now, target = self.teller.clock.now(), self.target()
        match self.chance.randrange(9):
            case 0:
                await subscribe(self.teller, target)
            case 1:
                self.keys.append(f"a{len(self.keys)}")
                await announce(self.teller, self.keys[-1])
            case 2:
                self.keys.append(f"n{len(self.keys)}")
                await self.store.outbox.notify([about(self.teller.wallet, self.keys[-1])], now)
            case 3:
                await self.store.people.note_reachable(Chat(target.ref, target.kind), now)
            case 4:
                tried = self.chance.choice((None, now - timedelta(minutes=1)))
                await self.store.people.note_unreachable(
                    target.ref, target.kind, self.chance.choice(self.WHYS), now, tried=tried
                )
            case 5:
                self.keys.append(f"n{len(self.keys)}")
                await self.store.outbox.notify([about(self.wallet, self.keys[-1])], now)
                self.keys.append(f"{self.keys[-1]}:again")
            case 6:
                await self.choose(self.chance.choice([*Where]))
            case 7:
                await self.store.subscriptions.restore_place(HERE, self.chance.choice(self.CHATS), now)
            case _:
                await self.send()

    async def send(self) -> None:
        await self.sender.lease()
        for delivery in await self.sender.claim():
            if self.chance.random() < 1 / 2:  # meanwhile they may come back
                self.teller.clock.pass_(seconds=1)
                chat = Chat(delivery.target.ref, delivery.target.kind)
                await self.store.people.note_reachable(chat, self.teller.clock.now())
            outcome = self.chance.choice((Sent("1"), Unreachable(self.chance.choice(self.WHYS)), PlaceLost("rights")))
            await self.sender.settle(delivery, outcome)

    async def seen(self) -> tuple[object, ...]:
        chats = [await self.store.people.chat(ref) for ref in (TEAM, ZOE.ref, ANN.ref)]
        since = [None if chat is None else chat.since for chat in chats]
        every = [await self.store.outbox.deliveries(key) for key in self.keys]
        deliveries = [sorted((to.chat, state, why) for to, state, why in one) for one in every]
        return await self.store.subscriptions.subscribers(), chats, since, deliveries


@pytest.mark.parametrize("seed", range(2))
async def test_every_store_ends_in_the_same_state(teller: Teller, sender: Sender, seed: int) -> None:
    clock = TestClock()
    memory = MemoryStore()
    oracle = Walk(await open_teller(memory, clock, "ann"), Sender(memory, clock), seed)
    walk = Walk(teller, sender, seed)
    await oracle.begin()
    await walk.begin()
    for _ in range(120):
        await oracle.step()
        await walk.step()
        assert await walk.seen() == await oracle.seen()
