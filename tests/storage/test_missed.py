"""Alerts that wait for a place, on every store."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.missed import MOST, MissedAlerts
from core.delivery.notice import Notice, Target
from core.delivery.outcome import Sent
from core.delivery.state import STALE_AFTER
from core.wallets.people import ChatRef
from core.wallets.settings import Alerts, Settings
from tests.storage.sender import HERE, about

if TYPE_CHECKING:
    from core.shared.ids import WalletId
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.sender import Sender

PLACE = Target(HERE, "team", place="7")


@pytest.fixture
async def wallet(store: Store) -> WalletId:
    """That of a group whose alerts go to one of its channels."""
    return (await store.people.open_wallet(ChatRef(HERE, "team"), Settings(alerts=Alerts(place="7")))).id


@pytest.fixture
def missed(store: Store) -> MissedAlerts:
    return MissedAlerts(store.notes, store.outbox)


async def test_it_is_sent_once_with_its_facts_and_its_age(
    clock: TestClock, sender: Sender, wallet: WalletId, missed: MissedAlerts
) -> None:
    made = clock.now() - timedelta(hours=5)
    notice = about(wallet)._replace(topic="low", urgent=True)
    for _ in range(2):
        await missed.keep(notice, made, clock.now())
    assert [await missed.send_again(wallet, clock.now()) for _ in range(2)] == [1, 0]
    (found,) = await sender.claim()
    assert (found.target, found.made) == (PLACE, made)
    assert found.notice == notice._replace(key="n1:placed")


async def test_the_latest_are_kept_and_one_of_each_topic(
    clock: TestClock, sender: Sender, wallet: WalletId, missed: MissedAlerts
) -> None:
    for number in range(MOST + 2):
        await missed.keep(about(wallet, f"n{number}"), clock.now(), clock.now())
    for number in range(3):
        await missed.keep(about(wallet, f"t{number}")._replace(topic="low"), clock.now(), clock.now())
    assert await missed.send_again(wallet, clock.now()) == MOST
    sent = []
    for _ in range(MOST):
        (found,) = await sender.claim()
        sent.append(found.notice.key.removesuffix(":placed"))
        await sender.settle(found, Sent("1"))
    assert sent == ["n3", "n4", "n5", "n6", "t2"]


async def test_what_is_stale_is_forgotten(clock: TestClock, wallet: WalletId, missed: MissedAlerts) -> None:
    await missed.keep(about(wallet), clock.now(), clock.now())
    clock.pass_(seconds=STALE_AFTER.total_seconds())
    assert await missed.send_again(wallet, clock.now()) == 0


async def test_what_is_about_no_wallet_is_not_kept(clock: TestClock, wallet: WalletId, missed: MissedAlerts) -> None:
    await missed.keep(Notice("n1", "alarm", {}), clock.now(), clock.now())
    assert await missed.send_again(wallet, clock.now()) == 0
