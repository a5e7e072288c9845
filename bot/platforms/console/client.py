"""The console's conversation: reads lines, passes them to the desk, shows the answers. Decides nothing."""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import structlog
from rich.text import Text

from bot.command.incoming import Incoming, Pressed, Typed, action_key
from bot.delivery.carrier import NOT_CONNECTED
from bot.platforms.coming_answers import ComingAnswers
from bot.platforms.console.complete import Completion, completions
from bot.platforms.console.files import attached_in
from bot.platforms.console.render import FAINT, plain, render
from bot.platforms.console.seat import NAME, Seat
from bot.reply.parts import Reply, Say, anew, say, without_buttons
from bot.reply.words import FALLBACK, FALLBACK_VOICE
from core.delivery.outcome import Failed, Later, Sent
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from bot.command.incoming import Attached, Said
    from bot.dispatch.desk import Answer, Desk
    from bot.platforms.console.render import Page
    from bot.platforms.console.terminal import Terminal
    from bot.reply.parts import File
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from core.shared.ports import Clock, Notes

log = structlog.get_logger()

BUTTON: Final = re.compile(r"\(?(\d{1,3})\)")
MOST_BUTTONS: Final = 99
BUTTON_LIFE: Final = timedelta(days=90)
NOBODY: Final = Later(timedelta(hours=1))  # the user may switch to that chat later
EXPORTS: Final = Path("data/exports")
BLANK: Final = Text()
OWN: Final = ("/as", "/in", "/quit")


class ConsolePlatform:
    """The bot on the console. Typing a number with a bracket, `1)`, presses a button: no answer looks like that."""

    name: Final = NAME
    idempotent: Final = False  # a message that is shown again appears twice

    def __init__(
        self,
        desk: Desk,
        notes: Notes,
        clock: Clock,
        terminal: Terminal,
        *,
        greeting: Sequence[Say] = (),
        me: str = "you",
        exports: Path = EXPORTS,
    ) -> None:
        """Serve `desk` at a terminal to a user called `me`; files are saved in the folder `exports`."""
        self._desk, self._notes, self._clock, self._terminal = desk, notes, clock, terminal
        self._commands = {name: found for found in desk.commands for name in (found.name, *found.aliases)}
        self._greeting, self._exports = greeting, exports
        self._seat = Seat(me)
        self._actions, self._session = count(1), f"{time.time_ns():x}"  # differs at every start
        self._open, self._showing = False, asyncio.Lock()
        self._coming = ComingAnswers(NAME)
        self._kept: list[tuple[Seat, Answer]] = []  # what came while the user was somewhere else
        self._said = self._seat, Reply()  # the latest answer to what the user did, without its buttons

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, the input ends, or the user types /quit; every line that was read is answered."""
        self._show_words(*self._greeting)
        await self._desk.chat_reachable(self._seat.chat)
        leaving = asyncio.create_task(stop.wait())
        self._open, self._coming = True, ComingAnswers(NAME)
        try:
            while (line := await self._next(leaving)) is not None and await self._took(line):
                pass
        finally:
            await self._coming.finish()
            self._open = False
            leaving.cancel()
            with suppress(asyncio.CancelledError):
                await leaving

    async def _next(self, leaving: asyncio.Task[Any]) -> str | None:
        reading = asyncio.create_task(self._terminal.read(self._seat.prompt, self.complete))
        await asyncio.wait({reading, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if reading.done():
            return reading.result()
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        return None

    async def _took(self, line: str) -> bool:
        """Handle a line as `take` does. If what the console itself keeps is out of reach, say so and go on."""
        try:
            return await self.take(line)
        except UnavailableError as lost:
            self._show_words(say(f"unavailable-{lost.why}"), say("unavailable-again"))
            return True

    async def take(self, line: str) -> bool:
        """Handle a line; False if it asks to quit."""
        word, _, rest = line.strip().partition(" ")
        match word.casefold():
            case "/quit" | "/exit" | "quit" | "exit":
                return False
            case "/as":
                await self._switch(self._seat.played_by(rest), say("console-as"))
            case "/in":
                await self._switch(self._seat.moved_to(rest), say("console-in"))
            case _ if button := BUTTON.fullmatch(line.strip()):
                await self._press(int(button[1]))
            case _ if given := attached_in(line):
                await self.answer(Typed(given[0]), given[1])
            case _ if word:
                await self.answer(Typed(line))
        return True

    async def _switch(self, seat: Seat | None, otherwise: Say) -> None:
        """Switch to another person or chat; the first person in a group is its admin."""
        if seat is None:
            self._show_words(otherwise, self._seat.described(admin=await self._is_admin()))
            return
        async with self._showing:
            self._seat = seat
            self._terminal.progress("")
        await self._desk.chat_reachable(seat.chat)
        if seat.group and await self._admin() is None:
            await self._notes.put_note(self._note("admin"), seat.who.user, None)
        self._show_words(seat.described(admin=await self._is_admin()))
        kept, self._kept = self._kept, []
        for there, answer in kept:
            await self._show_later(there, answer)

    async def _admin(self) -> str | None:
        return await self._notes.note(self._note("admin"), self._clock.now())

    async def is_admin(self, group: str, user: str) -> bool | None:
        """Whether somebody was the first in a group of the console."""
        return await self._notes.note(f"console:admin:{group}", self._clock.now()) == user

    async def is_member(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - whoever sits at the terminal is
        """Everybody is in all groups of the console."""
        return True

    async def _is_admin(self) -> bool:
        return await self._admin() == self._seat.who.user

    def _note(self, about: str) -> str:
        return f"console:{about}:{self._seat.chat.ref.id}"

    async def _press(self, number: int) -> None:
        _, presses = await self._buttons()
        if number not in presses:
            self._show_words(say("console-no-button", number=number))
            return
        await self.answer(Pressed(presses[number]))

    async def answer(self, said: Said, file: Attached | None = None) -> None:
        """Pass what the user did to the desk, and show the answer."""
        await self.deliver(replace(self.incoming(said), file=file))

    async def deliver(self, incoming: Incoming) -> None:
        """Answer an action; the same one may be delivered more than once."""
        answer = await self._desk.answer(incoming)
        if answer is None:
            self._show_words(say("console-silence"))
            return
        seat = self._seat
        await self._show(answer)
        if answer.coming is not None:
            await self._coming.expect(answer.coming, partial(self._show_later, seat))

    async def _show_later(self, seat: Seat, answer: Answer) -> None:
        """Show an answer that comes by itself, above what is being typed, once the user is where it belongs."""
        async with self._showing:
            if answer.coming is not None:
                self._terminal.progress(_in_a_line(answer) if self._seat == seat else "")
                return
            self._terminal.progress("")
            if answer.reply.replace and (seat, without_buttons(answer.reply)) == self._said:
                return  # that it was stopped is the answer to Cancel, too
            if self._seat == seat:
                await self._terminal.interrupt(*await self._parts(answer), BLANK)
            else:
                self._kept.append((seat, answer))

    def incoming(self, said: Said) -> Incoming:
        """A new action of the current person in the current chat."""
        now, chat = self._clock.now(), self._seat.chat
        return Incoming(
            key=action_key(now, chat.ref, self._action()),
            at=now,
            who=self._seat.who,
            name=self._seat.name,
            chat=chat.ref,
            said=said,
            admin=self._is_admin,
            group=bool(self._seat.group),
            title=chat.title,
            locale=FALLBACK,
            markdown=True,
            meanwhile=self._show_meanwhile,
        )

    async def _show_meanwhile(self, words: str) -> None:
        self._terminal.show(Text(plain(words), FAINT))

    def _action(self) -> str:
        """A unique name for the next action."""
        return f"{self._session}.{next(self._actions)}"

    async def calls(self, target: Target) -> int:  # noqa: ARG002 - the same for every target
        """Sending always takes one call."""
        return 1

    async def lacks(self, target: Target) -> tuple[str, ...] | None:  # noqa: ARG002 - the same everywhere
        """Nothing: the bot may write everywhere."""
        return ()

    def names(self, group: str) -> Mapping[str, str]:  # noqa: ARG002 - the same for every group
        """A group of the console has no parts."""
        return {}

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:  # noqa: ARG002 - the console does not deduplicate
        """Show a message if the user is in the chat that it is for: its buttons only work there."""
        return await self._tell(target, given, speak, self._action())

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        """Show the new version below: a terminal cannot edit what it has shown."""
        return await self._tell(target, given, speak, message)

    async def withdraw(self, target: Target, message: str) -> Outcome:  # noqa: ARG002 - the same for all
        """A terminal cannot take back what it has shown, so it shows below that it was withdrawn."""
        return Failed("shown")

    async def _tell(self, target: Target, given: Reply, speak: Voice, message: str) -> Outcome:
        if not self._open:
            return NOT_CONNECTED
        try:
            async with self._showing:
                if self._seat.chat.ref.id != target.chat:
                    return NOBODY
                await self._terminal.interrupt(*await self._drawn(await self._page(given, speak)), BLANK)
        except UnavailableError:
            return NOT_CONNECTED  # its buttons could not be stored, so it was not shown
        except Exception as error:  # noqa: BLE001 - an error in one message must not stop the others
            return _failed(error)
        return Sent(message)

    async def _show(self, answer: Answer) -> None:
        async with self._showing:
            self._said = self._seat, without_buttons(answer.reply)
            self._terminal.show(*await self._parts(answer), BLANK)

    async def _parts(self, answer: Answer) -> list[RenderableType]:
        """What to show of an answer; no buttons if they cannot be stored, because what it says may be booked."""
        given = anew(answer.reply)
        try:
            page = await self._page(given, answer.voice)
        except UnavailableError as lost:
            log.warning("buttons not kept", why=str(lost.why))
            page = render(without_buttons(given), answer.voice, 1, MOST_BUTTONS)
        return await self._drawn(page)

    async def _page(self, given: Reply, speak: Voice) -> Page:
        """Render a reply, and store its buttons; one at a time, so that button numbers are unique."""
        first, presses = await self._buttons()
        page = render(given, speak, first, MOST_BUTTONS)
        if page.presses:
            await self._store_buttons(page, presses)
        return page

    async def _drawn(self, page: Page) -> list[RenderableType]:
        """What to show of a page, with where its files were saved."""
        paths = [await asyncio.to_thread(_save, self._exports, file) for file in page.files]
        return [*page.shown, *(_words(say("console-saved", path=str(path))) for path in paths)]

    async def _buttons(self) -> tuple[int, dict[int, str]]:
        """The number of the chat's next button, and what the shown ones carry; they survive a restart."""
        stored = await self._notes.note(self._note("buttons"), self._clock.now())
        if stored is None:
            return 1, {}
        first, presses = json.loads(stored)
        return first, {int(number): press for number, press in presses.items()}

    async def _store_buttons(self, page: Page, presses: dict[int, str]) -> None:
        presses.update(page.presses)
        text = json.dumps([page.presses[-1][0] % MOST_BUTTONS + 1, presses], separators=(",", ":"))
        await self._notes.put_note(self._note("buttons"), text, self._clock.now() + BUTTON_LIFE)

    def _show_words(self, *sentences: Say) -> None:
        if sentences:
            self._terminal.show(*map(_words, sentences), BLANK)

    async def complete(self, line: str) -> list[Completion]:
        """The completions that the tab key offers at the end of a line."""

        async def suggest(command: str, option: str, typed: str) -> Sequence[tuple[str, str]]:
            return await self._desk.suggest(self.incoming(Typed(line)), command, option, typed)

        return await completions(line, self._commands, OWN, suggest)


def _words(sentence: Say) -> Text:
    """A sentence from the console itself, in another style than the bot's."""
    return Text(plain(FALLBACK_VOICE.say(sentence)), FAINT)


def _in_a_line(answer: Answer) -> str:
    """What an answer says, without its buttons, which stand above already."""
    return plain(" ".join(answer.voice.say(part) for part in answer.reply.parts if isinstance(part, Say)))


def _failed(error: Exception) -> Failed:
    """Log an error without its text, which may contain private words."""
    log.error("not carried", platform=NAME, kind=type(error).__name__)
    return Failed(type(error).__name__)


def _save(folder: Path, file: File) -> Path:
    """Save a file under its name, or a numbered one if that is taken; returns the path."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = Path(file.name)
    for number in count(1):
        path = folder / (wanted.name if number == 1 else f"{wanted.stem}-{number}{wanted.suffix}")
        with suppress(FileExistsError), path.open("xb") as out:
            out.write(file.content)
            return path
    raise AssertionError  # pragma: no cover - count has no end
