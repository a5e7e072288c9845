"""What every store promises about subscriptions, and about the deliveries of announcements."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Audience, Notice, Subscription, Target
from core.delivery.outcome import Deferred, Later, Moved, Outcome, Sent, Uncertain, Unreachable
from core.delivery.state import HOLD, RELEASE, STOP, State
from core.wallets.people import ChatRef
from tests.storage.sender import HERE, Sender, about
from tests.storage.teller import Teller, proven

if TYPE_CHECKING:
    from core.delivery.notice import Delivery

TEAM = Target(HERE, "team", place="4")
ZOE = Target(HERE, "zoe", direct=True)


async def subscribed(teller: Teller, target: Target, *tags: str) -> Subscription:
    one = Subscription(target, teller.clock.now(), teller.person, "Team", "Europe/Kyiv", "uk", tags, quiet="23-7")
    await teller.store.subscriptions.subscribe(one)
    return one


def announced(*tags: str, key: str = "a1") -> Notice:
    return Notice(key, "announcement", {"text": "Hi"}, at_most_once=True, topic=key, audience=Audience(tags=tags))


async def announce(teller: Teller, *tags: str, key: str = "a1") -> int:
    return await teller.store.outbox.notify([announced(*tags, key=key)], teller.clock.now())


async def states(teller: Teller, key: str = "a1") -> dict[str, State]:
    return {target.chat: state for target, state, _ in await teller.store.outbox.deliveries(key)}


async def settled(sender: Sender, outcome: Outcome, limit: int = 10) -> tuple[Delivery, ...]:
    """Claim what is due, and settle all of it with the same outcome."""
    claimed = await sender.claim(limit)
    for delivery in claimed:
        await sender.settle(delivery, outcome)
    return claimed


class TestSubscriptions:
    async def test_it_is_stored_unchanged_and_replaces_an_earlier_one(self, teller: Teller) -> None:
        await subscribed(teller, TEAM)
        one = await subscribed(teller, TEAM, "design", "python")
        zoe = await subscribed(teller, ZOE)
        assert await teller.store.subscriptions.subscription(HERE, "team") == one
        assert await teller.store.subscriptions.subscribers() == (one, zoe)

    async def test_it_is_gone_after_unsubscribing(self, teller: Teller) -> None:
        await subscribed(teller, TEAM)
        assert await teller.store.subscriptions.unsubscribe(HERE, "team")
        assert not await teller.store.subscriptions.unsubscribe(HERE, "team")
        assert await teller.store.subscriptions.subscription(HERE, "team") is None

    async def test_it_follows_a_chat_to_its_new_id(self, teller: Teller) -> None:
        one = await subscribed(teller, TEAM)
        for _ in range(2):
            await teller.store.people.move_chat(ChatRef(HERE, "team"), ChatRef(HERE, "super"))
        (moved,) = await teller.store.subscriptions.subscribers()
        assert moved == one._replace(target=TEAM._replace(chat="super"))

    async def test_it_does_not_replace_the_subscription_of_the_new_id(self, teller: Teller) -> None:
        await subscribed(teller, TEAM)
        own = await subscribed(teller, Target(HERE, "super"))
        await teller.store.people.move_chat(ChatRef(HERE, "team"), ChatRef(HERE, "super"))
        assert await teller.store.subscriptions.subscription(HERE, "super") == own


class TestAnnouncing:
    async def test_each_subscriber_in_the_audience_gets_it_once_in_their_place_zone_and_language(
        self, teller: Teller, sender: Sender
    ) -> None:
        await subscribed(teller, TEAM, "design")
        await subscribed(teller, ZOE)
        await subscribed(teller, Target(HERE, "others"), "rust")
        assert await announce(teller, "design") == 1
        assert await announce(teller, "design") == 0
        claimed = await sender.claim()
        assert [(one.target, one.zone, one.locale) for one in claimed] == [
            (TEAM, "Europe/Kyiv", "uk"),
            (ZOE, "Europe/Kyiv", "uk"),
        ]
        first = claimed[0].notice
        assert (first.code, first.facts, first.wallet, first.at_most_once, first.topic) == (
            "announcement", {"text": "Hi"}, None, True, "a1",
        )  # fmt: skip
        await proven(teller.store)

    async def test_a_chat_does_not_get_what_it_leaves_out(self, teller: Teller, sender: Sender) -> None:
        assert await subscribed(teller, TEAM, "-design") == await teller.store.subscriptions.subscription(HERE, "team")
        for key, tags in (("a1", ("design",)), ("a2", ("design", "python")), ("a3", ())):
            await announce(teller, *tags, key=key)
        await settled(sender, Sent("1"))
        assert [len(await states(teller, key)) for key in ("a1", "a2", "a3")] == [0, 1, 1]

    async def test_a_later_subscriber_does_not_get_it(self, teller: Teller, sender: Sender) -> None:
        await announce(teller)
        await subscribed(teller, TEAM)
        assert await announce(teller) == 0
        assert await sender.claim() == ()

    async def test_the_subscription_of_a_lost_chat_says_why(self, teller: Teller, sender: Sender) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        await settled(sender, Unreachable("removed"))
        kept = await teller.store.subscriptions.subscription(HERE, "team")
        assert kept is not None
        assert kept.gone == "removed"
        await announce(teller, key="a2")
        assert await teller.store.outbox.deliveries("a2") == ()

    async def test_it_follows_a_chat_that_moved(self, teller: Teller, sender: Sender) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        await settled(sender, Moved("super"))
        assert await teller.store.subscriptions.subscription(HERE, "team") is None
        (delivery,) = await settled(sender, Sent("1"))
        assert delivery.target == TEAM._replace(chat="super")

    async def test_a_chat_that_moved_to_another_subscriber_gets_it_once(self, teller: Teller, sender: Sender) -> None:
        await subscribed(teller, TEAM)
        await subscribed(teller, Target(HERE, "super"))
        await announce(teller)
        one, other = await sender.claim()
        assert {one.target.chat, other.target.chat} == {"team", "super"}
        old = one if one.target == TEAM else other
        await sender.settle(old, Moved("super"))
        await sender.settle(other if old is one else one, Sent("1"))
        assert await teller.store.outbox.deliveries("a1") != ()
        assert await states(teller) == {"team": State.CANCELLED, "super": State.SENT}
        assert await sender.claim() == ()


class TestShifting:
    async def test_held_deliveries_are_not_sent_until_they_are_released(self, teller: Teller, sender: Sender) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        assert await teller.store.outbox.shift("a1", State.PENDING, State.HELD, teller.clock.now()) == 1
        assert [one.notice.key for one in await sender.claim()] == ["n1"]
        assert await teller.store.outbox.shift("a1", State.HELD, State.PENDING, teller.clock.now()) == 1
        assert [one.notice.key for one in await sender.claim()] == ["a1"]

    async def test_deliveries_released_after_days_are_not_given_up(self, teller: Teller, sender: Sender) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        for held in (State.HELD, State.UNKNOWN):
            await teller.store.outbox.shift("a1", State.PENDING, held, teller.clock.now())
            teller.clock.pass_(days=4)
            await teller.store.outbox.shift("a1", held, State.PENDING, teller.clock.now())
            assert await teller.store.outbox.give_up(teller.clock.now(), 10) == 0
        assert await sender.lease()
        assert [one.made for one in await sender.claim()] == [teller.clock.now()]

    async def test_a_notice_released_within_days_keeps_its_age(self, teller: Teller, sender: Sender) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        made = teller.clock.now()
        await teller.store.outbox.shift("a1", State.PENDING, State.HELD, made)
        teller.clock.pass_(days=3)
        await teller.store.outbox.shift("a1", State.HELD, State.PENDING, teller.clock.now())
        assert await sender.lease()
        assert [one.made for one in await sender.claim()] == [made]

    async def test_sent_deliveries_stay_sent_when_the_rest_is_stopped(self, teller: Teller, sender: Sender) -> None:
        for chat in ("team", "zoe"):
            await subscribed(teller, Target(HERE, chat))
        await announce(teller)
        await settled(sender, Sent("1"), limit=1)
        assert await teller.store.outbox.shift("a1", State.PENDING, State.CANCELLED, teller.clock.now()) == 1
        assert await states(teller) == {"team": State.SENT, "zoe": State.CANCELLED}
        assert await sender.claim() == ()

    async def test_deliveries_in_doubt_can_be_sent_again(self, teller: Teller, sender: Sender) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        await settled(sender, Uncertain("lost"))
        assert await states(teller) == {"team": State.UNKNOWN}
        assert await teller.store.outbox.shift("a1", State.UNKNOWN, State.PENDING, teller.clock.now()) == 1
        assert len(await settled(sender, Sent("2"))) == 1
        assert await states(teller) == {"team": State.SENT}

    @pytest.mark.parametrize("then", [State.HELD, State.CANCELLED])
    @pytest.mark.parametrize("outcome", [Later(timedelta(seconds=9)), Deferred(timedelta(seconds=9)), Moved("super")])
    async def test_a_delivery_under_way_that_comes_back_is_held_or_stopped_with_the_rest(
        self, teller: Teller, sender: Sender, then: State, outcome: Outcome
    ) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        (delivery,) = await sender.claim()
        assert await teller.store.outbox.shift("a1", State.PENDING, then, teller.clock.now()) == 0
        await sender.settle(delivery, outcome)
        assert await states(teller) == {"team": then}
        teller.clock.pass_(seconds=10)
        assert await sender.claim() == ()
        went_on = await teller.store.outbox.shift("a1", State.HELD, State.PENDING, teller.clock.now())
        assert (went_on, len(await sender.claim())) == ((1, 1) if then is State.HELD else (0, 0))

    async def test_a_delivery_under_way_is_not_held_after_the_release(self, teller: Teller, sender: Sender) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        (delivery,) = await sender.claim()
        await teller.store.outbox.shift("a1", State.PENDING, State.HELD, teller.clock.now())
        await teller.store.outbox.shift("a1", State.HELD, State.PENDING, teller.clock.now())
        await sender.settle(delivery, Later(timedelta()))
        assert await states(teller) == {"team": State.PENDING}

    async def test_a_delivery_stopped_while_under_way_is_not_only_paused_after_that(
        self, teller: Teller, sender: Sender
    ) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        (delivery,) = await sender.claim()
        for one in (*STOP, HOLD, RELEASE):
            await teller.store.outbox.shift("a1", *one, teller.clock.now())
        await sender.settle(delivery, Later(timedelta()))
        assert await states(teller) == {"team": State.CANCELLED}

    async def test_a_delivery_that_arrives_all_the_same_counts_as_sent(self, teller: Teller, sender: Sender) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        (delivery,) = await sender.claim()
        await teller.store.outbox.shift("a1", State.PENDING, State.CANCELLED, teller.clock.now())
        await sender.settle(delivery, Sent("1"))
        assert await states(teller) == {"team": State.SENT}

    async def test_a_delivery_left_under_way_by_a_crash_stays_in_doubt_rather_than_held(
        self, teller: Teller, sender: Sender
    ) -> None:
        await subscribed(teller, TEAM)
        await announce(teller)
        await sender.claim()
        await teller.store.outbox.shift("a1", State.PENDING, State.HELD, teller.clock.now())
        teller.clock.pass_(seconds=16)
        assert await Sender(teller.store, teller.clock, "two", idempotent=True).lease()
        assert await states(teller) == {"team": State.UNKNOWN}  # released later, it could be a second message

    async def test_a_shift_without_a_topic_changes_nothing(self, teller: Teller) -> None:
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        assert await teller.store.outbox.shift("", State.PENDING, State.CANCELLED, teller.clock.now()) == 0
