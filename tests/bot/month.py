"""A month with the bot on a clock of our own: whatever anybody reads, as one text.

What people do stands in month.txt, what they read in month.golden.md, which `python -m tests.bot.month` writes anew.
"""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.delivery.limits.rate_limit import rate_limiter_for
from bot.delivery.live_platforms import LivePlatform
from bot.delivery.sender import Sender
from bot.dispatch.desk import Answer
from bot.dispatch.dialog import Dialog
from bot.views.notices import message_now
from core.delivery.outcome import Sent
from tests.bot.living import KYIV, Living, same_seeds, script
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskStage
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from tests.bot.living import Event
    from tests.bot.stage import Bot, Heard
    from tests.bot.stages.desk import DeskPlayer

SCRIPT: Final = Path(__file__).with_name("month.txt")
GOLDEN: Final = Path(__file__).with_name("month.golden.md")
REFUSED: Final = "refuses the token"
BUTTON: Final = re.compile(r"\[(.+)\]")
HEAD: Final = """# A month with the bot

Whatever anybody reads when they do what stands in month.txt. Written by `python -m tests.bot.month`; do not edit it.
"""


@dataclass
class Reader:
    """Carries to the people of the desk, and writes down what each reads."""

    stage: DeskStage
    clock: TestClock
    name: str = "desk"
    idempotent: bool = False
    lines: list[tuple[datetime, str]] = field(default_factory=list)

    def note(self, who: str, heard: Heard) -> None:
        """Write down what somebody reads."""
        shown = [*heard.text.splitlines(), *(f"({name})" for name in heard.files)]
        if heard.buttons:
            shown.append(" ".join(f"[{label}]" for label in heard.buttons))
        body = "\n".join(f"    {line}".rstrip() for line in shown) or "    (nothing)"
        self.lines.append((self.clock.now().astimezone(KYIV), f"{who}\n\n{body}\n"))

    async def calls(self, target: Target) -> int:  # noqa: ARG002 - it takes one wherever it goes
        return 1

    async def is_admin(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - nobody asks here
        return None

    async def is_member(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - nobody asks here
        return None

    async def lacks(self, target: Target) -> tuple[str, ...] | None:  # noqa: ARG002 - nobody asks here
        return None

    def names(self, group: str) -> Mapping[str, str]:  # noqa: ARG002 - as said
        return {}

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:  # noqa: ARG002 - one is made once
        place = (target.chat, "") if target.direct else (None, target.chat)
        readers = [one for (name, group), one in self.stage.players.items() if place in {(name, group), (None, group)}]
        assert readers, f"nobody is in {target}"
        heard = []
        for one in readers:
            with still_shown(one):
                heard.append(one.hear(Answer(given, speak)))
        self.note(f"to {target.chat}, unasked:", heard[0])
        return Sent(f"{len(self.lines)}")

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        reader = self.stage.players[target.chat, ""]
        with still_shown(reader):
            self.note(f"to {target.chat}, in place of what came before:", reader.hear(Answer(given, speak)))
        return Sent(message)

    async def withdraw(self, target: Target, message: str) -> Outcome:
        self.lines.append((self.clock.now().astimezone(KYIV), f"to {target.chat}:\n\n    (a message is deleted)\n"))
        return Sent(message)

    def text(self) -> str:
        """All of it, day by day."""
        days = groupby(self.lines, key=lambda line: f"{line[0]:%a} {line[0].day} {line[0]:%b}")
        return HEAD + "".join(f"\n## {day}\n{_hours(lines)}" for day, lines in days)


def _hours(lines: Iterator[tuple[datetime, str]]) -> str:
    return "".join(f"\n**{at:%H:%M} {at.tzname()}** · {text}" for at, text in lines)


class Month:
    """The bot, its people, and the time that goes by."""

    def __init__(self, bot: Bot) -> None:
        """Begin with nobody."""
        self.stage = DeskStage(bot)
        self.reader = Reader(self.stage, bot.clock)
        dialog = Dialog(bot.store.notes)
        render = partial(message_now, dialog=dialog, rulebook=bot.books.rulebook, store=bot.store, clock=bot.clock)
        limiter = rate_limiter_for(self.reader.name)
        sender = Sender(bot.store.outbox, self.reader, bot.clock, limiter=limiter, render=render, holder="month")
        live = LivePlatform(self.reader, limiter, sender, bot.clock, bot.clock.now())
        self._living = Living(bot, live, _settled, f"{self.reader.name}:boss")

    async def live(self, events: list[Event]) -> str:
        """Let time go by from the first event until an hour after the last; gives what was read."""
        people = {event.who for event in events if event.does != REFUSED}
        players = {who: await self._player(who) for who in sorted(people)}

        async def act(event: Event) -> None:
            if event.does == REFUSED:
                self._living.alarm.refuse(event.who)
                return
            player = players[event.who]
            self.reader.note(f"{_called(player)}: `{event.does}`", await self._do(player, event.does))

        await self._living.through(events, act)
        return self.reader.text()

    async def _player(self, who: str) -> DeskPlayer:
        name, _, group = who.partition("@")
        plain = name.strip().rstrip("*")
        if not group:
            return await self.stage.person(plain)
        return await self.stage.member(plain, group.strip(), admin="*" in name)

    async def _do(self, player: DeskPlayer, does: str) -> Heard:
        pressed = BUTTON.fullmatch(does)
        shown = list(player.buttons)
        with still_shown(player):
            if pressed is None:
                return await player.say(does)
            assert any(label.startswith(pressed[1]) for label in shown), (
                f"{_called(player)} sees {shown}, and not {does}"
            )
            return await player.press(pressed[1])


@contextmanager
def still_shown(player: DeskPlayer) -> Iterator[None]:
    """What comes now hides no button above it; of two with the same label the latest is pressed."""
    before = player.buttons
    yield
    player.buttons = player.buttons | {label: press for label, press in before.items() if label not in player.buttons}


def _called(player: DeskPlayer) -> str:
    return f"{player.name} in {player.group}" if player.group else player.name


async def _settled() -> None:
    """Wait for messages that are being changed: nobody else has anything under way."""
    if changing := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(changing)


@contextmanager
def without_chance() -> Iterator[None]:
    """Names and seeds that are the same each time."""
    with same_seeds(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.bot.stages.desk.numbers", count(1))
        yield


async def month(events: list[Event]) -> str:
    """What is read in a month; at its end the books are proven."""
    with without_chance():
        async with a_bot(clock=TestClock(events[0].at)) as bot:
            text = await Month(bot).live(events)
            verdict = await bot.books.verify()
            assert verdict.fault is None, verdict.fault
            return text


if __name__ == "__main__":
    GOLDEN.write_text(asyncio.run(month(script(SCRIPT.read_text("utf-8")))), "utf-8")
    sys.stdout.write(f"{GOLDEN.name} is up to date.\n")
