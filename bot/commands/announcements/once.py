"""Announcements: chats subscribe to them; operators write and send them, and see their progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, assert_never

from bot.command.declaration import Call, UnfitError, Who, command
from bot.command.incoming import token_at
from bot.commands.announcements.recurring import drafted, preview
from bot.options.choice import Choice
from bot.options.schedule import Recurrence
from bot.options.text import LONGEST_MESSAGE, Tags, Text
from bot.options.zone import Zone
from bot.reply.parts import Button, Fields, File, Reply, Say, buttons, reply, say
from bot.views.exports import deliveries_csv
from bot.views.progress import Do, begun, progress, progress_key, progress_notice, reach
from core.announcements.model import Announcement
from core.delivery.notice import Audience, Subscription
from core.scheduling.task import Task
from core.wallets.settings import Settings

if TYPE_CHECKING:
    from core.announcements.service import AnnouncementService


@command("subscribe", who=Who.ADMINS, needs_wallet=False)
async def subscribe(call: Call, tags: Annotated[tuple[str, ...], Tags()] = ()) -> Reply:
    """Subscribe this chat to announcements, at this place in it; with tags, only to those about them."""
    settings = Settings() if call.wallet is None else call.wallet.settings
    reader = call.title, settings.zone, call.locale, tags
    one = Subscription(call.seat, call.at, call.person.id, *reader, quiet=settings.quiet)
    await call.store.subscriptions.subscribe(one)
    done = say("subscribed-tags", tags=", ".join(tags)) if tags else say("subscribed")
    return reply(done, buttons(Button(say("button-unsubscribe"), "unsubscribe")))


@command("unsubscribe", who=Who.ADMINS, needs_wallet=False)
async def unsubscribe(call: Call) -> Reply:
    """Unsubscribe this chat from announcements."""
    there = await call.store.subscriptions.unsubscribe(call.seat.platform, call.seat.chat)
    again = buttons(Button(say("button-subscribe"), "subscribe"))
    return reply(say("unsubscribed" if there else "unsubscribed-already"), again)


@command("announce", hidden=True, who=Who.OPERATORS, needs_wallet=False)
async def announce(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    text: Annotated[str, Text(most=LONGEST_MESSAGE, lines=True)],
    tags: Annotated[tuple[str, ...], Tags(named=True)] = (),
    platforms: Annotated[tuple[str, ...], Tags(named=True)] = (),
    languages: Annotated[tuple[str, ...], Tags(named=True)] = (),
    cron: Annotated[str | None, Recurrence(named=True)] = None,
    zone: Annotated[str | None, Zone(named=True)] = None,
) -> Reply:
    """Draft an announcement, which recurs if `cron` is given, and show a preview. Nothing is sent yet."""
    one = Announcement(token_at(call.at, call.key), text, Audience(platforms, languages, tags))
    if cron is not None:
        series = drafted(call, text, one.audience, cron, zone)
        return await preview(call, series, reach(one.audience.among(await call.store.subscriptions.subscribers())))
    recipients = await call.announcements.draft(one)
    if not recipients:
        return reply(say("announce-nobody"))
    go = Button(say("button-send", chats=len(recipients)), f"announcement send {one.id}")
    return reply(
        say("announce-preview"),
        say("raw", text=text),
        Fields((*reach(recipients), (say("field-length"), say("length-of", length=len(text), most=LONGEST_MESSAGE)))),
        buttons(go, Button(say("button-discard"), "cancel")),
    )


@command("announcement", hidden=True, who=Who.OPERATORS, needs_wallet=False, read_only=("show", "report"))
async def announcement(call: Call, do: Annotated[Do, Choice(of=Do)], id: Annotated[str, Text(most=40)]) -> Reply:  # noqa: A002 - the option's name
    """Send an announcement, show its progress or report, pause, resume or stop it, or resend uncertain deliveries."""
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
        await call.store.tasks.schedule(Task(progress_key(one.id), call.at, call.at))
    return progress(one.id, await announcements.tally(one.id), done)


async def _do(announcements: AnnouncementService, one: Announcement, do: Do) -> Say | None:
    """Carry out an action; the sentence that confirms it."""
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


async def _send(call: Call, announcements: AnnouncementService, one: Announcement) -> Reply:
    """Send it, and show its progress to the sender in private. If this is that chat, the answer leaves it out."""
    new = await announcements.send(one)
    await call.store.tasks.schedule(Task(progress_key(one.id), call.at, call.at))
    tally = await announcements.tally(one.id)
    if not new or not tally.all:
        return progress(one.id, tally, None if new else say("announcement-again"))
    await call.store.outbox.notify([progress_notice(one, tally, call.direct)], call.at)
    return progress(one.id, tally, say("announcement-watch-private")) if call.group else begun(one.id, tally)


async def _report(call: Call, one: Announcement) -> Reply:
    """The state of each delivery, as a file."""
    titles = {(s.target.platform, s.target.chat): s.title for s in await call.store.subscriptions.subscribers()}
    course = await call.announcements.course(one)
    content = deliveries_csv(course, titles)
    return reply(File("announcement.csv", content, say("report-caption", chats=len(course.deliveries))))
