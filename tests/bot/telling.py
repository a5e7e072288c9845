"""What the program does beside a platform."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.delivery.rate_limit import pacer_for
from bot.delivery.sender import Post
from bot.dispatch.dialog import Dialog
from bot.views.notices import message_now

if TYPE_CHECKING:
    from bot.delivery.carrier import Carrier
    from tests.bot.stage import Bot

PACE: Final = timedelta(seconds=10)


def post_on(bot: Bot, carrier: Carrier) -> Post:
    """What sends on a platform."""
    dialog, book = Dialog(bot.store.notes), bot.books.rulebook
    tell = partial(message_now, dialog=dialog, book=book, store=bot.store, clock=bot.clock)
    return Post(bot.store.outbox, carrier, bot.clock, pacer=pacer_for(carrier.name), tell=tell, holder="test")


async def deliver(bot: Bot, carrier: Carrier) -> None:
    """Send what is due, as long as something is due now."""
    post = post_on(bot, carrier)
    for _ in range(4):
        await post.step()
        await post.finish()
        bot.clock.pass_(seconds=1)


async def deliver_all(bot: Bot, carrier: Carrier) -> None:
    """Send what is due, and what waits for no more than the platform's pace."""
    while (due := await bot.store.outbox.next_due(carrier.name)) is not None and due <= bot.clock.now() + PACE:
        bot.clock.at = max(due, bot.clock.now())
        await deliver(bot, carrier)
