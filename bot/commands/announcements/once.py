"""Announcements: chats subscribe to them, operators write them and see what became of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Final, assert_never

from bot.command.declaration import Call, UnfitError, Who, command
from bot.command.incoming import token_at
from bot.commands.announcements.recurring import drafted, preview
from bot.options.choice import Choice
from bot.options.schedule import Recurrence
from bot.options.text import Tags, Text
from bot.options.zone import Zone
from bot.reply.parts import Button, Fact, Fields, File, Reply, Say, buttons, reply, say
from bot.views.exports import deliveries_csv
from bot.views.progress import Do, begun, progress, time_of, watched, watched_as
from core.announcements.model import Announcement
from core.delivery.notice import Audience, Subscription, Target
from core.scheduling.task import Due
from core.wallets.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.announcements.service import Announcements

LONGEST: Final = 1900  # one message on each platform, Discord's being the shortest


@command("subscribe", who=Who.ADMINS, needs_wallet=False)
async def subscribe(call: Call, tags: Annotated[tuple[str, ...], Tags()] = ()) -> Reply:
    """Let announcements be told in this chat, here in it; with tags, only those about them."""
    settings = Settings() if call.wallet is None else call.wallet.settings
    reader = call.title, settings.zone, call.locale, tags
    one = Subscription(call.seat, call.at, call.person.id, *reader, quiet=settings.quiet)
    await call.store.subscriptions.subscribe(one)
    told = say("subscribed-tags", tags=", ".join(tags)) if tags else say("subscribed")
    return reply(told, buttons(Button(say("button-unsubscribe"), "unsubscribe")))


@command("unsubscribe", who=Who.ADMINS, needs_wallet=False)
async def unsubscribe(call: Call) -> Reply:
    """Let no more announcements be told in this chat."""
    there = await call.store.subscriptions.unsubscribe(call.seat.platform, call.seat.chat)
    again = buttons(Button(say("button-subscribe"), "subscribe"))
    return reply(say("unsubscribed" if there else "unsubscribed-already"), again)


@command("announce", hidden=True, who=Who.OPERATORS, needs_wallet=False)
async def announce(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    text: Annotated[str, Text(most=LONGEST, lines=True)],
    tags: Annotated[tuple[str, ...], Tags(named=True)] = (),
    platforms: Annotated[tuple[str, ...], Tags(named=True)] = (),
    languages: Annotated[tuple[str, ...], Tags(named=True)] = (),
    cron: Annotated[str | None, Recurrence(named=True)] = None,
    zone: Annotated[str | None, Zone(named=True)] = None,
) -> Reply:
    """Write an announcement, which may come again by `cron`; nothing is sent before its preview was looked over."""
    one = Announcement(token_at(call.at, call.key), text, Audience(platforms, languages, tags))
    if cron is not None:
        again = drafted(call, text, one.audience, cron, zone)
        return await preview(call, again, reach(one.audience.among(await call.store.subscriptions.subscribers())))
    hearing = await call.announcements.draft(one)
    if not hearing:
        return reply(say("announce-nobody"))
    go = Button(say("button-send", chats=len(hearing)), f"announcement send {one.id}")
    return reply(
        say("announce-preview"),
        say("raw", text=text),
        Fields((*reach(hearing), (say("field-length"), say("length-of", length=len(text), most=LONGEST)))),
        buttons(go, Button(say("button-discard"), "cancel")),
    )


def reach(hearing: Sequence[Subscription]) -> tuple[tuple[Say, Fact], ...]:
    """Whom something would reach: chats by platform, and the least time it takes."""
    chats = Counter(one.target.platform for one in hearing)
    rows = ((say("field-chats", platform=platform.capitalize()), number) for platform, number in chats.items())
    return (*rows, (say("field-takes"), time_of(chats))) if chats else ()


@command("announcement", hidden=True, who=Who.OPERATORS, needs_wallet=False, looks=("show", "report"))
async def announcement(call: Call, do: Annotated[Do, Choice(of=Do)], id: Annotated[str, Text(most=40)]) -> Reply:  # noqa: A002 - the option's name
    """Send an announcement, show how far it has come, hold it, go on, stop it."""
    announcements = call.announcements
    one = await announcements.find(id)
    if one is None:
        raise UnfitError(say("announcement-unknown"))
    if do is Do.REPORT:
        return await _report(call, one)
    if do is Do.SEND:
        return await _send(call, announcements, one)
    done = await _do(announcements, one, do)
    if do is not Do.SHOW:
        await call.store.tasks.put_due(Due(watched_as(one.id), call.at))
    return progress(one.id, await announcements.tally(one.id), done)


async def _do(announcements: Announcements, one: Announcement, do: Do) -> Say | None:
    """Do it, and what to say of it."""
    match do:
        case Do.PAUSE:
            return say("announcement-paused", number=await announcements.pause(one))
        case Do.RESUME:
            return say("announcement-resumed", number=await announcements.resume(one))
        case Do.STOP:
            return say("announcement-stopped", number=await announcements.stop(one))
        case Do.RESEND:
            return say("announcement-resent", number=await announcements.resend(one))
        case Do.SHOW | Do.SEND | Do.REPORT:
            return None
        case other:
            assert_never(other)


async def _send(call: Call, announcements: Announcements, one: Announcement) -> Reply:
    """Send it, and let who sends it watch it in private; where that is here, the answer need not show the same."""
    new = await announcements.send(one)
    await call.store.tasks.put_due(Due(watched_as(one.id), call.at))
    tally = await announcements.tally(one.id)
    if not new or not tally.all:
        return progress(one.id, tally, None if new else say("announcement-again"))
    platform, _, user = call.identity.partition(":")
    await call.store.outbox.notify([watched(one, tally, Target(platform, user, direct=True))], call.at)
    return progress(one.id, tally, say("announcement-watch-private")) if call.group else begun(one.id, tally)


async def _report(call: Call, one: Announcement) -> Reply:
    """What became of each, as a file."""
    titles = {(s.target.platform, s.target.chat): s.title for s in await call.store.subscriptions.subscribers()}
    course = await call.announcements.course(one)
    content = deliveries_csv(course, titles)
    return reply(File("announcement.csv", content, say("report-caption", chats=len(course.deliveries))))
