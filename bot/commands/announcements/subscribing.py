"""/subscribe and /unsubscribe: which announcements a chat gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, command
from bot.commands.alerts.places import named, names_in
from bot.options.audience import Topics
from bot.options.choice import Switch
from bot.reply.parts import Button, Buttons, Reply, Say, buttons, reply, say
from core.announcements.topics import Wishes, topics_after
from core.delivery.notice import Subscription
from core.wallets.settings import Settings

if TYPE_CHECKING:
    from core.delivery.notice import Target

ALL: Final = Wishes(everything=True)
NOTHING: Final = Wishes(off=True)
MOST_BUTTONS: Final = 3


@command("subscribe", needs_wallet=False)
async def subscribe(
    call: Call,
    tags: Annotated[Wishes, Topics()] = ALL,
    again: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - options are given by name
    here: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - as above
) -> Reply:
    """Subscribe this chat to announcements, at this place in it; with topics, only to those about them.

    With `again` it gets what it got before, at the same place, or with `here` at this one.
    """
    before = await call.store.subscriptions.subscription(*call.seat[:2]) if again else None
    if before is None:
        return await _changed(call, tags)
    target = call.seat if here else before.target
    await call.store.subscriptions.subscribe(before._replace(target=target, since=call.at, gone=""))
    return reply(_told(before.tags, _away(call)), _place(call, target), _opposites(before.tags))


@command("unsubscribe", needs_wallet=False)
async def unsubscribe(call: Call, tags: Annotated[Wishes, Topics()] = NOTHING) -> Reply:
    """Unsubscribe this chat from announcements, or from those about some topics."""
    named = (*tags.wanted, *tags.unwanted)
    there = await call.store.subscriptions.subscription(*call.seat[:2])
    if tags.everything and tags.unwanted and there is not None:  # "all but art"
        return await _changed(call, Wishes(tags.unwanted, only=True))
    if not named or tags.everything or tags.off or there is None:
        return await _changed(call, NOTHING)
    return await _changed(call, Wishes(unwanted=named))


async def _changed(call: Call, wishes: Wishes) -> Reply:
    """Change what this chat is subscribed to; the answer names what it gets now, with buttons for the opposite."""
    subscriptions, seat = call.store.subscriptions, call.seat
    there = await subscriptions.subscription(seat.platform, seat.chat)
    tags = topics_after(None if there is None else there.tags, wishes)
    if tags is None:
        await subscriptions.unsubscribe(seat.platform, seat.chat)
        again = Button(say("button-subscribe"), "subscribe")
        left = say("unsubscribed-already" if there is None else "unsubscribed", away=_away(call))
        return reply(left, buttons(again))
    settings = Settings() if call.wallet is None else call.wallet.settings
    reader = call.title, settings.zone, call.locale, tags
    await subscriptions.subscribe(Subscription(seat, call.at, call.person.id, *reader, quiet=settings.quiet))
    return reply(_told(tags, _away(call)), _place(call, seat), _opposites(tags))


def _away(call: Call) -> str:
    """Whether "this chat" would be the wrong word for it: they are elsewhere, and mean their private chat."""
    return "yes" if call.away else "no"


def _place(call: Call, target: Target) -> Say | None:
    """In which part of a group announcements appear, if its parts have names."""
    return say("subscribed-place", place=named(call, target.place)) if target.place in names_in(call) else None


def _told(tags: tuple[str, ...], away: str) -> Say:
    """What a chat with these tags gets."""
    if not tags:
        return say("subscribed", away=away)
    named = ", ".join(tag.lstrip("-") for tag in tags)
    return say("subscribed-except" if tags[0].startswith("-") else "subscribed-tags", tags=named, away=away)


def _opposites(tags: tuple[str, ...]) -> Buttons:
    """Buttons that drop each of the topics, or take it in again, get everything, or nothing."""
    topics = tuple(
        Button(say("button-with", topic=tag[1:]), f"subscribe {tag[1:]}")
        if tag.startswith("-")
        else Button(say("button-without", topic=tag), f"unsubscribe {tag}")
        for tag in tags[-MOST_BUTTONS:]
    )
    every = (Button(say("button-subscribe-all"), "subscribe all"),) if tags else ()
    last = (*every, Button(say("button-unsubscribe"), "unsubscribe"))
    return Buttons((topics, last) if topics else (last,))
