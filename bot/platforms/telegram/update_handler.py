"""Handles one update: asks the desk, and has the answer sent."""

from __future__ import annotations

import asyncio
import traceback
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

import structlog

from bot.command.incoming import Wordless, as_group
from bot.platforms.coming_answers import ComingAnswers, stop_coming
from bot.platforms.telegram.drawing.render import alert, channel_alert, render
from bot.platforms.telegram.drawing.text import LONGEST_ALERT, units
from bot.platforms.telegram.sending.growing import GrowingAnswers, Version
from bot.platforms.telegram.updates.incoming import NAME, Event, Joined, Left, Me, Moved, Received, Seat, event_of
from bot.reply.parts import anew
from core.shared.refusals import UnavailableError
from core.wallets.people import ChatKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Bot

    from bot.dispatch.desk import Answer, Desk
    from bot.platforms.telegram.drawing.render import Payload
    from bot.platforms.telegram.sending.answers import AnswerSender, Standing
    from bot.platforms.telegram.sending.calls import Calls
    from bot.platforms.telegram.updates.inbox import Arrival
    from bot.platforms.telegram.updates.incoming import Admins
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.wallets.people import ChatRef

log = structlog.get_logger()

MOST_KNOWN: Final = 10_000
GREET_AFTER: Final = 3.0  # seconds in which an upgrade to a supergroup has shown itself
PATIENCE: Final = 3.0  # seconds that a button may show its spinner; a press can still be answered after that


class UpdateHandler:
    """Handles updates one by one, whatever they bring."""

    def __init__(self, bot: Bot, desk: Desk, answers: AnswerSender, admins: Admins, *, calls: Calls) -> None:
        """Pass updates to `desk`, and its answers to `answers`."""
        self._bot, self._desk, self._answers, self._admins, self._calls = bot, desk, answers, admins, calls
        self._growing, self._coming = GrowingAnswers(bot, calls, answers), ComingAnswers(NAME)
        self._greetings: dict[ChatRef, asyncio.Task[None]] = {}
        self._albums: dict[tuple[ChatRef, str], bool] = {}

    async def handle(self, arrival: Arrival) -> bool:
        """Handle an update completely. Nothing is raised: one bad update must not stop the others.

        Returns False if the store is out of reach and the update is on disk: it is to be handled later, so nobody is
        asked to send it again.
        """
        try:
            event = event_of(arrival.update, Me(self._bot.id, self._bot.username), self._admins, arrival.at)
            if event is not None:
                await self._dispatch(event, arrival)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - nobody above could handle it
            if arrival.kept and isinstance(error, UnavailableError):
                return False
            _log_error(error)
        return True

    async def _dispatch(self, event: Event, arrival: Arrival) -> None:
        match event:
            case Received():
                await self._answer(replace(event, kept=arrival.kept))
            case Joined():
                await self._join(event)
            case Left(ref, kind, why):
                if (greeting := self._greetings.pop(ref, None)) is not None:
                    greeting.cancel()
                await self._desk.chat_left(ref, kind, why)
            case Moved(old, new):
                await self._desk.chat_moved(old, new)
            case other:
                assert_never(other)

    def _is_repeated(self, received: Received) -> bool:
        """Whether a picture is one more of an album of which one was answered, or has no words beside one that has."""
        if not received.album:
            return False
        if len(self._albums) >= MOST_KNOWN:
            self._albums.clear()
        album, has_words = (received.seat.ref, received.album), not isinstance(received.incoming.said, Wordless)
        seen = self._albums.get(album)
        self._albums[album] = has_words or bool(seen)
        return seen is not None and (seen or not has_words)

    async def _answer(self, received: Received) -> None:
        if self._is_repeated(received):
            return
        query = received.query
        if query is not None and not received.seat.channel:
            meanwhile = partial(self._answers.show_meanwhile, received.seat, received.keyboard)
            received = replace(received, incoming=replace(received.incoming, meanwhile=meanwhile))
        if query is not None and received.seat.channel:
            await self._answer_reader(received, query)
            return
        if query is not None and self._desk.is_ephemeral(received.incoming):
            await self._work_first(received, query, personal=True)
            return
        if query is not None and received.seat.kind is ChatKind.GROUP:
            await self._work_first(await self._unnamed(received), query, personal=False)
            return
        if query is not None:
            await self._answers.acknowledge(query)
        answer = await self._ask(received)
        if answer is not None:
            await self._send(answer, received.seat)

    async def _unnamed(self, received: Received) -> Received:
        """A press by an anonymous admin, which comes with their account, as an act of the group."""
        if not await self._is_hidden(received):
            return received
        return replace(received, incoming=as_group(received.incoming), seat=replace(received.seat, asked=None))

    async def _is_hidden(self, received: Received) -> bool:
        """Whether somebody pressed who must not be named there."""
        chat, presser, channel = received.seat.chat, received.presser, received.seat.channel
        return presser is not None and await self._admins.is_anonymous(chat, presser, channel=channel)

    async def _answer_reader(self, received: Received, query: str) -> None:
        """Answer a press in a channel. Whoever reads it can press, so nothing is ever posted there."""
        is_own = self._desk.is_ephemeral(received.incoming)
        answer = await self._ask(received if is_own else await self._unnamed(received))
        await self._show(query, answer, None, cut=True)
        stop_coming(answer)

    def _cut(self, answer: Answer | None) -> str | None:
        """As much of an answer as can be shown to the one who pressed."""
        return None if answer is None else channel_alert(answer.reply, answer.voice, f"t.me/{self._bot.username}")

    async def _work_first(self, received: Received, query: str, *, personal: bool) -> None:
        """Work first, because a press can be answered only once: with what only the one who pressed should see.

        All else, and what is late or long, is sent as a message. A personal answer names the person, so to an anonymous
        admin it is only shown, however late, and cut.
        """
        working = asyncio.create_task(self._ask(received))
        try:
            done, _ = await asyncio.wait([working], timeout=PATIENCE)
            ready = working.result() if done else None
            words = _alert_text(ready, self._onward(ready))
            hidden = personal and words is None and await self._is_hidden(received)
            shown = await self._show(query, await working if hidden else ready, words, cut=hidden)
            answer = await working
        finally:
            working.cancel()
        if answer is not None and not hidden and not shown:
            await self._send(answer, received.seat)
        else:
            stop_coming(answer)

    async def _show(self, query: str, answer: Answer | None, words: str | None, *, cut: bool) -> bool:
        """Answer a press so that only the one who pressed sees it; False if the answer must be sent."""
        if await self._lead_on(query, answer):
            return True
        words = self._cut(answer) if cut else words
        return await self._answers.acknowledge(query, words) and words is not None

    async def _lead_on(self, query: str, answer: Answer | None) -> bool:
        """Answer a press by opening the private chat, if the answer goes on there; whether it did."""
        onward = self._onward(answer)
        return bool(onward) and await self._answers.open_chat(query, onward)

    def _onward(self, answer: Answer | None) -> str:
        """The address at which an answer goes on (empty: it does not)."""
        return "" if answer is None or not answer.reply.onward else f"{self._bot.link}?start={answer.reply.onward}"

    async def _ask(self, received: Received) -> Answer | None:
        answer = await self._desk.answer(received.incoming)
        if answer is not None and answer.outage is not None and received.kept:
            raise UnavailableError(answer.outage)
        return answer

    async def _send(self, answer: Answer, seat: Seat) -> None:
        payloads, growing, coming = self._drawn(answer.reply, answer.voice, seat), answer.reply.growing, answer.coming
        if growing is not None:
            version = Version(payloads, self._drawn(anew(answer.reply), answer.voice, seat))
            await self._growing.give(growing.name, version, seat)
            return
        in_place, in_caption = answer.reply.replace, coming is not None
        standing = await self._answers.deliver(payloads, seat, replace=in_place, in_caption=in_caption)
        if in_place and standing and standing[0].message == seat.pressed:
            self._coming.overtake((seat.chat, seat.pressed))
        if coming is not None and standing:
            place = (seat.chat, standing[-1].message)
            await self._coming.expect(coming, partial(self._take_place, seat, standing[-1]), place)
        else:
            stop_coming(answer)

    async def _take_place(self, seat: Seat, before: Standing, answer: Answer) -> None:
        put = self._answers.take_place if answer.coming is None else self._answers.show_stage
        await put(self._drawn(answer.reply, answer.voice, seat), seat, before)

    def _drawn(self, given: Reply, speak: Voice, seat: Seat) -> Sequence[Payload]:
        group = seat.kind is ChatKind.GROUP
        unnamed = group and seat.pressed is not None and seat.asked is None
        return render(
            given, speak, seat.asked, group=group, forms=not seat.channel, unnamed=unnamed, home=self._bot.link
        )

    async def _join(self, joined: Joined) -> None:
        """Note a chat to which the bot was added, and greet it.

        A group that became a supergroup looks as if the bot was added there, and the message that says so may come
        after this. So a supergroup is greeted a little later, if it has not turned out to be a group that is known.
        """
        if not joined.upgraded:
            await self._greet(joined)
            return
        ref = joined.chat.ref
        await self._desk.chat_reachable(joined.chat)
        greeting = self._greetings[ref] = asyncio.create_task(self._greet_later(joined))
        greeting.add_done_callback(lambda _: self._greetings.pop(ref, None))

    async def _greet_later(self, joined: Joined) -> None:
        try:
            await self._calls.wait(GREET_AFTER)
            await self._greet(joined)
        except Exception as error:  # noqa: BLE001 - as in `handle`
            _log_error(error)

    async def _greet(self, joined: Joined) -> None:
        answer = await self._desk.chat_joined(joined.chat, joined.locale, channel=joined.channel)
        if answer is not None:
            seat = Seat(int(joined.chat.ref.id), joined.chat.kind, channel=joined.channel)
            await self._send(answer, seat)

    async def finish(self) -> None:
        """Send the greetings and the edits that wait. The pauses end as soon as the platform stops."""
        last = (self._growing.finish(), self._coming.finish())
        await asyncio.gather(*self._greetings.values(), *last, return_exceptions=True)


def _alert_text(answer: Answer | None, onward: str) -> str | None:
    """The text to show only to the one who pressed; None if there is none, or if it is too long.

    The address where they can go on is below it, if there is room.
    """
    words = None if answer is None or not answer.reply.ephemeral else alert(answer.reply, answer.voice)
    longer = f"{words}\n{onward}"
    return longer if words and onward and units(longer) <= LONGEST_ALERT else words


def _log_error(error: Exception) -> None:
    """Log an error without its text, which may contain private words."""
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]
    log.error("update failed", platform="telegram", kind=type(error).__name__, where=frames)
