"""/announcement and /announcements: what operators do with what was written: send, follow, correct, withdraw."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from typing_extensions import override

from bot.command.declaration import Call, Kind, MissingOptionError, UnfitError, command
from bot.commands.announcements.later import NOW, moment_of
from bot.options.choice import Choice
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.text import LONGEST_MESSAGE, Text
from bot.options.times.days import Time, When
from bot.reading.lines import line_of
from bot.reading.parser import words_of
from bot.reply.parts import Button, File, Hour, Reply, Say, reply, say
from bot.views.announcements import correction, draft, listed, lost_in, untold, withdrawal
from bot.views.exports import deliveries_csv
from bot.views.progress import Do, begun, progress, progress_key, progress_notice
from core.announcements.model import UNSENT, Stage
from core.scheduling.task import Task

if TYPE_CHECKING:
    from bot.command.declaration import Command
    from core.announcements.model import Announcement, Tally
    from core.announcements.service import AnnouncementService
    from core.delivery.notice import Subscription

LISTED: Final = 8
WITH_TEXT: Final = re.compile(rf"\s*{Do.CORRECT}\s+(?:id=)?(#?[\w-]+)\s+(?!text=)(\S.*)", re.DOTALL | re.IGNORECASE)


class Sure(StrEnum):
    """The answer to "are you sure?"."""

    YES = "yes"


@dataclass(frozen=True, slots=True)
class NumberOrId(Kind):
    """The number of an announcement, or its id."""

    @override
    def read(self, words: str) -> str:
        word = words.strip().removeprefix("#")
        if not re.fullmatch(r"[\w-]{1,40}", word, re.ASCII):
            raise UnfitError(say("unfit-announcement", words=words[:40]))
        return word

    @override
    def find(self, tokens: list[str]) -> slice | None:
        """The first word, unless it says what to do."""
        return None if Choice(of=Do).find(tokens) else Kind.find(self, tokens)


def _quoted(given: Command, line: str) -> str:
    """`correct 3 New text` as the bot prints it, so that nothing of the text is taken for something else."""
    found = WITH_TEXT.fullmatch(line)
    if found is None:
        return line_of(given.name, words_of(given, line, typed=True))
    return line_of(given.name, {"do": str(Do.CORRECT), "id": found[1], "text": found[2]})


@command("announcement", hidden=True, needs_wallet=False, read_only=("show", "report"), reader=_quoted)
async def announcement(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    id: Annotated[str, NumberOrId()],  # noqa: A002 - the option's name
    do: Annotated[Do, Choice(of=Do)] = Do.SHOW,
    text: Annotated[str | None, Text(most=LONGEST_MESSAGE, lines=True, rich=True)] = None,
    at: Annotated[When | None, Time(named=True)] = None,
    sure: Annotated[Sure | None, Choice(of=Sure, named=True, hidden=True)] = None,
    seen: Annotated[int, Whole(named=True, hidden=True, low=0, high=MOST_NUMBER)] = 0,
) -> Reply:
    """Send an announcement, follow it, pause, resume or stop it, correct or withdraw it, or send it later.

    `seen` is the version on the pressed button: somebody else may have changed it.
    """
    one = await call.announcements.find(id)
    if one is None:
        raise UnfitError(say("announcement-unknown"))
    match do:
        case Do.LATER:
            return await _later(call, one, at, seen)
        case Do.CORRECT:
            return await _correct(call, one, text, seen if sure else 0)
        case Do.WITHDRAW:
            return await _withdraw(call, one, seen if sure else 0)
        case _ if text is not None:
            raise UnfitError(say("unfit-leftover", words=text[:60], command="announcement"))
        case Do.SEND:
            return await _send(call, one, seen)
        case _:
            return await _act(call, one, do)


async def _act(call: Call, one: Announcement, do: Do) -> Reply:
    """Carry out an action that needs nothing but the announcement."""
    match do:
        case Do.REPORT:
            return await _report(call, one)
        case Do.DISCARD:
            return await _discard(call, one)
    if one.stage in UNSENT:
        return await _unsent(call, one)
    return await _followed(call, one, await _do(call.announcements, one, do), quiet=do is Do.SHOW)


async def _unsent(call: Call, one: Announcement, done: Say | None = None) -> Reply:
    """A draft, or what is sent later, as it is now: it may just have been sent or discarded."""
    current = await call.announcements.find(one.id)
    if current is None:
        return reply(say("draft-discarded"))
    if current.stage not in UNSENT:
        return await _progress(call, current, say("announcement-not-draft"))
    shown = draft(current, await _subscribers(call), call.at, call.zone)
    return reply(done, *shown.parts)


async def _followed(call: Call, one: Announcement, done: Say | None, *, quiet: bool = False) -> Reply:
    """How far it has come. Unless it is `quiet`, the message that shows its progress goes on."""
    if not quiet:
        await call.store.tasks.schedule(Task(progress_key(one.id), call.at, call.at))
    return await _progress(call, one, done)


async def _progress(call: Call, one: Announcement, done: Say | None) -> Reply:
    """How far it has come or, if that is not known, why."""
    tally = await call.announcements.tally(one.id)
    if tally.all:
        return progress(one.id, tally, done)
    return reply(done, untold(await call.announcements.find(one.id) or one, call.at, call.zone))


async def _do(announcements: AnnouncementService, one: Announcement, do: Do) -> Say | None:
    """Carry out an action; the sentence that confirms it. What was withdrawn is not sent any more."""
    if one.stage is Stage.WITHDRAWN:
        return say("announcement-withdrawn-already")
    match do:
        case Do.PAUSE:
            return say("announcement-paused", number=await announcements.pause(one))
        case Do.RESUME:
            return say("announcement-resumed", number=await announcements.resume(one))
        case Do.STOP:
            return say("announcement-stopped", number=await announcements.stop(one))
        case Do.RESEND:
            return say("announcement-resent", number=await announcements.resend(one))
        case _:
            return None


async def _discard(call: Call, one: Announcement) -> Reply:
    """Forget what is not sent yet; one that was sent is shown instead, with what can still be done."""
    if await call.announcements.discard(one):
        return reply(say("announcement-cancelled" if one.stage is Stage.SCHEDULED else "draft-discarded"))
    return await _unsent(call, one, say("announcement-changed"))


async def _send(call: Call, one: Announcement, seen: int) -> Reply:
    """Send it, and show its progress to the sender in private. If this is that chat, the answer leaves it out."""
    new = not _is_changed(one, seen) and await call.announcements.send(one)
    current = one if new else await call.announcements.find(one.id)
    if current is None:
        raise UnfitError(say("announcement-unknown"))
    if not new and current.stage in UNSENT:
        return await _unsent(call, current, say("announcement-changed"))
    await call.store.tasks.schedule(Task(progress_key(one.id), call.at, call.at))
    tally = await call.announcements.tally(one.id)
    if not new:
        return await _progress(call, one, say("announcement-again"))
    if not tally.all:
        return reply(say("announcement-nobody"))
    await call.store.outbox.notify([progress_notice(one, tally, call.direct)], call.at)
    return progress(one.id, tally, say("announcement-watch-private")) if call.group else begun(one.id, tally)


def _is_changed(one: Announcement, seen: int) -> bool:
    """Whether what waits has changed since the version on the pressed button (0: it was typed)."""
    return one.stage in UNSENT and seen not in {0, one.version}


async def _later(call: Call, one: Announcement, at: When | None, seen: int) -> Reply:
    """Send it at a time, or at another one."""
    if one.stage not in UNSENT:
        return await _followed(call, one, say("announcement-not-draft"), quiet=True)
    if at is None:
        raise MissingOptionError("at")
    if at == NOW:
        return await _unsent(call, one, say("announcement-now"))
    when = moment_of(at, call.at, call.zone)
    if one.stage is Stage.SCHEDULED and one.at == when:
        return await _unsent(call, one)
    if _is_changed(one, seen) or not await call.announcements.schedule(one, when):
        return await _unsent(call, one, say("announcement-changed"))
    return await _unsent(call, one, say("announcement-scheduled", at=Hour(when, call.zone)))


async def _correct(call: Call, one: Announcement, text: str | None, sure: int) -> Reply:
    """Ask for the new text, show what it would change, and then change it. `sure`: the version that was shown."""
    if one.stage is Stage.WITHDRAWN:
        return await _followed(call, one, say("announcement-withdrawn-already"), quiet=True)
    if text is None:
        raise MissingOptionError("text")
    if one.stage in UNSENT:
        done = await call.announcements.rewrite(one, text)
        return await _unsent(call, one, say("announcement-rewritten" if done else "announcement-changed"))
    if text == one.text:
        return await _followed(call, one, say("correct-same"), quiet=not sure)
    tally, lost = await _mendable(call, one)
    if not sure:
        return correction(one, text, tally, lost)
    if sure != one.version or not await call.announcements.correct(one, text):
        current = await call.announcements.find(one.id) or one
        return reply(say("announcement-changed"), *correction(current, text, tally, lost).parts)
    return await _followed(call, one, say("announcement-corrected"))


async def _withdraw(call: Call, one: Announcement, sure: int) -> Reply:
    """Ask first; then stop what waits, and delete what was sent."""
    if one.stage in UNSENT:
        return await _discard(call, one)
    if one.stage is Stage.WITHDRAWN:
        return await _followed(call, one, say("announcement-withdrawn-already"), quiet=True)
    tally, lost = await _mendable(call, one)
    if not sure:
        return withdrawal(one, tally, lost, call.at)
    if sure != one.version or not await call.announcements.withdraw(one):
        current = await call.announcements.find(one.id) or one
        return reply(say("announcement-changed"), *withdrawal(current, tally, lost, call.at).parts)
    return await _followed(call, one, say("announcement-is-withdrawn"))


async def _mendable(call: Call, one: Announcement) -> tuple[Tally, int]:
    """How far it has come, and how many of its messages stand where nobody can be reached any more.

    UnfitError if there are none, or if they are no longer known.
    """
    tally = await call.announcements.tally(one.id)
    if not tally.all:
        why = untold(one, call.at, call.zone)
        raise UnfitError(say("announcement-forgotten") if why.id == "announcement-forgotten-course" else why)
    return tally, lost_in(await call.announcements.course(one), await _subscribers(call))


async def _report(call: Call, one: Announcement) -> Reply:
    """The state of each delivery, as a file, and of each message that was to be changed or deleted, as another."""
    titles = {(s.target.platform, s.target.chat): s.title for s in await _subscribers(call)}
    course, mended = await call.announcements.course(one), await call.announcements.mended(one)
    caption, chats = "report-caption", len(course.deliveries)
    changes = File("changes.csv", deliveries_csv(mended, titles), say("report-mended", chats=len(mended.deliveries)))
    return reply(
        File("announcement.csv", deliveries_csv(course, titles), say(caption, chats=chats)),
        changes if mended.deliveries else None,
    )


async def _subscribers(call: Call) -> tuple[Subscription, ...]:
    return await call.store.subscriptions.subscribers()


@command("announcements", hidden=True, needs_wallet=False, read_only=("*",))
async def announcements(
    call: Call, after: Annotated[int, Whole(named=True, hidden=True, low=0, high=MOST_NUMBER)] = 0
) -> Reply:
    """List the announcements, newest first; `after` so many."""
    found = await call.announcements.newest(LISTED + 1, after)
    if not found:
        return reply(say("announcements-none"))
    page = [(one, await call.announcements.tally(one.id)) for one in found[:LISTED]]
    older = Button(say("button-older"), f"announcements after={after + LISTED}") if len(found) > LISTED else None
    newer = Button(say("button-newer"), f"announcements after={max(0, after - LISTED)}") if after else None
    return replace(listed(page, call.zone, older, newer), replace=bool(call.pressed))
