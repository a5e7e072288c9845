"""Announcements: chats subscribe to them; operators write and send them, and see their progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, assert_never

from bot.command.declaration import Call, UnfitError, Who, command
from bot.command.incoming import token_at
from bot.commands.announcements.recurring import drafted, preview
from bot.options.audience import Languages, Platforms, Topics
from bot.options.choice import Choice, Switch
from bot.options.text import LONGEST_MESSAGE, Tags, Text
from bot.options.times.schedule import Recurrence
from bot.options.times.zone import Zone
from bot.reading.lines import line_of
from bot.reply.marks import weight
from bot.reply.parts import Button, Buttons, Fields, File, Reply, Say, buttons, reply, say
from bot.views.audience import reach, unmatched
from bot.views.exports import deliveries_csv
from bot.views.progress import Do, begun, progress, progress_key, progress_notice
from core.announcements.model import Announcement
from core.announcements.topics import Wishes, topics_after
from core.delivery.notice import EVERYBODY, Audience, Subscription
from core.scheduling.task import Task
from core.wallets.settings import Settings

if TYPE_CHECKING:
    from core.announcements.service import AnnouncementService

ALL: Final = Wishes(everything=True)
NOTHING: Final = Wishes(off=True)
MOST_BUTTONS: Final = 3


@command("subscribe", who=Who.ADMINS, needs_wallet=False)
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
    return reply(_told(before.tags, _away(call)), _opposites(before.tags))


@command("unsubscribe", who=Who.ADMINS, needs_wallet=False)
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
    return reply(_told(tags, _away(call)), _opposites(tags))


def _away(call: Call) -> str:
    """Whether "this chat" would be the wrong word for it: they are elsewhere, and mean their private chat."""
    return "yes" if call.away else "no"


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


@command("announce", hidden=True, who=Who.OPERATORS, needs_wallet=False)
async def announce(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    text: Annotated[str, Text(most=LONGEST_MESSAGE, lines=True, rich=True)],
    tags: Annotated[tuple[str, ...], Tags(named=True)] = (),
    platforms: Annotated[tuple[str, ...], Platforms(named=True)] = (),
    languages: Annotated[tuple[str, ...], Languages(named=True)] = (),
    cron: Annotated[str | None, Recurrence(named=True)] = None,
    zone: Annotated[str | None, Zone(named=True)] = None,
) -> Reply:
    """Draft an announcement, which recurs if `cron` is given, and show a preview. Nothing is sent yet."""
    one = Announcement(token_at(call.at, call.key), text, Audience(platforms, languages, tags), call.zone)
    subscriptions = await call.store.subscriptions.subscribers()
    if cron is not None:
        return await preview(call, drafted(call, text, one.audience, cron, zone), subscriptions)
    recipients = await call.announcements.draft(one)
    if not recipients:
        nobody = unmatched(one.audience, subscriptions)
        every = Button(say("button-to-everybody"), line_of("announce", {"text": text}))
        anybody = buttons(every if EVERYBODY.among(subscriptions) else None)
        return reply(say("announce-nobody"), Fields(nobody) if nobody else None, anybody)
    go = Button(say("button-send", chats=len(recipients)), f"announcement send {one.id}")
    length = say("field-length"), say("length-of", length=weight(text), most=LONGEST_MESSAGE)
    return reply(
        say("announce-preview"),
        say("raw", text=text),
        Fields((*reach(one.audience, subscriptions, call.at, call.zone), length)),
        buttons(go, Button(say("button-discard"), f"announcement discard {one.id}")),
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
    if do is Do.DISCARD:
        return await _discard(announcements, one)
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
        case Do.SHOW | Do.SEND | Do.REPORT | Do.DISCARD:
            return None
        case other:
            assert_never(other)


async def _discard(announcements: AnnouncementService, one: Announcement) -> Reply:
    """Forget a draft; one that was sent is shown instead, with what can still be done."""
    tally = await announcements.tally(one.id)
    if tally.all:
        return progress(one.id, tally, say("announcement-not-draft"))
    await announcements.discard(one)
    return reply(say("draft-discarded"))


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
