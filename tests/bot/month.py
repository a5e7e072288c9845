"""A month with the bot on a clock of our own, and two weeks of a team: whatever anybody reads, as one text.

What people do stands in month.txt and team.txt, what they read in month.golden.md and team.golden.md, which
`python -m tests.bot.month month team` writes anew. A script may say what people do beside writing and pressing:
    (hands FILE) that stands beside the script, to be imported,
    (leaves) the group,
    (follows) the link to the bot that they have read in a group,
    [Button] that Ann sees: the button is under what Ann has read in the same group.
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
from typing import TYPE_CHECKING, Final, NamedTuple

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
from tests.bot.stages.desk import SILENCE, DeskStage
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

FOLDER: Final = Path(__file__).parent
REFUSED: Final = "refuses the token"
LEAVES: Final = "(leaves)"
FOLLOWS: Final = "(follows)"
HANDS: Final = re.compile(r"\(hands (.+)\)")
BUTTON: Final = re.compile(r"\[([^]]+)\](?: that (\w+) sees)?")
TITLES: Final = {"month": "A month with the bot", "team": "Two weeks of a team with the bot"}
HEAD: Final = """# {title}

What anybody reads who does what stands in {name}.txt. Written by `python -m tests.bot.month {name}`; do not edit.
"""


class Told(NamedTuple):
    """All that is read in a story, and the files that people get, by their names."""

    text: str
    files: Mapping[str, bytes]


@dataclass
class Reader:
    """Carries to the people of the desk, and writes down what each reads."""

    stage: DeskStage
    clock: TestClock
    name: str = "desk"
    idempotent: bool = False
    lines: list[tuple[datetime, str]] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    """Topics of the group, by their names."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What people got, by its name."""

    def note(self, who: str, heard: Heard) -> None:
        """Write down what somebody reads."""
        self.files |= heard.files
        shown = [*heard.text.splitlines(), *(f"({name})" for name in heard.files)]
        if heard.buttons:
            shown.append(" ".join(f"[{label}]" for label in heard.buttons))
        body = "\n".join(f"    {line}".rstrip() for line in shown) or "    (nothing)"
        self.lines.append((self.clock.now().astimezone(KYIV), f"{who}\n\n{body}\n"))

    async def calls(self, target: Target) -> int:  # noqa: ARG002 - it takes one wherever it goes
        return 1

    async def is_admin(self, group: str, user: str) -> bool | None:
        return (user, group) in self.stage.players and self.stage.players[user, group].admin

    async def is_member(self, group: str, user: str) -> bool | None:
        return (user, group) in self.stage.players

    async def lacks(self, target: Target) -> tuple[str, ...] | None:  # noqa: ARG002 - it may write wherever it is
        return ()

    def names(self, group: str) -> Mapping[str, str]:  # noqa: ARG002 - only one group has any
        return {place: f"#{place}" for place in self.places}

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:  # noqa: ARG002 - one is made once
        place = (target.chat, "") if target.direct else (None, target.chat)
        readers = [one for (name, group), one in self.stage.players.items() if place in {(name, group), (None, group)}]
        assert readers, f"nobody is in {target}"
        heard = []
        for one in readers:
            with still_shown(one):
                heard.append(one.hear(Answer(given, speak)))
        where = f"{target.chat}/{target.place}" if target.place else target.chat
        self.note(f"to {where}, unasked:", heard[0])
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
        return "".join(f"\n## {day}\n{_hours(lines)}" for day, lines in days)


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
        self._living = Living(bot, _settled, f"{self.reader.name}:boss", live)

    async def live(self, events: list[Event]) -> str:
        """Let time go by from the first event until an hour after the last; gives what was read."""
        for who in sorted({event.who for event in events if event.does != REFUSED}):
            await self._player(who)

        async def act(event: Event) -> None:
            if event.does == REFUSED:
                self._living.alarm.refuse(event.who)
                return
            player = await self._player(event.who)
            if event.does == LEAVES:
                del self.stage.players[player.name, player.group]
            self.reader.note(f"{_called(player)}: `{event.does}`", await self._do(player, event.does))

        await self._living.through(events, act)
        return self.reader.text()

    async def _player(self, who: str) -> DeskPlayer:
        name, _, seat = who.partition("@")
        plain = name.strip().rstrip("*")
        if not seat:
            return await self.stage.person(plain)
        group, _, place = seat.strip().partition("/")
        player = await self.stage.member(plain, group, admin="*" in name)
        player.place = place
        self.reader.places |= {place} - {""}
        return player

    async def _do(self, player: DeskPlayer, does: str) -> Heard:
        pressed = BUTTON.fullmatch(does)
        if pressed is not None and pressed[2]:
            player.buttons = player.buttons | self.stage.players[pressed[2], player.group].buttons
        shown = list(player.buttons)
        with still_shown(player):
            if does == LEAVES:
                return SILENCE
            if does == FOLLOWS:
                return await player.say(f"/start {self._link(player)}")
            if (handed := HANDS.fullmatch(does)) is not None:
                return await player.hand(handed[1], FOLDER.joinpath(handed[1]).read_bytes(), "/import")
            if pressed is None:
                return await player.say(does)
            assert any(label.startswith(pressed[1]) for label in shown), (
                f"{_called(player)} sees {shown}, and not {does}"
            )
            return await player.press(pressed[1])

    def _link(self, player: DeskPlayer) -> str:
        """What the link says that somebody has read in their group."""
        elsewhere = (one for (name, group), one in self.stage.players.items() if name == player.name and group)
        return next(link.to.removeprefix("?start=") for one in elsewhere for link in one.links)


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


async def month(events: list[Event], name: str = "month") -> str:
    """What is read in a story."""
    return (await played(events, name)).text


async def played(events: list[Event], name: str) -> Told:
    """What is read in a story, and the files that people get; at its end the books are proven."""
    with without_chance():
        async with a_bot(clock=TestClock(events[0].at)) as bot:
            people = Month(bot)
            text = await people.live(events)
            verdict = await bot.books.verify()
            assert verdict.fault is None, verdict.fault
            return Told(HEAD.format(title=TITLES[name], name=name) + text, people.reader.files)


def script_of(name: str) -> Path:
    """What people do in a story."""
    return FOLDER.joinpath(f"{name}.txt")


def golden_of(name: str) -> Path:
    """What they read."""
    return FOLDER.joinpath(f"{name}.golden.md")


if __name__ == "__main__":
    for which in sys.argv[1:]:
        golden_of(which).write_text(asyncio.run(month(script(script_of(which).read_text("utf-8")), which)), "utf-8")
        sys.stdout.write(f"{golden_of(which).name} is up to date.\n")
