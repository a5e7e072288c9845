"""Telegram as a stage: python-telegram-bot against the loopback Bot API server."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.platforms.telegram import TelegramPlatform
from core.delivery.notice import Target
from tests.bot.stage import Heard
from tests.loopback.telegram import ImpossibleError, Message, Press, TelegramServer

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from tests.bot.stage import Bot
    from tests.loopback.telegram import Chat, Person

BY_REPLY = "or reply to this message"
ANSWERS = ("sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageMedia", "editMessageCaption")


@dataclass(frozen=True)
class Settings:
    """The platform's settings, pointing at the loopback server."""

    telegram_token: SecretStr
    telegram_api_url: str
    telegram_webhook_url: str = ""
    telegram_webhook_listen: str = "127.0.0.1"
    telegram_webhook_port: int = 0
    telegram_webhook_secret: SecretStr = field(default_factory=lambda: SecretStr(""))


@dataclass
class TelegramPlayer:
    stage: TelegramStage
    person: Person
    chat: Chat
    written: Message | None = None
    """What was written last."""

    async def say(self, line: str, *, html: bool = False) -> Heard:
        """Write a line; with `html`, one with bold, italics or links."""
        seen = len(self.chat.sent)
        self.written = await self.person.say(line, self.chat, reply_to=self._asked(), html=html)
        return _heard(await self._answer(seen))

    async def edit(self, line: str) -> Heard:
        assert self.written is not None
        seen = len(self.chat.sent)
        await self.person.edit(self.written, line)
        await self.stage.server.settled()
        return _heard(self.chat.sent[seen:])

    async def hand(self, name: str, content: bytes, caption: str = "") -> Heard:
        seen = len(self.chat.sent)
        await self.person.send(name, content, self.chat, caption=caption)
        return _heard(await self._answer(seen))

    async def paste(self, text: str, shows: str = "", *, hard: bool = False, order: Sequence[int] = ()) -> Heard:
        """A long text is sent in parts, and the answer to the first of them is edited as the others come."""
        seen = len(self.chat.sent)
        await self.person.paste(text, self.chat, hard=hard, order=order)
        await self.stage.server.until(lambda: any(shows in one.text for one in self.chat.sent[seen:]), shows)
        return _heard(await self._answer(seen))

    async def paste_more(self, text: str, shows: str) -> Heard:
        answer = self.chat.sent[-1]
        await self.person.paste(text, self.chat)
        await self.stage.server.until(lambda: shows in answer.text, shows)
        await self.stage.server.settled()
        return _heard(self.chat.sent[self.chat.sent.index(answer) :])

    async def read_later(self, shows: str) -> Heard:
        await self.stage.server.until(lambda: self._showing(shows) or None, shows)
        await self.stage.server.settled()
        return _heard(self._showing(shows)[-1:])

    def _showing(self, text: str) -> list[Message]:
        return [message for message in self.chat.sent if text in message.text]

    async def press(self, label: str) -> Heard:
        return await self._press(self._with_button(label), label)

    async def say_twice(self, line: str) -> tuple[Heard, Heard]:
        """Deliver it again in an update with another id, as Telegram's clients do."""
        seen = len(self.chat.sent)
        with self.stage.server.deliver_twice("new update"):
            await self.person.say(line, self.chat, reply_to=self._asked())
        answers = await self._answer(seen, at_least=2)
        half = len(answers) // 2
        return _heard(answers[:half]), _heard(answers[half:])

    async def press_twice(self, label: str) -> tuple[Heard, Heard]:
        message = self._with_button(label)
        return await self._press(message, label), await self._press(message, label)

    @property
    def target(self) -> Target:
        return Target("telegram", str(self.chat.id), direct=not self.chat.is_group)

    async def read(self) -> Heard:
        return _heard([self.chat.last])

    async def read_again(self) -> Heard:
        return await self.read()

    async def _press(self, message: Message, label: str) -> Heard:
        """Read what is new; if nothing is, read the pressed message, which may have been edited.

        What only the one who pressed sees is shown over the chat, as everything is in a channel.
        """
        server, seen, before = self.stage.server, len(self.chat.sent), len(self.stage.server.log)
        press = await self.person.press(message, label, stale=True)
        if self.chat.is_channel:
            return Heard((await press.answered()).text)
        await server.until(lambda: self._is_answered(press, before) or _alert(press) or None, f"an answer to {label!r}")
        await server.settled()
        if alert := _alert(press):
            return Heard(alert)
        return _heard(self.chat.sent[seen:] or [message])

    def _is_answered(self, press: Press, before: int) -> bool:
        """Whether the bot has sent or edited anything here, or tried to, since it acknowledged a press.

        What it did earlier belongs to something else, such as an answer that has grown meanwhile. `before` is how many
        calls there had been before the press.
        """
        calls = iter(self.stage.server.log[before:])
        acknowledged = any(call.payload.get("callback_query_id") == press.id for call in calls)
        later = (call for call in calls if call.method in ANSWERS and call.chat_id == self.chat.id)
        return acknowledged and any(call.status is not None for call in later)

    async def _answer(self, seen: int, at_least: int = 1) -> Sequence[Message]:
        """Updates are confirmed once they are handled, so the answer is complete when the server is quiet."""
        server = self.stage.server
        await server.until(lambda: len(self.chat.sent) >= seen + at_least, f"an answer in {self.chat.title}")
        await server.settled()
        return self.chat.sent[seen:]

    def _asked(self) -> Message | None:
        """The bot's question, to which a client opens a reply, or of which a group reads that a reply is needed."""
        last = self.chat.sent[-1] if self.chat.sent else None
        return last if last is not None and (last.force_reply or BY_REPLY in last.text) else None

    def _with_button(self, label: str) -> Message:
        for message in reversed(self.chat.sent):
            if any(button.label.startswith(label) for button in message.buttons):
                return message
        raise ImpossibleError(f"no button {label!r} in {self.chat.title}")


def _alert(press: Press) -> str:
    return "" if press.answer is None else press.answer.text


def _heard(messages: Sequence[Message]) -> Heard:
    text = "\n".join(message.text for message in messages)
    labels = tuple(button.label for message in messages for button in message.buttons)
    sent = [one.document or one.photo for one in messages]
    files = {file.name: file.data for file in sent if file is not None}
    return Heard(text, labels, files)


@dataclass
class TelegramStage:
    """The server, the platform that talks to it, and the people."""

    bot: Bot
    server: TelegramServer
    settings: Settings
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Chat] = field(default_factory=dict)
    pauses: list[float] = field(default_factory=list)
    held: asyncio.Event | None = None
    running: asyncio.Task[None] | None = None
    serving: TelegramPlatform | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def platform(self) -> TelegramPlatform:
        return TelegramPlatform(self.settings, self.bot.desk, self.bot.store, clock=self.bot.clock, pause=self.pause)

    @property
    def carrier(self) -> TelegramPlatform:
        assert self.serving is not None
        return self.serving

    async def pause(self, seconds: float) -> None:
        """A pause only moves the clock; one that is `held` ends when the test says so."""
        self.pauses.append(seconds)
        self.server.state.pulse.beat()
        if self.held is not None:
            await self.held.wait()
        self.bot.clock.pass_(seconds=seconds)

    async def start(self) -> None:
        """Wait until the platform receives updates."""
        self._stop = asyncio.Event()
        before = self._listened()
        self.serving = self.platform
        running = self.running = asyncio.create_task(self.serving.run(self._stop))
        running.add_done_callback(lambda _: self.server.state.pulse.beat())
        await self.server.until(lambda: running.done() or self._listened() > before, "the bot to listen")
        if running.done():
            self.running = None
            await running

    def _listened(self) -> int:
        """How often the platform has started to receive updates."""
        calls = self.server.calls("setWebhook" if self.settings.telegram_webhook_url else "deleteWebhook")
        polled = self.settings.telegram_webhook_url or self.server.updates.is_polled
        return len(calls) if polled else 0

    def ask_to_stop(self) -> asyncio.Task[None]:
        """Ask the running platform to stop."""
        assert self.running is not None
        self._stop.set()
        return self.running

    async def stop(self) -> None:
        """Wait until the platform ends by itself; an error of its own is raised here once."""
        if self.running is not None:
            running, self.running = self.ask_to_stop(), None
            await running

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def person(self, name: str) -> TelegramPlayer:
        person = self._known(name)
        return TelegramPlayer(self, person, person.private)

    async def member(self, name: str, group: str, *, admin: bool = False) -> TelegramPlayer:
        person = self._known(name)
        chat = self.groups.get(group) or self.groups.setdefault(group, self.server.group(group))
        if admin:
            chat.promote(person)
        elif chat.status(person.id) == "left":
            chat.join(person)
        return TelegramPlayer(self, person, chat)

    def _known(self, name: str) -> Person:
        return self.people.get(name) or self.people.setdefault(name, self.server.user(name, language_code="en"))


def settings_of(server: TelegramServer) -> Settings:
    return Settings(SecretStr(server.token), server.url, "")


@asynccontextmanager
async def a_stage(bot: Bot, *, privacy: bool = True, webhook_port: int = 0) -> AsyncGenerator[TelegramStage]:
    """A server, and a platform that is not started yet; with a port, it uses a webhook."""
    async with TelegramServer(clock=bot.clock, privacy=privacy) as server:
        hook = f"http://127.0.0.1:{webhook_port}/hook-1.2" if webhook_port else ""
        settings = Settings(SecretStr(server.token), server.url, hook, telegram_webhook_port=webhook_port)
        stage = TelegramStage(bot, server, settings)
        try:
            yield stage
        finally:
            server.faults.clear()
            await stage.stop()


@asynccontextmanager
async def open_stage(bot: Bot) -> AsyncGenerator[TelegramStage]:
    """A platform that is started, and polls."""
    async with a_stage(bot) as stage:
        await stage.start()
        yield stage
