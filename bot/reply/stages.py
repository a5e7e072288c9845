"""An answer that is being worked on, in stages: each says how far the work is, and the last is what was asked for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reply.parts import Reply

EVERY: Final = 5.0
"""Seconds between two stages. Telegram takes an edit a second, and people look up now and then."""


def in_stages(work: asyncio.Future[Reply], meanwhile: Callable[[], Reply], every: float = EVERY) -> asyncio.Task[Reply]:
    """What comes after an answer: what the work gives, if it is done within so many seconds, or else a stage.

    `meanwhile` is called for each stage. Whoever cancels what comes ends the work.
    """
    coming = asyncio.create_task(_next(work, meanwhile, every))
    coming.add_done_callback(lambda ended: work.cancel() if ended.cancelled() else None)
    return coming


async def _next(work: asyncio.Future[Reply], meanwhile: Callable[[], Reply], every: float) -> Reply:
    done, _ = await asyncio.wait((work,), timeout=every)
    if done:
        return work.result()
    return replace(meanwhile(), coming=in_stages(work, meanwhile, every))
