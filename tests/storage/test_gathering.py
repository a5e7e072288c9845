"""Lines of a feed: stored with the change, and those that wait together become one message in every store."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from core.alerts.feed import FEED
from core.delivery.gathering import MOST_LINES, in_lines, lines_in
from core.delivery.notice import Notice, Target
from core.delivery.outcome import Deferred, Later, Outcome, Sent
from core.wallets.people import ChatRef
from core.wallets.settings import Settings
from core.wallets.team import Feed
from storage import open_store
from tests.storage.sender import HERE, Sender
from tests.storage.teller import booked, open_teller

if TYPE_CHECKING:
    from core.shared.ids import WalletId
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller

THERE: Final = Target(HERE, "team", place="7")
MINUTE: Final = timedelta(minutes=1)


def line(wallet: WalletId, word: str, to: Target = THERE) -> Notice:
    facts = in_lines([{"what": word}])
    return Notice(f"feed:{word}", FEED, facts, wallet, topic=f"feed:{to.place}", gathers=True, to=(to,))


async def told(teller: Teller, *words: str) -> None:
    for word in words:
        assert await teller.store.outbox.notify([line(teller.wallet, word)], teller.clock.now()) == 1


async def arrived(sender: Sender, outcome: Outcome) -> str:
    """The words of what is due; this becomes of it."""
    (delivery,) = await sender.claim()
    await sender.settle(delivery, outcome)
    return " ".join(str(one["what"]) for one in lines_in(delivery.notice.facts))


async def test_lines_that_wait_are_one_message(teller: Teller, sender: Sender) -> None:
    await told(teller, "a", "b", "c")
    assert await arrived(sender, Sent("1")) == "a b c"
    await told(teller, "d")
    assert await arrived(sender, Sent("2")) == "d"


async def test_a_message_has_so_many_lines_at_most(teller: Teller, sender: Sender) -> None:
    words = [f"w{number}" for number in range(MOST_LINES + 2)]
    await told(teller, *words)
    assert await arrived(sender, Sent("1")) == " ".join(words[:MOST_LINES])
    assert await arrived(sender, Sent("2")) == " ".join(words[MOST_LINES:])


async def test_no_line_joins_what_is_under_way(teller: Teller, sender: Sender) -> None:
    await told(teller, "a")
    (delivery,) = await sender.claim()
    await told(teller, "b")
    await sender.settle(delivery, Sent("1"))
    assert await arrived(sender, Sent("2")) == "b"


@pytest.mark.parametrize(("outcome", "then"), [(Deferred(MINUTE), ["a b"]), (Later(MINUTE), ["a", "b"])])
async def test_a_line_joins_what_was_never_handed_over(
    teller: Teller, sender: Sender, outcome: Outcome, then: list[str]
) -> None:
    await told(teller, "a")
    assert await arrived(sender, outcome) == "a"
    await told(teller, "b")
    teller.clock.pass_(minutes=2)
    assert await sender.lease()
    assert sorted([await arrived(sender, Sent(text)) for text in then]) == then


async def test_other_places_and_chats_have_their_own(teller: Teller, sender: Sender) -> None:
    await told(teller, "a")
    others = [line(teller.wallet, "b", THERE._replace(place="8")), line(teller.wallet, "c", THERE._replace(chat="x"))]
    await teller.store.outbox.notify(others, teller.clock.now())
    first, second = await sender.claim()
    assert (lines_in(first.notice.facts), first.target) == (({"what": "a"},), THERE)
    assert (lines_in(second.notice.facts), second.target.chat) == (({"what": "c"},), "x")


async def test_each_change_has_its_line_as_long_as_there_is_a_feed(
    store: Store, teller: Teller, sender: Sender
) -> None:
    wallet = await store.people.open_wallet(ChatRef(HERE, "team"), Settings(zone="Europe/Kyiv", quiet="1-2"))
    team = replace(teller, wallet=wallet.id)
    booked(await team.buy(60))
    settings = wallet.settings
    fed = replace(settings, team=replace(settings.team, feed=Feed(HERE, "team", "7")))
    await store.people.save_settings(wallet.id, fed)
    booked(await team.spend(16))
    booked(await team.spend(4))
    (delivery,) = await sender.claim()
    assert (delivery.target, delivery.zone, delivery.quiet) == (THERE, "Europe/Kyiv", "1-2")
    assert [one["connects"] for one in lines_in(delivery.notice.facts)] == [-16, -4]
    await sender.settle(delivery, Sent("1"))
    await store.people.save_settings(wallet.id, settings)
    booked(await team.spend(1))
    assert await sender.claim() == ()


async def test_no_line_is_lost_to_a_sender_in_another_process(postgres: str, clock: TestClock) -> None:
    words, came = [f"w{number}" for number in range(30)], list[str]()
    async with open_store(postgres) as store, open_store(postgres) as elsewhere:
        teller, sender = await open_teller(store, clock, "ann"), Sender(elsewhere, clock)
        assert await sender.lease()
        telling = asyncio.create_task(told(teller, *words))
        while not telling.done() or await elsewhere.outbox.next_due(HERE) is not None:
            for delivery in await sender.claim():
                came += [str(one["what"]) for one in lines_in(delivery.notice.facts)]
                await sender.settle(delivery, Sent("1"))
        await telling
    assert came == words
