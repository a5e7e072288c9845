"""The desk without a platform, as a stage for conversations."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, assert_never

from bot.command.incoming import Attached, Edited, Incoming, Pressed, Said, Typed, action_key
from bot.reply.parts import Ask, Button, Buttons, Fields, File, Link, Links, Say, Table, Verbatim, anew
from core.wallets.people import PREFIXES, ChatRef, Identity
from tests.bot.stage import Heard

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.dispatch.coming_answer import ComingAnswer
    from bot.dispatch.desk import Answer
    from tests.bot.stage import Bot, Stage

numbers = count(1)
PREFIXES["desk"] = "with "
SILENCE = Heard("")


@dataclass
class DeskPlayer:
    bot: Bot
    name: str
    group: str = ""
    admin: bool = False
    buttons: dict[str, str] = field(default_factory=dict)
    seat: Identity | None = None
    """Their identity on another platform."""
    alone: str = ""
    """The id of their private chat there (empty: one that no platform has)."""
    place: str = ""
    links: tuple[Link, ...] = ()
    """Under the latest answer that had any."""
    typed: str = ""
    """The key of the line that was typed last."""
    coming: ComingAnswer[Answer] | None = None
    """What comes after the latest answer that something comes after."""

    async def say(self, line: str) -> Heard:
        return await self._send(Typed(line), f"m{next(numbers)}")

    async def paste(self, text: str, shows: str = "") -> Heard:  # noqa: ARG002 - the first answer is the last
        return await self.say(text)

    async def paste_more(self, text: str, shows: str) -> Heard:  # noqa: ARG002 - the first answer is the last
        return await self.say(text)

    async def overheard(self, line: str) -> Heard:
        """Write a line in a group that is not addressed to the bot."""
        return await self._send(Typed(line, direct=False), f"m{next(numbers)}")

    async def edit(self, line: str, *, direct: bool = True) -> Heard:
        """Edit the line that was typed last."""
        return await self._send(Edited(line, direct), "", key=self.typed)

    async def hand(self, name: str, content: bytes, caption: str = "", *, action: str = "") -> Heard:
        async def read() -> bytes:
            return content

        file = Attached(name, len(content), read)
        return await self._send(Typed(caption, direct=not self.group), action or f"m{next(numbers)}", file)

    async def read_later(self, shows: str) -> Heard:
        heard = SILENCE
        while shows not in heard.text:
            assert self.coming is not None
            answer = await self.coming
            self.coming, heard = answer.coming, self.hear(answer)
        return heard

    async def press(self, label: str) -> Heard:
        return await self._send(Pressed(self._button(label)), f"p{next(numbers)}")

    async def say_twice(self, line: str) -> tuple[Heard, Heard]:
        action = f"m{next(numbers)}"
        return await self._send(Typed(line), action), await self._send(Typed(line), action)

    async def press_twice(self, label: str) -> tuple[Heard, Heard]:
        press = self._button(label)
        return await self._send(Pressed(press), "p1"), await self._send(Pressed(press), "p2")

    def _button(self, label: str) -> str:
        return next(press for name, press in self.buttons.items() if name.startswith(label))

    async def _send(self, said: Said, action: str, file: Attached | None = None, *, key: str = "") -> Heard:
        now, who = self.bot.clock.now(), self.seat or Identity("desk", self.name)
        chat = ChatRef(who.platform, self.group or self.alone or f"with {self.name}")
        key = key or action_key(now, chat, action)
        self.typed = key if isinstance(said, Typed) else self.typed
        answer = await self.bot.desk.answer(
            Incoming(
                key=key,
                at=now,
                who=who,
                name=self.name,
                chat=chat,
                said=said,
                admin=self._is_admin,
                group=bool(self.group),
                title=self.group,
                place=self.place,
                file=file,
                number=next(numbers),
            )
        )
        if answer is None:
            return SILENCE
        self.coming = answer.coming or self.coming
        return self.hear(answer)

    async def _is_admin(self) -> bool:
        return self.admin

    def hear(self, answer: Answer) -> Heard:
        """Read an answer or a notice, and remember its buttons."""
        lines: list[str] = []
        buttons: list[Button] = []
        files: dict[str, bytes] = {}
        speak = answer.voice
        for part in anew(answer.reply).parts:
            match part:
                case Say() | Verbatim():
                    lines += map(speak.say, (part,) if isinstance(part, Say) else part.lines)
                case Fields(rows, title):
                    lines += [] if title is None else [speak.say(title)]
                    lines += [f"{speak.say(label)}: {speak.text(value)}" for label, value in rows]
                case Table(_, cells, title):
                    lines += [] if title is None else [speak.say(title)]
                    lines += [" · ".join(speak.text(cell) for cell in row) for row in cells]
                case Links(row):
                    self.links = row
                case Buttons(keys):
                    buttons += [button for row in keys for button in row]
                case Ask(question, _, choices):
                    lines.append(speak.say(question))
                    buttons += choices
                case File(name, content, caption):
                    files[name] = content
                    lines.append(speak.say(caption))
                case _:
                    assert_never(part)
        named = {speak.say(button.label): button.press for button in buttons}
        if named:
            self.buttons = named
        return Heard("\n".join(lines), tuple(named), files)


@dataclass
class DeskStage:
    bot: Bot
    players: dict[tuple[str, str], DeskPlayer] = field(default_factory=dict)

    async def person(self, name: str) -> DeskPlayer:
        return self.players.setdefault((name, ""), DeskPlayer(self.bot, name))

    async def member(self, name: str, group: str, *, admin: bool = False) -> DeskPlayer:
        player = self.players.setdefault((name, group), DeskPlayer(self.bot, name, group))
        player.admin = admin
        return player

    async def restart(self) -> None:
        """Nothing to do: the desk has no state outside the store."""


@asynccontextmanager
async def open_stage(bot: Bot) -> AsyncGenerator[Stage]:
    yield DeskStage(bot)
