"""What people are told or asked about announcements when they come back, or when the place for them is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reply.parts import Button, Reply, buttons, reply, say
from core.delivery.reach import BY_CHOICE, PLACE, RESTORED

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from core.delivery.notice import Subscription
    from core.store import Store
    from core.wallets.people import ChatRef


async def returned(call: Call) -> tuple[str, Reply] | None:
    """What to say beside an answer, and on which occasion; None if announcements come as they did."""
    there = await call.store.subscriptions.subscription(*call.seat[:2])
    if there is None:
        return None
    if there.gone in BY_CHOICE:
        said = _asked(call.chat.platform, group=call.group)
    elif there.gone == RESTORED or await _is_restored(call, there):
        said = reply(say("announcements-back"), buttons(_off()))
        there = there._replace(gone=RESTORED)
    elif there.gone.startswith(PLACE):
        said = _without_place(there, call.place)
    else:
        return None
    return await _occasion(call.store, call.chat, there), said


async def asked_again(store: Store, group: ChatRef, *, channel: bool) -> tuple[str, Reply] | None:
    """What to ask a group that added the bot again, and on which occasion; None if it had not subscribed before.

    All readers of a channel see what is posted, so no buttons are under it there.
    """
    there = await store.subscriptions.subscription(group.platform, group.id)
    if there is None or there.gone not in BY_CHOICE:
        return None
    question = reply(say("announcements-asked", where="channel")) if channel else _asked(group.platform, group=True)
    return await _occasion(store, group, there), question


async def _is_restored(call: Call, there: Subscription) -> bool:
    """Whether a place that was lost can be written to again; then its subscription is restored."""
    if not there.gone.startswith(PLACE) or call.places is None or await call.places.lacks(there.target) != ():
        return False
    await call.store.subscriptions.restore_place(*there.target[:2], call.at)
    return True


async def _occasion(store: Store, ref: ChatRef, there: Subscription) -> str:
    """The state of a subscription, since when it is there, and since when its chat or place is as it is."""
    chat = await store.people.chat(ref)
    since = "" if chat is None or chat.since is None else chat.since.isoformat()
    return f"{there.gone}/{there.since.isoformat()}/{since}"


def _asked(platform: str, *, group: bool) -> Reply:
    yes, no = Button(say("button-yes"), "subscribe again=yes"), Button(say("button-no"), "unsubscribe")
    asked = say("announcements-asked", where="group" if group else "private", platform=platform)
    return reply(asked, buttons(yes, no))


def _without_place(there: Subscription, place: str) -> Reply:
    """Announcements have no place to go to; `place` is where the admin is."""
    here = Button(say("button-announcements-here"), "subscribe again=yes here=yes")
    offered = None if place == there.target.place else here
    return reply(say("announcements-lost", why=there.gone.removeprefix(PLACE)), buttons(offered, _off()))


def _off() -> Button:
    return Button(say("button-unsubscribe"), "unsubscribe")
