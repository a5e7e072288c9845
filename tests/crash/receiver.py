"""The process that receives updates, and is killed: the bot on Telegram, with the real client library."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.base.logs import set_up
from bot.config import Settings
from bot.main import load_platform, open_bot, run
from bot.platforms.supervisor import RestartBackoff, supervise

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping


def receive(settings: Mapping[str, str], hook: str) -> None:
    """Answer what is received until a signal asks for the end. `hook`: the webhook's address; empty to poll."""
    with Path(os.devnull).open("w") as nowhere:
        set_up("CRITICAL", "console", stream=nowhere)
        run(partial(_work, settings, hook), fast=True)


async def _work(settings: Mapping[str, str], hook: str, stop: asyncio.Event) -> None:
    given: dict[str, Any] = {**settings, "_env_file": None}
    known = Settings(**given).model_copy(update={"telegram_webhook_url": hook})  # which would have to be https
    async with open_bot(known) as bot:
        await supervise(load_platform("telegram", bot), stop, RestartBackoff())
