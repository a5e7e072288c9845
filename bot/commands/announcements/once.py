"""/announce: operators write an announcement, which is sent once, at once or later, or recurs."""

from __future__ import annotations

from typing import Annotated

from bot.command.declaration import Call, UnfitError, command
from bot.command.incoming import token_at
from bot.commands.announcements.later import NOW, moment_of, refuse_time
from bot.commands.announcements.recurring import drafted, preview
from bot.options.audience import Languages, Platforms
from bot.options.text import LONGEST_MESSAGE, Tags, Text
from bot.options.times.days import Time, When
from bot.options.times.schedule import Recurrence
from bot.options.times.zone import Zone
from bot.reading.lines import line_of
from bot.reply.parts import Button, Fields, Reply, buttons, reply, say
from bot.views.announcements import draft
from bot.views.audience import unmatched
from core.announcements.model import Announcement
from core.delivery.notice import EVERYBODY, Audience


@command("announce", hidden=True, needs_wallet=False)
async def announce(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    text: Annotated[str, Text(most=LONGEST_MESSAGE, lines=True, rich=True)],
    tags: Annotated[tuple[str, ...], Tags(named=True)] = (),
    platforms: Annotated[tuple[str, ...], Platforms(named=True)] = (),
    languages: Annotated[tuple[str, ...], Languages(named=True)] = (),
    cron: Annotated[str | None, Recurrence(named=True)] = None,
    zone: Annotated[str | None, Zone(named=True)] = None,
    at: Annotated[When | None, Time(named=True)] = None,
) -> Reply:
    """Draft an announcement, which recurs with `cron` and waits with `at`, and show a preview. Nothing is sent yet."""
    audience = Audience(platforms, languages, tags)
    subscriptions = await call.store.subscriptions.subscribers()
    if cron is not None:
        if at is not None:
            raise UnfitError(say("announce-at-and-cron"))
        return await preview(call, drafted(call, text, audience, cron, zone), subscriptions)
    if at is None and not call.pressed:
        refuse_time(text, {"tags": ",".join(tags), "platforms": ",".join(platforms), "languages": ",".join(languages)})
    when = None if at is None or at == NOW else moment_of(at, call.at, zone or call.zone)
    if when is None and not audience.among(subscriptions):
        nobody = unmatched(audience, subscriptions)
        every = Button(say("button-to-everybody"), line_of("announce", {"text": text}))
        anybody = buttons(every if EVERYBODY.among(subscriptions) else None)
        return reply(say("announce-nobody"), Fields(nobody) if nobody else None, anybody)
    one = Announcement(token_at(call.at, call.key), text, audience, call.zone, at=when, by=call.person.id)
    return draft(await call.announcements.keep(one), subscriptions, call.at, call.zone)
