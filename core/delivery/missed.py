"""A group's alerts that could not be sent, because the group has no place for them, until it has one."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from core.delivery.notice import Notice
from core.delivery.state import STALE_AFTER, stale_before

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.delivery.ports import Outbox
    from core.shared.ids import WalletId
    from core.shared.ports import Notes

MOST: Final = 5
PLACED: Final = ":placed"
"""What is added to the key of a notice that is sent again."""


class _Missed(NamedTuple):
    """A notice that was not sent, and when it was made."""

    notice: Notice
    made: datetime


class MissedAlerts:
    """Keeps the latest of them, as long as they are worth sending."""

    def __init__(self, notes: Notes, outbox: Outbox) -> None:
        """Keep them in `notes`, and send them through `outbox`."""
        self._notes, self._outbox, self._changing = notes, outbox, asyncio.Lock()

    async def keep(self, notice: Notice, made: datetime, now: datetime) -> None:
        """Keep a notice of a wallet, in place of an earlier one with the same topic. Idempotent."""
        if notice.wallet is None:
            return
        async with self._changing:
            kept = await self._kept(notice.wallet, now)
            others = [one for one in kept if one.notice.key != notice.key and not _same_topic(one.notice, notice)]
            await self._put(notice.wallet, [*others, _Missed(notice, made)][-MOST:], now)

    async def has_followed(self, notice: Notice) -> bool:
        """Whether a notice has been sent again."""
        return bool(await self._outbox.deliveries(f"{notice.key}{PLACED}"))

    async def is_kept(self, wallet: WalletId, key: str, now: datetime) -> bool:
        """Whether a notice waits to be sent again."""
        return any(one.notice.key == key for one in await self._kept(wallet, now))

    async def drop(self, wallet: WalletId, keys: Collection[str], now: datetime) -> None:
        """Keep some notices no longer, because they have been sent; what came to be kept meanwhile stays."""
        async with self._changing:
            kept = await self._kept(wallet, now)
            left = [one for one in kept if one.notice.key not in keys]
            if left != kept:
                await self._put(wallet, left, now)

    async def send_again(self, wallet: WalletId, now: datetime) -> int:
        """Send what was kept to where the wallet's alerts go now; returns the number of notices.

        They are made when they were made at first, so that each is looked at again before it is sent.
        """
        kept = await self._kept(wallet, now)
        for missed in kept:
            notice = missed.notice._replace(key=f"{missed.notice.key}{PLACED}")
            await self._outbox.notify([notice], missed.made)
        await self.drop(wallet, {missed.notice.key for missed in kept}, now)
        return len(kept)

    async def _kept(self, wallet: WalletId, now: datetime) -> list[_Missed]:
        text = await self._notes.note(_name(wallet), now)
        stored = [] if text is None else json.loads(text)
        kept = [
            _Missed(Notice(key, code, facts, wallet, bool(urgent), topic=topic), datetime.fromisoformat(made))
            for key, code, facts, urgent, topic, made in stored
        ]
        return [one for one in kept if one.made > stale_before(now)]

    async def _put(self, wallet: WalletId, kept: list[_Missed], now: datetime) -> None:
        rows = [_row(*one) for one in kept]
        await self._notes.put_note(_name(wallet), json.dumps(rows, separators=(",", ":")), now + STALE_AFTER)


def _same_topic(one: Notice, other: Notice) -> bool:
    return bool(one.topic) and one.topic == other.topic


def _row(notice: Notice, made: datetime) -> tuple[object, ...]:
    return notice.key, notice.code, dict(notice.facts), notice.urgent, notice.topic, made.isoformat()


def _name(wallet: WalletId) -> str:
    return f"missed:{wallet}"
