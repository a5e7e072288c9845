"""Sends the notices that are due, as the program does beside a platform."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.delivery.groups.admins import GroupAdmins
from bot.delivery.groups.lost_places import LostPlaces
from bot.delivery.groups.places import GroupPlaces
from bot.delivery.groups.private_alerts import PrivateAlerts
from bot.delivery.limits.rate_limit import rate_limiter_for
from bot.delivery.live_platforms import LivePlatform
from bot.delivery.sender import Sender
from bot.dispatch.dialog import Dialog
from bot.views.notices import message_now

if TYPE_CHECKING:
    from bot.delivery.carrier import Carrier
    from bot.delivery.live_platforms import LivePlatforms
    from tests.bot.stage import Bot

RATE_LIMIT_WAIT: Final = timedelta(seconds=10)


def sender_on(bot: Bot, carrier: Carrier) -> Sender:
    """The sender of a platform."""
    return live_platform(bot, carrier).sender


def live_platform(bot: Bot, carrier: Carrier) -> LivePlatform:
    """A platform that runs alone, with its sender."""
    dialog = Dialog(bot.store.notes)
    render = partial(message_now, dialog=dialog, rulebook=bot.books.rulebook, store=bot.store, clock=bot.clock)
    limiter = rate_limiter_for(carrier.name)
    here: LivePlatforms = {}
    admins = GroupAdmins(bot.store.people, here)
    sender = Sender(
        bot.store.outbox,
        carrier,
        bot.clock,
        limiter=limiter,
        render=render,
        check=PrivateAlerts(bot.books, bot.store, admins).check,
        learn=LostPlaces(bot.books, bot.store, admins, GroupPlaces(here)).learn,
        holder="test",
    )
    here[carrier.name] = LivePlatform(carrier, limiter, sender, bot.clock, bot.clock.now())
    return here[carrier.name]


def live_on(bot: Bot, carrier: Carrier) -> None:
    """Let a platform be live, so that the desk can ask it about admins."""
    bot.live_platforms[carrier.name] = live_platform(bot, carrier)


async def deliver(bot: Bot, carrier: Carrier) -> None:
    """Send what is due now."""
    sender = sender_on(bot, carrier)
    for _ in range(4):
        await sender.step()
        await sender.finish()
        bot.clock.pass_(seconds=1)


async def deliver_all(bot: Bot, carrier: Carrier) -> None:
    """Send what is due, and what only waits for the rate limit."""
    while (
        due := await bot.store.outbox.next_due(carrier.name)
    ) is not None and due <= bot.clock.now() + RATE_LIMIT_WAIT:
        bot.clock.at = max(due, bot.clock.now())
        await deliver(bot, carrier)
