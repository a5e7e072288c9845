"""What the program does beside a platform."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.dialog import Dialog
from bot.notice import message_now
from bot.pace import pacer_for
from bot.post import Post

if TYPE_CHECKING:
    from bot.platform import Carrier
    from tests.bot.stage import Bot


async def deliver(bot: Bot, carrier: Carrier) -> None:
    """Send what is due, as long as something is due now."""
    dialog, book = Dialog(bot.store.notes), bot.books.rulebook
    tell = partial(message_now, dialog=dialog, book=book, store=bot.store, clock=bot.clock)
    post = Post(bot.store.outbox, carrier, bot.clock, pacer=pacer_for(carrier.name), tell=tell, holder="test")
    for _ in range(4):
        await post.step()
        await post.finish()
        bot.clock.pass_(seconds=1)
