"""If a line of a group's feed cannot be sent to its place, the feed is switched off, and a notice says so."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from core.alerts.feed import FEED_LOST
from core.delivery.notice import Notice
from core.delivery.outcome import Moved, PlaceLost
from core.wallets.team import Feed
from core.wallets.team_changes import feed_moved, without_feed

if TYPE_CHECKING:
    from core.books import Books
    from core.delivery.notice import Delivery
    from core.delivery.outcome import Outcome
    from core.shared.ids import WalletId
    from core.store import Store
    from core.wallets.settings import Settings


class LostFeeds:
    """Learns from the outcomes of its lines which feed has lost its place."""

    def __init__(self, books: Books, store: Store) -> None:
        """Whether a wallet has a feed stands in its settings."""
        self._books, self._store = books, store

    async def learn(self, delivery: Delivery, wallet: WalletId, outcome: Outcome) -> None:
        """Note what follows from an outcome. Idempotent; the loss is reported, whatever fails in between."""
        platform, chat, _, place = delivery.target
        match outcome:
            case PlaceLost(why):
                await self._tell(delivery, wallet, Feed(platform, chat, place), why)
                await self._books.change_settings(wallet, partial(_lost, lost=Feed(platform, chat, place)))
            case Moved(new):
                await self._books.change_settings(wallet, partial(_moved, platform=platform, old=chat, new=new))
            case _:
                pass

    async def _tell(self, delivery: Delivery, wallet: WalletId, lost: Feed, why: str) -> None:
        """Tell it where the group's alerts go, unless it is off already."""
        if (await self._store.people.settings_of(wallet)).team.feed == lost:
            notice = Notice(f"{FEED_LOST}:{delivery.id}", FEED_LOST, {"why": why}, wallet)
            await self._store.outbox.notify([notice], self._books.clock.now())


def _lost(kept: Settings, lost: Feed) -> Settings:
    return replace(kept, team=without_feed(kept.team, lost))


def _moved(kept: Settings, platform: str, old: str, new: str) -> Settings:
    return replace(kept, team=feed_moved(kept.team, platform, old, new))
