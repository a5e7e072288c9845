"""Keeps work in order for each key, and concurrent across keys."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from telegram import Update
from telegram.ext import BaseUpdateProcessor
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Hashable

MOST_AT_ONCE: Final = 4096  # high, so that the waiting updates of one busy person do not take up all places


class KeyedLocks:
    """A lock for each key, which exists only while somebody holds it or waits for it."""

    def __init__(self) -> None:
        """Start without locks."""
        self._locks: dict[Hashable, tuple[asyncio.Lock, int]] = {}

    def __len__(self) -> int:
        """How many keys are in use."""
        return len(self._locks)

    @asynccontextmanager
    async def hold(self, key: Hashable) -> AsyncGenerator[None]:
        """Hold the lock of a key; those who wait get it in order."""
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[key]
            if users == 1:
                del self._locks[key]
            else:
                self._locks[key] = (lock, users - 1)


class OrderedUpdates(BaseUpdateProcessor):
    """Handles updates concurrently, but those of one person in one chat in order."""

    def __init__(self) -> None:
        """Allow many updates at once."""
        super().__init__(MOST_AT_ONCE)
        self._locks = KeyedLocks()

    @override
    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        async with self._locks.hold(_sender_of(update)):
            await coroutine

    @override
    async def initialize(self) -> None:
        """Nothing to prepare."""

    @override
    async def shutdown(self) -> None:
        """Nothing to release."""


def _sender_of(update: object) -> tuple[int | None, int | None]:
    if not isinstance(update, Update):
        return None, None
    chat, user = update.effective_chat, update.effective_user
    return (None if chat is None else chat.id), (None if user is None else user.id)
