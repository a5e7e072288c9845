"""A month with the bot on a clock of our own: whatever anybody reads, as one text.

What people do stands in month.txt, what they read in month.golden.md, which `python -m tests.bot.month` writes anew.
"""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, groupby
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from bot.base.background_jobs import BackgroundJob
from bot.delivery.limits.rate_limit import rate_limiter_for
from bot.delivery.live_platforms import LivePlatform
from bot.delivery.sender import Sender
from bot.dispatch.desk import Answer
from bot.dispatch.dialog import Dialog
from bot.jobs.health import Alarm
from bot.views.notices import message_now
from core.delivery.outcome import Sent
from tests.bot.stage import a_bot
from tests.bot.stages.desk import DeskStage
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from tests.bot.stage import Bot, Heard
    from tests.bot.stages.desk import DeskPlayer

SCRIPT: Final = Path(__file__).with_name("month.txt")
GOLDEN: Final = Path(__file__).with_name("month.golden.md")
KYIV: Final = ZoneInfo("Europe/Kyiv")
YEAR: Final = 2026
HOUR: Final = timedelta(hours=1)
SOON: Final = timedelta(seconds=10)
REFUSED: Final = "refuses the token"
BUTTON: Final = re.compile(r"\[(.+)\]")
HEAD: Final = """# A month with the bot

Whatever anybody reads when they do what stands in month.txt. Written by `python -m tests.bot.month`; do not edit it.
"""


class Event(NamedTuple):
    """Somebody does something; `who` has their name, a star for an admin, and the group, or it is a platform."""

    at: datetime
    who: str
    does: str


def script(text: str) -> list[Event]:
    """The events in the order of time, those of one minute in the order in which they stand."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return sorted((_event(*map(str.strip, line.split("|", 2))) for line in lines), key=lambda event: event.at)


def _event(when: str, who: str, does: str) -> Event:
    at = datetime.strptime(f"{YEAR} {when}", "%Y %a %d %b %H:%M").replace(tzinfo=KYIV)
    assert at.strftime("%a") == when[:3], f"{when} is a {at:%A}"
    return Event(at.astimezone(UTC), who, does)


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
        self.bot, self.stage = bot, DeskStage(bot)
        self.reader = Reader(self.stage, bot.clock)
        dialog = Dialog(bot.store.notes)
        render = partial(message_now, dialog=dialog, rulebook=bot.books.rulebook, store=bot.store, clock=bot.clock)
        limiter = rate_limiter_for(self.reader.name)
        self._sender = Sender(bot.store.outbox, self.reader, bot.clock, limiter=limiter, render=render, holder="month")
        bot.live_platforms[self.reader.name] = LivePlatform(
            self.reader, limiter, self._sender, bot.clock, bot.clock.now()
        )
        self._alarm = Alarm(bot.store, bot.clock, [f"{self.reader.name}:boss"], bot.jobs, bot.live_platforms)
        bot.jobs.add(BackgroundJob("alarm", HOUR, self._alarm.check))

    async def live(self, events: list[Event]) -> str:
        """Let time go by from the first event until an hour after the last; gives what was read."""
        people = {event.who for event in events if event.does != REFUSED}
        players = {who: await self._player(who) for who in sorted(people)}
        for event in events:
            await self._until(event.at)
            if event.does == REFUSED:
                self._alarm.refuse(event.who)
            else:
                player = players[event.who]
                heard = await self._do(player, event.does)
                self.reader.note(f"{_called(player)}: `{event.does}`", heard)
            await self._tick()
        await self._until(events[-1].at + HOUR)
        return self.reader.text()

    async def _until(self, at: datetime) -> None:
        """Move the clock hour by hour, and run what is due at each."""
        clock = self.bot.clock
        while (then := clock.now().replace(minute=0, second=0, microsecond=0) + HOUR) <= at:
            clock.at = then
            await self._tick()
        clock.at = max(at, clock.at)

    async def _tick(self) -> None:
        """Run every job, send what is due, and run the tasks that fall due meanwhile, as the program does."""
        for job in self.bot.jobs.all:
            await self._run(job.name)
        await self._send()
        while (due := await self.bot.store.tasks.next_due_at()) is not None and due <= self.bot.clock.now() + SOON:
            self.bot.clock.at = max(due, self.bot.clock.at)
            await self._run("due")
            await self._send()

    async def _run(self, name: str) -> None:
        run = await self.bot.jobs.run_now(name)
        assert run is not None
        assert not run.error, f"{name}: {run.error}"
        if changing := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(changing)  # messages that are being changed: nobody else has anything under way

    async def _send(self) -> None:
        while (due := await self._sender.step()) is not None and due <= self.bot.clock.now() + SOON:
            await self._sender.finish()
            self.bot.clock.at = max(due, self.bot.clock.at)

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


@contextmanager
def without_chance() -> Iterator[None]:
    """Names and seeds that are the same each time."""
    seeds = count(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.bot.stages.desk.numbers", count(1))
        patch.setattr(
            "core.promotions.service.secrets", SimpleNamespace(token_hex=lambda size: f"{next(seeds):0{2 * size}x}")
        )
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
