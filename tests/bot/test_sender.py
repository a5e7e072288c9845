"""The sender: what is due is sent once, in time and within the rate limit, and each outcome is kept."""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.delivery.sender import MOST_AT_ONCE, MOST_DOUBTS, MOST_MOVES
from core.delivery.outcome import Failed, Later, Moved, Sent, Uncertain, Unreachable
from core.delivery.state import State
from tests.bot.carrier import FakeCarrier
from tests.bot.office import Office

if TYPE_CHECKING:
    from core.delivery.outcome import Outcome

SECOND = timedelta(seconds=1)


@pytest.fixture
def office() -> Office:
    return Office()


class TestOutcomes:
    @pytest.mark.parametrize(
        ("outcome", "state"),
        [
            (Sent("m1"), (State.SENT, "")),
            (Unreachable("blocked"), (State.GONE, "blocked")),
            (Failed("too long"), (State.FAILED, "too long")),
            (Moved("ann"), (State.PENDING, "moved")),
            (Later(3 * SECOND), (State.PENDING, "later")),
            (Uncertain("lost"), (State.PENDING, "lost")),
        ],
    )
    async def test_each_is_kept(self, office: Office, outcome: Outcome, state: tuple[State, str]) -> None:
        key = await office.notify(await office.person("ann"))
        office.carrier.fates.append(outcome)
        await office.turn()
        assert await office.state(key) == state

    async def test_what_is_told_at_most_once_stays_in_doubt(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"), once=True)
        office.carrier.fates.append(Uncertain("lost"))
        await office.turns(60)
        assert await office.state(key) == (State.UNKNOWN, "lost")
        assert office.carrier.chats == ["ann"]

    async def test_what_is_told_at_least_once_is_sent_again_with_the_same_buttons(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"))
        office.carrier.fates.append(Uncertain("lost"))
        await office.turns(60)
        assert await office.state(key) == (State.SENT, "")
        first, second = office.carrier.carried
        assert first == second
        assert len(first.nonce) <= 25

    async def test_a_chat_that_moved_is_followed(self, office: Office) -> None:
        key = await office.notify(await office.group("old"))
        office.carrier.fates.append(Moved("new"))
        await office.turns(5)
        assert office.carrier.chats == ["old", "new"]
        assert await office.state(key) == (State.SENT, "")

    async def test_what_was_long_on_its_way_counts_from_its_answer(self, office: Office) -> None:
        ann = await office.person("ann")
        await office.notify(ann)
        office.carrier.open.clear()
        await office.sender.step()
        await asyncio.sleep(0)
        office.clock.pass_(milliseconds=800)
        office.carrier.open.set()
        await office.sender.finish()
        answered = office.clock.now()
        await office.notify(ann)
        await office.turn()
        assert await office.turn() == answered + SECOND
        assert office.carrier.chats == ["ann"]

    async def test_a_chat_that_moves_in_a_circle_is_not_followed_for_ever(self, office: Office) -> None:
        key = await office.notify(await office.group("a"))
        office.carrier.fates = deque(Moved("ba"[number % 2]) for number in range(20))
        await office.turns(60)
        assert office.carrier.chats == ["a", "b", "a", "b"]
        assert len(office.carrier.chats) == 1 + MOST_MOVES
        assert await office.state(key) == (State.FAILED, "moved too often")

    async def test_what_fails_every_time_is_tried_ever_more_seldom(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"))
        office.carrier.fates = deque(Later(5 * SECOND, fault=True) for _ in range(1000))
        tried = []
        for _ in range(4):
            await office.turns(3600)
            tried.append(len(office.carrier.carried))
        assert tried == [12, 18, 24, 30]  # at first after 5, 10, 20 ... seconds, then every ten minutes
        office.carrier.fates.clear()
        await office.turns(600)
        assert await office.state(key) == (State.SENT, "")

    async def test_what_fails_every_time_holds_up_no_other_in_its_chat(self, office: Office) -> None:
        ann = await office.person("ann")
        await office.notify(ann)
        office.carrier.fates = deque(Later(5 * SECOND, fault=True) for _ in range(2))
        key = await office.notify(ann)
        await office.turns(12)
        assert await office.state(key) == (State.SENT, "")

    async def test_one_chat_on_hold_holds_up_no_other(self, office: Office) -> None:
        ann, bob = await office.person("ann"), await office.person("bob")
        await office.notify(ann)
        office.carrier.fates.append(Later(10 * SECOND))
        await office.turn()
        await office.notify(ann)
        await office.notify(bob)
        await office.turns(9)
        assert office.carrier.chats == ["ann", "bob"]
        await office.turns(3)
        assert office.carrier.chats == ["ann", "bob", "ann", "ann"]

    async def test_a_hold_of_the_platform_holds_up_all(self, office: Office) -> None:
        ann, bob = await office.person("ann"), await office.person("bob")
        await office.notify(ann)
        office.carrier.fates.append(Later(10 * SECOND, all=True))
        await office.turn()
        await office.notify(bob)
        assert await office.sender.step() == office.clock.now() + 10 * SECOND
        await office.turns(9)
        assert office.carrier.chats == ["ann"]
        await office.turns(1)
        assert sorted(office.carrier.chats) == ["ann", "ann", "bob"]


class TestFaults:
    async def test_a_carrier_that_breaks_leaves_a_doubt_and_an_id_in_the_log(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"), left=17)
        office.carrier.fates.append(RuntimeError("the text was: Running low, 17 left"))
        with capture_logs() as logs:
            await office.turn()
        assert await office.state(key) == (State.PENDING, "RuntimeError")
        assert [event["kind"] for event in logs if event["event"] == "fault"] == ["RuntimeError"]
        assert "Running low" not in str(logs)
        assert "ann" not in str(logs)

    async def test_what_breaks_every_time_is_given_up(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"))
        office.carrier.fates = deque(RuntimeError() for _ in range(20))
        await office.turns(600)
        assert await office.state(key) == (State.FAILED, "RuntimeError")
        assert len(office.carrier.carried) == MOST_DOUBTS

    async def test_a_carrier_that_hangs_is_not_waited_for_for_ever(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"))
        office.carrier.open.clear()
        await office.turn(office.another("hasty", patience=0.0))
        assert await office.state(key) == (State.PENDING, "TimeoutError")

    async def test_a_code_without_words_is_a_fault_and_no_hindrance(self, office: Office) -> None:
        ann = await office.person("ann")
        strange, known = await office.notify(ann, code="rumour"), await office.notify(ann)
        with capture_logs() as logs:
            await office.turns(5)
        assert await office.state(strange) == (State.FAILED, "UnknownNoticeError")
        assert await office.state(known) == (State.SENT, "")
        assert [event["kind"] for event in logs if event["event"] == "fault"] == ["UnknownNoticeError"]

    async def test_a_reader_whose_zone_is_unknown_here_is_no_hindrance(self, office: Office) -> None:
        keys = [await office.notify(await office.person(*who)) for who in (("ann", "Mars/Olympus"), ("bob", "UTC"))]
        await office.turns(5)
        states = [await office.state(key) for key in keys]
        assert states == [(State.FAILED, "ZoneInfoNotFoundError"), (State.SENT, "")]


class TestPace:
    async def test_chats_are_written_to_side_by_side_and_each_by_itself(self, office: Office) -> None:
        for name in ("ann", "bob", "cyd"):
            wallet = await office.person(name)
            await office.notify(wallet)
            await office.notify(wallet)
        office.carrier.open.clear()
        for _ in range(3):
            await office.sender.step()
            await asyncio.sleep(0)
        assert sorted(office.carrier.under_way) == ["ann", "bob", "cyd"]
        office.carrier.open.set()
        await office.turns(3)
        assert sorted(office.carrier.chats) == ["ann", "ann", "bob", "bob", "cyd", "cyd"]

    async def test_no_more_goes_out_than_the_platform_takes(self, office: Office) -> None:
        for number in range(100):
            await office.notify(await office.person(f"p{number}"))
        sent = []
        for _ in range(4):
            sent.append(len(office.carrier.carried))
            await office.turns(0.999)
            office.clock.pass_(milliseconds=1)
        assert sent == [0, 30, 60, 90]

    async def test_a_private_chat_that_must_be_opened_first_counts_twice(self, office: Office) -> None:
        office.carrier.opened = set()
        for number in range(40):
            await office.notify(await office.person(f"p{number}"))
        await office.turns(0.5)
        assert len(office.carrier.carried) == 30 / 2
        await office.turns(1)
        assert len(office.carrier.carried) == 30
        await office.turns(2)
        assert len(office.carrier.carried) == 40

    async def test_a_group_gets_less_than_its_own(self, office: Office) -> None:
        group, ann = await office.group("Team"), await office.person("ann")
        for _ in range(25):
            await office.notify(group)
            await office.notify(ann)
        await office.turns(59)
        assert office.carrier.chats.count("Team") == 20
        assert office.carrier.chats.count("ann") == 25
        await office.turns(10)
        assert office.carrier.chats.count("Team") == 25

    @pytest.mark.parametrize("number", [50, 100])
    async def test_many_in_one_chat_are_looked_at_about_twice_each(self, office: Office, number: int) -> None:
        group = await office.group("Team")
        keys = [await office.notify(group, left=left) for left in range(number)]
        await office.turns(60 * number / 20)
        assert {await office.state(key) for key in keys} == {(State.SENT, "")}
        assert [one.text.split()[2] for one in office.carrier.carried[1:]] == [str(left) for left in range(1, number)]
        assert office.store.outbox.claims <= 2 * number

    async def test_the_urgent_comes_first(self, office: Office) -> None:
        for number in range(40):
            await office.notify(await office.person(f"p{number}"), once=True)
        office.clock.pass_(seconds=1)
        await office.notify(await office.person("ann"), urgent=True)
        await office.turn()
        assert office.carrier.chats[0] == "ann"
        assert len(office.carrier.chats) == 30

    async def test_no_more_are_under_way_than_can_be_looked_after(self) -> None:
        office = Office(carrier=FakeCarrier("discord"))
        for number in range(80):
            await office.notify(await office.person(f"p{number}"))
        office.carrier.open.clear()
        for _ in range(4):
            await office.sender.step()
            await asyncio.sleep(0)
            office.clock.pass_(seconds=1)
        assert len(office.carrier.under_way) == MOST_AT_ONCE
        office.carrier.open.set()
        await office.turns(4)
        assert len(set(office.carrier.chats)) == len(office.carrier.chats) == 80


class TestNight:
    @pytest.mark.parametrize(
        ("night", "hours"),
        [
            (datetime(2026, 1, 10, 20, tzinfo=UTC), 10),  # 22:00 in Kyiv
            (datetime(2026, 3, 28, 20, tzinfo=UTC), 9),  # an hour is left out
            (datetime(2026, 10, 24, 19, tzinfo=UTC), 11),  # an hour comes twice
        ],
    )
    async def test_what_can_wait_waits_for_the_morning(self, office: Office, night: datetime, hours: int) -> None:
        office.clock.at = night
        key = await office.notify(await office.person("ann", "Europe/Kyiv"))
        await office.turns(hours * 3600 - 1)
        assert office.carrier.carried == []
        assert await office.state(key) == (State.PENDING, "later")
        await office.turns(1)
        assert office.carrier.chats == ["ann"]

    async def test_the_urgent_does_not_wait_and_others_have_their_own_night(self, office: Office) -> None:
        office.clock.at = datetime(2026, 1, 10, 23, tzinfo=UTC)
        await office.notify(await office.person("ann", "UTC"), urgent=True)
        await office.notify(await office.person("bob", "America/New_York"))
        await office.notify(await office.person("cyd", "UTC"))
        await office.turns(60)
        assert office.carrier.chats == ["ann", "bob"]


class TestInDoubt:
    """A platform that makes one message of two, but only for some minutes."""

    @pytest.fixture
    def office(self) -> Office:
        return Office(carrier=FakeCarrier(name="discord", idempotent=True))

    async def test_it_is_sent_again_at_once_and_not_later(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"), once=True)
        office.carrier.fates = deque(Later(5 * SECOND, fault=True, doubt=True) for _ in range(100))
        began = office.clock.now()
        await office.turns(3600)
        assert await office.state(key) == (State.UNKNOWN, "lost answer")
        assert len(office.carrier.carried) == 6  # after 0, 5, 15, 35, 75 and 155 seconds
        assert office.clock.now() - began == timedelta(hours=1)

    async def test_an_alert_goes_on_being_sent(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"))
        office.carrier.fates = deque(Later(5 * SECOND, fault=True, doubt=True) for _ in range(10))
        await office.turns(7200)
        assert await office.state(key) == (State.SENT, "")

    async def test_the_doubt_outlives_a_restart(self, office: Office) -> None:
        key = await office.notify(await office.person("ann"), once=True)
        office.carrier.fates.append(Later(5 * SECOND, fault=True, doubt=True))
        await office.turn()
        office.clock.pass_(minutes=10)
        other = office.another("two")
        await office.turn(other)
        assert await office.state(key) == (State.UNKNOWN, "lost answer")
        assert len(office.carrier.carried) == 1
