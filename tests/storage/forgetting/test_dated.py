"""Facts of one day count by their memos, and stay proven once those are erased, one person's after another's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.books import Books
from core.ledger import rulebook
from core.ledger.requests import Request, Spend
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings
from tests.core.freelancer import dollars
from tests.storage.teller import proven

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock


async def test_the_past_of_a_group_stays_proven(store: Store, clock: TestClock) -> None:
    books = Books(store, rulebook.default(), clock)
    ann, bob = [(await store.people.person(Identity("test", name), name)).id for name in ("ann", "bob")]
    team = (await store.people.open_wallet(ChatRef("test", "team"), Settings())).id
    for turn, cents in enumerate((200, 900, 450)):
        await books.buy(Request(team, f"b{turn}", bob), 20, dollars(cents))
        clock.pass_(days=2)
    now = clock.now()
    for turn, (who, memo, connects) in enumerate(
        [(ann, "Web", 9), (bob, "App", 13), (ann, "Bot", 4), (bob, "Zoo", 17), (ann, "App", 7)]
    ):
        await books.spend_all(Request(team, f"s{turn}", who), [Spend(connects, memo=memo)], on=now - timedelta(days=1))
    for person in (ann, bob):
        before = await proven(store)
        await store.forgetting.forget(person, now)
        assert (await proven(store)).fingerprint == before.fingerprint
    await books.spend_all(Request(team, "later"), [Spend(3, memo="New")], on=now - timedelta(days=1))
    await proven(store)
